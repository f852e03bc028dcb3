// SPDX-License-Identifier: MIT
'use strict';

// The report of an uncaught exception: where it was thrown, the line of source with a caret, the error, our version.

const { errorLocation } = internalBinding('errors');

// The first frame of the program in a stack: { url, line, column }.
function firstFrame(stack) {
  for (const line of stack.split('\n')) {
    const match = /^ {4}at (?:.* \()?((?:file:\/\/)?\/.*|\[\w+\]|node:[\w/]+):(\d+):(\d+)\)?$/.exec(line);
    if (match !== null) {
      return { url: match[1], line: +match[2], column: +match[3] - 1 };
    }
  }
  return undefined;
}

function sourceLine(url, number) {
  const fs = internalBinding('fs');
  try {
    const path = url.startsWith('file://') ? require('internal/url').fileURLToPath(url) : url;
    return path.startsWith('/') ? fs.readFileUtf8(path, 0).split(/\r\n|\n|\r/)[number - 1] : undefined;
  } catch {
    return undefined;
  }
}

// `throw new X()` is blamed on the throw, not on the construction that the stack knows.
function throwColumn(line, column) {
  const match = /\bthrow\s+(?:new\s+)?$/.exec(line.slice(0, column));
  return match !== null ? match.index : column;
}

function arrow(url, line, column, width, source) {
  if (source === undefined) {
    return `${url}:${line}\n`;
  }
  const indent = source.slice(0, column).replace(/[^\t]/g, ' ');
  return `${url}:${line}\n${source}\n${indent}${'^'.repeat(Math.max(1, width))}\n`;
}

// The same in the source that a source map tells of, if that source is to be had.
function originalArrow(url, line, column) {
  if (!process.sourceMapsEnabled) {
    return undefined;
  }
  const { originOf, originalLine } = require('internal/source_map/cache');
  const origin = originOf(url, line, column);
  const source = origin === undefined ? undefined : originalLine(origin);
  return source === undefined ? undefined :
    arrow(origin.fileName, origin.lineNumber, origin.columnNumber - 1, 1, source);
}

function where(error, fromPromise) {
  if (require('internal/vm/context').isDecorated(error)) {
    return '';
  }
  const isObject = error !== null && typeof error === 'object';
  const at = errorLocation(error);
  // What the module loader only passed on is blamed on the program.
  const isPassedOn = at?.url?.startsWith?.('node:internal/modules/') && isObject && typeof error.stack === 'string' &&
    firstFrame(error.stack)?.url.startsWith('node:') === false;
  // So is a rejection on the code that made the error, not on those who awaited it.
  const isRejection = fromPromise && isObject && typeof error.stack === 'string' && !(error instanceof SyntaxError) &&
    firstFrame(error.stack)?.url.startsWith('node:') === false;
  if (at !== undefined && !isPassedOn && !isRejection) {
    const { url } = at;
    const original = originalArrow(url, at.line, at.column + 1);
    if (original !== undefined) {
      return original;
    }
    return arrow(url, at.line, at.column, at.endColumn - at.column, at.sourceLine ?? sourceLine(url, at.line));
  }
  if (!isObject || typeof error.stack !== 'string') {
    return '';
  }
  const frame = firstFrame(error.stack);
  if (frame === undefined) {
    return '';
  }
  if (frame.url.startsWith('node:')) {
    // The library is in the binary without its text.
    return arrow(frame.url, frame.line, 0, 1, '(in the core library)');
  }
  const source = sourceLine(frame.url, frame.line);
  if (source === undefined && at !== undefined && process.sourceMapsEnabled) {
    return arrow(at.url, at.line, at.column, at.endColumn - at.column, at.sourceLine);
  }
  const column = source === undefined || isPassedOn || isRejection ? frame.column : throwColumn(source, frame.column);
  return arrow(frame.url, frame.line, column, 1, source);
}

function describeUncaught(error, fromPromise = false) {
  const { isNativeError } = require('internal/util/types');
  let text;
  let place = '';
  try {
    // Set by EventEmitter on an 'error' event nobody listened to: adds where it was emitted.
    const enhance = error?.[Symbol.for('nodejs.kEnhanceStackBeforeInspector')];
    if (enhance !== undefined) error.stack = enhance();
  } catch {
    // The stack stays as it is.
  }
  try {
    place = where(error, fromPromise);
  } catch {
    // Without a place the error still is.
  }
  const { inspect } = require('internal/util/inspect');
  if (isNativeError(error)) {
    text = inspect(error, { colors: false });
    place = place === '' ? '' : `${place}\n`;
  } else {
    const isPrimitive = error === null || (typeof error !== 'object' && typeof error !== 'function');
    if (place === '') place = 'Uncaught:\n';
    // NODE: the blank line goes before the place, but behind it for objects thrown by --eval.
    else place = isPrimitive || !place.startsWith('[eval') ? `\n${place}` : `${place}\n`;
    text = !isPrimitive ? inspect(error, { colors: false }) : typeof error === 'symbol' ? '' : String(error);
    if (isPrimitive) text += '\n(Use `node --trace-uncaught ...` to show where the exception was thrown)';
  }
  return `${place}${text}\n\nNode.js ${process.version}\n`;
}

module.exports = { describeUncaught };
