// SPDX-License-Identifier: MIT
'use strict';

// The zlib module: Transform streams over C's (de)compressors, and their one-shot forms. The window, the state and all
// work on bytes are C's; here a chunk is fed in and output buffers are taken out.

const { Buffer, kMaxLength } = require('buffer');
const { Transform, finished } = require('stream');
const { codes: errors } = require('internal/errors');
const {
  validateBoolean, validateFunction, validateNumber, validateUint32,
} = require('internal/validators');
const {
  Zlib: ZlibHandle, BrotliEncoder, BrotliDecoder, ZstdCompress: ZstdCompressHandle, ZstdDecompress: ZstdDecompressHandle,
  crc32: nativeCrc32,
} = internalBinding('zlib');
const { zlib: constants } = internalBinding('constants');

const {
  DEFLATE, INFLATE, GZIP, GUNZIP, DEFLATERAW, INFLATERAW, UNZIP, Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH,
  Z_FULL_FLUSH, Z_FINISH, Z_DEFAULT_COMPRESSION, Z_MIN_LEVEL, Z_MAX_LEVEL, Z_MIN_WINDOWBITS, Z_MAX_WINDOWBITS,
  Z_DEFAULT_WINDOWBITS, Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL, Z_DEFAULT_STRATEGY, Z_FIXED, Z_MIN_CHUNK,
  Z_DEFAULT_CHUNK, BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH,
  BROTLI_OPERATION_EMIT_METADATA, ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end,
} = constants;

const kError = Symbol('kError');
const kFlushFlag = Symbol('kFlushFlag');
const kFamily = Symbol('kFamily');
const kFlushBuffer = Buffer.alloc(0);

// A family of formats: its flush operations by default and by strength (of two asked for while one waits the stronger is
// done), and the highest number of them.
const zlibFamily = {
  flush: Z_NO_FLUSH,
  finishFlush: Z_FINISH,
  fullFlush: Z_FULL_FLUSH,
  highest: Z_BLOCK,
  strength: [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH],
};
const brotliFamily = {
  flush: BROTLI_OPERATION_PROCESS,
  finishFlush: BROTLI_OPERATION_FINISH,
  fullFlush: BROTLI_OPERATION_FLUSH,
  highest: BROTLI_OPERATION_EMIT_METADATA,
  strength: [BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_EMIT_METADATA],
};
const zstdFamily = {
  flush: ZSTD_e_continue,
  finishFlush: ZSTD_e_end,
  fullFlush: ZSTD_e_flush,
  highest: ZSTD_e_end,
  strength: [ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end],
};

function strongerFlush(stream, a, b) {
  const { strength } = stream[kFamily];
  return strength.indexOf(a) > strength.indexOf(b) ? a : b;
}

function isAnyBuffer(value) {
  return value instanceof ArrayBuffer || require('internal/util/types').isAnyArrayBuffer(value);
}

function toView(value) {
  if (ArrayBuffer.isView(value)) {
    return value;
  }
  return isAnyBuffer(value) ? new Uint8Array(value) : undefined;
}

// A number option within bounds, or its default where it is not given.
function numberOption(value, name, lower, upper, fallback) {
  if (value === undefined || Number.isNaN(value)) {
    return fallback;
  }
  validateNumber(value, name);
  if (!Number.isFinite(value) || value < lower || (upper !== undefined && value > upper)) {
    throw new errors.ERR_OUT_OF_RANGE(name, upper === undefined || upper === Infinity ? `>= ${lower}` :
      `>= ${lower} and <= ${upper}`, value);
  }
  return value;
}

// C reports a failure of the handle whose stream this is.
function onHandleError(message, errno, code) {
  const { stream } = this;
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  stream.destroy(error);
  stream[kError] = error;
}

function ZlibBase(options, handle, family) {
  let { flush, finishFlush } = family;
  let chunkSize = Z_DEFAULT_CHUNK;
  let maxOutputLength = kMaxLength;
  let rejectGarbage = false;
  if (options) {
    chunkSize = numberOption(options.chunkSize, 'options.chunkSize', Z_MIN_CHUNK, undefined, Z_DEFAULT_CHUNK);
    flush = numberOption(options.flush, 'options.flush', 0, family.highest, flush);
    finishFlush = numberOption(options.finishFlush, 'options.finishFlush', 0, family.highest, finishFlush);
    maxOutputLength = numberOption(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    if (options.rejectGarbageAfterEnd !== undefined) {
      validateBoolean(options.rejectGarbageAfterEnd, 'options.rejectGarbageAfterEnd');
      rejectGarbage = options.rejectGarbageAfterEnd;
    }
    if (options.encoding || options.objectMode || options.writableObjectMode) {
      options = { ...options };
      options.encoding = null;
      options.objectMode = false;
      options.writableObjectMode = false;
    }
  }
  Transform.call(this, { autoDestroy: true, ...options });
  this[kError] = null;
  this.bytesWritten = 0;
  this._handle = handle;
  handle.stream = this;
  handle.onerror = onHandleError;
  this._outBuffer = Buffer.allocUnsafe(chunkSize);
  this._outOffset = 0;
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = family.fullFlush;
  this[kFamily] = family;
  this._info = options?.info;
  this._maxOutputLength = maxOutputLength;
  this._rejectGarbageAfterEnd = rejectGarbage;
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return !this._handle;
  },
});

ZlibBase.prototype.reset = function() {
  if (!this._handle) {
    throw new errors.ERR_INTERNAL_ASSERTION('zlib binding closed');
  }
  return this._handle.reset();
};

// The stream's own flush comes with its last chunk.
ZlibBase.prototype._flush = function(callback) {
  this._transform(Buffer.alloc(0), '', callback);
};

ZlibBase.prototype._final = function(callback) {
  callback();
};

ZlibBase.prototype.flush = function(kind, callback) {
  if (typeof kind === 'function' || (kind === undefined && !callback)) {
    callback = kind;
    kind = this._defaultFullFlushFlag;
  }
  if (this.writableFinished) {
    if (callback) {
      process.nextTick(callback);
    }
  } else if (this.writableEnded) {
    if (callback) {
      this.once('end', callback);
    }
  } else {
    // Written like a chunk, so that it comes after what was written before.
    const marker = Buffer.alloc(0);
    marker[kFlushFlag] = kind;
    this.write(marker, '', callback);
  }
};

ZlibBase.prototype.close = function(callback) {
  if (callback) {
    finished(this, callback);
  }
  this.destroy();
};

ZlibBase.prototype._destroy = function(error, callback) {
  closeHandle(this);
  callback(error);
};

function closeHandle(stream) {
  stream._handle?.close();
  stream._handle = null;
}

ZlibBase.prototype._transform = function(chunk, encoding, callback) {
  let flag = this._defaultFlushFlag;
  if (typeof chunk[kFlushFlag] === 'number') {
    flag = chunk[kFlushFlag];
  } else if (this.writableEnded && this.writableLength === chunk.byteLength) {
    flag = strongerFlush(this, flag, this._finishFlushFlag);
  }
  startWrite(this, chunk, flag, callback);
};

ZlibBase.prototype._processChunk = function(chunk, flag, callback) {
  if (callback === undefined) {
    return processSync(this, chunk, flag);
  }
  startWrite(this, chunk, flag, callback);
};

function startWrite(stream, chunk, flag, callback) {
  const handle = stream._handle;
  if (!handle) {
    process.nextTick(callback);
    return;
  }
  handle.buffer = chunk;
  handle.cb = callback;
  handle.availOutBefore = stream._chunkSize - stream._outOffset;
  handle.availInBefore = chunk.byteLength;
  handle.inOff = 0;
  handle.flushFlag = flag;
  handle.write(flag, chunk, 0, chunk.byteLength, stream._outBuffer, stream._outOffset, handle.availOutBefore);
}

// C calls this when a write is done; what is left over stands in _writeState: [output room, input].
function afterWrite() {
  const handle = this;
  const { stream } = handle;
  if (stream.destroyed) {
    handle.buffer = null;
    handle.cb();
    return;
  }
  const state = stream._writeState;
  const availOut = state[0];
  const availIn = state[1];
  const consumed = handle.availInBefore - availIn;
  handle.inOff += consumed;
  handle.availInBefore = availIn;
  stream.bytesWritten += consumed;
  const made = handle.availOutBefore - availOut;
  let room = true;
  if (made > 0) {
    room = stream.push(stream._outBuffer.slice(stream._outOffset, stream._outOffset + made));
    stream._outOffset += made;
  }
  // push() can have run code that ended us.
  if (stream.destroyed) {
    handle.cb();
    return;
  }
  if (availOut === 0 || stream._outOffset >= stream._chunkSize) {
    handle.availOutBefore = stream._chunkSize;
    stream._outOffset = 0;
    stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize);
  } else {
    handle.availOutBefore = availOut;
  }
  if (availOut === 0) {
    // The output was full: there may be more.
    const again = () => {
      if (stream._handle) {
        handle.write(handle.flushFlag, handle.buffer, handle.inOff, handle.availInBefore, stream._outBuffer,
                     stream._outOffset, stream._chunkSize);
      }
    };
    if (room) {
      again();
    } else {
      const read = stream._read;
      stream._read = (n) => {
        stream._read = read;
        again();
        stream._read(n);
      };
    }
    return;
  }
  if (availIn > 0) {
    // Input that belongs to nobody follows the end of the compressed data.
    if (stream._rejectGarbageAfterEnd) {
      const error = new errors.ERR_TRAILING_JUNK_AFTER_STREAM_END();
      stream.destroy(error);
      handle.cb(error);
      return;
    }
    stream.push(null);
  }
  handle.buffer = null;
  handle.cb();
}

function processSync(stream, chunk, flag) {
  const handle = stream._handle;
  if (!handle) {
    throw new errors.ERR_INTERNAL_ASSERTION('zlib binding closed');
  }
  const state = stream._writeState;
  const chunkSize = stream._chunkSize;
  const buffers = [];
  let total = 0;
  let inOff = 0;
  let availIn = chunk.byteLength;
  let buffer = stream._outBuffer;
  let offset = stream._outOffset;
  let availOut = chunkSize - offset;
  let failure = null;
  stream.on('error', (error) => {
    failure = error;
  });
  for (;;) {
    handle.writeSync(flag, chunk, inOff, availIn, buffer, offset, availOut);
    if (failure) {
      throw failure;
    }
    if (stream[kError]) {
      throw stream[kError];
    }
    const availOutAfter = state[0];
    const availInAfter = state[1];
    const consumed = availIn - availInAfter;
    stream.bytesWritten += consumed;
    const made = availOut - availOutAfter;
    if (made > 0) {
      buffers.push(buffer.slice(offset, offset + made));
      offset += made;
      total += made;
      if (total > stream._maxOutputLength) {
        closeHandle(stream);
        throw new errors.ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
      }
    }
    inOff += consumed;
    availIn = availInAfter;
    if (availOutAfter !== 0) {
      if (availInAfter > 0 && stream._rejectGarbageAfterEnd) {
        throw new errors.ERR_TRAILING_JUNK_AFTER_STREAM_END();
      }
      break;
    }
    availOut = chunkSize;
    offset = 0;
    buffer = Buffer.allocUnsafe(chunkSize);
  }
  stream.bytesWritten = inOff;
  closeHandle(stream);
  return buffers.length === 0 ? Buffer.alloc(0) : buffers.length === 1 ? buffers[0] : Buffer.concat(buffers, total);
}

// The zlib formats

function dictionaryOption(options) {
  const dictionary = options?.dictionary;
  if (dictionary === undefined || ArrayBuffer.isView(dictionary)) {
    return dictionary;
  }
  const view = toView(dictionary);
  if (view === undefined) {
    throw new errors.ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'],
                                          dictionary);
  }
  return view;
}

function Zlib(options, mode) {
  let windowBits = Z_DEFAULT_WINDOWBITS;
  let level = Z_DEFAULT_COMPRESSION;
  let memLevel = Z_DEFAULT_MEMLEVEL;
  let strategy = Z_DEFAULT_STRATEGY;
  let dictionary;
  if (options) {
    // 0: a decompressor takes the size from the header.
    if ((options.windowBits === undefined || options.windowBits === null || options.windowBits === 0) &&
        (mode === INFLATE || mode === GUNZIP || mode === UNZIP)) {
      windowBits = 0;
    } else {
      // A window of 256 bytes is a bug in zlib's gzip writing; larger ones work.
      const least = Z_MIN_WINDOWBITS + (mode === GZIP ? 1 : 0);
      windowBits = numberOption(options.windowBits, 'options.windowBits', least, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
    }
    level = numberOption(options.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
    memLevel = numberOption(options.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
    strategy = numberOption(options.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
    dictionary = dictionaryOption(options);
  }
  this._writeState = new Uint32Array(2);
  ZlibBase.call(this, options, new ZlibHandle(mode), zlibFamily);
  this._handle.init(windowBits, level, memLevel, strategy, this._writeState, afterWrite, dictionary,
                    this._rejectGarbageAfterEnd);
  this._level = level;
  this._strategy = strategy;
  this._mode = mode;
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);

// Changes level and strategy for what is written from now on.
Zlib.prototype.params = function(level, strategy, callback) {
  numberOption(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL, undefined);
  numberOption(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED, undefined);
  if (this._level === level && this._strategy === strategy) {
    process.nextTick(callback);
    return;
  }
  this.flush(Z_SYNC_FLUSH, () => {
    if (!this._handle) {
      throw new errors.ERR_INTERNAL_ASSERTION('zlib binding closed');
    }
    this._handle.params(level, strategy);
    if (!this.destroyed) {
      this._level = level;
      this._strategy = strategy;
      callback?.();
    }
  });
};

// Brotli and zstd

function paramsArray(params, count, isKey, InvalidParam) {
  const array = new Uint32Array(count).fill(-1);
  if (params) {
    for (const name of Object.keys(params)) {
      const key = +name;
      if (Number.isNaN(key) || key < 0 || !isKey(key)) {
        throw new InvalidParam(name);
      }
      const value = params[name];
      if (typeof value !== 'number' && typeof value !== 'boolean') {
        throw new errors.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
      }
      array[key] = value;
    }
  }
  return array;
}

function keysOf(pattern) {
  return new Set(Object.keys(constants).filter((name) => pattern.test(name)).map((name) => constants[name]));
}

function initialise(problem) {
  if (problem !== undefined) {
    throw new errors.ERR_ZLIB_INITIALIZATION_FAILED(problem);
  }
}

const brotliKeys = keysOf(/^BROTLI_(DECODER_)?PARAM_/);

function Brotli(options, handle) {
  this._writeState = new Uint32Array(2);
  const params = paramsArray(options?.params, Math.max(...brotliKeys) + 1, (key) => brotliKeys.has(key),
                             errors.ERR_BROTLI_INVALID_PARAM);
  if (options?.dictionary !== undefined) {
    throw new errors.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('a brotli dictionary');
  }
  ZlibBase.call(this, options, handle, brotliFamily);
  initialise(handle.init(params, this._writeState, afterWrite));
}
Object.setPrototypeOf(Brotli.prototype, Zlib.prototype);
Object.setPrototypeOf(Brotli, Zlib);

const zstdCompressKeys = keysOf(/^ZSTD_c_/);
const zstdDecompressKeys = keysOf(/^ZSTD_d_/);

function Zstd(options, handle, keys) {
  const params = paramsArray(options?.params, Math.max(...keys) + 1, (key) => keys.has(key), errors.ERR_ZSTD_INVALID_PARAM);
  const pledgedSrcSize = options?.pledgedSrcSize;
  if (pledgedSrcSize !== undefined && typeof pledgedSrcSize !== 'number') {
    const error = new TypeError('pledgedSrcSize must be a number');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  ZlibBase.call(this, options, handle, zstdFamily);
  this._writeState = new Uint32Array(2);
  initialise(handle.init(params, pledgedSrcSize ?? -1, this._writeState, afterWrite, dictionaryOption(options)));
}
Object.setPrototypeOf(Zstd.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zstd, ZlibBase);

const warnedWithoutNew = new Set();

function makeClass(name, Base, start) {
  const made = { [name]: function(options) {
    if (!(this instanceof made)) {
      if (!warnedWithoutNew.has(name)) {
        warnedWithoutNew.add(name);
        process.emitWarning(`Instantiating ${name} without the 'new' keyword has been deprecated.`,
                            'DeprecationWarning', 'DEP0184');
      }
      return new made(options);
    }
    start(this, options);
  } }[name];
  Object.setPrototypeOf(made.prototype, Base.prototype);
  Object.setPrototypeOf(made, Base);
  return made;
}

function makeZlibClass(name, mode) {
  return makeClass(name, Zlib, (stream, options) => Zlib.call(stream, options, mode));
}

const Deflate = makeZlibClass('Deflate', DEFLATE);
const Inflate = makeZlibClass('Inflate', INFLATE);
const Gzip = makeZlibClass('Gzip', GZIP);
const Gunzip = makeZlibClass('Gunzip', GUNZIP);
const DeflateRaw = makeZlibClass('DeflateRaw', DEFLATERAW);
const InflateRaw = makeZlibClass('InflateRaw', INFLATERAW);
const Unzip = makeZlibClass('Unzip', UNZIP);
const BrotliCompress = makeClass('BrotliCompress', Brotli,
                                 (stream, options) => Brotli.call(stream, options, new BrotliEncoder()));
const BrotliDecompress = makeClass('BrotliDecompress', Brotli,
                                   (stream, options) => Brotli.call(stream, options, new BrotliDecoder()));
const ZstdCompress = makeClass('ZstdCompress', Zstd,
                               (stream, options) => Zstd.call(stream, options, new ZstdCompressHandle(), zstdCompressKeys));
const ZstdDecompress = makeClass('ZstdDecompress', Zstd,
                                 (stream, options) => Zstd.call(stream, options, new ZstdDecompressHandle(), zstdDecompressKeys));

// One-shot forms

function checkInput(buffer) {
  if (typeof buffer === 'string') {
    return Buffer.from(buffer);
  }
  const view = toView(buffer);
  if (view === undefined) {
    throw new errors.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'],
                                          buffer);
  }
  return view;
}

function runSync(engine, buffer) {
  const result = processSync(engine, checkInput(buffer), engine._finishFlushFlag);
  return engine._info ? { buffer: result, engine } : result;
}

function run(engine, buffer, callback) {
  validateFunction(callback, 'callback');
  const input = ArrayBuffer.isView(buffer) || typeof buffer === 'string' ? buffer : checkInput(buffer);
  let chunks = [];
  let total = 0;
  engine.on('data', (chunk) => {
    chunks.push(chunk);
    total += chunk.length;
    if (total > engine._maxOutputLength) {
      engine.close();
      engine.removeAllListeners('data');
      engine.removeAllListeners('end');
      chunks = [];
      callback(new errors.ERR_BUFFER_TOO_LARGE(engine._maxOutputLength));
    }
  });
  engine.on('error', (error) => {
    engine.removeAllListeners('end');
    callback(error);
  });
  engine.on('end', () => {
    let result;
    if (total >= kMaxLength) {
      engine.close();
      callback(new errors.ERR_BUFFER_TOO_LARGE(kMaxLength));
      return;
    }
    result = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, total);
    engine.close();
    if (engine._info) {
      result = { buffer: result, engine };
    }
    callback(null, result);
  });
  engine.end(input);
}

function makeAsync(name, Engine) {
  const fn = { [name](buffer, options, callback) {
    if (typeof options === 'function') {
      callback = options;
      options = {};
    }
    validateFunction(callback, 'callback');
    return run(new Engine(options), buffer, callback);
  } }[name];
  return fn;
}

function makeSync(name, Engine) {
  return { [name](buffer, options) {
    return runSync(new Engine(options), buffer);
  } }[name];
}

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new errors.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  validateUint32(value, 'value');
  return nativeCrc32(data, value);
}

const classes = {
  Deflate, Inflate, Gzip, Gunzip, DeflateRaw, InflateRaw, Unzip, BrotliCompress, BrotliDecompress, ZstdCompress, ZstdDecompress,
};

const exports_ = module.exports = { crc32 };
Object.defineProperty(crc32, 'length', { __proto__: null, value: 1, configurable: true });
Object.assign(exports_, classes);
const oneShots = ['Deflate', 'Gzip', 'DeflateRaw', 'Unzip', 'Inflate', 'Gunzip', 'InflateRaw', 'BrotliCompress',
  'BrotliDecompress', 'ZstdCompress', 'ZstdDecompress'];
for (const name of oneShots) {
  const lower = name[0].toLowerCase() + name.slice(1);
  exports_[lower] = makeAsync(lower, classes[name]);
  exports_[`${lower}Sync`] = makeSync(`${lower}Sync`, classes[name]);
}

function defineFixed(name, value, enumerable = true) {
  Object.defineProperty(exports_, name, { __proto__: null, value, enumerable, configurable: typeof value === 'function' });
}

for (const name of ['Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Gzip', 'Gunzip', 'Unzip', 'BrotliCompress',
  'BrotliDecompress', 'ZstdCompress', 'ZstdDecompress']) {
  const Engine = classes[name];
  defineFixed(`create${name}`, { [`create${name}`](options) {
    return new Engine(options);
  } }[`create${name}`]);
}
defineFixed('constants', Object.freeze(constants));

const codeNames = ['Z_OK', 'Z_STREAM_END', 'Z_NEED_DICT', 'Z_ERRNO', 'Z_STREAM_ERROR', 'Z_DATA_ERROR', 'Z_MEM_ERROR',
  'Z_BUF_ERROR', 'Z_VERSION_ERROR'];
const codes = {};
for (const name of codeNames) {
  codes[name] = constants[name];
}
for (const name of codeNames) {
  codes[codes[name]] = name;
}
defineFixed('codes', Object.freeze(codes));

// The constants of zlib itself are also properties of the module, for old programs.
for (const name of Object.keys(constants)) {
  if (!name.startsWith('BROTLI')) {
    defineFixed(name, constants[name], false);
  }
}

// ZIP archives: loaded when first touched, then plain properties. They warn when first used.
const zipModules = {
  ZipBuffer: 'archive', ZipEntry: 'entry', ZipFile: 'file', createZipArchive: 'archive', createZipArchiveSync: 'archive',
  getMaxZipContentSize: 'entry', setMaxZipContentSize: 'entry', zipFiles: 'archive',
};
for (const name of Object.keys(zipModules)) {
  Object.defineProperty(exports_, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = require('internal/zip/warning')[name.startsWith('Zip') ? 'warnedClass' : 'warnedFunction'](
        require(`internal/zip/${zipModules[name]}`)[name]);
      defineFixed(name, value);
      return value;
    },
  });
}
