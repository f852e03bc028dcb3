// eslint: the recommended rules and some more over real sources, and what --fix makes of a file.
'use strict';
const { Linter } = require('eslint');
const { read, report, tree } = require('./trees');

const linter = new Linter();
const names = ['complexity', 'no-shadow', 'prefer-const', 'no-unused-vars', 'no-undef', 'eqeqeq', 'curly', 'no-use-before-define',
  'no-useless-escape', 'prefer-template', 'no-else-return', 'consistent-return', 'no-fallthrough', 'no-control-regex', 'prefer-named-capture-group',
  'no-loss-of-precision', 'no-unreachable', 'max-depth', 'camelcase', 'prefer-arrow-callback', 'object-shorthand', 'no-var', 'valid-typeof',
  'no-misleading-character-class', 'require-unicode-regexp', 'sort-keys', 'array-callback-return', 'getter-return', 'no-cond-assign'];
const rules = Object.fromEntries(names.map((name) => [name, 'warn']));
const files = [...tree('express/lib', /\.js$/), ...tree('lodash', /^_base[A-M]\w*\.js$/), ...tree('rxjs/dist/esm/internal/operators', /^[r-z]\w*\.js$/), 'esprima/dist/esprima.js'];
for (const file of files) {
  const config = { rules, languageOptions: { sourceType: /esm/.test(file) ? 'module' : 'commonjs' } };
  report(file, JSON.stringify(linter.verify(read(file), config)));
}
const fixed = linter.verifyAndFix(read('express/lib/view.js'), { rules, languageOptions: { sourceType: 'commonjs' } });
report('fixed', fixed.output);
console.log(fixed.messages.slice(0, 5));
console.log(linter.verify('let a = ;', {}));
