// A program is told of files found to be ES modules only by their syntax; not of those of installed packages.
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
for (const name of ['dep', './index.js']) {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', `console.log(require('${name}').default)`], { cwd, encoding: 'utf8' });
  console.log(name, stdout.trim(), /MODULE_TYPELESS_PACKAGE_JSON/.test(stderr));
}
fs.rmSync(cwd, { recursive: true });
