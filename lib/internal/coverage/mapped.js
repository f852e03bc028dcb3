// SPDX-License-Identifier: MIT
'use strict';

// Coverage of generated code in terms of its originals, through a source map.

const fs = require('fs');
const { codes: { ERR_SOURCE_MAP_CORRUPT, ERR_SOURCE_MAP_MISSING_SOURCE } } = require('internal/errors');
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
  }

  offsetOf(line, column) {
    return Math.min((this.starts[line] ?? this.source.length) + column, this.source.length);
  }
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

// [{ file, source, functions }] of the sources that `map` (an entry of source-map-cache) of the script `url` tells of. What
// has no place in an original, or begins and ends in different ones, is left out.
function originalsOf(url, source, functions, { data }) {
  if (data === null) throw new ERR_SOURCE_MAP_CORRUPT(url);
  const map = new SourceMap(data);
  const starts = lineStarts(source);
  const originals = new Map();
  const find = (offset) => {
    const line = lineAt(starts, offset);
    const entry = map.findEntry(line, offset - starts[line]);
    return entry?.originalSource?.startsWith('file:') ? entry : undefined;
  };
  const originalOf = (name) => {
    let original = originals.get(name);
    if (original === undefined) {
      const file = fileURLToPath(name);
      const content = data.sourcesContent?.[data.sources.indexOf(name)] ?? readIfThere(file);
      if (content === undefined) throw new ERR_SOURCE_MAP_MISSING_SOURCE(name, url);
      original = new Original(file, content);
      originals.set(name, original);
    }
    return original;
  };
  const placeOf = ({ startOffset, endOffset, count }) => {
    const to = find(Math.max(endOffset - 1, startOffset));
    // A script may begin with what the generator put there.
    const from = find(startOffset) ?? (startOffset > 0 || to === undefined ? undefined :
      { originalSource: to.originalSource, originalLine: 0, originalColumn: 0 });
    if (from === undefined || from.originalSource !== to?.originalSource) return undefined;
    const original = originalOf(from.originalSource);
    const start = original.offsetOf(from.originalLine, from.originalColumn);
    const end = original.offsetOf(to.originalLine, to.originalColumn);
    return end < start ? undefined : { original, range: { startOffset: start, endOffset: end, count } };
  };
  for (const name of data.sources) {
    if (name.startsWith('file:')) originalOf(name);
  }
  functions.forEach(({ functionName, ranges, isBlockCoverage }, k) => {
    const places = ranges.map(placeOf);
    const original = places[0]?.original;
    if (original === undefined) return;
    const own = places.filter((place) => place?.original === original).map(({ range }) => range);
    original.functions.push({ functionName, ranges: own, isBlockCoverage, isScript: k === 0 });
  });
  return [...originals.values()];
}

module.exports = { originalsOf };
