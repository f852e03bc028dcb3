// SPDX-License-Identifier: MIT
'use strict';
// modes: interp
// A program that waits gives the memory of its garbage back to the system.
const assert = require('assert');
const { isGivenBack } = require('./fixtures/garbage');
let waited = 0;
(function look() {
  if (isGivenBack()) return console.log('given back');
  assert((waited += 100) < 20000);
  setTimeout(look, 100);
})();
