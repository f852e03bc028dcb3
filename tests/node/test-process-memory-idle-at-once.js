// SPDX-License-Identifier: MIT
'use strict';
// modes: interp
// A program that makes its garbage before the loop's first turn and then waits, without another turn, gives the memory back.
const assert = require('assert');
const { isGivenBack } = require('./fixtures/garbage');
let waits = 0;
(function look() {
  if (waits && isGivenBack()) return console.log('given back');
  // Each wait is longer than what counts as rest, so that the first could do; more are for a busy machine.
  assert(waits++ < 6);
  setTimeout(look, 1500);
})();
