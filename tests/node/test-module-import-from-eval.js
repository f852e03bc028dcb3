// import() in a program of the command line or of standard input looks for packages from the current folder on.
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const cwd = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'from-eval-')));
const folder = path.join(cwd, 'node_modules', 'dep');
fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync(path.join(folder, 'index.js'), 'exports.found = true;');
fs.writeFileSync(path.join(cwd, 'near.mjs'), 'export const near = 1;');

function run(args, input) {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, input, encoding: 'utf8' });
  console.log(stdout.trim().replaceAll(cwd, 'CWD') || stderr);
}
const program = `(async () => {
  console.log((await import('dep')).found, (await import('./near.mjs')).near);
  await import('absent').catch((error) => console.log(error.code, error.message));
})()`;
run(['-e', program]);
run(['-'], program);
run(['--input-type=module', '-e', program]);
run(['--import', 'dep', '-e', 'console.log(1)']);
fs.rmSync(cwd, { recursive: true });
