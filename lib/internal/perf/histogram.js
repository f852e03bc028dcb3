// SPDX-License-Identifier: MIT
'use strict';

// Histogram and RecordableHistogram: counts in buckets whose width grows with the value, so that every value is known to
// `figures` significant digits.

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');

const kCreate = Symbol('create');
const { MAX_SAFE_INTEGER } = Number;

class Histogram {
  #buckets = new Map(); // lowest value of a bucket -> count
  #count = 0;
  #exceeds = 0;
  #min = Infinity;
  #max = 0;
  #lowest;
  #highest;
  #subBuckets;
  #sorted;

  constructor(token, { lowest = 1, highest = MAX_SAFE_INTEGER, figures = 3 } = {}) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#lowest = lowest;
    this.#highest = highest;
    this.#subBuckets = 2 ** Math.ceil(Math.log2(2 * 10 ** figures));
  }

  static recordValue(histogram, value, times = 1) {
    histogram.#record(value, times);
  }


  static isHistogram(value) {
    return typeof value === 'object' && value !== null && #buckets in value;
  }

  static merge(histogram, other, sign) {
    for (const { 0: value, 1: times } of other.#buckets) histogram.#record(value, times * sign);
    if (sign > 0 && other.#count > 0) {
      histogram.#min = Math.min(histogram.#min, other.#min);
      histogram.#max = Math.max(histogram.#max, other.#max);
      histogram.#exceeds += other.#exceeds;
    }
  }

  // The width of the bucket that a value falls into.
  #unit(value) {
    let unit = 1;
    while (value >= this.#subBuckets * unit) unit *= 2;
    return unit;
  }

  #record(value, times) {
    if (value > this.#highest) {
      this.#exceeds += times;
      return;
    }
    const unit = this.#unit(value);
    const bucket = Math.floor(value / unit) * unit;
    const count = (this.#buckets.get(bucket) ?? 0) + times;
    if (count > 0) this.#buckets.set(bucket, count);
    else this.#buckets.delete(bucket);
    this.#count += times;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#sorted = undefined;
  }

  #entries() {
    this.#sorted ??= [...this.#buckets].sort((a, b) => a[0] - b[0]);
    return this.#sorted;
  }

  get count() {
    return this.#count;
  }

  get countBigInt() {
    return BigInt(this.#count);
  }

  get min() {
    return this.#count === 0 ? 9223372036854776000 : this.#min;
  }

  get minBigInt() {
    return this.#count === 0 ? 9223372036854775807n : BigInt(this.#min);
  }

  get max() {
    if (this.#count === 0) return 0;
    const unit = this.#unit(this.#max);
    return Math.floor(this.#max / unit) * unit + unit - 1;
  }

  get maxBigInt() {
    return BigInt(this.max);
  }

  // Values count as the middle of their bucket.
  get mean() {
    if (this.#count === 0) return NaN;
    let sum = 0;
    for (const { 0: value, 1: times } of this.#buckets) sum += (value + Math.floor(this.#unit(value) / 2)) * times;
    return sum / this.#count;
  }

  get exceeds() {
    return this.#exceeds;
  }

  get exceedsBigInt() {
    return BigInt(this.#exceeds);
  }

  get stddev() {
    if (this.#count === 0) return NaN;
    const { mean } = this;
    let sum = 0;
    for (const { 0: value, 1: times } of this.#buckets) {
      sum += (value + Math.floor(this.#unit(value) / 2) - mean) ** 2 * times;
    }
    return Math.sqrt(sum / this.#count);
  }

  percentile(percentile) {
    validateNumber(percentile, 'percentile');
    if (Number.isNaN(percentile) || percentile <= 0 || percentile > 100) {
      throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
    }
    return this.#valueAt(percentile);
  }

  percentileBigInt(percentile) {
    return BigInt(this.percentile(percentile));
  }

  #valueAt(percentile) {
    const wanted = Math.max(1, Math.trunc(percentile / 100 * this.#count + 0.5));
    let seen = 0;
    for (const { 0: value, 1: times } of this.#entries()) {
      seen += times;
      if (seen >= wanted) return value;
    }
    return 0;
  }

  // The distance to 100 halves with every step.
  get percentiles() {
    const result = new Map();
    const entries = this.#entries();
    let level = 0;
    let seen = 0;
    let last = 0;
    for (const { 0: value, 1: times } of entries) {
      seen += times;
      last = value;
      const current = 100 * seen / this.#count;
      while (level <= current && level < 100) {
        result.set(level, value);
        level += 100 / 2 ** (Math.trunc(Math.log2(100 / (100 - level))) + 1);
        if (seen === this.#count) break;
      }
    }
    result.set(100, last);
    return result;
  }

  get percentilesBigInt() {
    return new Map([...this.percentiles].map(({ 0: level, 1: value }) => [level, BigInt(value)]));
  }

  reset() {
    this.#buckets.clear();
    this.#count = this.#exceeds = this.#max = 0;
    this.#min = Infinity;
    this.#sorted = undefined;
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    return `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles },
                                { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  toJSON() {
    const { count, min, max, mean, exceeds, stddev, percentiles } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(percentiles) };
  }
}

const { isHistogram, merge, recordValue } = Histogram;
for (const name of ['isHistogram', 'merge', 'recordValue']) delete Histogram[name];

class RecordableHistogram extends Histogram {
  #last = undefined;

  record(value) {
    if (typeof value === 'bigint') {
      if (value < 1n || value > 9223372036854775807n) {
        throw new codes.ERR_OUT_OF_RANGE('val', '>= 1 && <= 9223372036854775807', value);
      }
      recordValue(this, Number(value));
      return;
    }
    validateInteger(value, 'val', 1);
    recordValue(this, value);
  }

  // Nanoseconds since the last call.
  recordDelta() {
    const now = process.hrtime.bigint();
    if (this.#last !== undefined) recordValue(this, Math.max(1, Number(now - this.#last)));
    this.#last = now;
  }

  add(other) {
    if (!isHistogram(other)) throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    merge(this, other, 1);
  }

  subtract(other) {
    if (!isHistogram(other)) throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    merge(this, other, -1);
  }
}
Object.defineProperty(RecordableHistogram, 'name', { __proto__: null, value: 'Histogram' });

function limit(value, name, lowest) {
  if (typeof value === 'bigint') {
    if (value < BigInt(lowest)) throw new codes.ERR_OUT_OF_RANGE(name, `>= ${lowest}`, value);
    return Number(value);
  }
  validateInteger(value, name, lowest);
  return value;
}

function createHistogram(options = {}) {
  validateObject(options, 'options');
  const lowest = limit(options.lowest ?? 1, 'options.lowest', 1);
  const highest = limit(options.highest ?? MAX_SAFE_INTEGER, 'options.highest', 1);
  if (highest < 2 * lowest) {
    throw new codes.ERR_OUT_OF_RANGE('options.highest', `>= 2 * options.lowest (${2 * lowest}n)`, options.highest);
  }
  const { figures = 3 } = options;
  validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(kCreate, { lowest, highest, figures });
}

// Delays of the event loop: a timer that says how late it is.
class IntervalHistogram extends Histogram {
  #resolution;
  #timer = undefined;

  constructor(token, resolution) {
    super(token, { lowest: 1, highest: 3.6e12, figures: 3 });
    this.#resolution = resolution;
  }

  enable() {
    if (this.#timer !== undefined) return false;
    let last = process.hrtime.bigint();
    const { setInterval } = require('internal/timers');
    this.#timer = setInterval(() => {
      const now = process.hrtime.bigint();
      recordValue(this, Math.max(1, Number(now - last)));
      last = now;
    }, this.#resolution);
    this.#timer.unref();
    return true;
  }

  disable() {
    if (this.#timer === undefined) return false;
    require('internal/timers').clearInterval(this.#timer);
    this.#timer = undefined;
    return true;
  }

  [Symbol.dispose]() {
    this.disable();
  }
}
Object.defineProperty(IntervalHistogram, 'name', { __proto__: null, value: 'Histogram' });

function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  return new IntervalHistogram(kCreate, resolution);
}

module.exports = { RecordableHistogram, createHistogram, isHistogram, monitorEventLoopDelay };
