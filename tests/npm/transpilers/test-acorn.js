// acorn: the trees, tokens and comments of some hundred files.
'use strict';
const acorn = require('acorn');
const { read, report, stringify, tree } = require('./trees');

const files = [
  ...tree('lodash', /^[a-p]\w*\.js$/),
  ...tree('express/lib', /\.js$/),
  ...tree('rxjs/dist/esm/internal/operators', /^[a-m]\w*\.js$/),
  'react-dom/cjs/react-dom-client.development.js',
  'vue/dist/vue.esm-browser.js',
];
for (const file of files) {
  const comments = [], tokens = [];
  const options = { ecmaVersion: 'latest', sourceType: /esm/.test(file) ? 'module' : 'script', locations: true };
  const ast = acorn.parse(read(file), { ...options, allowHashBang: true, onComment: comments });
  if (ast.end < 200000) for (const token of acorn.tokenizer(read(file), options)) tokens.push(token.type.label, token.start);
  report(file, stringify({ ast, comments, tokens }));
}
for (const bad of ['let a; let a', 'a b', 'for (let of x', '`${', '/(/', 'class { }', '"\\u{110000}"', 'yield: 1; await 1', 'a?.b = 1']) {
  try {
    acorn.parse(bad, { ecmaVersion: 'latest' });
  } catch (error) {
    console.log(`${error.name}: ${error.message}`, error.pos, error.loc);
  }
}
