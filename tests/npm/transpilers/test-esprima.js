// esprima: scripts with tokens, comments and positions; what its tolerant mode reports.
'use strict';
const esprima = require('esprima');
const { read, report, stringify, tree } = require('./trees');

const options = { range: true, loc: true, tokens: true, comment: true, tolerant: true };
for (const file of [...tree('lodash', /^[n-z]\w*\.js$/), 'lodash/lodash.js', 'esprima/dist/esprima.js']) {
  report(file, stringify(esprima.parseScript(read(file), options)));
}
for (const bad of ['var a = ;', '"use strict"; with (a) {}', 'function f(a, a) {"use strict"}', 'x = {get a(b) {}}', '/[/', 'a++ = 1']) {
  try {
    console.log(bad, esprima.parseScript(bad, options).errors.map(String));
  } catch (error) {
    console.log(bad, String(error), error.index, error.lineNumber, error.column);
  }
}
