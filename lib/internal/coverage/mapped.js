// SPDX-License-Identifier: MIT
'use strict';

// Coverage of generated code in terms of its originals, through a source map.

const fs = require('fs');
const { fileURLToPath } = require('internal/url');
const { SourceMap } = require('internal/source_map/source_map');

// The offsets at which lines begin.
function lineStarts(source) {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts, offset) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

class Original {
  functions = [];

  constructor(file, source) {
    this.file = file;
    this.source = source;
    this.starts = lineStarts(source);
    this.functions.push({
      functionName: '', isBlockCoverage: true, ranges: [{ startOffset: 0, endOffset: source.length, count: 1 }],
    });
  }

  offsetOf(line, column) {
    return Math.min((this.starts[line] ?? this.source.length) + column, this.source.length);
  }
}

// [{ file, source, functions }] of the sources that `map` (an entry of source-map-cache) tells of. What has no place in an
// original, or begins and ends in different ones, is left out.
function originalsOf(source, functions, { data }) {
  const map = new SourceMap(data);
  const starts = lineStarts(source);
  const originals = new Map();
  const find = (offset) => {
    const line = lineAt(starts, offset);
    const entry = map.findEntry(line, offset - starts[line]);
    return entry?.originalSource === undefined ? undefined : entry;
  };
  const originalOf = (url) => {
    if (!originals.has(url)) {
      let original;
      try {
        const file = fileURLToPath(url);
        const index = data.sources.indexOf(url);
        original = new Original(file, data.sourcesContent?.[index] ?? fs.readFileSync(file, 'utf8'));
      } catch {
        // No file, or none that can be read.
      }
      originals.set(url, original);
    }
    return originals.get(url);
  };
  const placeOf = ({ startOffset, endOffset, count }) => {
    const from = find(startOffset);
    const to = find(Math.max(endOffset - 1, startOffset));
    if (from === undefined || from.originalSource !== to?.originalSource) return undefined;
    const original = originalOf(from.originalSource);
    if (original === undefined) return undefined;
    const start = original.offsetOf(from.originalLine, from.originalColumn);
    // The end is in the line of its last mapping: as far as the generated text goes beyond it.
    const line = lineAt(starts, Math.max(endOffset - 1, startOffset));
    const beyond = endOffset - starts[line] - to.generatedColumn;
    const end = original.offsetOf(to.originalLine, to.originalColumn + Math.max(beyond, 0));
    return end < start ? undefined : { original, range: { startOffset: start, endOffset: end, count } };
  };
  for (const url of data.sources) originalOf(url);
  functions.forEach(({ functionName, ranges, isBlockCoverage }, k) => {
    const places = ranges.slice(k === 0 ? 1 : 0).map(placeOf);
    const { original } = places.find((place) => place !== undefined) ?? {};
    if (original === undefined || (k > 0 && places[0]?.original !== original)) return;
    const own = places.filter((place) => place?.original === original).map(({ range }) => range);
    if (k === 0) original.functions[0].ranges.push(...own);
    else original.functions.push({ functionName, ranges: own, isBlockCoverage });
  });
  return [...originals.values()].filter((original) => original !== undefined);
}

module.exports = { originalsOf };
