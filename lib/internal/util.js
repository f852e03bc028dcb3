// SPDX-License-Identifier: MIT
'use strict';

// What the core library's modules share: deprecation, promisify, encodings, signals, lazy properties. Nothing here
// loads another module before it is called.

const { codes } = require('internal/errors');

const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');
const kCustomPromisifyArgs = Symbol('customPromisifyArgs');
const kEmptyObject = Object.freeze({ __proto__: null });
const kEnumerableProperty = { __proto__: null, enumerable: true };

const isWindows = process.platform === 'win32';
const isMacOS = process.platform === 'darwin';

// --- deprecation -----------------------------------------------------------------------------------------------

const deprecatedCodes = new Set();

function isPendingDeprecation() {
  return require('internal/options').getOptionValue('--pending-deprecation') ||
    process.env.NODE_PENDING_DEPRECATION === '1';
}

// A function that warns once, by code or by itself.
function getDeprecationWarningEmitter(code, msg, deprecated, shouldEmit = () => true) {
  let warned = false;
  return function() {
    if (warned || !shouldEmit()) return;
    warned = true;
    if (code === 'ExperimentalWarning') {
      process.emitWarning(msg, code, deprecated);
    } else if (code !== undefined) {
      if (deprecatedCodes.has(code)) return;
      deprecatedCodes.add(code);
      process.emitWarning(msg, 'DeprecationWarning', code, deprecated);
    } else {
      process.emitWarning(msg, 'DeprecationWarning', deprecated);
    }
  };
}

// `modifyPrototype: false` keeps the wrapper's prototype its own.
function deprecate(fn, msg, code, { emitWarning, modifyPrototype = true } = kEmptyObject) {
  if (code !== undefined) require('internal/validators').validateString(code, 'code');
  const warn = getDeprecationWarningEmitter(code, msg, deprecated);

  function deprecated(...args) {
    if (!process.noDeprecation) warn();
    if (new.target) return Reflect.construct(fn, args, new.target);
    return Reflect.apply(fn, this, args);
  }
  if (modifyPrototype) {
    // So that `instanceof` and static members go on working.
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  Object.defineProperty(deprecated, 'length', {
    __proto__: null, ...Object.getOwnPropertyDescriptor(fn, 'length'),
  });
  return deprecated;
}

function pendingDeprecate(fn, msg, code) {
  return function(...args) {
    if (isPendingDeprecation()) pendingDeprecate.warn(code, msg);
    return Reflect.apply(fn, this, args);
  };
}
pendingDeprecate.warn = (code, msg) => {
  if (deprecatedCodes.has(code)) return;
  deprecatedCodes.add(code);
  process.emitWarning(msg, 'DeprecationWarning', code);
};

function deprecateProperty(key, msg, code) {
  const warn = getDeprecationWarningEmitter(code, msg);
  return (options) => {
    if (key in options) warn();
  };
}

function deprecateInstantiation(Constructor, deprecationCode, ...args) {
  if (deprecationCode !== undefined && !deprecatedCodes.has(deprecationCode)) {
    deprecatedCodes.add(deprecationCode);
    process.emitWarning(`Instantiating ${Constructor.name} without the 'new' keyword has been deprecated.`,
      'DeprecationWarning', deprecationCode);
  }
  return new Constructor(...args);
}

const experimentalWarned = new Set();
function emitExperimentalWarning(feature, messagePrefix, code, ctor) {
  if (experimentalWarned.has(feature)) return;
  experimentalWarned.add(feature);
  let msg = `${feature} is an experimental feature and might change at any time`;
  if (messagePrefix) msg = messagePrefix + msg;
  process.emitWarning(msg, 'ExperimentalWarning', code, ctor);
}

// --- functions ---------------------------------------------------------------------------------------------------

function promisify(original) {
  require('internal/validators').validateFunction(original, 'original');
  const custom = original[kCustomPromisify];
  if (custom) {
    require('internal/validators').validateFunction(custom, 'util.promisify.custom');
    return Object.defineProperty(custom, kCustomPromisify, {
      __proto__: null, value: custom, enumerable: false, writable: false, configurable: true,
    });
  }
  // Functions whose callback gets several values name them: child_process.exec gives { stdout, stderr }.
  const names = original[kCustomPromisifyArgs];

  function fn(...args) {
    return new Promise((resolve, reject) => {
      const result = Reflect.apply(original, this, [...args, (err, ...values) => {
        if (err) {
          reject(err);
        } else if (names !== undefined && values.length > 1) {
          const named = {};
          for (let i = 0; i < names.length; i++) named[names[i]] = values[i];
          resolve(named);
        } else {
          resolve(values[0]);
        }
      }]);
      if (internalBinding('types').isPromise(result)) {
        process.emitWarning('Calling promisify on a function that returns a Promise is likely a mistake.',
          'DeprecationWarning', 'DEP0174');
      }
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, kCustomPromisify, {
    __proto__: null, value: fn, enumerable: false, writable: false, configurable: true,
  });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  for (const key of Reflect.ownKeys(descriptors)) {
    // A descriptor without own __proto__ guards against a polluted Object.prototype.
    Object.defineProperty(fn, key, { __proto__: null, ...descriptors[key] });
  }
  return fn;
}
promisify.custom = kCustomPromisify;

function once(callback, { preserveReturnValue = false } = kEmptyObject) {
  let called = false;
  let value;
  return function(...args) {
    if (called) return value;
    called = true;
    const result = Reflect.apply(callback, this, args);
    if (preserveReturnValue) value = result;
    return result;
  };
}

function getLazy(initializer) {
  let value;
  let done = false;
  return function() {
    if (!done) {
      value = initializer();
      done = true;
    }
    return value;
  };
}

function cachedResult(fn) {
  let result;
  return () => {
    if (result === undefined) result = fn();
    return result.slice();
  };
}

function assignFunctionName(name, fn, descriptor = kEmptyObject) {
  if (typeof name !== 'string') {
    const { description } = name;
    name = description === undefined ? '' : `[${description}]`;
  }
  return Object.defineProperty(fn, 'name', {
    __proto__: null, writable: false, enumerable: false, configurable: true,
    ...Object.getOwnPropertyDescriptor(fn, 'name'), ...descriptor, value: name,
  });
}

// --- properties --------------------------------------------------------------------------------------------------

function setOwnProperty(target, key, value) {
  return Object.defineProperty(target, key, {
    __proto__: null, configurable: true, enumerable: true, value, writable: true,
  });
}

// Other attributes (some of enumerable, configurable, writable) for properties that are there.
function setAttributes(target, names, attributes) {
  for (const name of names) Object.defineProperty(target, name, { __proto__: null, ...attributes });
}

// What a class has by methods that programs see as properties of a prototype filled by assignment.
function exposeMethods(target, names = Object.getOwnPropertyNames(target)) {
  for (const name of names) {
    if (name !== 'constructor' && Object.getOwnPropertyDescriptor(target, name).value !== undefined) {
      Object.defineProperty(target, name, { __proto__: null, enumerable: true });
    }
  }
}

function setLength(fn, length) {
  Object.defineProperty(fn, 'length', { __proto__: null, value: length });
}

// Properties that load a module when first read.
function defineLazyProperties(target, id, keys, enumerable = true) {
  for (const key of keys) {
    let value;
    let known = false;
    Object.defineProperty(target, key, {
      __proto__: null,
      enumerable,
      configurable: true,
      get: assignFunctionName(key, function() {
        if (!known) {
          value = require(id)[key];
          known = true;
          set(value);
        }
        return value;
      }),
      set: assignFunctionName(key, set),
    });
    function set(given) { // eslint-disable-line no-inner-declarations
      Object.defineProperty(target, key, {
        __proto__: null, configurable: true, enumerable, value: given, writable: true,
      });
    }
  }
}

function defineReplaceableLazyAttribute(target, id, keys, writable = true, check = undefined) {
  for (const key of keys) {
    let value;
    let replaced = false;
    Object.defineProperty(target, key, {
      __proto__: null,
      enumerable: true,
      configurable: true,
      get: assignFunctionName(`get ${key}`, function() {
        if (check !== undefined) check(this);
        if (!replaced && value === undefined) value = require(id)[key];
        return value;
      }),
      set: writable ? assignFunctionName(`set ${key}`, (given) => {
        replaced = true;
        Object.defineProperty(target, key, {
          __proto__: null, writable: true, enumerable: true, configurable: true, value: given,
        });
        value = given;
      }) : undefined,
    });
  }
}

function exposeInterface(target, name, value) {
  Object.defineProperty(target, name, {
    __proto__: null, writable: true, enumerable: false, configurable: true, value,
  });
}

function exposeLazyInterfaces(target, id, keys) {
  defineLazyProperties(target, id, keys, false);
}

function exposeNamespace(target, name, value) {
  exposeInterface(target, name, value);
}

function defineOperation(target, name, method) {
  Object.defineProperty(target, name, {
    __proto__: null, writable: true, enumerable: true, configurable: true, value: method,
  });
}

function getConstructorOf(object) {
  while (object) {
    const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (typeof descriptor?.value === 'function' && descriptor.value.name !== '') return descriptor.value;
    object = Object.getPrototypeOf(object);
  }
  return undefined;
}

// --- errors ------------------------------------------------------------------------------------------------------

function isError(err) {
  return internalBinding('types').isNativeError(err) || err instanceof Error;
}

function getSystemErrorName(errno) {
  return internalBinding('uv').errname(errno);
}

function getSystemErrorMessage(errno) {
  return internalBinding('uv').getErrorMessage(errno);
}

function getSystemErrorMap() {
  return new Map(require('internal/errors').uvErrorMap());
}

function lazyDOMExceptionClass() {
  return require('internal/domexception').DOMException;
}

function lazyDOMException(message, name) {
  const DOMException = lazyDOMExceptionClass();
  return new DOMException(message, name);
}

function decorateErrorStack() {
  // The arrow that Node writes into the stack is part of the engine's own report here.
}

// --- encodings, signals, handles -----------------------------------------------------------------------------------

const encodingNames = {
  '__proto__': null,
  'utf8': 'utf8', 'utf-8': 'utf8', 'UTF8': 'utf8', 'UTF-8': 'utf8', 'Utf8': 'utf8', 'Utf-8': 'utf8',
  'ucs2': 'utf16le', 'ucs-2': 'utf16le', 'UCS2': 'utf16le', 'UCS-2': 'utf16le',
  'utf16le': 'utf16le', 'utf-16le': 'utf16le', 'UTF16LE': 'utf16le', 'UTF-16LE': 'utf16le',
  'latin1': 'latin1', 'LATIN1': 'latin1', 'binary': 'latin1', 'BINARY': 'latin1',
  'base64': 'base64', 'BASE64': 'base64', 'base64url': 'base64url', 'BASE64URL': 'base64url',
  'hex': 'hex', 'HEX': 'hex', 'ascii': 'ascii', 'ASCII': 'ascii',
};

// The canonical name; utf8 for nothing, undefined for something unknown.
function normalizeEncoding(enc) {
  if (enc === undefined || enc === null || enc === '' || enc === 'utf8' || enc === 'utf-8') return 'utf8';
  const name = encodingNames[enc];
  if (name !== undefined) return name;
  return encodingNames[`${enc}`.toLowerCase()];
}

// Numbers by which encodings pass into C (enum RtEncoding).
const encodingsMap = {
  __proto__: null, ascii: 0, utf8: 1, base64: 2, utf16le: 3, latin1: 4, hex: 5, buffer: 6, base64url: 7,
};

function signalsByName() {
  return internalBinding('constants').os.signals;
}

// A signal's number from its number or name, in any case.
function convertToValidSignal(signal) {
  const signals = signalsByName();
  if (typeof signal === 'number') {
    for (const name in signals) {
      if (signals[name] === signal) return signal;
    }
  }
  if (typeof signal === 'string') {
    const number = signals[signal.toUpperCase()];
    if (number) return number;
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

function convertProcessSignalToExitCode(signalCode) {
  const { validateOneOf } = require('internal/validators');
  const signals = signalsByName();
  validateOneOf(signalCode, 'signalCode', Object.keys(signals));
  return 128 + signals[signalCode];
}

function guessHandleType(fd) {
  return internalBinding('util').guessHandleType(fd);
}

function sleep(msec) {
  require('internal/validators').validateUint32(msec, 'msec');
  internalBinding('util').sleep(msec);
}

function toUSVString(input) {
  return `${input}`.toWellFormed();
}

// --- arrays and strings ----------------------------------------------------------------------------------------------

function spliceOne(list, index) {
  for (; index + 1 < list.length; index++) list[index] = list[index + 1];
  list.pop();
}

function join(output, separator) {
  return output.join(separator);
}

function filterDuplicateStrings(items, low) {
  const map = new Map();
  for (const item of items) {
    const key = item.toLowerCase();
    if (low) map.set(key, key);
    else if (!map.has(key)) map.set(key, item);
  }
  return [...map.values()].sort();
}

const colorCode = /\u001b\[\d\d?m/g;
function removeColors(str) {
  return str.includes('\u001b') ? str.replace(colorCode, '') : str;
}

function isUnderNodeModules(filename) {
  return /[/\\]node_modules[/\\]/.test(filename);
}

// Is the nearest frame of the program itself in a node_modules folder?
function isInsideNodeModules(frameLimit = 20) {
  for (const frame of getStructuredStack(frameLimit)) {
    const filename = frame.getFileName();
    if (typeof filename !== 'string' || filename.startsWith('node:')) continue;
    return isUnderNodeModules(filename);
  }
  return false;
}

function getCWDURL() {
  const { pathToFileURL } = require('internal/url');
  return pathToFileURL(`${process.cwd()}/`);
}

// The stack of the caller as call sites.
function getStructuredStack(limit = 200) {
  const previous = Error.prepareStackTrace;
  const previousLimit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = (_, frames) => frames;
    const holder = {};
    Error.captureStackTrace(holder, getStructuredStack);
    return holder.stack;
  } finally {
    Error.prepareStackTrace = previous;
    Error.stackTraceLimit = previousLimit;
  }
}

function getCIDR(address, netmask, family) {
  let ones = 0;
  let split = '.';
  let range = 10;
  let groupLength = 8;
  let hasZeros = false;
  if (family === 'IPv6') {
    split = ':';
    range = 16;
    groupLength = 16;
  }
  for (const part of netmask.split(split)) {
    if (part === '') continue;
    const binary = Number.parseInt(part, range);
    const bits = binary.toString(2).padStart(groupLength, '0');
    const firstZero = bits.indexOf('0');
    if (hasZeros && bits.includes('1')) return null;
    if (firstZero === -1) {
      ones += groupLength;
    } else {
      if (bits.slice(firstZero).includes('1')) return null;
      ones += firstZero;
      hasZeros = true;
    }
  }
  return `${address}/${ones}`;
}

function constructSharedArrayBuffer(size) {
  return new SharedArrayBuffer(size);
}

// A weak reference that holds its target strongly while it is in use.
class WeakReference {
  #weak;
  #strong;
  #count = 0;
  constructor(object) {
    this.#weak = new WeakRef(object);
  }

  incRef() {
    this.#count++;
    if (this.#count === 1) this.#strong = this.#weak.deref();
    return this.#count;
  }

  decRef() {
    this.#count--;
    if (this.#count === 0) this.#strong = undefined;
    return this.#count;
  }

  get() {
    return this.#weak.deref();
  }
}

function assertCrypto() {
  if (!process.versions.openssl) throw new codes.ERR_NO_CRYPTO();
}

function assertTypeScript() {
  throw new codes.ERR_NO_TYPESCRIPT();
}

module.exports = {
  WeakReference,
  assertCrypto,
  assertTypeScript,
  assignFunctionName,
  cachedResult,
  constructSharedArrayBuffer,
  convertProcessSignalToExitCode,
  convertToValidSignal,
  customInspectSymbol,
  customPromisifyArgs: kCustomPromisifyArgs,
  decorateErrorStack,
  defineLazyProperties,
  defineOperation,
  defineReplaceableLazyAttribute,
  deprecate,
  deprecateInstantiation,
  deprecateProperty,
  emitExperimentalWarning,
  encodingsMap,
  exposeInterface,
  exposeLazyInterfaces,
  exposeMethods,
  exposeNamespace,
  filterDuplicateStrings,
  getCIDR,
  getCWDURL,
  getConstructorOf,
  getDeprecationWarningEmitter,
  getLazy,
  getStructuredStack,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  guessHandleType,
  isError,
  isInsideNodeModules,
  isMacOS,
  isPendingDeprecation,
  isUnderNodeModules,
  isWindows,
  join,
  kEmptyObject,
  kEnumerableProperty,
  kIsEncodingSymbol: Symbol('kIsEncodingSymbol'),
  kVmBreakFirstLineSymbol: Symbol('kVmBreakFirstLineSymbol'),
  lazyDOMException,
  lazyDOMExceptionClass,
  normalizeEncoding,
  once,
  pendingDeprecate,
  promisify,
  removeColors,
  setAttributes,
  setLength,
  setOwnProperty,
  sleep,
  spliceOne,
  toUSVString,
};
