// Names, arities and attributes of what the modules and globals have, as Node 26's were written down (tools/node_exports.js):
// nothing is lost that was there. What is known to be missing or different stands in fixtures/node-exports-gaps.txt.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

process.removeAllListeners('warning');
const { compare } = require('../../tools/node_exports.js');
const gaps = new Set(fs.readFileSync(path.join(__dirname, 'fixtures/node-exports-gaps.txt'), 'utf8').trim().split('\n'));
for (const [holder, name, here, there] of compare()) {
  if (!gaps.has(holder) && !gaps.has(`${holder} ${name}`)) console.log(`${holder} ${name}: ${here}, Node has ${there}`);
}
console.log('compared');
