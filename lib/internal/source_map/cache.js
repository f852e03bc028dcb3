// SPDX-License-Identifier: MIT
'use strict';

// The source maps of the code that was compiled while they are enabled, and stack traces in terms of the original
// sources. The engine tells of each `sourceMappingURL` comment; maps are read when first asked for.

const { validateBoolean, validateObject } = require('internal/validators');
const { setSourceMapHooks } = internalBinding('errors');

const none = Object.freeze({ __proto__: null, enabled: false, nodeModules: false, generatedCode: false });
let support = none;

// Script name -> { mappingUrl, source } at first, then { map, lines, sources }; map is undefined if there is none to be had.
const known = new Map();

function getSourceMapsSupport() {
  return support;
}

function setSourceMapsSupport(enabled, options = { __proto__: null }) {
  validateBoolean(enabled, 'enabled');
  validateObject(options, 'options');
  const { nodeModules = false, generatedCode = false } = options;
  validateBoolean(nodeModules, 'options.nodeModules');
  validateBoolean(generatedCode, 'options.generatedCode');
  support = enabled ? Object.freeze({ __proto__: null, enabled, nodeModules, generatedCode }) : none;
  // Maps are noted down while they are enabled; what was compiled before has none.
  setSourceMapHooks(enabled ? onFound : undefined, enabled ? mapStack : undefined);
}

function isInNodeModules(name) {
  return /[\\/]node_modules[\\/]/.test(name);
}

// fileName: the name without regard to a `sourceURL` comment.
function onFound(name, mappingUrl, source, isFromString, fileName) {
  if ((isFromString && !support.generatedCode) || (!support.nodeModules && isInNodeModules(name))) {
    return;
  }
  known.set(name, { isRead: false, base: isFromString ? name : fileName, mappingUrl, source, map: undefined });
}

function baseUrl(name) {
  const { URL, pathToFileURL } = require('internal/url');
  return /^[a-z][a-z0-9+.-]*:/i.test(name) ? new URL(name) : pathToFileURL(require('path').resolve(name));
}

// The map's JSON with the URL its sources are relative to.
function readPayload(name, mappingUrl) {
  const { URL, fileURLToPath } = require('internal/url');
  const base = baseUrl(name);
  let text;
  let from = base;
  if (mappingUrl.startsWith('data:')) {
    const [, type, encoding, data] = /^data:([^;,]*)(?:;[^,]*?(base64))?[^,]*,(.*)$/s.exec(mappingUrl) ?? [];
    if (type !== 'application/json') {
      return undefined;
    }
    text = encoding === 'base64' ? require('buffer').Buffer.from(data, 'base64').toString() : decodeURIComponent(data);
  } else {
    from = new URL(mappingUrl, base);
    text = internalBinding('fs').readFileUtf8(fileURLToPath(from), 0);
  }
  return { payload: JSON.parse(text), from };
}

function absolute(source, from) {
  const { URL } = require('internal/url');
  try {
    return new URL(source, from).href;
  } catch {
    return source;
  }
}

function resolveSources(map, from) {
  if (Array.isArray(map.sources)) {
    map.sources = map.sources.map((source) => absolute(`${map.sourceRoot ?? ''}${source ?? ''}`, from));
  }
  for (const section of map.sections ?? []) {
    resolveSources(section.map, from);
  }
}

// The map that a script names, with absolute sources; undefined if it cannot be had.
function readMap(name, mappingUrl) {
  try {
    const { payload, from } = readPayload(name, mappingUrl);
    resolveSources(payload, from);
    payload.sourceRoot = '';
    return payload;
  } catch {
    return undefined;
  }
}

// The entry of a script, with its map read; undefined without one.
function entryOf(name) {
  const entry = known.get(name);
  if (entry === undefined || (!support.nodeModules && isInNodeModules(name))) {
    return undefined;
  }
  if (!entry.isRead) {
    entry.isRead = true;
    const { base, source, mappingUrl } = entry;
    entry.source = undefined;
    try {
      const read = readPayload(base, mappingUrl);
      if (read !== undefined) {
        resolveSources(read.payload, read.from);
        const { SourceMap } = require('internal/source_map/source_map');
        const lineLengths = source.replace(/\n$/, '').split('\n').map((line) => line.length);
        entry.map = new SourceMap(read.payload, { lineLengths });
        entry.payload = read.payload;
      }
    } catch {
      // A map that cannot be read is none.
    }
  }
  return entry.map === undefined ? undefined : entry;
}

// module.findSourceMap(): by the name that stack traces have, by path or by URL.
function findSourceMap(name) {
  if (typeof name !== 'string') {
    return undefined;
  }
  const { fileURLToPath, pathToFileURL } = require('internal/url');
  let other;
  try {
    other = name.startsWith('file://') ? fileURLToPath(name) : pathToFileURL(name).href;
  } catch {
    // Just the name itself.
  }
  return (entryOf(name) ?? entryOf(other))?.map;
}

function shown(url) {
  try {
    return url.startsWith('file://') ? require('internal/url').fileURLToPath(url) : url;
  } catch {
    return url;
  }
}

// A position counted from 1 in its original, { fileName, lineNumber, columnNumber, url }; undefined if it has none.
function originOf(name, line, column) {
  const entry = entryOf(name);
  const found = entry?.map.findEntry(line - 1, column - 1);
  if (found?.originalSource === undefined) {
    return undefined;
  }
  return {
    entry,
    url: found.originalSource,
    fileName: shown(found.originalSource),
    lineNumber: found.originalLine + 1,
    columnNumber: found.originalColumn + 1,
  };
}

// The name that a function had: the map tells it where the function begins, or where it is called.
function originalName(site, caller) {
  const entry = entryOf(site.getFileName());
  const { name } = entry.map.findEntry(site.getEnclosingLineNumber() - 1, site.getEnclosingColumnNumber() - 1);
  if (name) {
    return name;
  }
  if (caller === undefined || caller.getFileName() !== site.getFileName()) {
    return undefined;
  }
  return entry.map.findEntry(caller.getLineNumber() - 1, caller.getColumnNumber() - 1).name;
}

function mapLine(line, site, caller) {
  const name = site.getFileName() ?? site.getScriptNameOrSourceURL();
  const origin = name ? originOf(name, site.getLineNumber(), site.getColumnNumber()) : undefined;
  if (origin === undefined) {
    return line;
  }
  const place = `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`;
  const functionName = site.getFunctionName();
  const known = originalName(site, caller) ?? undefined;
  const open = line.lastIndexOf(' (');
  if (open === -1) {
    return `    at ${known ?? '<anonymous>'} (${place})`;
  }
  let head = line.slice(0, open);
  if (known !== undefined && functionName && head.endsWith(functionName)) {
    head = head.slice(0, -functionName.length) + known;
  }
  return `${head} (${place})`;
}

function mapStack(text, sites) {
  if (known.size === 0) {
    return text;
  }
  const lines = text.split('\n');
  const first = lines.length - sites.length;
  for (let i = 0; i < sites.length; i++) {
    try {
      lines[first + i] = mapLine(lines[first + i], sites[i], sites[i + 1]);
    } catch {
      // The line stays.
    }
  }
  return lines.join('\n');
}

// A line of an original source: from the map itself or from its file.
function originalLine({ entry, url, fileName, lineNumber }) {
  const { payload } = entry;
  const index = payload.sources?.indexOf(url) ?? -1;
  let content = payload.sourcesContent?.[index];
  if (typeof content !== 'string') {
    try {
      content = internalBinding('fs').readFileUtf8(fileName, 0);
    } catch {
      return undefined;
    }
  }
  return content.split(/\r\n|[\n\r]/)[lineNumber - 1];
}

module.exports = { findSourceMap, getSourceMapsSupport, originOf, originalLine, readMap, setSourceMapsSupport };
