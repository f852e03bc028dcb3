'use strict';

// --frozen-intrinsics, --entry-url, --trace-env; the places told with missing exports and unsettled awaits.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'options-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = (name, text) => fs.writeFileSync(path.join(dir, name), text);

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' });
  const clean = (text) => text.replaceAll(dir, '').trim();
  return { status, out: clean(stdout), errors: clean(stderr) };
}

const frozen = run('--no-warnings', '--frozen-intrinsics', '-e', `
  'use strict';
  const attempt = (fn) => { try { return fn(); } catch (error) { return error.message; } };
  console.log(attempt(() => { Array.prototype.push = 1; }), attempt(() => { [].__proto__.mine = 1; }));
  console.log(attempt(() => { JSON.parse = 1; }), attempt(() => { console.log = 1; }));
  const error = new Error('x');
  error.message = 'y';
  error.name = 'Mine';
  class List extends Array { push(...all) { return super.push(...all, 'end'); } }
  const list = new List();
  list.push(1);
  list.toString = () => 'own';
  console.log(String(error), list.length, list + '', Object.keys(list).join());
  console.log([Map, Promise.prototype, console, process, globalThis].map(Object.isFrozen).join());
  console.log(typeof structuredClone(new Map([[1, new Date(0)]])).get(1), JSON.stringify({ a: [1, { b: 2 }] }), \`\${[3, 1, 2].sort()}\`);
`);
console.log(frozen.out, frozen.errors);

file('entry.mjs', 'console.log(import.meta.url.replace(/.*entry/, "entry"), process.argv.slice(1).join());');
console.log(run('--no-warnings', '--entry-url', './entry.mjs?a=1#b', 'x').out);
console.log(run('--no-warnings', '--entry-url', 'data:text/javascript,console.log(process.argv[2])', 'y').out);

const trace = run('--trace-env', '-e', 'process.env.MINE; process.env.MINE = 1; "MINE2" in process.env; delete process.env.MINE;');
console.log(trace.errors.split('\n').filter((line) => line.includes('MINE')).join('\n'));

file('a.mjs', 'export const a = 1;\n');
file('missing.mjs', '// a comment\nimport { a,\n  absent } from "./a.mjs";\n');
file('default.mjs', 'import def from "./a.mjs";\n');
file('again.mjs', 'export { absent as other } from "./a.mjs";\n');
for (const name of ['missing.mjs', 'default.mjs', 'again.mjs']) {
  const { status, errors } = run(name);
  console.log(status, errors.split('\n').filter((line) => line !== '').slice(0, 4).join('\n').replace(/file:\/\//, ''));
}

file('stuck.mjs', 'export const b = 1;\n  await new Promise(() => {});\n');
file('main.mjs', 'import "./stuck.mjs";\nawait 1;\n');
const stuck = run('main.mjs');
console.log(stuck.status, stuck.errors);
const told = run('--no-warnings', '--input-type=module', '-e',
                 'process.on("exit", (code) => console.log(code, process.exitCode)); await new Promise(() => {})');
console.log(told.status, told.out, told.errors);
