// SPDX-License-Identifier: MIT
'use strict';

// process.finalization: functions that are called with an object when the process ends (or runs dry), as long as the
// object is still alive then.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

// event -> references with their functions
const lists = { __proto__: null, exit: [], beforeExit: [] };
let registry;
let warned = false;

function warn(name) {
  if (!warned) {
    warned = true;
    process.emitWarning(`process.finalization.${name} is an experimental feature and might change at any time`,
                        'ExperimentalWarning');
  }
}

function run(event) {
  for (const entry of [...lists[event]]) {
    const object = entry.reference.deref();
    if (object !== undefined) {
      entry.fn(object, event);
    }
  }
}

// What was collected is forgotten.
function forget(entry) {
  for (const list of [lists.exit, lists.beforeExit]) {
    const at = list.indexOf(entry);
    if (at !== -1) {
      list.splice(at, 1);
    }
  }
}

const listeners = {
  __proto__: null,
  exit: () => run('exit'),
  beforeExit: () => run('beforeExit'),
};

function add(event, object, fn) {
  if ((typeof object !== 'object' || object === null) && typeof object !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('obj', 'object', object);
  }
  validateFunction(fn, 'fn');
  registry ??= new FinalizationRegistry(forget);
  const entry = { reference: new WeakRef(object), fn };
  registry.register(object, entry, object);
  if (lists[event].push(entry) === 1) {
    process.on(event, listeners[event]);
  }
}

const finalization = {
  register(object, fn) {
    warn('register');
    add('exit', object, fn);
  },
  registerBeforeExit(object, fn) {
    warn('registerBeforeExit');
    add('beforeExit', object, fn);
  },
  unregister(object) {
    warn('unregister');
    registry?.unregister(object);
    for (const event of ['exit', 'beforeExit']) {
      lists[event] = lists[event].filter(({ reference }) => reference.deref() !== object);
      if (lists[event].length === 0) {
        process.removeListener(event, listeners[event]);
      }
    }
  },
};

module.exports = { finalization };
