// SPDX-License-Identifier: MIT
'use strict';

// Moving the cursor of a terminal and clearing parts of it, as functions over any writable stream with a callback.
// The sequences are those of ECMA-48: CUP/CHA, CUU/CUD/CUF/CUB, EL and ED.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const CSI = '\x1b[';
const CLEAR_SCREEN_DOWN = `${CSI}0J`;
const CLEAR_LINE = { __proto__: null, left: `${CSI}1K`, right: `${CSI}0K`, whole: `${CSI}2K` };

function cursorToSequence(x, y) {
  return typeof y === 'number' ? `${CSI}${y + 1};${x + 1}H` : `${CSI}${x + 1}G`;
}

function moveCursorSequence(dx, dy) {
  let data = '';
  if (dx < 0) data += `${CSI}${-dx}D`;
  else if (dx > 0) data += `${CSI}${dx}C`;
  if (dy < 0) data += `${CSI}${-dy}A`;
  else if (dy > 0) data += `${CSI}${dy}B`;
  return data;
}

function clearLineSequence(dir) {
  if (dir < 0) return CLEAR_LINE.left;
  return dir > 0 ? CLEAR_LINE.right : CLEAR_LINE.whole;
}

function send(stream, data, callback) {
  if (stream === null || stream === undefined || data === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(data, callback);
}

function checkCallback(callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
}

function cursorTo(stream, x, y, callback) {
  checkCallback(callback);
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (Number.isNaN(x)) throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new codes.ERR_INVALID_ARG_VALUE('y', y);
  if (typeof x !== 'number' && typeof y === 'number' && stream) throw new codes.ERR_INVALID_CURSOR_POS();
  return send(stream, typeof x === 'number' ? cursorToSequence(x, y) : '', callback);
}

function moveCursor(stream, dx, dy, callback) {
  checkCallback(callback);
  return send(stream, moveCursorSequence(dx, dy), callback);
}

function clearLine(stream, dir, callback) {
  checkCallback(callback);
  return send(stream, clearLineSequence(dir), callback);
}

function clearScreenDown(stream, callback) {
  checkCallback(callback);
  return send(stream, CLEAR_SCREEN_DOWN, callback);
}

module.exports = {
  CLEAR_SCREEN_DOWN,
  clearLine,
  clearLineSequence,
  clearScreenDown,
  cursorTo,
  cursorToSequence,
  moveCursor,
  moveCursorSequence,
};
