// SPDX-License-Identifier: MIT
'use strict';

// The util module. Its parts live in internal/util/*; what a program does not use is not loaded.

const { codes, ErrnoException, ExceptionWithHostPort } = require('internal/errors');
const { validateFunction, validateNumber, validateString, validateOneOf, validateObject, validateBoolean,
  validateInteger } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { format, formatWithOptions } = require('internal/util/format');
const internalUtil = require('internal/util');
const { deprecate, promisify, convertProcessSignalToExitCode } = internalUtil;

// --- callbackify ---------------------------------------------------------------------------------------------------

function callbackifyOnRejected(reason, cb) {
  // A falsy reason would look like success to the callback.
  if (!reason) reason = new codes.ERR_FALSY_VALUE_REJECTION(reason);
  return cb(reason);
}

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const maybeCb = args.pop();
    validateFunction(maybeCb, 'last argument');
    const cb = maybeCb.bind(this);
    Reflect.apply(original, this, args).then(
      (ret) => process.nextTick(cb, null, ret),
      (rej) => process.nextTick(callbackifyOnRejected, rej, cb));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  // The callback is one more parameter.
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  for (const key of Reflect.ownKeys(descriptors)) {
    Object.defineProperty(callbackified, key, { __proto__: null, ...descriptors[key] });
  }
  return callbackified;
}

// --- inheritance -----------------------------------------------------------------------------------------------------

function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  }
  if (superCtor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', { __proto__: null, value: superCtor, writable: true, configurable: true });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

// --- errors ----------------------------------------------------------------------------------------------------------

function _errnoException(...args) {
  if (!Number.isInteger(args[0]) || args[0] >= 0) {
    validateNumber(args[0], 'err');
    throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', args[0]);
  }
  return new ErrnoException(...args);
}

function _exceptionWithHostPort(...args) {
  return new ExceptionWithHostPort(...args);
}

function checkErrno(err) {
  validateNumber(err, 'err');
  if (err >= 0 || !Number.isSafeInteger(err)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', err);
}

function getSystemErrorName(err) {
  checkErrno(err);
  return internalUtil.getSystemErrorName(err);
}

function getSystemErrorMessage(err) {
  checkErrno(err);
  return internalUtil.getSystemErrorMessage(err);
}

function getSystemErrorMap() {
  return internalUtil.getSystemErrorMap();
}

// --- text ------------------------------------------------------------------------------------------------------------

function stripVTControlCharacters(str) {
  return require('internal/util/string_width').stripVTControlCharacters(str);
}

function toUSVString(input) {
  return `${input}`.toWellFormed();
}

const hexColor = /^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/;

function styleCodes(key) {
  const found = inspect.colors[key];
  if (found !== undefined) return found;
  if (typeof key === 'string' && hexColor.test(key)) {
    const digits = key.length === 4 ? [...key.slice(1)].map((d) => d + d).join('') : key.slice(1);
    const rgb = [0, 2, 4].map((i) => Number.parseInt(digits.slice(i, i + 2), 16));
    return [`38;2;${rgb.join(';')}`, 39];
  }
  return undefined;
}

function styleText(styleFormat, text, options) {
  let validateStream = true;
  let stream = process.stdout;
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.validateStream !== undefined) {
      validateBoolean(options.validateStream, 'options.validateStream');
      ({ validateStream } = options);
    }
    if (options.stream !== undefined) ({ stream } = options);
    else if (!validateStream) stream = undefined;
  }
  validateString(text, 'text');
  let skip = false;
  if (validateStream) {
    if (options?.stream !== undefined && !isStreamLike(stream)) {
      throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    skip = !require('internal/util/colors').shouldColorize(stream);
  }
  const formats = Array.isArray(styleFormat) ? styleFormat : [styleFormat];
  let open = '';
  let close = '';
  const applied = [];
  for (const key of formats) {
    if (key === 'none') continue;
    const found = styleCodes(key);
    if (found === undefined) {
      if (typeof key === 'string' && key.startsWith('#')) {
        throw new codes.ERR_INVALID_ARG_VALUE('format', key, 'must be a valid hex color (#RGB or #RRGGBB)');
      }
      validateOneOf(key, 'format', Object.getOwnPropertyNames(inspect.colors));
    }
    applied.push(found);
  }
  if (skip) return text;
  let inner = text;
  for (const found of applied) {
    open += `\u001b[${found[0]}m`;
    close = `\u001b[${found[1]}m${close}`;
    // A close inside the text must not end this style: it is opened again after it.
    const closing = `\u001b[${found[1]}m`;
    if (inner.includes(closing)) {
      const reopen = found[0] === 1 || found[0] === 2 ? `${closing}\u001b[${found[0]}m` : `\u001b[${found[0]}m`;
      inner = inner.replaceAll(closing, reopen);
    }
  }
  return open + inner + close;
}

function isStreamLike(value) {
  return value !== null && typeof value === 'object' &&
    (typeof value.write === 'function' || typeof value.pipe === 'function' || typeof value.getReader === 'function' ||
     typeof value.getWriter === 'function' || typeof value.on === 'function');
}

// --- the rest ----------------------------------------------------------------------------------------------------------

function getCallSites(frameCount = 10, options = undefined) {
  if (options === undefined && frameCount !== null && typeof frameCount === 'object') {
    options = frameCount;
    frameCount = 10;
  }
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  }
  validateInteger(frameCount, 'frameCount', 1, 200);
  // The first frame is this function's own.
  return internalUtil.getStructuredStack(frameCount + 1).slice(1).map((site) => ({
    functionName: site.getFunctionName() ?? '',
    scriptId: String(site.getScriptId?.() ?? 0),
    scriptName: site.getFileName() ?? '',
    lineNumber: site.getLineNumber(),
    columnNumber: site.getColumnNumber(),
    column: site.getColumnNumber(),
  }));
}

function parseEnv(content) {
  validateString(content, 'content');
  return require('internal/util/dotenv').parseEnv(content);
}

function isDeepStrictEqual(a, b, skipPrototype) {
  return require('internal/util/comparisons').isDeepStrictEqual(a, b, skipPrototype);
}

function parseArgs(...args) {
  return require('internal/util/parse_args').parseArgs(...args);
}

function debuglog(set, cb) {
  return require('internal/util/debuglog').debuglog(set, cb);
}

function diff(actual, expected) {
  return require('internal/util/diff').diff(actual, expected);
}

function markPromiseAsHandled(promise) {
  if (!internalBinding('types').isPromise(promise)) {
    throw new codes.ERR_INVALID_ARG_TYPE('promise', 'Promise', promise);
  }
  Promise.prototype.then.call(promise, undefined, () => {});
}

function setTraceSigInt(enable) {
  validateBoolean(enable, 'enable');
  if (!internalBinding('worker').isMainThread) {
    throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION('Calling util.setTraceSigInt');
  }
  if (enable) throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('util.setTraceSigInt()');
}

module.exports = {
  _errnoException,
  _exceptionWithHostPort,
  _extend: deprecate(_extend, 'The `util._extend` API is deprecated. Please use Object.assign() instead.', 'DEP0060'),
  callbackify,
  convertProcessSignalToExitCode,
  debug: debuglog,
  debuglog,
  deprecate(fn, msg, code) {
    return deprecate(fn, msg, code);
  },
  format,
  styleText,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorName,
  getSystemErrorMessage,
  inherits,
  inspect,
  isArray: deprecate(Array.isArray, 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
    'DEP0044'),
  isDeepStrictEqual,
  markPromiseAsHandled,
  promisify,
  stripVTControlCharacters,
  toUSVString,
};

function lazy(id, names, writable = true) {
  for (const name of names) {
    Object.defineProperty(module.exports, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      get() {
        const value = require(id)[name];
        set(value);
        return value;
      },
      set: writable ? set : undefined,
    });
    function set(value) { // eslint-disable-line no-inner-declarations
      Object.defineProperty(module.exports, name, {
        __proto__: null, configurable: true, enumerable: true, writable, value,
      });
    }
  }
}

lazy('internal/util/debounce', ['debounce'], false);
lazy('internal/util/throttle', ['throttle'], false);
lazy('internal/abort_controller', ['transferableAbortSignal', 'transferableAbortController', 'aborted'], false);
Object.defineProperty(module.exports, 'types', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    const value = require('internal/util/types');
    Object.defineProperty(module.exports, 'types', {
      __proto__: null, configurable: true, enumerable: true, writable: true, value,
    });
    return value;
  },
  set(value) {
    Object.defineProperty(module.exports, 'types', {
      __proto__: null, configurable: true, enumerable: true, writable: true, value,
    });
  },
});
module.exports.parseEnv = parseEnv;
module.exports.parseArgs = parseArgs;
lazy('internal/encoding', ['TextDecoder', 'TextEncoder']);
lazy('internal/mime', ['MIMEType', 'MIMEParams']);
module.exports.diff = diff;
module.exports.setTraceSigInt = setTraceSigInt;
