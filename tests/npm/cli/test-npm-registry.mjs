// npm's own program installs express from the registry that npm is set to; the express it installs serves a request.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { makeRunner } from './fixtures/run.mjs';

// npm's own setting stays: the user's ~/.npmrc names the registry.
const userconfig = process.env.npm_config_userconfig ?? path.join(os.homedir(), '.npmrc');
const { PATH, HOME, ...settings } = process.env;
const { folder, npm, remove } = makeRunner({ env: { ...settings, npm_config_userconfig: userconfig } });
const { code: reached } = await npm('view express name', { quiet: true });
if (reached !== 0) {
  remove();
  process.exit(77); // skipped: no registry answers
}
await npm('init -y', { quiet: true });
const { code } = await npm('install express@5.1.0 --no-audit', { quiet: true });
const express = createRequire(path.join(folder, 'app/x.js'))('express');
const app = express().get('/', (request, response) => response.json({ installed: true }));
const server = http.createServer(app).listen(0, '127.0.0.1', async () => {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
  console.log(code, response.status, await response.json(), JSON.parse(fs.readFileSync(path.join(folder, 'app/package.json'))).dependencies);
  server.close();
  server.closeAllConnections();
  remove();
});
