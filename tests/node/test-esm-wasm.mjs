// SPDX-License-Identifier: MIT
// WebAssembly modules as ES modules: exports, globals by value, imports from JavaScript and from WebAssembly, string
// builtins, source phase, names and attributes that are refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

process.removeAllListeners('warning');

const folder = mkdtempSync(join(tmpdir(), 'culm-wasm-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const files = {
  // imports log and g of ./dep.mjs; logs 5 at its start
  'a.wasm':
    'AGFzbQEAAAABEgRgAX8AYAAAYAJ/fwF/YAABfwIgAgkuL2RlcC5tanMDbG9nAAAJLi9kZXAubWpzAWcDfwADBQQBAg' +
    'MBBQMBAAEGJQR/AEEqC38BQQELfgBCBwt7AP0MAQAAAAAAAAACAAAAAAAAAAsHQAgGbWVtb3J5AgAGYW5zd2VyAwEF' +
    'Y291bnQDAgNiaWcDAwN2ZWMDBARidW1wAAEDYWRkAAIJb2RkIG5hbWUhAAMIAQQKHwQJACMCQQFqJAILBwAgACABag' +
    'sEACMACwYAQQUQAAs=',
  // imports count and add of ./a.wasm
  'b.wasm':
    'AGFzbQEAAAABCwJgAn9/AX9gAAF/AiICCC4vYS53YXNtBWNvdW50A38BCC4vYS53YXNtA2FkZAAAAwIBAQcHAQNzdW' +
    '0AAQoLAQkAIwBB5AAQAAs=',
  // imports length and concat of wasm:js-string, a string constant
  'str.wasm':
    'AGFzbQEAAAABEgNgAW8Bf2ACb28BZG9gAW8BbwJTAw53YXNtOmpzLXN0cmluZwZsZW5ndGgAAA53YXNtOmpzLXN0cm' +
    'luZwZjb25jYXQAARh3YXNtOmpzL3N0cmluZy1jb25zdGFudHMFaGVsbG8DbwADAwIAAgcPAgNsZW4AAgVncmVldAAD' +
    'ChECBgAgABAACwgAIwAgABABCw==',
  // imports what ./dep.mjs does not export
  'missing.wasm':
    'AGFzbQEAAAABBAFgAAACEgEJLi9kZXAubWpzBG5vcGUAAA==',
  // reserved names: of a module, of an import, of an export
  'r1.wasm':
    'AGFzbQEAAAABBAFgAAACEgEJd2FzbS1qczp4BG5vcGUAAA==',
  'r2.wasm':
    'AGFzbQEAAAABBAFgAAACFwEJLi9kZXAubWpzCXdhc206bm9wZQAA',
  'r3.wasm':
    'AGFzbQEAAAABBAFgAAADAgEABxABDHdhc20tanM6bm9wZQAACgQBAgAL',
  'bad.wasm':
    'bm90IHdhc20=',
};
for (const name in files)
  writeFileSync(join(folder, name), Buffer.from(files[name], 'base64'));
writeFileSync(join(folder, 'noext'), Buffer.from(files['a.wasm'], 'base64'));
writeFileSync(join(folder, 'dep.mjs'), `
export function log(x) { console.log('start logs', x); }
export const g = 9;
`);
writeFileSync(join(folder, 'static.mjs'), `
import source mod from './a.wasm';
import source again from './a.wasm';
export { mod };
export const same = mod === again;
`);
writeFileSync(join(folder, 'none.mjs'), `import source mod from './dep.mjs';`);

const load = (name, options) => import(pathToFileURL(join(folder, name)), options);
const loadSource = (name) => import.source(name.startsWith('node:') ? name : pathToFileURL(join(folder, name)));

async function outcome(what, promise) {
  try {
    await promise;
    console.log(what, 'works');
  } catch (err) {
    console.log(what, err.name, err.code,
                err.message.replaceAll(pathToFileURL(folder).href, 'URL').replaceAll(folder, 'DIR'));
  }
}

// Source phase: nothing is run.
const { mod, same } = await load('static.mjs');
console.log(mod instanceof WebAssembly.Module, same, (await loadSource('a.wasm')) === mod);
console.log(new WebAssembly.Instance(mod, { './dep.mjs': { log() {}, g: 1 } }).exports.add(4, 5));
for (const name of ['dep.mjs', 'node:fs', 'gone.mjs', 'bad.wasm'])
  await outcome(`source ${name}`, loadSource(name));
await outcome('static source', load('none.mjs'));

const a = await load('a.wasm');
console.log(Object.keys(a), a.answer, a.count, a.big, a.vec, a['odd name!'](), a.add(2, 3),
            a.memory instanceof WebAssembly.Memory);
a.bump();
const { sum } = await load('b.wasm');
console.log(a.count, sum());
console.log(Object.keys(await load('noext')).length);

const strings = await load('str.wasm');
console.log(strings.len('abc'), strings.greet(' you'));
try {
  strings.len(1);
} catch (err) {
  console.log(err.name, err.message);
}

for (const name of ['missing', 'r1', 'r2', 'r3', 'bad'])
  await outcome(name, load(`${name}.wasm`));
for (const type of ['json', 'wasm'])
  await outcome(`type ${type}`, load('a.wasm', { with: { type } }));
await outcome('data', import(`data:application/wasm;base64,${files['bad.wasm']}`));
