// SPDX-License-Identifier: MIT
'use strict';

// assert: checks that throw AssertionError. Every check is a method of Assert.prototype, so that an Assert instance
// can carry options; the module's functions are the same methods without any.

const { codes } = require('internal/errors');
const { validateFunction, validateOneOf } = require('internal/validators');
const { inspect } = require('internal/util/inspect');

let errorClass;
function assertionErrorClass() {
  return errorClass ??= require('internal/assert/assertion_error').AssertionError;
}

const comparisons = () => require('internal/util/comparisons');

const kOptions = Symbol('options');

function Assert(options) {
  if (new.target === undefined) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Assert');
  options = { strict: true, ...options, __proto__: null };
  if (options.diff !== undefined) validateOneOf(options.diff, 'options.diff', ['simple', 'full']);
  this.AssertionError = assertionErrorClass();
  Object.defineProperty(this, kOptions, { __proto__: null, value: options, enumerable: false });
  if (options.strict) {
    this.equal = this.strictEqual;
    this.deepEqual = this.deepStrictEqual;
    this.notEqual = this.notStrictEqual;
    this.notDeepEqual = this.notDeepStrictEqual;
  }
}

function fail(self, { actual, expected, operator, stackStartFn, message }) {
  // What follows the operands: a text, a printf-like format with values, a function or an error.
  const [first] = message;
  if (first instanceof Error) throw first;
  let text = first;
  if (typeof first === 'function') {
    text = first(actual, expected);
  } else if (typeof first === 'string' && message.length > 1) {
    text = require('internal/util/format').format(...message);
  }
  const AssertionError = assertionErrorClass();
  throw new AssertionError({
    actual, expected, operator, stackStartFn, message: text, diff: self?.[kOptions]?.diff ?? 'simple',
  });
}

function needBoth(count) {
  if (count < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
}

function innerOk(self, fn, count, value, message) {
  if (value) return;
  require('internal/assert/ok').failOk(fn, count, value, message, self?.[kOptions]?.diff ?? 'simple');
}

// --- exceptions ------------------------------------------------------------------------------------------------------

// What `throws` compares in an error-like expectation; named so in the difference it prints.
class Comparison {
  constructor(source, keys, actual) {
    for (const key of keys) {
      if (key in source) {
        // A regular expression that matches stands for the text it matched.
        if (actual !== undefined && typeof actual[key] === 'string' && isRegExp(source[key]) &&
            source[key].exec(actual[key]) !== null) {
          this[key] = actual[key];
        } else {
          this[key] = source[key];
        }
      }
    }
  }
}

const isRegExp = (value) => internalBinding('types').isRegExp(value);
const isPromise = (value) => internalBinding('types').isPromise(value);

function compareKey(actual, expected, key, message, keys, fn, diff) {
  if (key in actual && comparisons().isDeepStrictEqual(actual[key], expected[key])) return;
  const AssertionError = assertionErrorClass();
  if (!message) {
    const a = new Comparison(actual, keys);
    const b = new Comparison(expected, keys, actual);
    const err = new AssertionError({ actual: a, expected: b, operator: 'deepStrictEqual', stackStartFn: fn, diff });
    err.actual = actual;
    err.expected = expected;
    err.operator = fn.name;
    throw err;
  }
  fail(undefined, { actual, expected, message: [message], operator: fn.name, stackStartFn: fn });
}

function matchException(self, actual, expected, message, fn) {
  const AssertionError = assertionErrorClass();
  const diff = self?.[kOptions]?.diff ?? 'simple';
  let generated = false;
  let throwError = false;
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) {
      const text = String(actual);
      if (expected.exec(text) !== null) return;
      if (!message) {
        generated = true;
        message = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`;
      }
      throwError = true;
    } else if (typeof actual !== 'object' || actual === null) {
      const err = new AssertionError({
        actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn, diff,
      });
      err.operator = fn.name;
      throw err;
    } else {
      const keys = Object.keys(expected);
      // name and message of an error are not enumerable, and are what one wants compared.
      if (expected instanceof Error) keys.push('name', 'message');
      else if (keys.length === 0) {
        throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
      }
      for (const key of keys) {
        if (typeof actual[key] === 'string' && isRegExp(expected[key]) && expected[key].exec(actual[key]) !== null) {
          continue;
        }
        compareKey(actual, expected, key, message, keys, fn, diff);
      }
      return;
    }
  } else if (expected.prototype !== undefined && actual instanceof expected) {
    return;
  } else if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    if (!message) {
      generated = true;
      message = `The error is expected to be an instance of "${expected.name}". Received `;
      message += require('internal/util').isError(actual) ? `"${actual.name}"` : `"${inspect(actual, { depth: -1 })}"`;
    }
    throwError = true;
  } else {
    const result = Reflect.apply(expected, {}, [actual]);
    if (result !== true) {
      if (!message) {
        generated = true;
        const name = expected.name ? `"${expected.name}" ` : '';
        message = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
        if (require('internal/util').isError(actual)) message += `\n\nCaught error:\n\n${actual}`;
      }
      throwError = true;
    }
  }
  if (!throwError) return;
  if (message && generated && require('internal/util').isError(actual) && !message.includes('Caught error') &&
      typeof expected === 'function') {
    message += `\n\nError message:\n\n${actual.message}`;
  }
  const err = new AssertionError({ actual, expected, message, operator: fn.name, stackStartFn: fn, diff });
  err.generatedMessage = generated;
  throw err;
}

const kNoException = Symbol('kNoException');

function caughtBy(fn) {
  validateFunction(fn, 'fn');
  try {
    fn();
  } catch (err) {
    return err;
  }
  return kNoException;
}

async function rejectionOf(promiseFn) {
  let promise;
  const isThenable = (value) => isPromise(value) || (value !== null && typeof value === 'object' &&
    typeof value.then === 'function' && typeof value.catch === 'function');
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!isThenable(promise)) throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
  } else if (isThenable(promiseFn)) {
    promise = promiseFn;
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (err) {
    return err;
  }
  return kNoException;
}

function expectsError(self, fn, actual, count, error, message) {
  if (typeof error === 'string') {
    if (count === 3) {
      throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
    }
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) {
        throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message',
          `The error message "${actual.message}" is identical to the message.`);
      }
    } else if (actual === error) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }
  if (actual === kNoException) {
    let details = '';
    if (error?.name) details += ` (${error.name})`;
    details += message ? `: ${message}` : '.';
    const kind = fn === Assert.prototype.rejects ? 'rejection' : 'exception';
    const AssertionError = assertionErrorClass();
    throw Object.assign(new AssertionError({
      actual: undefined, expected: error, operator: fn.name, message: `Missing expected ${kind}${details}`,
      stackStartFn: fn, diff: self?.[kOptions]?.diff ?? 'simple',
    }), { generatedMessage: !message });
  }
  if (!error) return;
  matchException(self, actual, error, message, fn);
}

function expectsNoError(self, fn, actual, error, message) {
  if (actual === kNoException) return;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (!error || hasMatchingError(actual, error)) {
    const details = message ? `: ${message}` : '.';
    const kind = fn === Assert.prototype.doesNotReject ? 'rejection' : 'exception';
    const AssertionError = assertionErrorClass();
    throw Object.assign(new AssertionError({
      actual, expected: error, operator: fn.name, stackStartFn: fn, diff: self?.[kOptions]?.diff ?? 'simple',
      message: `Got unwanted ${kind}${details}\nActual message: "${actual?.message}"`,
    }), { generatedMessage: !message });
  }
  throw actual;
}

function hasMatchingError(actual, expected) {
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) return expected.exec(String(actual)) !== null;
    throw new codes.ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

function innerMatch(self, string, regexp, message, fn, wantMatch) {
  if (!isRegExp(regexp)) throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  if (typeof string === 'string' && (regexp.exec(string) !== null) === wantMatch) return;
  let [text] = message;
  if (text instanceof Error) throw text;
  const generated = !text;
  if (typeof text === 'function') text = text(string, regexp);
  text ||= typeof string !== 'string' ?
    `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})` :
    `${wantMatch ? 'The input did not match the regular expression ' :
      'The input was expected to not match the regular expression '}${inspect(regexp)}. Input:\n\n${
      inspect(string)}\n`;
  const AssertionError = assertionErrorClass();
  const err = new AssertionError({
    actual: string, expected: regexp, message: text, operator: fn.name, stackStartFn: fn,
    diff: self?.[kOptions]?.diff ?? 'simple',
  });
  err.generatedMessage = generated;
  throw err;
}

// --- the checks ------------------------------------------------------------------------------------------------------

const checks = {
  ok: function ok(...args) {
    innerOk(this, ok, args.length, args[0], args.slice(1));
  },

  fail: function fail(message) {
    if (message instanceof Error) throw message;
    const AssertionError = assertionErrorClass();
    const err = new AssertionError({
      operator: 'fail', stackStartFn: fail, message: message === undefined ? 'Failed' : message,
      diff: this?.[kOptions]?.diff ?? 'simple',
    });
    err.generatedMessage = message === undefined;
    throw err;
  },

  equal: function equal(actual, expected, ...message) {
    needBoth(arguments.length);
    // eslint-disable-next-line eqeqeq
    if (actual != expected && (!Number.isNaN(actual) || !Number.isNaN(expected))) {
      fail(this, { actual, expected, message, operator: '==', stackStartFn: equal });
    }
  },

  notEqual: function notEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    // eslint-disable-next-line eqeqeq
    if (actual == expected || (Number.isNaN(actual) && Number.isNaN(expected))) {
      fail(this, { actual, expected, message, operator: '!=', stackStartFn: notEqual });
    }
  },

  deepEqual: function deepEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (!comparisons().isDeepEqual(actual, expected)) {
      fail(this, { actual, expected, message, operator: 'deepEqual', stackStartFn: deepEqual });
    }
  },

  notDeepEqual: function notDeepEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (comparisons().isDeepEqual(actual, expected)) {
      fail(this, { actual, expected, message, operator: 'notDeepEqual', stackStartFn: notDeepEqual });
    }
  },

  deepStrictEqual: function deepStrictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (!comparisons().isDeepStrictEqual(actual, expected, this?.[kOptions]?.skipPrototype)) {
      fail(this, { actual, expected, message, operator: 'deepStrictEqual', stackStartFn: deepStrictEqual });
    }
  },

  notDeepStrictEqual: function notDeepStrictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (comparisons().isDeepStrictEqual(actual, expected, this?.[kOptions]?.skipPrototype)) {
      fail(this, { actual, expected, message, operator: 'notDeepStrictEqual', stackStartFn: notDeepStrictEqual });
    }
  },

  strictEqual: function strictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (!Object.is(actual, expected)) {
      fail(this, { actual, expected, message, operator: 'strictEqual', stackStartFn: strictEqual });
    }
  },

  notStrictEqual: function notStrictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (Object.is(actual, expected)) {
      fail(this, { actual, expected, message, operator: 'notStrictEqual', stackStartFn: notStrictEqual });
    }
  },

  partialDeepStrictEqual: function partialDeepStrictEqual(actual, expected, ...message) {
    needBoth(arguments.length);
    if (!comparisons().isPartialStrictEqual(actual, expected)) {
      fail(this, {
        actual, expected, message, operator: 'partialDeepStrictEqual', stackStartFn: partialDeepStrictEqual,
      });
    }
  },

  match: function match(string, regexp, ...message) {
    innerMatch(this, string, regexp, message, match, true);
  },

  doesNotMatch: function doesNotMatch(string, regexp, ...message) {
    innerMatch(this, string, regexp, message, doesNotMatch, false);
  },

  throws: function throws(fn, ...args) {
    expectsError(this, throws, caughtBy(fn), args.length + 1, ...args);
  },

  rejects: async function rejects(promiseFn, ...args) {
    expectsError(this, rejects, await rejectionOf(promiseFn), args.length + 1, ...args);
  },

  doesNotThrow: function doesNotThrow(fn, ...args) {
    expectsNoError(this, doesNotThrow, caughtBy(fn), ...args);
  },

  doesNotReject: async function doesNotReject(fn, ...args) {
    expectsNoError(this, doesNotReject, await rejectionOf(fn), ...args);
  },

  ifError: function ifError(err) {
    if (err === null || err === undefined) return;
    let message = 'ifError got unwanted exception: ';
    if (typeof err === 'object' && typeof err.message === 'string') {
      message += err.message.length === 0 && err.constructor ? err.constructor.name : err.message;
    } else {
      message += inspect(err);
    }
    const AssertionError = assertionErrorClass();
    const failure = new AssertionError({
      actual: err, expected: null, operator: 'ifError', message, stackStartFn: ifError,
      diff: this?.[kOptions]?.diff ?? 'simple',
    });
    failure.generatedMessage = true;
    // Where the error came from, without the frames that both stacks share.
    const original = err.stack;
    if (typeof original === 'string') {
      const start = original.indexOf('\n    at');
      if (start !== -1) {
        const frames = original.slice(start + 1).split('\n');
        let own = failure.stack.split('\n');
        for (const frame of frames) {
          const position = own.indexOf(frame);
          if (position !== -1) {
            own = own.slice(0, position);
            break;
          }
        }
        failure.stack = `${own.join('\n')}\n${frames.join('\n')}`;
      }
    }
    throw failure;
  },
};

for (const name of Object.keys(checks)) {
  Object.defineProperty(Assert.prototype, name, {
    __proto__: null, value: checks[name], writable: true, enumerable: true, configurable: true,
  });
}

function assert(...args) {
  innerOk(undefined, assert, args.length, args[0], args.slice(1));
}
Object.defineProperty(assert, 'name', { __proto__: null, value: 'assert', configurable: true });

function publish(target) {
  Object.defineProperty(target, 'AssertionError', {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = assertionErrorClass();
      Object.defineProperty(target, 'AssertionError', {
        __proto__: null, configurable: true, enumerable: true, writable: true, value,
      });
      return value;
    },
    set(value) {
      Object.defineProperty(target, 'AssertionError', {
        __proto__: null, configurable: true, enumerable: true, writable: true, value,
      });
    },
  });
  for (const name of ['ok', 'fail', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual',
    'notDeepStrictEqual', 'strictEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'match', 'doesNotMatch', 'throws',
    'rejects', 'doesNotThrow', 'doesNotReject', 'ifError']) {
    // Unbound: a check taken off the module has no options.
    target[name] = checks[name];
  }
}
publish(assert);

function strict(...args) {
  innerOk(undefined, strict, args.length, args[0], args.slice(1));
}
publish(strict);
strict.Assert = Assert;
strict.equal = checks.strictEqual;
strict.deepEqual = checks.deepStrictEqual;
strict.notEqual = checks.notStrictEqual;
strict.notDeepEqual = checks.notDeepStrictEqual;
strict.strict = strict;

assert.strict = strict;
assert.Assert = Assert;

module.exports = assert;
