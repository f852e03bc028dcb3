// SPDX-License-Identifier: MIT
'use strict';

// Where a test was declared: { file, line, column } of the call.

function callerLocation(skip) {
  const previous = Error.prepareStackTrace;
  const previousLimit = Error.stackTraceLimit;
  let frame;
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_, frames) => frames;
    const holder = {};
    Error.captureStackTrace(holder, skip);
    frame = holder.stack[0];
  } finally {
    Error.prepareStackTrace = previous;
    Error.stackTraceLimit = previousLimit;
  }
  if (frame === undefined) return undefined;
  let file = frame.getFileName();
  if (typeof file !== 'string') return undefined;
  if (process.sourceMapsEnabled) {
    const { originOf } = require('internal/source_map/cache');
    const origin = originOf(file, frame.getLineNumber(), frame.getColumnNumber());
    if (origin !== undefined) {
      return { line: origin.lineNumber, column: origin.columnNumber, file: origin.fileName };
    }
  }
  if (file.startsWith('file:')) file = require('internal/url').fileURLToPath(file);
  return { line: frame.getLineNumber(), column: frame.getColumnNumber(), file };
}

module.exports = { callerLocation };
