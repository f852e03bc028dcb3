// SPDX-License-Identifier: MIT
'use strict';

// module.SourceMap: a source map of version 3 (ECMA-426), plain or with sections, and the search for a position in it.

const { validateObject } = require('internal/validators');
const structuredCopy = require('internal/structured_clone').structuredClone;

// Base64 digit -> value
const digits = new Map();
for (const [value, digit] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  digits.set(digit, value);
}

const kContinues = 32;

// A mapping: [line, column, source, original line, original column, name]; without a source only the first two count.
function decode({ mappings, sources, names = [] }, lineOffset, columnOffset, out) {
  const { length } = mappings;
  let line = 0;
  let column = 0;
  let source = 0;
  let originalLine = 0;
  let originalColumn = 0;
  let name = 0;
  let at = 0;

  // One number: digits of five bits, the lowest first; the lowest bit of all is the sign.
  function number() {
    let result = 0;
    let shift = 0;
    let digit;
    do {
      digit = digits.get(mappings[at++]) ?? 0;
      result |= (digit & (kContinues - 1)) << shift;
      shift += 5;
    } while (digit & kContinues && at < length);
    if ((result & 1) === 0) {
      return result >>> 1;
    }
    result >>>= 1;
    return result === 0 ? -2147483648 : -result;
  }

  function ends() {
    return at >= length || mappings[at] === ',' || mappings[at] === ';';
  }

  while (at < length) {
    if (mappings[at] === ',') {
      at++;
      continue;
    }
    if (mappings[at] === ';') {
      at++;
      line++;
      column = 0;
      continue;
    }
    column += number();
    const mapping = [line + lineOffset, line === 0 ? column + columnOffset : column, undefined, undefined, undefined,
                     undefined];
    if (!ends()) {
      source += number();
      originalLine += number();
      originalColumn += number();
      mapping[2] = sources[source];
      mapping[3] = originalLine;
      mapping[4] = originalColumn;
      if (!ends()) {
        name += number();
        mapping[5] = names[name];
      }
    }
    out.push(mapping);
    while (!ends()) {
      at++; // further numbers, which mean nothing
    }
  }
}

function compare(a, b) {
  return a[0] - b[0] || a[1] - b[1];
}

class SourceMap {
  #payload;
  #mappings = [];
  #lineLengths;

  constructor(payload, { lineLengths } = { __proto__: null }) {
    validateObject(payload, 'payload');
    this.#payload = structuredCopy(payload);
    this.#lineLengths = lineLengths !== undefined ? [...lineLengths] : undefined;
    if (payload.sections) {
      for (const { offset, map } of payload.sections) {
        decode(map, offset.line, offset.column, this.#mappings);
      }
    } else {
      decode(payload, 0, 0, this.#mappings);
    }
    this.#mappings.sort(compare);
  }

  get payload() {
    return structuredCopy(this.#payload);
  }

  get lineLengths() {
    return this.#lineLengths === undefined ? undefined : [...this.#lineLengths];
  }

  // The last mapping at or before a position, both counted from 0.
  findEntry(lineOffset, columnOffset) {
    const mappings = this.#mappings;
    let low = 0;
    let high = mappings.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [line, column] = mappings[middle];
      if (lineOffset < line || (lineOffset === line && columnOffset < column)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low === 0) {
      return {};
    }
    const mapping = mappings[low - 1];
    return {
      generatedLine: mapping[0],
      generatedColumn: mapping[1],
      originalSource: mapping[2],
      originalLine: mapping[3],
      originalColumn: mapping[4],
      name: mapping[5],
    };
  }

  // The place in the original of a position, all counted from 1.
  findOrigin(lineNumber, columnNumber) {
    const range = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (range.originalSource === undefined || range.originalLine === undefined || range.originalColumn === undefined ||
        range.generatedLine === undefined || range.generatedColumn === undefined) {
      return {};
    }
    return {
      name: range.name,
      fileName: range.originalSource,
      lineNumber: range.originalLine + (lineNumber - range.generatedLine),
      columnNumber: range.originalColumn + (columnNumber - range.generatedColumn),
    };
  }
}

module.exports = { SourceMap };
