// SPDX-License-Identifier: MIT
'use strict';

// The source text of a failed `assert(...)` call, for its message: from the call's position in the file to the
// parenthesis that closes it.

const { captureStackTrace } = Error;

// The end of the call whose text begins at `from`: past the parenthesis that closes its first one.
function endOfCall(code, from) {
  let depth = 0;
  for (let i = from; i < code.length; i++) {
    switch (code[i]) {
      case '"': case "'":
        for (const mark = code[i++]; i < code.length && code[i] !== mark; i++) {
          if (code[i] === '\\') i++;
        }
        break;
      case '`':
        i = endOfTemplate(code, i + 1);
        break;
      case '/':
        if (code[i + 1] === '/') {
          i = code.indexOf('\n', i);
          if (i === -1) return -1;
        } else if (code[i + 1] === '*') {
          i = code.indexOf('*/', i);
          if (i === -1) return -1;
          i++;
        } else if (/[(,=:[!&|?{};+\-*%~^<>]\s*$/.test(code.slice(from, i))) {
          // A regular expression: up to its closing slash outside a class.
          let inClass = false;
          for (i++; i < code.length && (inClass || code[i] !== '/'); i++) {
            if (code[i] === '\\') i++;
            else if (code[i] === '[') inClass = true;
            else if (code[i] === ']') inClass = false;
          }
        }
        break;
      case '(': case '[': case '{':
        depth++;
        break;
      case ')': case ']': case '}':
        depth--;
        if (depth === 0 && code[i] === ')') return i + 1;
        break;
    }
  }
  return -1;
}

function endOfTemplate(code, i) {
  for (; i < code.length && code[i] !== '`'; i++) {
    if (code[i] === '\\') {
      i++;
    } else if (code[i] === '$' && code[i + 1] === '{') {
      let depth = 0;
      for (i++; i < code.length; i++) {
        if (code[i] === '{') depth++;
        else if (code[i] === '}' && --depth === 0) break;
        else if (code[i] === '`') i = endOfTemplate(code, i + 1);
      }
    }
  }
  return i;
}

function callSite(below) {
  const previous = Error.prepareStackTrace;
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_, frames) => frames;
    const holder = {};
    captureStackTrace(holder, below);
    return holder.stack?.[0];
  } finally {
    Error.prepareStackTrace = previous;
    Error.stackTraceLimit = limit;
  }
}

function getCallSource(below) {
  try {
    const site = callSite(below);
    if (site === undefined) return undefined;
    let filename = site.getFileName();
    if (typeof filename !== 'string') return undefined;
    if (filename.startsWith('file:')) filename = require('internal/url').fileURLToPath(filename);
    const code = require('fs').readFileSync(filename, 'utf8');
    const lines = code.split('\n');
    const line = site.getLineNumber() - 1;
    let offset = 0;
    for (let i = 0; i < line; i++) offset += lines[i].length + 1;
    let start = offset + site.getColumnNumber() - 1;
    // The position may be that of the member called: its object belongs to the expression.
    while (start > offset && /[\w$.]/.test(code[start - 1])) start--;
    const end = endOfCall(code, start);
    if (end === -1) return undefined;
    let text = code.slice(start, end);
    if (text.includes('\n')) {
      // Lines that follow lose the indentation that the call itself has.
      const indent = /^\s*/.exec(lines[line])[0].length;
      text = text.split('\n').map((part, i) => (i === 0 ? part :
        `  ${part.slice(Math.min(indent, /^\s*/.exec(part)[0].length))}`)).join('\n');
    }
    return text;
  } catch {
    return undefined;
  }
}

module.exports = { getCallSource };
