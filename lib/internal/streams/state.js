// SPDX-License-Identifier: MIT
'use strict';

// What readable and writable state have in common: the bits of their state words that mean the same on both
// sides (so destroy.js handles either half with one code path), and the choice of the high water mark.

// C works on the same words (readable.js): the list is there.
const bits = internalBinding('util').readableBits();

// The bits from here up belong to one side.
const FIRST_PRIVATE_BIT = 11;

let defaultBytes = 64 * 1024;
let defaultObjects = 16;

function getDefaultHighWaterMark(objectMode) {
  return objectMode ? defaultObjects : defaultBytes;
}

function setDefaultHighWaterMark(objectMode, value) {
  require('internal/validators').validateInteger(value, 'value', 0);
  if (objectMode) {
    defaultObjects = value;
  } else {
    defaultBytes = value;
  }
}

// `sideKey` is readableHighWaterMark or writableHighWaterMark: a Duplex may set each half apart.
function getHighWaterMark(objectMode, options, sideKey, isDuplex) {
  if (!options) {
    return getDefaultHighWaterMark(objectMode);
  }
  let name = 'highWaterMark';
  let mark = options.highWaterMark;
  if (mark === undefined || mark === null) {
    if (!isDuplex) {
      return getDefaultHighWaterMark(objectMode);
    }
    name = sideKey;
    mark = options[sideKey];
    if (mark === undefined || mark === null) {
      return getDefaultHighWaterMark(objectMode);
    }
  }
  if (!Number.isInteger(mark) || mark < 0) {
    if (isDuplex && name === 'highWaterMark') {
      name = sideKey;
    }
    const { ERR_INVALID_ARG_VALUE } = require('internal/errors').codes;
    throw new ERR_INVALID_ARG_VALUE(`options.${name}`, mark);
  }
  return Math.floor(mark);
}

// Gives `proto` a boolean property for each name -> bit, read from and written to the state word.
function defineBitProperties(proto, names) {
  for (const name of Object.keys(names)) {
    const bit = names[name];
    Object.defineProperty(proto, name, {
      __proto__: null,
      configurable: false,
      enumerable: false,
      get() {
        return (this.bits & bit) !== 0;
      },
      set(value) {
        if (value) {
          this.bits |= bit;
        } else {
          this.bits &= ~bit;
        }
      },
    });
  }
}

module.exports = {
  bits,
  FIRST_PRIVATE_BIT,
  defineBitProperties,
  getDefaultHighWaterMark,
  getHighWaterMark,
  setDefaultHighWaterMark,
};
