// SPDX-License-Identifier: MIT
'use strict';

// ByteLengthQueuingStrategy and CountQueuingStrategy  https://streams.spec.whatwg.org/#qs-api

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { customInspectSymbol, inspectAs, invalidThis, publish } = require('internal/webstreams/util');

// One function each for all strategies of a realm; a method has neither prototype nor [[Construct]].
const { size: byteLength } = { size(chunk) { return chunk.byteLength; } };
const { size: count } = { size() { return 1; } };

function readInit(init) {
  validateObject(init, 'init');
  const { highWaterMark } = init;
  if (highWaterMark === undefined) throw new codes.ERR_MISSING_OPTION('init.highWaterMark');
  return +highWaterMark;
}

function makeStrategy(name, size) {
  const Strategy = { [name]: class {
    #highWaterMark;

    constructor(init) {
      this.#highWaterMark = readInit(init);
    }

    get highWaterMark() {
      if (typeof this !== 'object' || this === null || !(#highWaterMark in this)) throw invalidThis(name);
      return this.#highWaterMark;
    }

    get size() {
      if (typeof this !== 'object' || this === null || !(#highWaterMark in this)) throw invalidThis(name);
      return size;
    }

    [customInspectSymbol](depth, options) {
      return inspectAs(name, depth, options, { highWaterMark: this.highWaterMark });
    }
  } }[name];
  publish(Strategy, ['highWaterMark', 'size']);
  return Strategy;
}

module.exports = {
  ByteLengthQueuingStrategy: makeStrategy('ByteLengthQueuingStrategy', byteLength),
  CountQueuingStrategy: makeStrategy('CountQueuingStrategy', count),
};
