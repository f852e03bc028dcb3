'use strict';

// --experimental-config-file: options from JSON, weaker than the command line; what it may not say.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'config-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));

function run(config, args, env = {}) {
  if (config !== undefined) {
    fs.writeFileSync(path.join(dir, 'c.json'), typeof config === 'string' ? config : JSON.stringify(config));
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: dir, encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
  });
  return `${status} ${stdout}${stderr}`.trim().replaceAll(process.execPath, 'EXEC').replaceAll(dir, '');
}

const file = '--experimental-config-file=c.json';
const limit = ['-p', 'Error.stackTraceLimit + " " + http.maxHeaderSize'];
const options = { nodeOptions: { 'stack-trace-limit': 3, 'max-http-header-size': 1000 } };
console.log(run(options, [file, ...limit]));
console.log(run(options, [file, '--max-http-header-size=3000', ...limit]));

fs.writeFileSync(path.join(dir, 'one.cjs'), 'console.log("one")');
fs.writeFileSync(path.join(dir, 'two.cjs'), 'console.log("two")');
console.log(run({ nodeOptions: { require: ['./one.cjs'] } }, [file, '-r', './two.cjs', '-p', '3']));
console.log(run({ $schema: 'x', permission: { 'allow-fs-read': ['*'] } }, [file, '-p', 'process.permission.has("fs.read")']));
console.log(run({ nodeOptions: { warnings: true } }, [file, '-p', '1']));

for (const config of [
  { nodeOptions: { bogus: 1 } }, { nodeOptions: { import: 1 } }, { nodeOptions: { 'no-warnings': true } },
  { nodeOptions: { print: 'x' } }, { nodeOptions: { 'max-http-header-size': '1' } }, { nodeOptions: 3 }, { other: {} },
  { nodeOptions: { 'require': ['./one.cjs', 2] } }, { nodeOptions: { 'enable-source-maps': 'yes' } }, [], '{ bad',
  { watch: { 'watch-path': ['.'] } },
]) {
  console.log(JSON.stringify(config), run(config, [file, '-p', '1']));
}
console.log(run(undefined, ['--experimental-config-file', 'absent.json', '-p', '1']));
console.log(run(undefined, ['--experimental-default-config-file', '-p', '1']));
fs.writeFileSync(path.join(dir, 'node.config.json'), JSON.stringify(options));
console.log(run(undefined, ['--experimental-default-config-file', ...limit]));
