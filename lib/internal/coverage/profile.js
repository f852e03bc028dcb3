// SPDX-License-Identifier: MIT
'use strict';

// NODE_V8_COVERAGE: what ran of the program, as JSON files in the folder it names, one for each thread and each
// v8.takeCoverage(). The library's own code is not in them.

const { startCoverage, stopCoverage, takeCoverage } = internalBinding('v8');

let folder;
let sequence = 0;

function toUrl(name) {
  return name.startsWith('/') ? require('internal/url').pathToFileURL(name).href : name;
}

// [{ scriptId, url, functions }], and the sources by their URLs where they are wanted.
function takeProfile(reset, sources) {
  const { scriptFunctions } = require('internal/coverage/ranges');
  const scripts = takeCoverage(reset);
  return scripts.map(({ 0: name, 1: source, 2: functions }, k) => {
    const url = toUrl(name);
    sources?.set(url, source);
    return { scriptId: String(k + 1), url, functions: scriptFunctions(functions, source) };
  });
}

const comment = /\/[*/]#\s+sourceMappingURL=(?<url>[^\s]+)/g;

// The maps that the sources name, with the lengths of the lines to find positions by.
function sourceMapCache(sources) {
  const cache = {};
  for (const { 0: url, 1: source } of sources) {
    if (source === undefined || !source.includes('sourceMappingURL=')) continue;
    const mappingUrl = [...source.matchAll(comment)].at(-1)?.groups.url;
    if (mappingUrl === undefined) continue;
    const { readMap } = require('internal/source_map/cache');
    cache[url] = {
      lineLengths: source.replace(/\n$/, '').split('\n').map((line) => line.length),
      data: readMap(url, mappingUrl) ?? null,
      url: mappingUrl.startsWith('data:') ? null : mappingUrl,
    };
  }
  return cache;
}

function write(reset) {
  const sources = new Map();
  const profile = { result: takeProfile(reset, sources), timestamp: Number(process.hrtime.bigint()) / 1e9 };
  const maps = sourceMapCache(sources);
  if (Object.keys(maps).length > 0) profile['source-map-cache'] = maps;
  const fs = require('fs');
  const { threadId } = internalBinding('worker');
  const name = `coverage-${process.pid}-${Date.now()}-${threadId}${sequence++ === 0 ? '' : `.${sequence - 1}`}.json`;
  try {
    fs.mkdirSync(folder, { __proto__: null, recursive: true });
    fs.writeFileSync(require('path').join(folder, name), JSON.stringify(profile));
  } catch (error) {
    process._rawDebug(`Failed to write the coverage: ${error.message}`);
  }
}

// At start-up, before anything of the program is compiled.
function startFromEnvironment(value) {
  folder = require('path').resolve(value);
  process.env.NODE_V8_COVERAGE = folder; // for children that run elsewhere
  startCoverage();
  require('internal/process/at_exit').atExit(() => {
    if (folder !== undefined) write(false);
  });
}

// v8.takeCoverage(), v8.stopCoverage(): nothing without NODE_V8_COVERAGE.
function take() {
  if (folder !== undefined) write(true);
}

function stop() {
  if (folder === undefined) return;
  folder = undefined;
  stopCoverage();
}

module.exports = { sourceMapCache, startFromEnvironment, stop, take, takeProfile };
