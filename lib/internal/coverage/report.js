// SPDX-License-Identifier: MIT
'use strict';

// What a program's runs covered, file by file: from the JSON files of NODE_V8_COVERAGE to lines, branches and functions.

const path = require('path');
const fs = require('fs');
const { fileURLToPath } = require('internal/url');

// A file's lines, { line, start, end, count, ignored }; end is without the line break.
function linesOf(source) {
  const lines = [];
  const breaks = /\r?\n|\u2028|\u2029|$/g;
  let start = 0;
  while (start < source.length || lines.length === 0) {
    breaks.lastIndex = start;
    const { index, 0: text } = breaks.exec(source);
    lines.push({ line: lines.length + 1, start, end: index, count: 1, ignored: false });
    start = index + text.length;
    if (text === '') break;
  }
  markIgnored(lines, source);
  return lines;
}

const comment = /^\s*\/\*\s*node:coverage\s+(?:(enable|disable)|ignore\s+next(?:\s+(\d+))?)\s*\*\/\s*$/;

// Comments say which lines do not count: the next ones, or all up to the one that says enable.
function markIgnored(lines, source) {
  let left = 0;
  let isOff = false;
  for (const line of lines) {
    const match = comment.exec(source.slice(line.start, line.end));
    if (isOff || left > 0) line.ignored = true;
    if (left > 0) left--;
    if (match === null) continue;
    if (match[1] === 'disable') isOff = true;
    else if (match[1] === 'enable') isOff = false;
    else left = Number(match[2] ?? 1);
  }
}

// Several processes ran a file: their functions by place, with their counts added up.
function mergeFunctions(lists) {
  if (lists.length === 1) return lists[0];
  const byPlace = new Map();
  for (const list of lists) {
    for (const fn of list) {
      const { startOffset, endOffset } = fn.ranges[0];
      const key = `${startOffset}:${endOffset}:${fn.functionName}`;
      const known = byPlace.get(key);
      if (known === undefined) byPlace.set(key, [fn]);
      else known.push(fn);
    }
  }
  return [...byPlace.values()].map(mergeOne);
}

// The count at a range: that of the innermost of `ranges` (outer ones first) around it.
function countAt(ranges, { startOffset, endOffset }) {
  let { count } = ranges[0];
  for (const range of ranges) {
    if (range.startOffset <= startOffset && range.endOffset >= endOffset) ({ count } = range);
  }
  return count;
}

// What one process left out and another ran is no range of its own any more.
function mergeOne(same) {
  if (same.length === 1) return same[0];
  const places = new Map(); // key -> { startOffset, endOffset, isLeftOut }
  for (const { ranges } of same) {
    for (const { startOffset, endOffset, count } of ranges) {
      const key = `${startOffset}:${endOffset}`;
      const place = places.get(key) ?? { startOffset, endOffset, isLeftOut: false };
      if (count === 0) place.isLeftOut = true;
      places.set(key, place);
    }
  }
  const whole = `${same[0].ranges[0].startOffset}:${same[0].ranges[0].endOffset}`;
  places.get(whole).isLeftOut = false;
  const ranges = [...places.values()]
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
    .map((range) => ({
      ...range, count: same.reduce((sum, fn) => sum + countAt(fn.ranges, range), 0),
    })).filter(({ count, isLeftOut }) => count === 0 || !isLeftOut);
  const { functionName, isScript } = same[0];
  return { functionName, ranges, isScript, isBlockCoverage: same.some((fn) => fn.isBlockCoverage) };
}

function firstLineOf(lines, offset) {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

// Are all lines that a range touches ignored?
function isIgnored(lines, { startOffset, endOffset }) {
  for (let k = firstLineOf(lines, startOffset); k < lines.length && lines[k].start < endOffset; k++) {
    if (!lines[k].ignored) return false;
  }
  return true;
}

function percentage(covered, total) {
  return total === 0 ? 100 : (covered / total) * 100;
}

function withPercentages(counts) {
  const { coveredLineCount, totalLineCount, coveredBranchCount, totalBranchCount } = counts;
  counts.coveredLinePercent = percentage(coveredLineCount, totalLineCount);
  counts.coveredBranchPercent = percentage(coveredBranchCount, totalBranchCount);
  counts.coveredFunctionPercent = percentage(counts.coveredFunctionCount, counts.totalFunctionCount);
  return counts;
}

function emptyCounts() {
  return {
    __proto__: null, totalLineCount: 0, totalBranchCount: 0, totalFunctionCount: 0,
    coveredLineCount: 0, coveredBranchCount: 0, coveredFunctionCount: 0,
    coveredLinePercent: 0, coveredBranchPercent: 0, coveredFunctionPercent: 0,
  };
}

// functions: those of the script, the one that is the script itself marked isScript. isMapped: what no function tells of was
// not part of the program, and places are no more exact than the map, so a line counts when a part of it ran.
function summariseFile(file, source, functions, isMapped) {
  const lines = linesOf(source);
  if (isMapped) {
    for (const line of lines) {
      if (line.end > line.start) line.count = 0;
    }
  }
  const counts = emptyCounts();
  const branches = [];
  const named = [];
  for (const { functionName, ranges, isBlockCoverage, isScript } of functions) {
    for (const range of ranges) {
      const first = firstLineOf(lines, range.startOffset);
      const touches = isMapped && range.count > 0;
      for (let at = first; at < lines.length && lines[at].start <= range.endOffset; at++) {
        const { start, end } = lines[at];
        if (touches || (start >= range.startOffset && end <= range.endOffset)) lines[at].count = range.count;
      }
      if (!isBlockCoverage) continue;
      branches.push({ __proto__: null, line: lines[first].line, count: range.count });
      if (range.count > 0 || isIgnored(lines, range)) counts.coveredBranchCount++;
    }
    if (isScript) continue;
    const count = Math.max(...ranges.map((range) => range.count));
    named.push({
      __proto__: null, name: functionName || `anonymous_${named.length}`, count,
      line: lines[firstLineOf(lines, ranges[0].startOffset)].line,
    });
    if (count > 0 || isIgnored(lines, ranges[0])) counts.coveredFunctionCount++;
  }
  counts.totalLineCount = lines.length;
  counts.totalBranchCount = branches.length;
  counts.totalFunctionCount = named.length;
  counts.coveredLineCount = lines.filter(({ count, ignored }) => count > 0 || ignored).length;
  return {
    __proto__: null, path: file, ...withPercentages(counts), functions: named, branches,
    lines: lines.filter(({ ignored }) => !ignored).map(({ line, count }) => ({ __proto__: null, line, count })),
  };
}

// The scripts of all JSON files of a folder: URL -> { profiles: lists of functions, map }.
function readFolder(folder) {
  const scripts = new Map();
  for (const name of fs.readdirSync(folder)) {
    if (!/^coverage-\d+-\d+-\d+.*\.json$/.test(name)) continue;
    let profile;
    try {
      profile = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    } catch {
      continue; // a process that was ended while it wrote
    }
    for (const { url, functions } of profile.result) {
      if (!url.startsWith('file:') || functions.length === 0) continue;
      const known = scripts.get(url);
      const map = profile['source-map-cache']?.[url];
      if (known === undefined) scripts.set(url, { profiles: [functions], map });
      else known.profiles.push(functions);
    }
  }
  return scripts;
}

// Which files count: none of installed packages, and as the globs say, which are relative to the working directory.
class FileChoice {
  constructor({ includeGlobs, excludeGlobs }, cwd) {
    const { matchesGlob } = path;
    this.cwd = cwd;
    this.include = includeGlobs;
    this.exclude = excludeGlobs ?? require('internal/test_runner/files').defaultPatterns;
    this.matches = (file, globs) => {
      const relative = path.relative(cwd, file);
      return globs.some((glob) => matchesGlob(relative, glob) || matchesGlob(file, glob));
    };
  }

  has(file) {
    if (file.includes('/node_modules/')) return false;
    if (this.include === undefined || this.include.length === 0) return !this.matches(file, this.exclude);
    return this.matches(file, this.include) && !this.matches(file, this.exclude);
  }
}

// Files that nothing loaded, as not covered.
function neverLoaded(choice, known) {
  const { globSync } = require('internal/fs/glob');
  const found = globSync('**/*.{js,cjs,mjs,ts,cts,mts}', {
    __proto__: null, cwd: choice.cwd, exclude: (name) => name === 'node_modules',
  });
  return found.map((name) => path.resolve(choice.cwd, name)).filter((file) => !known.has(file) && choice.has(file));
}

function readSource(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined; // it is gone
  }
}

// The summary of a folder's JSON files: { workingDirectory, files, totals, thresholds }.
function summarise(folder, settings, cwd) {
  const choice = new FileChoice(settings, cwd);
  const usesMaps = require('internal/options').getOptionValue('--enable-source-maps') === true;
  const byFile = new Map(); // path -> { source, profiles, isMapped }
  for (const { 0: url, 1: { profiles, map } } of readFolder(folder)) {
    const file = fileURLToPath(url);
    const source = readSource(file);
    if (source === undefined) continue;
    const functions = mergeFunctions(profiles);
    const isMapped = map !== undefined && usesMaps;
    if (!isMapped) functions[0].isScript = true;
    const originals = isMapped ? require('internal/coverage/mapped').originalsOf(url, source, functions, map) :
      [{ file, source, functions }];
    for (const original of originals) {
      if (!choice.has(original.file)) continue;
      const known = byFile.get(original.file);
      if (known === undefined) byFile.set(original.file, { source: original.source, isMapped, profiles: [original.functions] });
      else known.profiles.push(original.functions);
    }
  }
  const files = [...byFile].map(({ 0: file, 1: { source, profiles, isMapped } }) => (
    summariseFile(file, source, mergeFunctions(profiles), isMapped)));
  if (settings.includeAll) {
    for (const file of neverLoaded(choice, byFile)) {
      const source = readSource(file);
      const nothing = { functionName: '', isBlockCoverage: false, isScript: true, ranges: [{ startOffset: 0, endOffset: source.length, count: 0 }] };
      files.push(summariseFile(file, source, [nothing], false));
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const totals = emptyCounts();
  for (const file of files) {
    for (const key of Object.keys(totals)) {
      if (key.endsWith('Count')) totals[key] += file[key];
    }
  }
  return {
    __proto__: null, workingDirectory: cwd, files, totals: withPercentages(totals),
    thresholds: { __proto__: null, line: settings.lines, branch: settings.branches, function: settings.functions },
  };
}

module.exports = { summarise };
