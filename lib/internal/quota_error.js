// SPDX-License-Identifier: MIT
'use strict';

// QuotaExceededError  https://webidl.spec.whatwg.org/#quotaexceedederror

const { DOMException } = require('internal/domexception');

class QuotaExceededError extends DOMException {
  #quota = null;
  #requested = null;

  constructor(message = '', options = { __proto__: null }) {
    super(message, 'QuotaExceededError');
    const read = (name) => {
      if (options?.[name] === undefined) return null;
      const value = +options[name];
      if (!Number.isFinite(value)) throw new TypeError(`options.${name} must be a finite number`);
      if (value < 0) throw new RangeError(`options.${name} must not be negative`);
      return value;
    };
    this.#quota = read('quota');
    this.#requested = read('requested');
    if (this.#quota !== null && this.#requested !== null && this.#requested < this.#quota) {
      throw new RangeError('options.requested must not be less than options.quota');
    }
  }

  get quota() {
    return this.#quota;
  }

  get requested() {
    return this.#requested;
  }
}
for (const name of ['quota', 'requested']) {
  Object.defineProperty(QuotaExceededError.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(QuotaExceededError.prototype, Symbol.toStringTag, {
  __proto__: null, configurable: true, value: 'QuotaExceededError',
});

module.exports = { QuotaExceededError };
