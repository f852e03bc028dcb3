// CommonJS: resolution, cache, cycles, package.json, errors. Works in a folder of its own making.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const Module = require('module');
const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'culm-cjs-')));
const write = (name, text) => { const file = path.join(dir, name); fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text)); };
const strip = (s) => String(s).replaceAll(dir, 'DIR').replaceAll(__filename, 'MAIN');
const log = (...args) => console.log(...args.map((a) => strip(typeof a === 'string' ? a : require('util').inspect(a, { breakLength: Infinity }))));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
process.on('warning', (w) => log('warning', w.name, w.message)); process.removeAllListeners('warning'); process.on('warning', (w) => log('warning', w.name, w.message));

write('node_modules/exp/package.json', { name: 'exp', exports: { '.': { import: './i.mjs', require: './r.js' }, './a': './a.js', './n': null, './f/*': './files/*.js', './f/private/*': null, './bad': '../x.js', './arr': ['bad', './a.js'], './cond': { foo: './a.js' } } });
write('node_modules/exp/r.js', 'exports.r = 1'); write('node_modules/exp/a.js', 'module.exports = "a"'); write('node_modules/exp/files/x.js', 'module.exports = "fx"');
write('node_modules/badmain/package.json', { main: './missing.js' }); write('node_modules/inv/package.json', '{"name":"inv", bad}'); write('node_modules/nomain/readme', '');
write('node_modules/main/package.json', { main: 'lib' }); write('node_modules/main/lib/index.js', 'module.exports = "main lib"'); write('node_modules/main/sub.js', 'module.exports = "sub"'); write('node_modules/@s/p/index.js', 'module.exports = "scoped"'); write('node_modules/file.js', 'module.exports = "file"');
write('package.json', { name: 'me', exports: { './self': './self.js' }, imports: { '#i': './self.js', '#e': 'exp/a', '#n': './nope.js', '#p/*': './sub/*.js', '#b': 'fs' } });
write('self.js', 'module.exports = "self"'); write('sub/x.js', 'module.exports = "subx"'); write('folder/index.json', { folder: true }); write('data.json', '\ufeff{"json": [1]}'); write('bad.json', '{bad'); write('noext', 'module.exports = "noext"'); write('shebang.js', '#!/usr/bin/env node\nmodule.exports = "shebang"'); write('thr.js', 'throw new Error("loading")'); write('both.js', 'exports.js = 1'); write('both/index.js', 'exports.folder = 1'); write('dot.x.js', 'module.exports = 1');
write('c1.js', 'exports.a = 1; const b = require("./c2"); exports.done = true; exports.b = b'); write('c2.js', 'const a = require("./c1"); exports.sawA = a.a; exports.nope = a.nope; exports.done = a.done');
write('info.js', 'module.exports = { filename: __filename, dirname: __dirname, id: module.id, path: module.path, loaded: module.loaded, parent: module.parent && module.parent.filename, paths: module.paths, same: this === exports, main: require.main === module, args: arguments.length, keys: Object.keys(require) }; setImmediate(() => { module.exports.after = module.loaded; })');
write('real/r.js', 'module.exports = __filename'); fs.symlinkSync('real', path.join(dir, 'link')); write('count.js', 'globalThis.count = (globalThis.count || 0) + 1; module.exports = globalThis.count');
write('t.js', 'module.exports = require; module.exports.module = module;');
const req = require(path.join(dir, 't.js'));
const show = (s) => { try { log(s, '->', req(s)); } catch (e) { log(s, '!!', e.code, e.name, strip(e.message), Object.keys(e).join(), strip(e.requireStack)); } };
for (const s of ['exp', 'exp/a', 'exp/n', 'exp/f/x', 'exp/f/nope', 'exp/f/private/x', 'exp/bad', 'exp/arr', 'exp/zzz', 'exp/cond', 'exp/package.json', 'exp//a', 'exp/f/../a', 'exp/f/%2e%2e/x', 'nomain', 'badmain', 'inv', 'main', 'main/sub', 'main/lib', '@s/p', 'file', 'file.js',
  '#i', '#e', '#n', '#p/x', '#b2', '#', 'me/self', 'me/x', './nope', 'nope', '@s/nope', './self', './self.js', './sub/x', './folder', './data', './bad.json', './noext', './shebang', './both', './both/', './dot.x', './sub', './self.js/', '.', '..', 'node:nope', 'fs/nope', './thr', './c1', './link/r', './real/r', 'test', 'node:fs/nope']) show(s);
log(req('fs') === req('node:fs'), req('./info').filename === path.join(dir, 'info.js'));
for (const s of [5, null, undefined, '', {}]) { try { req(s); } catch (e) { log(e.code, e.message); } }
{ const i = req('./info'); log(i.dirname, i.id, i.path, i.loaded, i.parent, i.paths.slice(0, 2), i.same, i.main, i.args, i.keys); setImmediate(() => log('loaded after', i.after)); }
log(req('./count'), req('./count.js'), req(path.join(dir, 'count'))); delete req.cache[path.join(dir, 'count.js')]; log(req('./count'));
log(req.resolve('./self'), req.resolve('fs'), req.resolve('node:fs'), req.resolve.paths('x').slice(0, 1), req.resolve.paths('./x'), req.resolve.paths('fs')); try { req.resolve('./q'); } catch (e) { log(e.code); }
log(req.resolve('./x', { paths: [path.join(dir, 'sub')] }), req.resolve('exp/a', { paths: [path.join(dir, 'sub')] })); try { req.resolve('x', { paths: 5 }); } catch (e) { log(e.code, e.message); }
log(req.module.children.length > 10, req.module.children[0].id, req.module.children.every((c) => c.parent === req.module || c.filename.includes('c2')));
const cr = Module.createRequire(path.join(dir, 'virtual.js')); log(cr('./self'), cr.resolve('./sub/x'), Module.createRequire(`file://${dir}/`)('./self')); try { Module.createRequire('rel'); } catch (e) { log(e.code, e.message); }
Module._extensions['.txt'] = (m, f) => { m.exports = `text ${fs.readFileSync(f, 'utf8')}`; }; write('some.txt', 'hello'); log(req('./some'), Object.keys(Module._extensions)); delete Module._extensions['.txt'];
{ const m = new Module('made'); m._compile('exports.compiled = __filename', path.join(dir, 'made.js')); log(m.exports); const m2 = new Module(); log(m2.id, m2.loaded, m2.children, m2.filename, m2.exports); }
log(Module.builtinModules.includes('fs'), Module.isBuiltin('fs'), Module.isBuiltin('node:fs'), Module.isBuiltin('nope'), Module.isBuiltin('node:nope'), Module.wrap('x'), Module._nodeModulePaths('/a/node_modules/b'), Module === Module.Module, typeof Module._load, Module._resolveFilename('fs'), require.main === module || typeof require.main);
{ const original = Module._load; Module._load = function(request, ...rest) { return request === 'mocked' ? { mocked: true } : original.call(this, request, ...rest); }; log(req('mocked')); Module._load = original; }
