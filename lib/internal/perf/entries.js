// SPDX-License-Identifier: MIT
'use strict';

// PerformanceEntry and its kinds; the timeline of marks, measures and resources; observers.

const { codes } = require('internal/errors');
const { customInspectSymbol, exposeInterface, kEnumerableProperty, setAttributes, setLength } = require('internal/util');
const { validateFunction, validateObject, validateString } = require('internal/validators');
const { now, milestones } = require('internal/perf/clock');
const { isObserved, wanted } = require('internal/perf/observed');

const kCreate = Symbol('create');
const kDetail = Symbol('detail');

class PerformanceEntry {
  #name;
  #type;
  #start;
  #duration;

  constructor(token, name, type, start, duration, detail) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
    Object.defineProperty(this, kDetail, { __proto__: null, value: detail, writable: true });
  }

  static is(value) {
    return typeof value === 'object' && value !== null && #name in value;
  }

  get name() {
    check(this);
    return this.#name;
  }

  get entryType() {
    check(this);
    return this.#type;
  }

  get startTime() {
    check(this);
    return this.#start;
  }

  get duration() {
    check(this);
    return this.#duration;
  }

  get detail() {
    return this[kDetail];
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `${this.constructor.name} ${inspect(this.toJSON(), {
      ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  toJSON() {
    const { name, entryType, startTime, duration } = this;
    const shown = { name, entryType, startTime, duration };
    if (this[kDetail] !== undefined) shown.detail = this[kDetail];
    return shown;
  }
}
const { is: isEntry } = PerformanceEntry;
delete PerformanceEntry.is;

function check(value) {
  if (!isEntry(value)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
}

// Entries of Node's own kinds (gc, function, http, net, dns) show a detail; the standard's class has none.
delete PerformanceEntry.prototype.detail;
class PerformanceNodeEntry extends PerformanceEntry {
  get detail() {
    return this[kDetail];
  }
}
Object.defineProperty(PerformanceNodeEntry, 'name', { __proto__: null, value: 'PerformanceNodeEntry' });

for (const name of ['name', 'entryType', 'startTime', 'duration', 'toJSON']) {
  Object.defineProperty(PerformanceEntry.prototype, name, { __proto__: null, enumerable: true });
}

// --- marks and measures ------------------------------------------------------------------------------------------------

function cloneDetail(detail) {
  return detail === null || detail === undefined ? null : require('internal/structured_clone').structuredClone(detail);
}

class PerformanceMark extends PerformanceEntry {
  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (name in milestones) throw new codes.ERR_INVALID_ARG_VALUE('name', name);
    if (options != null) validateObject(options, 'options');
    const start = options?.startTime ?? now();
    if (typeof start !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('startTime', 'number', start);
    if (start < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(start);
    super(kCreate, name, 'mark', start, 0, cloneDetail(options?.detail));
  }

  get detail() {
    return this[kDetail];
  }
}

class PerformanceMeasure extends PerformanceEntry {
  get detail() {
    return this[kDetail];
  }
}

for (const type of [PerformanceMark, PerformanceMeasure]) {
  exposeInterface(type.prototype, 'toJSON', PerformanceEntry.prototype.toJSON);
  Object.defineProperty(type.prototype, 'detail', { __proto__: null, enumerable: true });
  Object.defineProperty(type.prototype, Symbol.toStringTag, {
    __proto__: null, value: type.name, configurable: true,
  });
}

const marks = new Map(); // name -> time of the last mark

function timeOf(mark) {
  if (typeof mark === 'number') {
    if (mark < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(mark);
    return mark;
  }
  mark = `${mark}`;
  if (mark in milestones) return milestones[mark]();
  const time = marks.get(mark);
  if (time === undefined) {
    const { DOMException } = require('internal/domexception');
    throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  }
  return time;
}

function mark(name, options) {
  const entry = new PerformanceMark(name, options);
  marks.set(entry.name, entry.startTime);
  add(markTimeline, entry);
  enqueue(entry);
  return entry;
}

function measure(name, startOrOptions, endMark) {
  validateString(name, 'name');
  const options = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions : undefined;
  const given = options !== undefined && (options.start !== undefined || options.end !== undefined ||
    options.duration !== undefined || options.detail !== undefined);
  if (given) {
    if (endMark !== undefined) {
      throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
    }
    if (options.start === undefined && options.end === undefined && options.duration !== undefined) {
      throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('One of options.start or options.end is required');
    }
    if (options.start !== undefined && options.end !== undefined && options.duration !== undefined) {
      throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
        'Must not have options.start, options.end, and options.duration specified');
    }
  }
  let end;
  if (endMark !== undefined) end = timeOf(endMark);
  else if (given && options.end !== undefined) end = timeOf(options.end);
  else if (given && options.start !== undefined && options.duration !== undefined) {
    end = timeOf(options.start) + timeOf(options.duration);
  } else end = now();
  let start;
  if (given && options.start !== undefined) start = timeOf(options.start);
  else if (given && options.duration !== undefined && options.end !== undefined) {
    start = timeOf(options.end) - timeOf(options.duration);
  } else if (startOrOptions !== undefined && startOrOptions !== null && options === undefined) {
    start = timeOf(startOrOptions);
  } else start = 0;
  const entry = new PerformanceMeasure(kCreate, name, 'measure', start, end - start,
                                       cloneDetail(given ? options.detail : undefined));
  add(measureTimeline, entry);
  enqueue(entry);
  return entry;
}

// --- the timeline ----------------------------------------------------------------------------------------------------

const markTimeline = [];
const measureTimeline = [];
const resourceTimeline = [];
let resourceLimit = 250;

function add(timeline, entry) {
  timeline.push(entry);
  if (timeline.length > 1e6 && !timeline.warned) {
    timeline.warned = true;
    process.emitWarning('Possible perf_hooks memory leak detected. Use performance.clear* to clear the buffer.',
                        'MaxPerformanceEntryBufferExceededWarning');
  }
}

function clear(timeline, name) {
  if (name === undefined) {
    timeline.length = 0;
    if (timeline === markTimeline) marks.clear();
    return;
  }
  name = `${name}`;
  const kept = timeline.filter((entry) => entry.name !== name);
  timeline.length = 0;
  timeline.push(...kept);
  if (timeline === markTimeline) marks.delete(name);
}

function timelineEntries(name, type) {
  const lists = type === undefined ? [markTimeline, measureTimeline, resourceTimeline] :
    type === 'mark' ? [markTimeline] : type === 'measure' ? [measureTimeline] :
      type === 'resource' ? [resourceTimeline] : [];
  const entries = lists.flat();
  entries.sort((a, b) => a.startTime - b.startTime);
  return name === undefined ? entries : entries.filter((entry) => entry.name === name);
}

function addResource(entry, onFull) {
  if (resourceTimeline.length < resourceLimit) resourceTimeline.push(entry);
  else onFull();
  enqueue(entry);
}

function setResourceLimit(size) {
  resourceLimit = size;
}

// --- observers -------------------------------------------------------------------------------------------------------

const supportedTypes = Object.freeze(['dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'resource']);
const observers = new Set();
const pending = new Set();
function want(type, by) {
  wanted[type] = (wanted[type] ?? 0) + by;
  if (type === 'gc' && (wanted.gc === 1 && by > 0 || wanted.gc === 0)) require('internal/perf/gc').watch(by > 0);
  if (type === 'http' && (wanted.http === 1 && by > 0 || wanted.http === 0)) require('internal/perf/http').watch(by > 0);
}

class PerformanceObserverEntryList {
  #entries;

  constructor(token, entries) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#entries = entries.sort((a, b) => a.startTime - b.startTime);
  }

  getEntries() {
    return [...this.#entries];
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    type = `${type}`;
    return this.#entries.filter((entry) => entry.entryType === type);
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    return this.#entries.filter((entry) => entry.name === name && (type == null || entry.entryType === `${type}`));
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `PerformanceObserverEntryList ${inspect(this.#entries, {
      ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

class PerformanceObserver {
  #callback;
  #types = new Set();
  #mode = undefined;
  #buffer = [];

  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }

  static offer(observer, entry) {
    if (!observer.#types.has(entry.entryType)) return;
    observer.#buffer.push(entry);
    queue(observer);
  }

  static dispatch(observer) {
    if (observer.#buffer.length === 0) return;
    const entries = new PerformanceObserverEntryList(kCreate, observer.takeRecords());
    Reflect.apply(observer.#callback, observer, [entries, observer]);
  }

  static get supportedEntryTypes() {
    return supportedTypes;
  }

  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) {
      throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    }
    if (entryTypes != null && type != null) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes, 'options.entryTypes can not set with options.type together');
    }
    if (this.#mode === undefined) {
      this.#mode = entryTypes !== undefined ? 'multiple' : 'single';
    } else if (this.#mode !== (entryTypes !== undefined ? 'multiple' : 'single')) {
      const { DOMException } = require('internal/domexception');
      throw new DOMException(`PerformanceObserver can not change to ${
        this.#mode === 'single' ? 'multiple' : 'single'} observations`, 'InvalidModificationError');
    }
    if (entryTypes !== undefined) {
      if (!Array.isArray(entryTypes)) throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      for (const each of this.#types) want(each, -1);
      this.#types.clear();
      for (const each of entryTypes) this.#addType(each);
    } else {
      this.#addType(type);
      if (buffered) {
        const entries = timelineEntries(undefined, type);
        this.#buffer.push(...entries);
        if (entries.length > 0) queue(this);
      }
    }
    if (this.#types.size > 0) observers.add(this);
    else this.disconnect();
  }

  #addType(type) {
    if (!supportedTypes.includes(type) || this.#types.has(type)) return;
    this.#types.add(type);
    want(type, 1);
  }

  disconnect() {
    observers.delete(this);
    pending.delete(this);
    this.#buffer = [];
    for (const type of this.#types) want(type, -1);
    this.#types.clear();
    this.#mode = undefined;
  }

  takeRecords() {
    const list = this.#buffer;
    this.#buffer = [];
    return list;
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `PerformanceObserver ${inspect({ connected: observers.has(this), pending: pending.has(this),
                                            entryTypes: [...this.#types], buffer: this.#buffer }, {
      ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
const { dispatch, offer } = PerformanceObserver;
delete PerformanceObserver.dispatch;
delete PerformanceObserver.offer;

// Observers are called in a turn of their own.
function queue(observer) {
  pending.add(observer);
  if (pending.size > 1) return;
  require('internal/timers').setImmediate(() => {
    const list = [...pending];
    pending.clear();
    for (const each of list) dispatch(each);
  });
}

function enqueue(entry) {
  if (!isObserved(entry.entryType)) return;
  for (const observer of observers) offer(observer, entry);
}

// For the library: an entry of one of Node's own kinds, when somebody observes it.
function nodeEntry(name, type, start, duration, detail) {
  return new PerformanceNodeEntry(kCreate, name, type, start, duration, detail);
}

for (const hidden of [PerformanceEntry, PerformanceObserverEntryList]) setLength(hidden, 0);
setAttributes(PerformanceObserver.prototype, ['disconnect', 'observe', 'takeRecords'], kEnumerableProperty);
setAttributes(PerformanceObserverEntryList.prototype, ['getEntries', 'getEntriesByName', 'getEntriesByType'], kEnumerableProperty);

module.exports = {
  PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, addResource,
  clear, enqueue, isObserved, kCreate, mark, markTimeline, measure, measureTimeline, nodeEntry, resourceTimeline,
  setResourceLimit, timelineEntries,
};
