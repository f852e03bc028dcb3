// npm's own program with workspaces.
import fs from 'node:fs';
import path from 'node:path';
import { startRegistry } from './fixtures/registry.mjs';
import { makeRunner } from './fixtures/run.mjs';

const registry = await startRegistry();
const { folder, npm, remove } = makeRunner({ registry: registry.url });
fs.mkdirSync(path.join(folder, 'mono/packages/one'), { recursive: true });
fs.mkdirSync(path.join(folder, 'mono/packages/two'));
const manifest = (name, value) => fs.writeFileSync(path.join(folder, 'mono', name, 'package.json'), JSON.stringify(value));
manifest('.', { name: 'mono', private: true, workspaces: ['packages/*'] });
manifest('packages/one', { name: 'one', version: '1.0.0', dependencies: { two: '^1.0.0', leaf: '1.2.3' }, scripts: { test: 'node -p "require(\'two\')"' } });
manifest('packages/two', { name: 'two', version: '1.0.0', dependencies: { leaf: '2.0.0' }, scripts: { test: 'echo two' } });
fs.writeFileSync(path.join(folder, 'mono/packages/two/index.js'), 'module.exports = require("leaf");');
const mono = { cwd: 'mono' };
await npm('install', mono);
await npm('ls', mono);
await npm('test --workspaces', mono);
await npm('install zero -w one', mono);
await npm('exec -w two -c pwd', mono);
registry.close();
remove();
