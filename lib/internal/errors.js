// SPDX-License-Identifier: MIT
'use strict';

// Errors with codes. `new codes.ERR_X(...args)` makes an error whose prototype chain, `code`, `name`, message and
// stack header (`TypeError [ERR_X]: ...`) are Node's. The table of messages is internal/errors/messages, loaded
// with the first error; taking a constructor out of `codes` costs one closure and no table.

const { captureStackTrace } = Error;
const constructors = { Error, TypeError, RangeError, SyntaxError, URIError };

const kIsNodeError = Symbol('kIsNodeError');

let messages;
let inspectModule;
let uvErrors;

function lazyInspect(value, options) {
  inspectModule ??= require('internal/util/inspect');
  return inspectModule.inspect(value, options);
}

function table() {
  return messages ??= require('internal/errors/messages');
}

// Runs `make` with stack traces off: the trace is captured once, by captureStackTrace, without our own frames.
function withoutTrace(make) {
  const limit = Error.stackTraceLimit;
  const changed = typeof limit === 'number' && limit !== 0 && Reflect.set(Error, 'stackTraceLimit', 0);
  try {
    return make();
  } finally {
    if (changed) Error.stackTraceLimit = limit;
  }
}

// Some engines build the header of `stack` when it is first read instead of when it is captured.
let headersAreLate;

function captureWithHeader(error, below) {
  captureStackTrace(error, below);
  if (headersAreLate === undefined) {
    const probe = new Error('early');
    probe.message = 'late';
    headersAreLate = typeof probe.stack === 'string' && probe.stack.startsWith('Error: late');
  }
  if (headersAreLate) void error.stack;
}

function codedToString() {
  return `${this.name} [${this.code}]: ${this.message}`;
}

// One prototype pair a (constructor, code): `lasting` is what programs see, `during` carries the name with the code
// while the stack header is made.
function makePrototypes(base, code) {
  const Base = constructors[base];
  const lasting = Object.create(Base.prototype, {
    constructor: { __proto__: null, value: Base, writable: true, configurable: true },
    toString: { __proto__: null, value: codedToString, writable: true, configurable: true },
    [kIsNodeError]: { __proto__: null, value: true },
  });
  const during = Object.create(Base.prototype, {
    name: { __proto__: null, value: `${base} [${code}]`, writable: true, configurable: true },
  });
  return { Base, lasting, during };
}

const prototypes = { __proto__: null };

function formatPlain(text, args) {
  return text.includes('%') ? text.replace(/%([1-4])/g, (whole, digit) => String(args[digit - 1])) : text;
}

function makeCoded(code, base, args, below) {
  if (table().system[code] !== undefined) return makeSystemError(code, args[0], below);
  const entry = table().find(code);
  if (entry === undefined) throw new Error(`Unknown error code: ${code}`);
  base ??= entry.base;
  const key = `${base}:${code}`;
  const { Base, lasting, during } = prototypes[key] ??= makePrototypes(base, code);
  const error = withoutTrace(() => new Base());
  const { message } = entry;
  // Property order is code, then whatever the message adds; `message` itself is not enumerable.
  error.code = code;
  const text = typeof message === 'string' ? formatPlain(message, args) : Reflect.apply(message, error, args);
  Object.defineProperty(error, 'message', {
    __proto__: null, value: text, writable: true, enumerable: false, configurable: true,
  });
  Object.setPrototypeOf(error, during);
  captureWithHeader(error, below);
  Object.setPrototypeOf(error, lasting);
  return error;
}

const systemPrototypes = { __proto__: null };

function makeSystemError(code, context, below) {
  const protos = systemPrototypes[code] ??= {
    lasting: Object.create(Error.prototype, {
      constructor: { __proto__: null, value: Error, writable: true, configurable: true },
      toString: { __proto__: null, value: codedToString, writable: true, configurable: true },
      [kIsNodeError]: { __proto__: null, value: true },
    }),
    during: Object.create(Error.prototype, {
      name: { __proto__: null, value: `SystemError [${code}]`, writable: true, configurable: true },
    }),
  };
  let text = `${table().system[code]}: ${context.syscall} returned ${context.code} (${context.message})`;
  if (context.path !== undefined) text += ` ${context.path}`;
  if (context.dest !== undefined) text += ` => ${context.dest}`;
  const error = withoutTrace(() => new Error());
  error.code = code;
  const forwarded = (name) => ({
    __proto__: null,
    get() { return context[name]; },
    set(value) { context[name] = value; },
    enumerable: true,
    configurable: true,
  });
  Object.defineProperties(error, {
    message: { __proto__: null, value: text, writable: true, enumerable: false, configurable: true },
    info: { __proto__: null, value: context, writable: false, enumerable: true, configurable: true },
    errno: forwarded('errno'),
    syscall: forwarded('syscall'),
  });
  if (context.path !== undefined) Object.defineProperty(error, 'path', forwarded('path'));
  if (context.dest !== undefined) Object.defineProperty(error, 'dest', forwarded('dest'));
  Object.setPrototypeOf(error, protos.during);
  captureWithHeader(error, below);
  Object.setPrototypeOf(error, protos.lasting);
  Object.defineProperty(error, 'name', {
    __proto__: null, value: 'SystemError', writable: true, enumerable: false, configurable: true,
  });
  return error;
}

function makeConstructor(code, base) {
  function NodeError(...args) {
    return makeCoded(code, base, args, NodeError);
  }
  NodeError.HideStackFramesError = NodeError;
  if (base === undefined) {
    for (const other of ['TypeError', 'RangeError']) {
      let made;
      Object.defineProperty(NodeError, other, {
        __proto__: null,
        configurable: true,
        get() {
          if (!table().alsoAs[code]?.includes(other)) return undefined;
          return made ??= makeConstructor(code, other);
        },
      });
    }
  }
  return NodeError;
}

const codes = new Proxy({ __proto__: null }, {
  __proto__: null,
  get(target, name) {
    if (typeof name !== 'string') return undefined;
    return target[name] ??= makeConstructor(name);
  },
  has(target, name) {
    return table().allCodes().includes(name);
  },
  ownKeys(target) {
    for (const name of table().allCodes()) target[name] ??= makeConstructor(name);
    return Reflect.ownKeys(target);
  },
});

// Marks a function whose frame should not be the first of a stack trace. Here it costs nothing: the function is
// called directly, and the frame stays.
function hideStackFrames(fn) {
  fn.withoutStackTrace = fn;
  return fn;
}

// `a, b, and c`
function formatList(list, type = 'and') {
  switch (list.length) {
    case 0: return '';
    case 1: return `${list[0]}`;
    case 2: return `${list[0]} ${type} ${list[1]}`;
    default: return `${list.slice(0, -1).join(', ')}, ${type} ${list[list.length - 1]}`;
  }
}

// The "type number (5)" of an argument message.
function determineSpecificType(value) {
  if (value == null) return `${value}`;
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    if (value.constructor?.name) return `an instance of ${value.constructor.name}`;
    return lazyInspect(value, { depth: -1 });
  }
  let shown = lazyInspect(value, { colors: false });
  if (typeof value === 'string' && value.length > 28) shown = `${lazyInspect(value.slice(0, 25)).slice(0, -1)}...'`;
  else if (shown.length > 28 && typeof value !== 'number' && typeof value !== 'string') shown = `${shown.slice(0, 25)}...`;
  return `type ${typeof value} (${shown})`;
}

const describeReceived = (value) => `Received ${determineSpecificType(value)}`;

// errno → [name, message], all of them; made once.
function uvErrorMap() {
  return uvErrors ??= internalBinding('uv').getErrorMap();
}

function uvErrmapGet(errno) {
  return uvErrorMap().get(errno) ??
    (errno === internalBinding('permission').deniedErrno ? ['ERR_ACCESS_DENIED', 'permission denied'] : undefined);
}

function uvName(errno) {
  return uvErrmapGet(errno)?.[0] ?? `Unknown system error ${errno}`;
}

// The errors below are plain Errors to look at, but classes of their own, as in Node: their `constructor` is Error.
class ErrnoException extends Error {
  constructor(errno, syscall, original) {
    const code = uvName(errno);
    const message = original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`;
    super(message);
    this.errno = errno;
    this.code = code;
    this.syscall = syscall;
  }

  get ['constructor']() {
    return Error;
  }
}

class UVException extends Error {
  constructor(context) {
    const [code, text] = uvErrmapGet(context.errno) ?? ['UNKNOWN', 'unknown error'];
    let message = `${code}: ${context.message || text}, ${context.syscall}`;
    const path = context.path === undefined || context.path === null ? undefined : `${context.path}`;
    const dest = context.dest === undefined || context.dest === null ? undefined : `${context.dest}`;
    if (path !== undefined) message += ` '${path}'`;
    if (dest !== undefined) message += ` -> '${dest}'`;
    super(message);
    for (const name of Object.keys(context)) {
      if (name === 'message' || name === 'path' || name === 'dest') continue;
      this[name] = context[name];
    }
    this.code = code;
    if (path !== undefined) this.path = path;
    if (dest !== undefined) this.dest = dest;
  }

  get ['constructor']() {
    return Error;
  }
}

class UVExceptionWithHostPort extends Error {
  constructor(errno, syscall, address, port) {
    const [code, text] = uvErrmapGet(errno) ?? ['UNKNOWN', 'unknown error'];
    let details = '';
    if (port && port > 0) details = ` ${address}:${port}`;
    else if (address) details = ` ${address}`;
    super(`${syscall} ${code}: ${text}${details}`);
    this.code = code;
    this.errno = errno;
    this.syscall = syscall;
    this.address = address;
    if (port) this.port = port;
  }

  get ['constructor']() {
    return Error;
  }
}

class ExceptionWithHostPort extends Error {
  constructor(errno, syscall, address, port, additional) {
    const code = uvName(errno);
    let details = '';
    if (port && port > 0) details = ` ${address}:${port}`;
    else if (address) details = ` ${address}`;
    if (additional) details += ` - Local (${additional})`;
    super(`${syscall} ${code}${details}`);
    this.errno = errno;
    this.code = code;
    this.syscall = syscall;
    this.address = address;
    if (port) this.port = port;
  }

  get ['constructor']() {
    return Error;
  }
}

// Name resolution reports numbers of its own above uv's EAI range, or names.
class DNSException extends Error {
  constructor(code, syscall, hostname) {
    let errno;
    if (typeof code === 'number') {
      errno = code;
      code = uvErrmapGet(code)?.[0] ?? code;
      if (errno === -3008 || errno === -3007) code = 'ENOTFOUND'; // UV_EAI_NONAME, UV_EAI_NODATA
    }
    super(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
    this.errno = errno;
    this.code = code;
    this.syscall = syscall;
    if (hostname) this.hostname = hostname;
  }

  get ['constructor']() {
    return Error;
  }
}

class ConnResetException extends Error {
  constructor(message) {
    super(message);
    this.code = 'ECONNRESET';
  }

  get ['constructor']() {
    return Error;
  }
}

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

class NodeAggregateError extends AggregateError {
  constructor(errors, message) {
    super(errors, message);
    this.code = errors[0]?.code;
  }

  get ['constructor']() {
    return AggregateError;
  }
}

// Combines an error with one that came while it was being handled; the outer one's message and code lead.
function aggregateTwoErrors(inner, outer) {
  if (inner && outer && inner !== outer) {
    if (Array.isArray(outer.errors)) {
      outer.errors.push(inner);
      return outer;
    }
    const error = new NodeAggregateError([outer, inner], outer.message);
    error.code = outer.code;
    return error;
  }
  return inner || outer;
}

function genericNodeError(message, properties) {
  return Object.assign(new Error(message), properties);
}

// The RangeError of exhausted stack, whatever its text: learnt from the engine on first use.
let overflowName;
let overflowMessage;
function isStackOverflowError(err) {
  if (overflowMessage === undefined) {
    const overflow = () => overflow();
    try {
      overflow();
    } catch (caught) {
      overflowName = caught.name;
      overflowMessage = caught.message;
    }
  }
  return err && err.name === overflowName && err.message === overflowMessage;
}

function isErrorStackTraceLimitWritable() {
  const desc = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (desc === undefined) return Object.isExtensible(Error);
  return Object.hasOwn(desc, 'writable') ? desc.writable : desc.set !== undefined;
}

module.exports = {
  AbortError,
  ConnResetException,
  DNSException,
  ErrnoException,
  ExceptionWithHostPort,
  NodeAggregateError,
  UVException,
  UVExceptionWithHostPort,
  aggregateTwoErrors,
  codes,
  describeReceived,
  determineSpecificType,
  formatList,
  genericNodeError,
  hideStackFrames,
  isErrorStackTraceLimitWritable,
  isStackOverflowError,
  kIsNodeError,
  lazyInspect,
  uvErrmapGet,
  uvErrorMap,
  uvException: UVException,
  errnoException: ErrnoException,
  exceptionWithHostPort: ExceptionWithHostPort,
};
