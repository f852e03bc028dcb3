// Sources for the tests of this folder: trees of files inside npm packages, and how a result is printed.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const modules = path.join(__dirname, 'node_modules');

// The files below a package's folder whose names match, in the order of their names.
function tree(folder, pattern) {
  const found = [];
  for (const name of fs.readdirSync(path.join(modules, folder), { recursive: true })) {
    if (pattern.test(name) && !name.includes('node_modules')) found.push(`${folder}/${name}`);
  }
  return found.sort();
}

const read = (file) => fs.readFileSync(path.join(modules, file), 'utf8');

// One line: whose result, its size and the head of its hash.
function report(name, text) {
  console.log(name, text.length, crypto.createHash('sha256').update(text).digest('hex').slice(0, 16));
}

// A syntax tree as text.
const stringify = (ast) => JSON.stringify(ast, (key, value) => {
  if (typeof value === 'bigint') return `${value}n`;
  return value instanceof RegExp ? String(value) : value;
});

module.exports = { modules, read, report, stringify, tree };
