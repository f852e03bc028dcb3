// SPDX-License-Identifier: MIT
// A package.json whose fields are of other kinds than they should be: what is refused, and what is as if it were not there.
'use strict';

const fs = require('node:fs');
const { createRequire } = require('node:module');
const os = require('node:os');
const path = require('node:path');

process.removeAllListeners('warning');
function resolved(json) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-package-'));
  const at = path.join(folder, 'node_modules', 'p');
  fs.mkdirSync(at, { recursive: true });
  for (const file of ['a.js', 'index.js']) fs.writeFileSync(path.join(at, file), '');
  fs.writeFileSync(path.join(at, 'package.json'), json);
  console.log(JSON.stringify(json));
  for (const [from, specifier] of [['main.js', 'p'], ['main.js', 'p/a.js'], ['node_modules/p/a.js', '#'], ['node_modules/p/a.js', '#x']]) {
    try {
      console.log('  ', path.relative(folder, createRequire(path.join(folder, from)).resolve(specifier)));
    } catch (error) {
      console.log('  ', error.code, error.message.split('\n')[0].replaceAll(folder, ''));
    }
  }
  fs.rmSync(folder, { recursive: true });
}

for (const value of ['1', 'true', 'null', '"./a.js"', '[]', '{}', '""']) {
  for (const key of ['name', 'type', 'main', 'exports', 'imports']) resolved(`{"${key}":${value}}`);
}
for (const json of ['\ufeff{"main":"a.js"}', '[]', '1', '"x"', 'null', '', ' ', '{"a":1,}']) resolved(json);
