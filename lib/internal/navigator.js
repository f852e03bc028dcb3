// SPDX-License-Identifier: MIT
'use strict';

// Navigator  https://html.spec.whatwg.org/#the-navigator-object, as far as Node has it.

const { codes } = require('internal/errors');
const { kEnumerableProperty } = require('internal/util');

const kMake = Symbol('kMake');

const machines = { __proto__: null, ia32: 'i686', x64: 'x86_64', arm64: 'aarch64' };

class Navigator {
  #locks;
  #languages;
  #concurrency;

  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get hardwareConcurrency() {
    return this.#concurrency ??= require('os').availableParallelism();
  }

  get locks() {
    return this.#locks ??= require('internal/locks').makeLockManager();
  }

  get language() {
    void this.#locks;
    return globalThis.Intl?.Collator().resolvedOptions().locale ?? 'en-US';
  }

  get languages() {
    return this.#languages ??= Object.freeze([this.language]);
  }

  get userAgent() {
    void this.#locks;
    return `Node.js/${process.version.slice(1, process.version.indexOf('.'))}`;
  }

  get platform() {
    void this.#locks;
    return process.platform === 'linux' ? `Linux ${machines[process.arch] ?? process.arch}` : process.platform;
  }
}
for (const name of ['hardwareConcurrency', 'locks', 'language', 'languages', 'userAgent', 'platform']) {
  Object.defineProperty(Navigator.prototype, name, kEnumerableProperty);
}
Object.defineProperty(Navigator, 'length', { __proto__: null, value: 0, configurable: true });

module.exports = { Navigator, navigator: new Navigator(kMake) };
