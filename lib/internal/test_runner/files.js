// SPDX-License-Identifier: MIT
'use strict';

// Which files a run is of: names as the patterns give them.

const path = require('path');

const extensions = '{c,m,}js,{c,m,}ts';

// Where nothing is said: what is named like a test, and everything in folders named test.
const defaultPatterns = [
  `**/*{.,-,_}test.{${extensions}}`, `**/test-*.{${extensions}}`, `**/test.{${extensions}}`, `**/test/**/*.{${extensions}}`,
];

function findFiles(patterns, cwd) {
  const { globSync } = require('internal/fs/glob');
  const isDefault = patterns === undefined || patterns.length === 0;
  const found = globSync(isDefault ? defaultPatterns : patterns, {
    __proto__: null, cwd, exclude: isDefault ? (name) => name === 'node_modules' : undefined, withFileTypes: false,
  });
  const fs = require('fs');
  const files = found.filter((file) => (
    fs.statSync(path.resolve(cwd, file), { __proto__: null, throwIfNoEntry: false })?.isFile()));
  return [...new Set(files)].sort();
}

module.exports = { defaultPatterns, findFiles };
