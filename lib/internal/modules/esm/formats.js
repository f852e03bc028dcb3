// SPDX-License-Identifier: MIT
'use strict';

// What a URL is (its format), the text behind it, and which import attributes go with it.

const path = require('path');
const { codes } = require('internal/errors');
const { URL, fileURLToPath } = require('internal/url');
const packages = require('internal/modules/package');
const cjs = require('internal/modules/cjs/loader');
const { containsModuleSyntax } = internalBinding('contextify');

const dataFormats = { '__proto__': null, 'application/wasm': 'wasm', 'text/javascript': 'module', 'application/javascript': 'module',
                      'application/json': 'json' };

// Formats that a hook may name. What is not among them is refused when it is to be run.
const knownFormats = new Set(['builtin', 'commonjs', 'module', 'json', 'wasm', 'addon', 'typescript', 'commonjs-typescript',
                              'module-typescript']);

// 'builtin', 'commonjs', 'module', 'json', 'wasm', or 'detect' where the source must decide; for files with types to take out
// 'commonjs-typescript', 'module-typescript', or 'typescript' where the source must decide.
function formatOf(url) {
  if (url.startsWith('node:')) {
    return 'builtin';
  }
  if (url.startsWith('data:')) {
    const mime = /^data:([^,;]*)/.exec(url)[1].toLowerCase();
    const format = dataFormats[mime];
    if (format === undefined) {
      throw new codes.ERR_UNKNOWN_MODULE_FORMAT(mime, url);
    }
    return format;
  }
  checkScheme(url);
  const filename = fileURLToPath(url);
  const extension = path.extname(filename);
  switch (extension) {
    case '.mjs': return 'module';
    case '.cjs': return 'commonjs';
    case '.json': return 'json';
    case '.wasm': return 'wasm';
    case '.ts':
    case '.mts':
    case '.cts': {
      const format = cjs.formatOfJs(filename);
      if (format !== undefined) {
        return format;
      }
      throw new codes.ERR_UNKNOWN_FILE_EXTENSION(extension, filename);
    }
    case '.js':
    case '': {
      const type = packages.typeOf(filename);
      if (extension === '' && type !== 'commonjs' && isWasm(filename)) {
        return 'wasm';
      }
      return type === 'none' ? 'detect' : type;
    }
    default:
      throw new codes.ERR_UNKNOWN_FILE_EXTENSION(extension, filename);
  }
}

// Does the file begin as WebAssembly does?
function isWasm(filename) {
  const fs = require('fs');
  const magic = require('buffer').Buffer.alloc(4);
  let fd;
  try {
    fd = fs.openSync(filename);
    return fs.readSync(fd, magic, 0, 4, 0) === 4 && magic.readUInt32BE(0) === 0x0061736D;
  } catch {
    return false; // reading it as text says what is wrong
  } finally {
    if (fd !== undefined) {
      fs.closeSync(fd);
    }
  }
}

function checkScheme(url) {
  if (!url.startsWith('file:') && !url.startsWith('data:') && !url.startsWith('node:')) {
    const parsed = new URL(url);
    const known = parsed.protocol === 'http:' || parsed.protocol === 'https:' ? ['file', 'data'] :
      ['file', 'data', 'node'];
    throw new codes.ERR_UNSUPPORTED_ESM_URL_SCHEME(parsed, known);
  }
}

// The format told to hooks: null where the source must decide, undefined where loading does.
function guessFormat(url) {
  if (url.startsWith('data:')) {
    return undefined;
  }
  try {
    const format = formatOf(url);
    return format === 'detect' || format === 'typescript' ? null : format;
  } catch {
    return undefined;
  }
}

function sourceOf(url) {
  if (url.startsWith('data:')) {
    const comma = url.indexOf(',');
    const body = url.slice(comma + 1);
    if (/;base64$/i.test(url.slice(0, comma))) {
      return require('buffer').Buffer.from(decodeURIComponent(body), 'base64').toString();
    }
    return decodeURIComponent(body);
  }
  checkScheme(url);
  const text = cjs.readText(fileURLToPath(url));
  return text.startsWith('#!') ? `//${text}` : text;
}

function detect(url, source) {
  return containsModuleSyntax(source, url.startsWith('file:') ? fileURLToPath(url) : url) ? 'module' : 'commonjs';
}

function isTypeScript(format) {
  return format === 'typescript' || format === 'commonjs-typescript' || format === 'module-typescript';
}

// { source, format } as JavaScript.
function stripped(url, source, format) {
  return {
    source: require('internal/modules/typescript').stripModule(source ?? sourceOf(url), url),
    format: format === 'typescript' ? 'detect' : format.slice(0, -'-typescript'.length),
  };
}

function checkAttributes(url, format, attributes) {
  for (const key of Object.keys(attributes)) {
    if (key !== 'type') {
      throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED(key, attributes[key], url);
    }
  }
  const type = Object.hasOwn(attributes, 'type') ? attributes.type : undefined;
  if (type === undefined) {
    if (format === 'json') {
      throw new codes.ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', 'json');
    }
    return;
  }
  if (type !== 'json') {
    throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', type, url);
  }
  if (format !== 'json') {
    throw new codes.ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url, 'json');
  }
}

// The end of a chain of load hooks. onThread: the hooks run on their own thread, and CommonJS files are read by the one
// that runs them.
function defaultLoad(url, context, onThread = false) {
  const format = context.format ?? formatOf(url);
  if (context.importAttributes !== undefined) {
    checkAttributes(url, format, context.importAttributes);
  }
  if (format === 'builtin') {
    return { format, responseURL: url, source: null };
  }
  checkScheme(url);
  if (format === 'typescript') {
    const text = sourceOf(url);
    const actual = `${detect(url, stripped(url, text, format).source)}-typescript`;
    return { format: actual, responseURL: url, source: require('buffer').Buffer.from(text) };
  }
  if (onThread && format === 'commonjs') {
    return { format, responseURL: url, source: null };
  }
  if (format === 'wasm') {
    return { format, responseURL: url, source: require('internal/modules/esm/wasm').readBytes(url) };
  }
  const text = sourceOf(url);
  const actual = format === 'detect' ? detect(url, text) : format;
  if (onThread && format === 'detect' && actual === 'commonjs') {
    return { format: actual, responseURL: url, source: null };
  }
  return { format: actual, responseURL: url, source: require('buffer').Buffer.from(text) };
}

module.exports = {
  checkAttributes, checkScheme, defaultLoad, detect, formatOf, guessFormat, isTypeScript, knownFormats, sourceOf, stripped,
};
