// SPDX-License-Identifier: MIT
'use strict';

// Line differences by Myers' O(ND) algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986); behind
// util.diff and the messages of AssertionError.

const { codes } = require('internal/errors');

const kDelete = -1;
const kKeep = 0;
const kInsert = 1;

// The shortest edit script from `expected` to `actual`: an array of [operation, item], in order. Items only in
// `actual` are inserts, items only in `expected` deletes.
function myersDiff(actual, expected, sameItem = (a, b) => a === b) {
  const n = actual.length;
  const m = expected.length;
  const max = n + m;
  if (max > 2 ** 31 - 1) throw new codes.ERR_OUT_OF_RANGE('myersDiff input size', '< 2^31', max);
  const offset = max + 1;
  const frontier = new Int32Array(2 * max + 3);
  const trace = [];
  for (let d = 0; d <= max; d++) {
    // The reachable part of the frontier before this step is what walking back needs.
    trace.push(frontier.slice(offset - d - 1, offset + d + 2));
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && frontier[offset + k - 1] < frontier[offset + k + 1]) ?
        frontier[offset + k + 1] : frontier[offset + k - 1] + 1;
      let y = x - k;
      while (x < n && y < m && sameItem(actual[x], expected[y])) {
        x++;
        y++;
      }
      frontier[offset + k] = x;
      if (x >= n && y >= m) return walkBack(trace, actual, expected);
    }
  }
  return [];
}

function walkBack(trace, actual, expected) {
  let x = actual.length;
  let y = expected.length;
  const script = [];
  for (let d = trace.length - 1; d >= 0; d--) {
    const frontier = trace[d];
    const at = (k) => frontier[k + d + 1];
    const k = x - y;
    const previousK = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const previousX = d === 0 ? 0 : at(previousK);
    const previousY = previousX - previousK;
    while (x > Math.max(previousX, 0) && y > Math.max(previousY, 0) && x > 0 && y > 0 &&
        (d === 0 || (x > previousX && y > previousY))) {
      script.push([kKeep, actual[x - 1]]);
      x--;
      y--;
    }
    if (d > 0) {
      if (x === previousX) script.push([kDelete, expected[--y]]);
      else script.push([kInsert, actual[--x]]);
    }
  }
  return script.reverse();
}

function validateInput(value, name) {
  const { validateStringArray, validateString } = require('internal/validators');
  if (Array.isArray(value)) validateStringArray(value, name);
  else validateString(value, name);
}

function diff(actual, expected) {
  if (actual === expected) return [];
  validateInput(actual, 'actual');
  validateInput(expected, 'expected');
  return myersDiff(actual, expected);
}

module.exports = { diff, myersDiff, kDelete, kKeep, kInsert };
