// A program is told of files found to be ES modules only by their syntax when it imports or is one; not when it requires
// them, nor of those of installed packages.
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const cwd = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'typeless-')));
const folder = path.join(cwd, 'node_modules', 'dep');
fs.mkdirSync(folder, { recursive: true });
for (const each of [folder, cwd]) {
  fs.writeFileSync(path.join(each, 'index.js'), 'export default 1;');
  fs.writeFileSync(path.join(each, 'package.json'), '{}');
}
fs.writeFileSync(path.join(cwd, 'importer.mjs'), "import './index.js'; import 'dep';");
fs.writeFileSync(path.join(cwd, 'requirer.cjs'), "require('./index.js'); require('dep');");
for (const program of ['index.js', 'importer.mjs', 'requirer.cjs']) {
  const { status, stderr } = spawnSync(process.execPath, [program], { cwd, encoding: 'utf8' });
  console.log(program, status, stderr.match(/Module type of \S+/g)?.map((text) => path.relative(cwd, text.slice(22))));
}
fs.rmSync(cwd, { recursive: true });
