// SPDX-License-Identifier: MIT
'use strict';

// fs.glob, globSync and promises.glob: a walk that reads each folder once for all patterns. The walk is a generator
// that asks for what it needs of the file system, so that one text serves the synchronous and the asynchronous form.

const path = require('path');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const {
  globstar, matchesAny, matchesSegment, matchGlobPattern, parsePattern,
} = require('internal/fs/glob_pattern');
const { validateFunction, validateObject, validateString, validateStringArray } = require('internal/validators');

const READ = 1;
const KIND = 2;
const MATCH = 3;
const { UV_DIRENT_DIR, UV_DIRENT_FILE, UV_DIRENT_LINK } = internalBinding('constants').fs;

// `patterns` and `options`, checked.
function readArguments(patterns, options) {
  validateObject(options ?? {}, 'options');
  const { cwd, exclude, withFileTypes, followSymlinks } = options ?? {};
  if (Array.isArray(patterns)) validateStringArray(patterns, 'patterns');
  else validateString(patterns, 'patterns');
  let base = '.';
  if (cwd !== undefined && cwd !== null) {
    const { toPathIfFileURL } = require('internal/url');
    base = toPathIfFileURL(cwd);
    validateString(base, 'paths[0]');
  }
  let isExcluded;
  if (Array.isArray(exclude)) {
    validateStringArray(exclude, 'options.exclude');
    const excluded = exclude.flatMap((text) => parsePattern(text, { dots: true }));
    isExcluded = (relative) => matchesAny(excluded, relative, true);
  } else if (typeof exclude === 'function') {
    isExcluded = (relative, name, entry) => exclude(withFileTypes ? entry : name);
  } else if (exclude !== undefined && exclude !== null) {
    throw new ERR_INVALID_ARG_TYPE('options.exclude', ['function', 'string[]'], exclude);
  }
  return {
    base, isExcluded, withFileTypes: Boolean(withFileTypes), followSymlinks: Boolean(followSymlinks),
    patterns: [patterns].flat().flatMap((text) => parsePattern(text)),
  };
}

// The states that a folder is in at once: [segments, index], with `**` also standing for nothing.
function closure(states) {
  const all = [...states];
  for (let k = 0; k < all.length; k++) {
    const { 0: segments, 1: index } = all[k];
    if (segments[index] === globstar && index + 1 < segments.length) all.push([segments, index + 1]);
  }
  return all;
}

function* walk({ base, patterns, isExcluded, withFileTypes, followSymlinks }) {
  const seen = new Set();
  const visited = new Map();
  const stack = [];

  function add(relative, entry) {
    if (seen.has(relative)) return undefined;
    seen.add(relative);
    return [MATCH, relative, withFileTypes ? entry : undefined];
  }

  for (const segments of patterns) {
    if (segments.length === 0 || (segments.length === 1 && (segments[0] === '' || segments[0] === '..'))) continue;
    const absolute = segments[0] === '' && segments.length > 1;
    stack.push({ relative: absolute ? '/' : '.', states: [[segments, absolute ? 1 : 0]], entry: undefined });
  }
  // Patterns from the same place walk together.
  for (let k = stack.length - 1; k > 0; k--) {
    if (stack[k].relative === stack[0].relative) {
      stack[0].states.push(...stack[k].states);
      stack.splice(k, 1);
    }
  }

  while (stack.length > 0) {
    const { relative, states, entry } = stack.pop();
    const done = visited.get(relative) ?? new Map();
    visited.set(relative, done);
    const fresh = closure(states).filter(({ 0: segments, 1: index }) => {
      const indexes = done.get(segments) ?? new Set();
      done.set(segments, indexes);
      return !indexes.has(index) && indexes.add(index);
    });
    const names = new Map();
    let reads = false;
    for (const { 0: segments, 1: index } of fresh) {
      const segment = segments[index];
      const isLast = index === segments.length - 1;
      if ((segment === globstar && isLast) || (segment === '' && isLast)) {
        const found = add(relative, entry ?? (withFileTypes ? yield [KIND, base, relative] : undefined));
        if (found !== undefined) yield found;
        if (segment === '') continue;
      }
      if (typeof segment === 'string') {
        const list = names.get(segment) ?? [];
        list.push([segments, index + 1]);
        names.set(segment, list);
      } else {
        reads = true;
      }
    }
    const folders = [];
    const entries = reads ? yield [READ, base, relative] : [];
    for (const child of entries) {
      const { name } = child;
      const next = [];
      let matched = false;
      let onlyStar = true;
      let isLink;
      for (const { 0: segments, 1: index } of fresh) {
        const segment = segments[index];
        if (segment === globstar) {
          if (name[0] === '.') continue;
          isLink ??= child.isSymbolicLink() && !followSymlinks;
          if (!isLink) next.push([segments, index]);
          if (index === segments.length - 1 && (isLink || !child.isDirectory())) matched = true;
        } else if (segment !== '' && matchesSegment(segment, name)) {
          onlyStar = false;
          if (index === segments.length - 1) matched = true;
          else next.push([segments, index + 1]);
          names.get(name)?.splice(0);
        }
      }
      const childPath = relative === '.' ? name : path.join(relative, name);
      if (!matched && next.length === 0) continue;
      if (isExcluded?.(childPath, name, child)) continue;
      if (matched) {
        const found = add(childPath, child);
        if (found !== undefined) yield found;
      }
      if (next.length === 0) continue;
      if (child.isDirectory()) {
        folders.push({ relative: childPath, states: next, entry: child });
      } else if (child.isSymbolicLink() && (followSymlinks || !onlyStar)) {
        const kind = yield [KIND, base, childPath];
        if (kind?.target?.isDirectory()) folders.push({ relative: childPath, states: next, entry: child });
      }
    }
    for (const { 0: name, 1: list } of names) {
      if (list.length === 0) continue;
      const childPath = relative === '.' ? name : path.join(relative, name);
      const kind = yield [KIND, base, childPath];
      if (kind === undefined || isExcluded?.(childPath, name, kind)) continue;
      const next = list.filter(({ 0: segments, 1: index }) => index < segments.length);
      if (next.length < list.length) {
        const found = add(childPath, kind);
        if (found !== undefined) yield found;
      }
      if (next.length > 0 && (name === '..' || kind.target?.isDirectory())) {
        folders.push({ relative: childPath, states: next, entry: kind });
      }
    }
    stack.push(...folders);
  }
}

function within(base, relative) {
  return path.isAbsolute(relative) ? relative : path.join(base, relative);
}

// The entry for a path that was not read from a folder; `target` is what a link leads to.
function entryOf(base, relative, stats, target) {
  const { Dirent } = require('internal/fs/utils');
  const type = stats.isSymbolicLink() ? UV_DIRENT_LINK : stats.isDirectory() ? UV_DIRENT_DIR : UV_DIRENT_FILE;
  const full = within(base, relative);
  const entry = new Dirent(path.basename(relative) || relative, path.dirname(full), type);
  Object.defineProperty(entry, 'target', { __proto__: null, value: target, enumerable: false });
  return entry;
}

function byName(a, b) {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function answerSync(kind, base, relative) {
  const fs = require('fs');
  const full = path.resolve(base, relative);
  try {
    if (kind === READ) {
      return fs.readdirSync(within(base, relative), { __proto__: null, withFileTypes: true }).sort(byName);
    }
    const stats = fs.lstatSync(full);
    let target = stats;
    if (stats.isSymbolicLink()) target = fs.statSync(full, { __proto__: null, throwIfNoEntry: false });
    return entryOf(base, relative, stats, target);
  } catch {
    return kind === READ ? [] : undefined;
  }
}

async function answer(kind, base, relative) {
  const { lstat, readdir, stat } = require('fs/promises');
  const full = path.resolve(base, relative);
  try {
    if (kind === READ) {
      return (await readdir(within(base, relative), { __proto__: null, withFileTypes: true })).sort(byName);
    }
    const stats = await lstat(full);
    const target = stats.isSymbolicLink() ? await stat(full).catch(() => undefined) : stats;
    return entryOf(base, relative, stats, target);
  } catch {
    return kind === READ ? [] : undefined;
  }
}

function globSync(patterns, options) {
  const steps = walk(readArguments(patterns, options));
  const found = [];
  for (let step = steps.next(); !step.done;) {
    const { 0: kind, 1: first, 2: second } = step.value;
    if (kind === MATCH) {
      found.push(second ?? first);
      step = steps.next();
    } else {
      step = steps.next(answerSync(kind, first, second));
    }
  }
  return found;
}

async function* glob(patterns, options) {
  const steps = walk(readArguments(patterns, options));
  for (let step = steps.next(); !step.done;) {
    const { 0: kind, 1: first, 2: second } = step.value;
    if (kind === MATCH) {
      yield second ?? first;
      step = steps.next();
    } else {
      step = steps.next(await answer(kind, first, second));
    }
  }
}

function globCallback(patterns, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'cb');
  const collect = async () => {
    const found = [];
    for await (const match of glob(patterns, options)) found.push(match);
    return found;
  };
  collect().then((found) => process.nextTick(callback, null, found), (error) => process.nextTick(callback, error));
}

// For fs.watch's `ignore`: a pattern without a slash is matched against the name alone.
function ignorePattern(pattern) {
  const patterns = parsePattern(pattern, { dots: true });
  return (relative) => matchesAny(patterns, relative, true) ||
    (!pattern.includes('/') && matchesAny(patterns, path.basename(relative), true));
}

module.exports = { glob, globCallback, globSync, ignorePattern, matchGlobPattern };
