'use strict';
// module.SourceMap and findSourceMap; stack traces and reports of uncaught errors in terms of the original sources.
const { spawnSync } = require('child_process');
const fs = require('fs');
const module_ = require('module');
const os = require('os');
const path = require('path');

const { SourceMap } = module_;
const map = new SourceMap({
  version: 3, sources: ['a.ts', 'b.ts'], names: ['n1', 'n2'], mappings: 'AAAAA,IAAMC;;ECCA,CAAC,E,MAAMF',
}, { lineLengths: [1, 2] });
console.log(map, map.payload, map.lineLengths, SourceMap.length);
for (const [line, column] of [[0, 0], [0, 3], [0, 4], [1, 0], [2, 2], [2, 5], [2, 20], [9, 9], [-1, 0]]) {
  console.log(line, column, map.findEntry(line, column), map.findOrigin(line + 1, column + 1));
}
const sections = [{ offset: { line: 0, column: 0 }, map: { version: 3, sources: ['q'], mappings: 'AAAA' } },
                  { offset: { line: 3, column: 5 }, map: { version: 3, sources: ['z'], mappings: 'AAAA;AACA' } }];
console.log(new SourceMap({ sections }).findEntry(3, 5), new SourceMap({ sources: ['t'], mappings: 'AAAB' }).findEntry(0, 0));
for (const f of [() => new SourceMap(), () => new SourceMap(1), () => module_.setSourceMapsSupport(1),
                 () => module_.setSourceMapsSupport(true, { nodeModules: 1 }), () => process.setSourceMapsEnabled('x')]) {
  try {
    f();
  } catch (error) {
    console.log(error.code, error.message);
  }
}

const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'culm-map-')));
const inline = (value) => `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(value)).toString('base64')}`;
const original = 'interface A {}\n\nfunction longName() {\n  throw new Error("x");\n}\nlongName();\n';
const generated = 'function a(){throw new Error("x")}a();\n';
// a( -> longName, the throw, `new` and the call
const mappings = 'AAEA,SAASA,EAAE,EACT,MAAM,IAAIC,MAAM,IAAG,EAErBD';
const names = ['longName', 'Error'];
fs.writeFileSync(path.join(dir, 'in.ts'), original);
fs.writeFileSync(path.join(dir, 'file.js'), `${generated}//# sourceMappingURL=out.map`);
fs.writeFileSync(path.join(dir, 'out.map'), JSON.stringify({ version: 3, sources: ['in.ts'], names, mappings }));
fs.writeFileSync(path.join(dir, 'inline.js'), generated + inline({ version: 3, sources: ['gone.ts'], sourcesContent: [original], names, mappings }));
fs.writeFileSync(path.join(dir, 'gone.js'), generated + inline({ version: 3, sources: ['gone.ts'], names, mappings }));
fs.writeFileSync(path.join(dir, 'broken.js'), `${generated}//# sourceMappingURL=nowhere.map`);
fs.writeFileSync(path.join(dir, 'string.js'), `const s = "\\n//# sourceMappingURL=out.map";${generated}`);
fs.writeFileSync(path.join(dir, 'late.js'), `
require('module').setSourceMapsSupport(true);
try { require('./file.js') } catch (e) { console.log(e.stack.split('\\n')[1].replace(__dirname, '')) }
console.log(require('module').findSourceMap(require.resolve('./file.js')).payload.sources[0].slice(-6), process.sourceMapsEnabled);
process.setSourceMapsEnabled(false);
delete require.cache[require.resolve('./file.js')];
try { require('./file.js') } catch (e) { console.log(e.stack.split('\\n')[1].replace(__dirname, '')) }
console.log(require('module').getSourceMapsSupport());`);
for (const [flag, name] of [['--enable-source-maps', 'file.js'], ['--enable-source-maps', 'inline.js'], ['--enable-source-maps', 'gone.js'],
                            ['--enable-source-maps', 'broken.js'], ['--enable-source-maps', 'string.js'], ['--no-enable-source-maps', 'file.js'],
                            ['--no-warnings', 'late.js']]) {
  const { stdout, stderr } = spawnSync(process.execPath, [flag, name], { cwd: dir, encoding: 'utf8' });
  console.log(flag, name, stdout);
  console.log(stderr.replaceAll(dir, 'DIR').split('\n').filter((line) => !/node:|<anonymous> *\(|^Node\.js|Object\.evaluate/.test(line)).join('\n'));
}
fs.rmSync(dir, { recursive: true });
