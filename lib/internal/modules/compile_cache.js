// SPDX-License-Identifier: MIT
'use strict';

// The compile cache (NODE_COMPILE_CACHE, module.enableCompileCache()): what was compiled of a program's files, and
// TypeScript without its types, is kept in a folder for the next process of the same build. The engine checks what it is
// given (src/bytecode/code_cache.c), so a file that is broken, old or somebody else's costs no more than its reading.
// Loaded when the cache is switched on.

const fs = require('fs');
const path = require('path');
const { fileURLToPath } = require('internal/url');
const { serialise, tag } = internalBinding('code_cache');
const { crc32 } = internalBinding('zlib');

const kStatus = { __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 };

// JsCacheStatus
const kAccepted = 0;
const kDamaged = 1;
const kOtherSource = 3;

const kTextMagic = 'culm.js\n';
const kTextHeader = 20; // the magic, then the CRCs of the TypeScript and of the text, and the text's length

let folder; // of this build's files; undefined: off
let isPortable = false;
let entries; // 'kind\0name' -> Entry

// NODE_DEBUG_NATIVE=COMPILE_CACHE: in the words of Node, which programs and tests look for.
let isDebugged;

function debug(text) {
  isDebugged ??= (process.env.NODE_DEBUG_NATIVE ?? '').split(',').includes('COMPILE_CACHE');
  if (isDebugged) process._rawDebug(`[compile cache] ${text()}`);
}

function errorText(errno) {
  return internalBinding('uv').getErrorMap().get(errno)?.[1] ?? `error ${errno}`;
}

class Entry {
  constructor(kind, name) {
    this.kind = kind; // CommonJS, ESM, StrippedTypeScript, TransformedTypeScript
    this.name = name; // file name or URL
    this.file = path.join(folder, keyOf(kind, name));
    this.compiled = undefined; // function or record
    this.text = undefined; // of TypeScript
    this.isSame = false; // as what lies in the folder
  }

  get title() {
    return `${this.kind} ${this.name}`;
  }
}

function keyOf(kind, name) {
  let place = name;
  if (isPortable) {
    const filename = name.startsWith('file:') ? fileURLToPath(name) : name;
    if (path.isAbsolute(filename)) {
      place = path.relative(folder, filename);
      debug(() => `using relative path ${place} from ${folder}`);
    }
  }
  return crc32(`${kind}\0${place}`, 0).toString(16).padStart(8, '0');
}

function entryOf(kind, name) {
  const key = `${kind}\0${name}`;
  let entry = entries.get(key);
  if (entry === undefined) {
    entry = new Entry(kind, name);
    entries.set(key, entry);
  }
  return entry;
}

// Compiles through the cache: compile gets what tells the engine of the cached code and gives the function or record.
function compileCached(kind, name, compile, compiledOf) {
  const entry = entryOf(kind, name);
  const cache = { data: entry.file, status: undefined, size: 0 };
  const result = compile(cache);
  const { status, size } = cache;
  const isAccepted = status === kAccepted;
  debug(() => `reading cache from ${entry.file} for ${entry.title}...${describe(status, size)}`);
  const compiled = compiledOf(result);
  if (compiled === undefined) {
    return result; // no CommonJS after all
  }
  entry.compiled = compiled;
  entry.isSame = isAccepted;
  debug(() => `V8 code cache for ${entry.title} was ${isAccepted ? 'accepted, keeping' : 'not initialized, initializing'} ` +
    'the in-memory entry');
  return result;
}

function describe(status, size) {
  if (status === undefined) return ' the source does not compile';
  if (status < 0) return ` ${errorText(status)}`;
  switch (status) {
    case kAccepted: return ` success, size=${size}`;
    case kDamaged: return ' cache hash mismatch: the file is damaged';
    case kOtherSource: return ' code hash mismatch: the source has changed';
    default: return ' it was compiled by another build';
  }
}

const functionOf = (result) => result.function;
const itself = (result) => result;

function compileCommonJs(name, compile) {
  return compileCached('CommonJS', name, compile, functionOf);
}

function compileEsm(url, compile) {
  return compileCached('ESM', url, compile, itself);
}

// TypeScript

function readText(entry, source) {
  let bytes;
  try {
    bytes = fs.readFileSync(entry.file);
  } catch (error) {
    debug(() => `reading cache from ${entry.file} for ${entry.title}... ${errorText(error.errno)}`);
    return undefined;
  }
  const isWhole = bytes.length >= kTextHeader && bytes.latin1Slice(0, 8) === kTextMagic &&
    bytes.readUInt32LE(16) === bytes.length - kTextHeader &&
    crc32(bytes.subarray(kTextHeader), 0) === bytes.readUInt32LE(12);
  const isCurrent = isWhole && crc32(source, 0) === bytes.readUInt32LE(8);
  debug(() => `reading cache from ${entry.file} for ${entry.title}...` +
    describe(isCurrent ? kAccepted : isWhole ? kOtherSource : kDamaged, bytes.length));
  return isCurrent ? bytes.utf8Slice(kTextHeader) : undefined;
}

function bytesOfText({ text, source }) {
  const { Buffer } = require('buffer');
  const bytes = Buffer.concat([Buffer.alloc(kTextHeader), Buffer.from(text)]);
  bytes.write(kTextMagic, 0, 'latin1');
  bytes.writeUInt32LE(source, 8);
  bytes.writeUInt32LE(crc32(bytes.subarray(kTextHeader), 0), 12);
  bytes.writeUInt32LE(bytes.length - kTextHeader, 16);
  return bytes;
}

// The source of a file as JavaScript: strip(source) is asked where the cache does not know it.
function stripCached(filename, source, isTransformed, strip) {
  const entry = entryOf(isTransformed ? 'TransformedTypeScript' : 'StrippedTypeScript', filename);
  const known = readText(entry, source);
  if (known !== undefined) {
    entry.text = known;
    entry.isSame = true;
    debug(() => `retrieving transpile cache for ${entry.title}...success`);
    return known;
  }
  debug(() => `no transpile cache for ${entry.title}`);
  const text = strip(source);
  if (text.isWellFormed()) {
    entry.text = text;
    entry.source = crc32(source, 0);
    entry.isSame = false;
    debug(() => `saving transpilation cache for ${entry.title}`);
  }
  return text;
}

// Writing

// Under a name of its own first: whoever reads finds a whole file or none.
function write(entry, bytes) {
  const { kind, name, file } = entry;
  let temporary;
  let failure;
  try {
    for (let attempt = 0; temporary === undefined; attempt++) {
      const candidate = `${file}.${process.pid}.${attempt}`;
      try {
        fs.writeFileSync(candidate, bytes, { flag: 'wx', mode: 0o600 });
        temporary = candidate;
      } catch (error) {
        if (error.code !== 'EEXIST' || attempt === 8) throw error;
      }
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    failure = error.message;
    if (temporary !== undefined) fs.rmSync(temporary, { force: true });
  }
  debug(() => `writing cache for ${kind} ${name} to temporary file ${temporary} [${bytes.length}]...${failure ?? 'success'}`);
  return failure === undefined;
}

function persist(entry) {
  if (entry.compiled === undefined && entry.text === undefined) {
    debug(() => `skip ${entry.title} because the cache was not initialized`);
    return;
  }
  if (entry.isSame) {
    debug(() => `skip persisting ${entry.title} because cache was the same`);
    return;
  }
  const bytes = entry.text === undefined ? serialise(entry.compiled) : bytesOfText(entry);
  if (bytes === undefined) {
    debug(() => `skip ${entry.title} because its code cannot be kept`);
    return;
  }
  entry.isSame = write(entry, bytes);
}

function persistAll() {
  if (folder === undefined) return;
  for (const entry of entries.values()) persist(entry);
}

function flush() {
  if (folder === undefined) return;
  debug(() => 'module.flushCompileCache() requested.');
  persistAll();
  debug(() => 'module.flushCompileCache() finished.');
}

// Switching on

function failed(message) {
  debug(() => message);
  return { status: kStatus.FAILED, message };
}

function enable(directory, portable) {
  if (process.env.NODE_DISABLE_COMPILE_CACHE !== undefined) {
    debug(() => 'Disabled by NODE_DISABLE_COMPILE_CACHE.');
    return { status: kStatus.DISABLED, message: 'Disabled by NODE_DISABLE_COMPILE_CACHE' };
  }
  if (folder !== undefined) {
    return { status: kStatus.ALREADY_ENABLED, directory: folder };
  }
  const whose = portable ? '' : `-${process.getuid()}`;
  const base = path.resolve(directory);
  const wanted = path.join(base, `${process.version}-${process.arch}-${tag().toString(16).padStart(8, '0')}${whose}`);
  debug(() => `resolved path ${directory} + ${path.basename(wanted)} -> ${wanted}`);
  if (tag() === 0) {
    return failed('This build cannot be told from others');
  }
  if (process.permission !== undefined) {
    for (const [scope, word] of [['fs.write', 'write'], ['fs.read', 'read']]) {
      if (!process.permission.has(scope, wanted)) {
        return failed(`Skipping compile cache because ${word} permission for ${wanted} is not granted`);
      }
    }
  }
  try {
    fs.mkdirSync(wanted, { recursive: true });
  } catch (error) {
    return failed(`Cannot create cache directory: ${errorText(error.errno)}`);
  }
  debug(() => `creating cache directory ${wanted}...success`);
  folder = wanted;
  isPortable = portable;
  entries = new Map();
  const { useCodeCache } = require('internal/modules/cjs/loader');
  useCodeCache({ compileCommonJs, compileEsm, stripCached });
  require('internal/process/at_exit').atExit(persistAll);
  return { status: kStatus.ENABLED, directory: base };
}

function isPortableByEnvironment() {
  return process.env.NODE_COMPILE_CACHE_PORTABLE === '1';
}

// NODE_COMPILE_CACHE; what goes wrong is nobody's business but that of NODE_DEBUG_NATIVE.
function enableFromEnvironment(directory) {
  enable(directory, isPortableByEnvironment());
}

// module.enableCompileCache()
function enableCompileCache(options) {
  let directory = options;
  let portable;
  if (typeof options === 'object' && options !== null) {
    ({ directory, portable } = options);
  }
  directory ??= process.env.NODE_COMPILE_CACHE || path.join(require('os').tmpdir(), 'node-compile-cache');
  if (typeof directory !== 'string' || options === null) {
    const error = new TypeError('cacheDir should be a string');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  return enable(directory, portable === undefined ? isPortableByEnvironment() : Boolean(portable));
}

module.exports = {
  enableCompileCache,
  enableFromEnvironment,
  flush,
  folder: () => folder,
};
