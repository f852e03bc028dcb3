// SPDX-License-Identifier: MIT
'use strict';

// Storage  https://html.spec.whatwg.org/#the-storage-interface, kept in memory: sessionStorage. localStorage would need a
// file, and there is no option to name one.


const { customInspectSymbol } = require('internal/util');

// Code units of all keys and values together.
const kQuota = 10 * 1024 * 1024;

const areas = new WeakMap(); // a Storage: { items: Map, size, target }

function areaOf(value) {
  const area = typeof value === 'object' && value !== null ? areas.get(value) : undefined;
  if (area === undefined) throw new TypeError('Illegal invocation');
  return area;
}

function requireArguments(args, count, name) {
  if (args.length >= count) return;
  const error = new TypeError(`Failed to execute '${name}' on 'Storage': ${count} argument${
    count === 1 ? '' : 's'} required`);
  error.code = 'ERR_MISSING_ARGS';
  throw error;
}

const kMake = Symbol('kMake');

class Storage {
  constructor(key) {
    if (key !== kMake) {
      const error = new Error('Illegal constructor');
      error.code = 'ERR_ILLEGAL_CONSTRUCTOR';
      throw error;
    }
  }

  get length() {
    return areaOf(this).items.size;
  }

  clear() {
    const area = areaOf(this);
    for (const key of [...area.items.keys()]) remove(area, key);
  }

  getItem(key = undefined) {
    const area = areaOf(this);
    requireArguments(arguments, 1, 'getItem');
    return area.items.get(`${key}`) ?? null;
  }

  key(index = undefined) {
    const area = areaOf(this);
    requireArguments(arguments, 1, 'key');
    return [...area.items.keys()][index >>> 0] ?? null;
  }

  removeItem(key = undefined) {
    const area = areaOf(this);
    requireArguments(arguments, 1, 'removeItem');
    remove(area, `${key}`);
  }

  setItem(key = undefined, value = undefined) {
    const area = areaOf(this);
    requireArguments(arguments, 2, 'setItem');
    put(area, `${key}`, `${value}`);
  }

  // The proxy is nobody's business.
  [customInspectSymbol](depth, options, inspect) {
    return `Storage ${inspect({ ...areaOf(this).target }, options)}`;
  }
}
for (const name of ['length', 'clear', 'getItem', 'key', 'removeItem', 'setItem']) {
  Object.defineProperty(Storage.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(Storage.prototype, 'length', { __proto__: null, configurable: false });
Object.defineProperty(Storage, 'length', { __proto__: null, value: 0, configurable: true });

function put(area, key, value) {
  const old = area.items.get(key);
  const size = area.size + value.length - (old === undefined ? -key.length : old.length);
  if (size > kQuota) {
    const { QuotaExceededError } = require('internal/quota_error');
    throw new QuotaExceededError('Setting the value exceeded the quota');
  }
  area.size = size;
  area.items.set(key, value);
  // Items are properties too, where no member of Storage has the name.
  if (!(key in Storage.prototype)) {
    Object.defineProperty(area.target, key, {
      __proto__: null, value, writable: true, enumerable: true, configurable: true,
    });
  }
}

function remove(area, key) {
  const old = area.items.get(key);
  if (old === undefined) return;
  area.size -= key.length + old.length;
  area.items.delete(key);
  delete area.target[key];
}

const handler = {
  __proto__: null,
  set(target, key, value, receiver) {
    if (typeof key === 'symbol') return Reflect.set(target, key, value);
    put(areas.get(target), key, `${value}`);
    return true;
  },
  defineProperty(target, key, descriptor) {
    if (typeof key === 'symbol') return Reflect.defineProperty(target, key, descriptor);
    if (!('value' in descriptor)) return false;
    put(areas.get(target), key, `${descriptor.value}`);
    return true;
  },
  deleteProperty(target, key) {
    if (typeof key === 'symbol') return Reflect.deleteProperty(target, key);
    remove(areas.get(target), key);
    return true;
  },
};

function makeStorage() {
  const target = new Storage(kMake);
  const area = { items: new Map(), size: 0, target };
  const storage = new Proxy(target, handler);
  areas.set(target, area);
  areas.set(storage, area);
  return storage;
}

let session;

module.exports = {
  Storage,
  get sessionStorage() {
    return session ??= makeStorage();
  },
  get localStorage() {
    process.emitWarning('localStorage is not available because --localstorage-file was not provided.',
                        'ExperimentalWarning');
    return undefined;
  },
};
