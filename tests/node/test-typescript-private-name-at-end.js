// SPDX-License-Identifier: MIT
// A `#` that ends the text in a type's name: the error lies inside the text.
'use strict';

process.removeAllListeners('warning');
const { stripTypeScriptTypes } = require('node:module');

for (const text of ['<a.#', '<\xf0\xf0.#', 'let x: a.b.#']) {
  try {
    console.log(stripTypeScriptTypes(text));
  } catch (error) {
    console.log(error.code, error.message);
  }
}
