// SPDX-License-Identifier: MIT
'use strict';

// trace_events: categories of trace events, switched on and off by the program. Only the main thread may.

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { validateObject, validateStringArray } = require('internal/validators');

if (!internalBinding('worker').isMainThread) throw new codes.ERR_TRACE_EVENTS_UNAVAILABLE();

const { change, enabledCategories } = require('internal/trace_events');

const kManyTracings = 10;
const enabled = new Set();

class Tracing {
  #names;

  constructor(names) {
    this.#names = names;
  }

  enable() {
    if (enabled.has(this)) return;
    enabled.add(this);
    change(this.#names, 1);
    if (enabled.size > kManyTracings) {
      process.emitWarning('Possible trace_events memory leak detected. There are more than ' +
        `${kManyTracings} enabled Tracing objects.`);
    }
  }

  disable() {
    if (enabled.delete(this)) change(this.#names, -1);
  }

  get enabled() {
    return enabled.has(this);
  }

  get categories() {
    return this.#names.join(',');
  }

  [customInspectSymbol](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = inspect({ enabled: this.enabled, categories: this.categories },
                          { ...options, depth: options.depth == null ? null : options.depth - 1 });
    return `Tracing ${shown}`;
  }
}

function createTracing(options) {
  validateObject(options, 'options');
  const { categories } = options;
  if (!Array.isArray(categories)) throw new codes.ERR_INVALID_ARG_TYPE('options.categories', 'Array', categories);
  validateStringArray(categories, 'options.categories');
  if (categories.length === 0) throw new codes.ERR_TRACE_EVENTS_CATEGORY_REQUIRED();
  return new Tracing([...categories]);
}

function getEnabledCategories() {
  return enabledCategories();
}

module.exports = { createTracing, getEnabledCategories };
