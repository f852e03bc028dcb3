// SPDX-License-Identifier: MIT
'use strict';

// The global `performance`.

const { codes } = require('internal/errors');
const { customInspectSymbol, kEnumerableProperty, setAttributes, setLength } = require('internal/util');
const { validateFunction, validateObject } = require('internal/validators');
const { Event, EventTarget, defineEventHandler } = require('internal/event_target');
const { loopIdleTime, milestones, now, timeOrigin } = require('internal/perf/clock');
const entries = require('internal/perf/entries');
const { eventLoopUtilization } = require('internal/perf/utilization');

const { PerformanceEntry, kCreate } = entries;

// --- nodeTiming ------------------------------------------------------------------------------------------------------

class PerformanceNodeTiming extends PerformanceEntry {
  constructor() {
    super(kCreate, 'node', 'node', 0, 0, undefined);
    const define = (name, get) => Object.defineProperty(this, name, {
      __proto__: null, enumerable: true, configurable: true, get,
    });
    define('name', () => 'node');
    define('entryType', () => 'node');
    define('startTime', () => 0);
    define('duration', now);
    for (const name of ['nodeStart', 'v8Start', 'bootstrapComplete', 'environment', 'loopStart', 'loopExit']) {
      define(name, milestones[name]);
    }
    define('idleTime', loopIdleTime);
  }

  toJSON() {
    return { ...this };
  }
}

// --- resources -------------------------------------------------------------------------------------------------------

const kTiming = Symbol('timing');

class PerformanceResourceTiming extends PerformanceEntry {
  constructor(token, name, start, duration, timing) {
    super(token, name, 'resource', start, duration, undefined);
    Object.defineProperty(this, kTiming, { __proto__: null, value: timing });
  }

  get name() {
    return super.name;
  }

  get startTime() {
    return super.startTime;
  }

  get duration() {
    return super.duration;
  }

  toJSON() {
    const shown = super.toJSON();
    for (const name of resourceFields) shown[name] = this[name];
    return shown;
  }
}

const resourceFields = ['initiatorType', 'nextHopProtocol', 'workerStart', 'redirectStart', 'redirectEnd', 'fetchStart',
  'domainLookupStart', 'domainLookupEnd', 'connectStart', 'connectEnd', 'secureConnectionStart', 'requestStart',
  'finalResponseHeadersStart', 'firstInterimResponseStart', 'responseStart', 'responseEnd', 'transferSize', 'encodedBodySize', 'decodedBodySize',
  'deliveryType', 'responseStatus', 'renderBlockingStatus', 'contentType', 'contentEncoding'];
for (const name of resourceFields) {
  Object.defineProperty(PerformanceResourceTiming.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      if (!this?.[kTiming]) throw new codes.ERR_INVALID_THIS('PerformanceResourceTiming');
      return this[kTiming][name];
    },
  });
}

setAttributes(PerformanceResourceTiming.prototype, ['toJSON'], kEnumerableProperty);

let sendsFull = false;

function markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus,
                            deliveryType = '') {
  const connection = timingInfo.finalConnectionTimingInfo;
  const timing = {
    initiatorType, deliveryType, responseStatus, cacheMode,
    nextHopProtocol: connection?.ALPNNegotiatedProtocol ?? [],
    workerStart: timingInfo.finalServiceWorkerStartTime ?? 0,
    redirectStart: timingInfo.redirectStartTime ?? 0,
    redirectEnd: timingInfo.redirectEndTime ?? 0,
    fetchStart: timingInfo.postRedirectStartTime ?? 0,
    domainLookupStart: connection?.domainLookupStartTime,
    domainLookupEnd: connection?.domainLookupEndTime,
    connectStart: connection?.connectionStartTime,
    connectEnd: connection?.connectionEndTime,
    secureConnectionStart: connection?.secureConnectionStartTime,
    requestStart: timingInfo.finalNetworkRequestStartTime ?? 0,
    responseStart: timingInfo.finalNetworkResponseStartTime ?? 0,
    responseEnd: timingInfo.endTime ?? 0,
    encodedBodySize: timingInfo.encodedBodySize ?? 0,
    decodedBodySize: timingInfo.decodedBodySize ?? 0,
    transferSize: cacheMode === 'local' ? 0 : cacheMode === 'validated' ? 300 : (timingInfo.encodedBodySize ?? 0) + 300,
  };
  const start = timingInfo.startTime;
  const entry = new PerformanceResourceTiming(kCreate, requestedUrl, start, (timingInfo.endTime ?? 0) - start, timing);
  entries.addResource(entry, () => {
    if (sendsFull) return;
    sendsFull = true;
    setImmediate(() => {
      sendsFull = false;
      performance.dispatchEvent(new Event('resourcetimingbufferfull'));
    });
  });
  return entry;
}

// --- timerify --------------------------------------------------------------------------------------------------------

function timerify(fn, options = {}) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && typeof histogram?.record !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  function report(name, start, args) {
    const duration = now() - start;
    if (histogram !== undefined) histogram.record(Math.max(1, Math.ceil(duration * 1e6)));
    if (entries.isObserved('function')) entries.enqueue(entries.nodeEntry(name, 'function', start, duration, args));
  }
  function timerified(...args) {
    const isNew = new.target !== undefined;
    const start = now();
    const result = isNew ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    if (!isNew && typeof result?.finally === 'function') {
      return result.finally(() => report(fn.name, start, args));
    }
    report(fn.name, start, args);
    return result;
  }
  Object.defineProperties(timerified, {
    length: { __proto__: null, configurable: false, enumerable: true, value: fn.length },
    name: { __proto__: null, configurable: false, enumerable: true, value: `timerified ${fn.name}` },
  });
  return timerified;
}

// --- Performance -----------------------------------------------------------------------------------------------------

class Performance extends EventTarget {
  constructor(token) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
  }

  clearMarks(name = undefined) {
    check(this);
    entries.clear(entries.markTimeline, name);
  }

  clearMeasures(name = undefined) {
    check(this);
    entries.clear(entries.measureTimeline, name);
  }

  clearResourceTimings(name = undefined) {
    check(this);
    entries.clear(entries.resourceTimeline, name);
  }

  getEntries() {
    check(this);
    return entries.timelineEntries();
  }

  getEntriesByName(name, type = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return entries.timelineEntries(`${name}`, type === undefined ? undefined : `${type}`);
  }

  getEntriesByType(type) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return entries.timelineEntries(undefined, `${type}`);
  }

  mark(name, options = {}) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return entries.mark(name, options);
  }

  measure(name, startOrMeasureOptions = {}, endMark = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return entries.measure(name, startOrMeasureOptions, endMark);
  }

  now() {
    check(this);
    return now();
  }

  setResourceTimingBufferSize(maxSize) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('maxSize');
    // Node takes everything that is no natural number for 0.
    entries.setResourceLimit(Number.isSafeInteger(maxSize) && maxSize > 0 ? maxSize : 0);
  }

  get timeOrigin() {
    check(this);
    return timeOrigin;
  }

  toJSON() {
    check(this);
    return { nodeTiming: this.nodeTiming, timeOrigin, eventLoopUtilization: eventLoopUtilization() };
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `Performance ${inspect({ nodeTiming: this.nodeTiming, timeOrigin }, {
      ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

setAttributes(Performance.prototype, ['clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName',
  'getEntriesByType', 'mark', 'measure', 'now', 'setResourceTimingBufferSize', 'timeOrigin', 'toJSON'], kEnumerableProperty);
for (const hidden of [Performance, PerformanceResourceTiming]) setLength(hidden, 0);
Object.defineProperties(Performance.prototype, {
  eventLoopUtilization: { __proto__: null, configurable: true, enumerable: false, writable: true,
                          value: eventLoopUtilization },
  nodeTiming: { __proto__: null, configurable: true, enumerable: false, writable: true, value: new PerformanceNodeTiming() },
  markResourceTiming: { __proto__: null, configurable: true, enumerable: false, writable: true, value: markResourceTiming },
  timerify: { __proto__: null, configurable: true, enumerable: false, writable: true, value: timerify },
  [Symbol.toStringTag]: { __proto__: null, value: 'Performance', configurable: true },
});
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');

const performance = new Performance(kCreate);

function check(self) {
  if (self !== performance) throw new codes.ERR_INVALID_THIS('Performance');
}

module.exports = { Performance, PerformanceResourceTiming, eventLoopUtilization, performance, timerify };
