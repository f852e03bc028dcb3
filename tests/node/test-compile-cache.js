'use strict';

// The compile cache: what a first process compiled serves a second; what does not fit is compiled anew.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'compile-cache-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const cache = path.join(dir, 'cache');
const file = (name, text) => {
  fs.writeFileSync(path.join(dir, name), text);
  return path.join(dir, name);
};

function run(args, env = {}) {
  const child = spawnSync(process.execPath, args, {
    env: { ...process.env, NODE_COMPILE_CACHE: cache, NODE_DEBUG_NATIVE: 'COMPILE_CACHE', ...env },
    encoding: 'utf8',
  });
  const count = (pattern) => (child.stderr.match(pattern) ?? []).length;
  return { status: child.status, out: child.stdout.trim(), accepted: count(/was accepted/g),
           written: count(/writing cache for .*success/g), same: count(/because cache was the same/g),
           stack: /at .*\.js:\d+:\d+/.exec(child.stderr)?.[0].replace(dir, '') };
}

const files = () => {
  const [only] = fs.readdirSync(cache);
  return fs.readdirSync(path.join(cache, only)).map((name) => path.join(cache, only, name));
};

file('dep.js', `
  const late = () => { let hidden = 'late'; return () => hidden; };
  function fails() { throw new Error('from the cache'); }
  exports.late = () => late()();
  exports.evals = (text) => { let inside = 'eval'; return eval(text); };
  exports.text = () => late.toString();
  exports.template = (() => { const tag = (s) => s; const f = () => tag\`x\`; return () => f() === f(); })();
  exports.template();
  exports.fails = fails;
`);
const main = file('main.mjs', `
  import dep, { late } from './dep.js';
  import { typed } from './typed.mts';
  export const value = await Promise.resolve(1);
  class A { #x = 2; static { A.y = 3; } get x() { return this.#x; } }
  console.log(late(), dep.evals('inside'), dep.text(), dep.template(), typed, value, new A().x, A.y, typeof import.meta.url);
`);
file('typed.mts', 'enum_: { let n: number = 5; }\nexport const typed: string = "typed" as string;\n');

const first = run([main]);
console.log(first.status, first.out, first.written > 3);
const second = run([main]);
console.log(second.status, second.out === first.out, second.written, second.accepted > 2);

// Errors stand where they stood.
const thrower = file('thrower.js', "require('./dep.js');\n\nrequire('./dep.js').fails();\n");
console.log(run([thrower]).stack === run([thrower]).stack, run([thrower]).status);

// Damage of any kind is as good as no cache, and mended.
for (const [what, damage] of Object.entries({
  flipped: (bytes) => { bytes[bytes.length >> 1] ^= 4; return bytes; },
  truncated: (bytes) => bytes.subarray(0, bytes.length - 9),
  empty: () => Buffer.alloc(0),
  foreign: () => Buffer.from('not a cache at all, '.repeat(20)),
  longer: (bytes) => Buffer.concat([bytes, Buffer.from('x')]),
})) {
  for (const each of files()) fs.writeFileSync(each, damage(fs.readFileSync(each)));
  const damaged = run([main]);
  const mended = run([main]);
  console.log(what, damaged.status, damaged.out === first.out, mended.out === first.out,
              mended.written, mended.accepted === second.accepted);
}

// A changed source is another.
file('dep.js', fs.readFileSync(path.join(dir, 'dep.js'), 'utf8').replace("'late'", "'then'"));
console.log(run([main]).out.split(' ')[0], run([main]).out.split(' ')[0]);

// The API.
const { constants, enableCompileCache, flushCompileCache, getCompileCacheDir } = require('module');
const { FAILED, ENABLED, ALREADY_ENABLED, DISABLED } = constants.compileCacheStatus;
assert.deepStrictEqual([FAILED, ENABLED, ALREADY_ENABLED, DISABLED], [0, 1, 2, 3]);
console.log(getCompileCacheDir());
assert.throws(() => enableCompileCache(1), { code: 'ERR_INVALID_ARG_TYPE', message: 'cacheDir should be a string' });
assert.strictEqual(enableCompileCache(path.join(thrower, 'x')).message, 'Cannot create cache directory: not a directory');
const own = path.join(dir, 'own');
assert.deepStrictEqual(enableCompileCache({ directory: own }), { status: ENABLED, directory: own });
assert.strictEqual(path.dirname(getCompileCacheDir()), own);
assert.strictEqual(enableCompileCache().status, ALREADY_ENABLED);
require(path.join(dir, 'dep.js'));
flushCompileCache();
console.log(fs.readdirSync(getCompileCacheDir()).length);
console.log(run(['-p', 'require("module").enableCompileCache().message'], { NODE_DISABLE_COMPILE_CACHE: '1' }).out);

// A folder that moved with its program.
fs.mkdirSync(path.join(dir, 'a'));
fs.writeFileSync(path.join(dir, 'a', 'p.js'), 'console.log(1)');
const portable = { NODE_COMPILE_CACHE_PORTABLE: '1', NODE_COMPILE_CACHE: path.join(dir, 'a', 'c') };
run([path.join(dir, 'a', 'p.js')], portable);
fs.renameSync(path.join(dir, 'a'), path.join(dir, 'b'));
console.log(run([path.join(dir, 'b', 'p.js')], { ...portable, NODE_COMPILE_CACHE: path.join(dir, 'b', 'c') }).accepted);
