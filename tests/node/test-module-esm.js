// ES modules: static and dynamic import, interop with CommonJS, JSON, builtins, import.meta, top-level await, require(esm), errors.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { inspect } = require('util');
const { pathToFileURL } = require('url');
const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'culm-esm-')));
const write = (name, text) => { const file = path.join(dir, name); fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text)); };
const strip = (s) => String(s).replaceAll(dir, 'DIR').replaceAll(__filename, 'MAIN').replaceAll(pathToFileURL(__filename).href, 'MAINURL');
const log = (...args) => console.log(...args.map((a) => strip(typeof a === 'string' ? a : inspect(a, { breakLength: Infinity }))));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
globalThis.log = log;
process.removeAllListeners('warning');
process.on('warning', (w) => log('warning', w.code, w.message.split('\n')[1]));

write('package.json', { name: 'me', exports: { './self': './self.js' }, imports: { '#i': './self.js', '#n': './nope.js', '#d': 'dep' } });
write('self.js', 'module.exports = "self"'); write('node_modules/dep/package.json', { exports: { import: './i.mjs', require: './r.js' } }); write('node_modules/dep/i.mjs', 'export default "dep import"'); write('node_modules/dep/r.js', 'module.exports = "dep require"');
write('node_modules/nomain/x', ''); write('node_modules/old/package.json', { main: 'lib' }); write('node_modules/old/lib/index.js', 'exports.old = 1'); write('node_modules/inv/package.json', '{bad'); write('node_modules/mod/package.json', { type: 'module', main: 'm.js' }); write('node_modules/mod/m.js', 'export const m = import.meta.url.slice(-4)');
write('named.cjs', 'exports.a = 1; module.exports.b = 2; exports["c"] = 3; Object.defineProperty(exports, "d", { enumerable: true, get: function () { return exports.a; } }); exports.default = "def"; if (0) exports.never = 1; /* exports.comment = 1 */ "exports.string = 1"; const r = /exports.regexp = 1/; `${exports.t = 5}`');
write('object.cjs', 'const x = 1; module.exports = { x, y: 2, "z": 3, w() {} }'); write('reexport.cjs', 'module.exports = require("./named.cjs")'); write('star.cjs', 'var __exportStar = function (m, e) { for (var p in m) e[p] = m[p]; }; __exportStar(require("./object.cjs"), exports)'); write('babel.cjs', '"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); var _o = require("./object.cjs"); Object.keys(_o).forEach(function (key) { if (key === "default" || key === "__esModule") return; if (key in exports && exports[key] === _o[key]) return; Object.defineProperty(exports, key, { enumerable: true, get: function () { return _o[key]; } }); }); exports.default = "babel"');
write('esbuild.cjs', 'var __toCommonJS = (m) => m; module.exports = __toCommonJS({ one: 1, two: 2 }); 0 && (module.exports = { one, two })'); write('fn.cjs', 'module.exports = function f() {}; module.exports.prop = 1'); write('prim.cjs', 'module.exports = 5');
write('e.mjs', 'export default 5; export const z = 1; export { z as "string name" }; log("e runs")'); write('live.mjs', 'export let n = 0; export function inc() { n++; }'); write('uselive.mjs', 'import { n, inc } from "./live.mjs"; const before = n; inc(); export default [before, n]');
write('cyc1.mjs', 'import { b } from "./cyc2.mjs"; export const a = "a"; export const seen = b()'); write('cyc2.mjs', 'import { a } from "./cyc1.mjs"; export function b() { try { return a; } catch (e) { return e.name; } }');
write('tla.mjs', 'export let t = await new Promise((r) => setTimeout(r, 5, "waited")); log("tla done")'); write('usetla.mjs', 'import { t } from "./tla.mjs"; export default t'); write('order.mjs', 'import "./o1.mjs"; import "./o2.mjs"; log("order body")'); write('o1.mjs', 'log("o1"); await null; log("o1 later")'); write('o2.mjs', 'log("o2")');
write('meta.mjs', 'export default { url: import.meta.url, filename: import.meta.filename, dirname: import.meta.dirname, main: import.meta.main, resolve: [import.meta.resolve("./self.js"), import.meta.resolve("dep"), import.meta.resolve("fs"), import.meta.resolve("./missing.js")], keys: Object.keys(import.meta) }');
write('builtin.mjs', 'import fs, { readFileSync } from "node:fs"; import * as path from "path"; export default [fs.readFileSync === readFileSync, typeof path.join, path.default === path.default, Object.keys(path).includes("default")]'); write('interop.mjs', 'import def, { a, b, c, d, t } from "./named.cjs"; import * as ns from "./named.cjs"; export default [def.a, a, b, c, d, t, Object.keys(ns)]');
write('data.json', '{"j":1}'); write('json.mjs', 'import data from "./data.json" with { type: "json" }; export default data'); write('bad.json', '{bad'); write('amb.js', 'export const amb = 1'); write('amb2.js', 'const x = require("fs"); export const y = 1'); write('ambtla.js', 'export default await 7'); write('importreq.mjs', 'import { createRequire } from "module"; const require = createRequire(import.meta.url); export default require("./self.js")');
write('imp.mjs', 'import "./nope2.mjs"'); write('missing.mjs', 'import { nothing } from "./e.mjs"'); write('missingcjs.mjs', 'import { nothing } from "./self.js"'); write('throws.mjs', 'throw new TypeError("from module")'); write('syn.mjs', 'let let = 1'); write('req.mjs', 'require("x")'); write('dirname.mjs', '__dirname'); write('reqesm.cjs', 'module.exports = require("./e.mjs")'); write('special.mjs', 'export { x as "module.exports" }; const x = "special"'); write('cycreq.mjs', 'import { createRequire } from "module"; export const r = (() => { try { return createRequire(import.meta.url)("./cycreq.mjs"); } catch (e) { return e.code; } })()');
write('dyn.mjs', 'export const f = (s) => import(s)'); write('a.xyz', ''); write('sub/x.mjs', 'export default 1'); write('same.mjs', 'export const id = Math.random()');

const at = (s) => (/^\.\.?\//.test(s) ? pathToFileURL(path.join(dir, s)).href.replace(/%3F/i, '?') : s);
const fromDir = require('module').createRequire(path.join(dir, 'x.js'));
async function main() {
  const { f } = await import(at('./dyn.mjs'));
  for (const s of ['./e.mjs', './e.mjs', './uselive.mjs', './cyc1.mjs', './usetla.mjs', './order.mjs', './meta.mjs', './builtin.mjs', './interop.mjs', './object.cjs', './reexport.cjs', './star.cjs', './babel.cjs', './esbuild.cjs', './fn.cjs', './prim.cjs', './json.mjs', './amb.js', './ambtla.js', './importreq.mjs', './cycreq.mjs',
    'dep', 'old', 'mod', 'me/self', '#i', '#d', 'nomain', 'inv', '#n', '#x', 'nope', '@x', '%zz', './nope.mjs', './sub', './a.xyz', './data.json', './imp.mjs', './missing.mjs', './missingcjs.mjs', './throws.mjs', './throws.mjs', './req.mjs', './dirname.mjs', './amb2.js', 'node:nope', 'http://x/', 'data:text/javascript,export default 1', 'data:application/json,1', './a%2fb.mjs', 'me/x', './special.mjs']) {
    await f(s).then((m) => log(s, '=>', m), (e) => log(s, '!!', e.code, e.name, e.message, Object.keys(e).join()));
  }
  await f('./syn.mjs').then(log, (e) => log(e.name));
  for (const o of [{ with: { type: 'json' } }, { with: { type: 'foo' } }, { with: { foo: 'x' } }]) await import(at('./self.js'), o).then(log, (e) => log(e.code, e.message));
  log((await import(at('./data.json'), { with: { type: 'json' } })).default); await import(at('./bad.json'), { with: { type: 'json' } }).catch((e) => log(e.name));
  const one = await f('./same.mjs'); log(one.id === (await f('./same.mjs')).id, one.id !== (await import(`${at('./same.mjs')}?x`)).id);
  for (const s of ['./e.mjs', './reqesm.cjs', './tla.mjs', './amb.js', './special.mjs', './throws.mjs', './imp.mjs', './uselive.mjs', 'mod', './missing.mjs', './ambtla.js']) { try { log(s, '->', fromDir(s)); } catch (e) { log(s, '!!', e.code, e.name, e.message); } }
  await import('./nope-here.mjs').catch((e) => log(e.code, e.message)); log((await import('fs')).default === fs, (await import('node:fs')).readFileSync === fs.readFileSync);
  { const ns = await import('fs'); const keep = fs.readFileSync; fs.readFileSync = () => 'patched'; log(ns.readFileSync === keep); require('module').syncBuiltinESMExports(); log(ns.readFileSync === fs.readFileSync); fs.readFileSync = keep; require('module').syncBuiltinESMExports(); }
}
main().then(() => log('done'), (e) => log('failed', e.stack));
