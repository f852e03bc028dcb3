// SPDX-License-Identifier: MIT
'use strict';

// TypeScript files: their types become spaces (src/parser/typescript), so that lines and columns hold, and the rest is
// JavaScript. Loaded with the first such file.

const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { strip } = internalBinding('typescript');

// The lines of an error with one line around them, marked below, or in front where there are several.
function snippet(code, start, end) {
  const lines = code.split(/\r\n|[\n\r]/);
  const lineOf = (offset) => code.slice(0, offset).split(/\r\n|[\n\r]/).length - 1;
  const first = lineOf(start);
  const last = lineOf(Math.max(start, end));
  const from = Math.max(first - 1, 0);
  const to = Math.min(last + 1, lines.length - 1);
  const out = [];
  for (let i = from; i <= to; i++) {
    if (i > last && lines[i] === '') {
      break;
    }
    if (last > first) {
      out.push(`${i >= first && i <= last ? '  > ' : '    '}${lines[i]}`);
      continue;
    }
    out.push(lines[i]);
    if (i === first && end > start) {
      const column = start - code.lastIndexOf('\n', start - 1) - 1;
      out.push(' '.repeat(column) + '^'.repeat(end - start));
    }
  }
  return { line: first + 1, text: out.join('\n') };
}

function stripTypes(code, filename, transform) {
  const result = strip(code, transform);
  if (typeof result === 'string') {
    return result;
  }
  const [isUnsupported, message, start, end] = result;
  const Base = isUnsupported ? codes.ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX : codes.ERR_INVALID_TYPESCRIPT_SYNTAX;
  const error = new Base(message);
  const { line, text } = snippet(code, start, end);
  error.stack = `${filename}:${line}\n${text}\n\n${error.stack}`;
  require('internal/vm/context').markDecorated(error);
  throw error;
}

// The public function, module.stripTypeScriptTypes().
function stripTypeScriptTypes(code, options = { __proto__: null }) {
  require('internal/util').emitExperimentalWarning('stripTypeScriptTypes');
  const { validateObject, validateOneOf, validateString } = require('internal/validators');
  validateString(code, 'code');
  validateObject(options, 'options');
  const { mode = 'strip', sourceMap = false, sourceUrl = '' } = options;
  validateOneOf(mode, 'options.mode', ['strip']);
  validateString(sourceUrl, 'options.sourceUrl');
  validateOneOf(sourceMap, 'options.sourceMap', [false, undefined]);
  return withUrl(stripTypes(code, sourceUrl, false), sourceUrl);
}

function withUrl(code, url) {
  return url === '' ? code : `${code}\n\n//# sourceURL=${url}`;
}

// The source of a file (a path or a URL) as JavaScript. Packages are to be published as JavaScript.
function stripModule(code, filename) {
  if (/[\\/]node_modules[\\/]/.test(filename)) {
    throw new codes.ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING(filename);
  }
  const transform = getOptionValue('--experimental-transform-types');
  const strip = (source) => stripTypes(source, urlOf(filename), transform);
  const codeCache = require('internal/modules/cjs/loader').codeCache();
  if (codeCache === undefined) {
    return strip(code);
  }
  return codeCache.stripCached(filename[0] === '/' ? filename : require('internal/url').fileURLToPath(filename), code,
                               transform, strip);
}

function urlOf(filename) {
  return filename[0] === '/' ? require('internal/url').pathToFileURL(filename).href : filename;
}

module.exports = { stripModule, stripTypeScriptTypes, urlOf };
