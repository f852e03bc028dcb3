// SPDX-License-Identifier: MIT
'use strict';

// --test-randomize: an order that a seed decides.

const SEED_MAX = 2 ** 32 - 1;

function pickSeed() {
  return Math.floor(Math.random() * (SEED_MAX + 1));
}

// Numbers from a Weyl sequence, mixed (murmur3's finaliser): the same for the same seed everywhere.
class SeededRandom {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  // An integer from 0 to below `limit`.
  below(limit) {
    this.#state = (this.#state + 0x9E3779B9) >>> 0;
    let x = this.#state;
    x = Math.imul(x ^ (x >>> 16), 0x85EBCA6B);
    x = Math.imul(x ^ (x >>> 13), 0xC2B2AE35);
    x = (x ^ (x >>> 16)) >>> 0;
    return Math.floor((x / (SEED_MAX + 1)) * limit);
  }

  // A copy in another order.
  shuffle(list) {
    const result = [...list];
    for (let k = result.length - 1; k > 0; k--) {
      const other = this.below(k + 1);
      [result[k], result[other]] = [result[other], result[k]];
    }
    return result;
  }
}

module.exports = { SEED_MAX, SeededRandom, pickSeed };
