// SPDX-License-Identifier: MIT
'use strict';

// Runs a program with the library's own `process` and timers on the stand-in: the whole of internal/bootstrap/node over
// bindings made of the host's. Ticks run in a host tick; rejections nobody handled are told by the host's own event.
//
//   node --expose-internals --experimental-vm-modules tests/lib/run_bootstrapped.js FILE [args]

const fs = require('fs');
const path = require('path');
const vm = require('vm');

const host = process;
const libDir = host.env.CULM_LIB_DIR || path.resolve(__dirname, '../../lib');
const bindingDir = path.join(__dirname, 'bindings');
const params = ['exports', 'require', 'module', 'process', 'internalBinding', 'primordials'];
const fileOf = (id) => path.join(libDir, `${id}.js`);

host.argv.splice(1, 1);
const culmProcess = Object.create({});

const { errors, process_: processBinding, taskQueue } = {
  errors: require('./bindings/errors'), process_: require('./bindings/process'),
  taskQueue: require('./bindings/task_queue'),
};

let tick = () => {};
let reject = () => {};
taskQueue.setTickCallback = (fn) => {
  tick = fn;
};
taskQueue.setPromiseRejectCallback = (fn) => {
  reject = fn;
};
const info = [0, 0];
taskQueue.tickInfo = new Proxy(info, {
  __proto__: null,
  set(target, key, value) {
    target[key] = value;
    if (value) host.nextTick(drain);
    return true;
  },
});
function drain() {
  try {
    tick();
  } catch (error) {
    errors.triggerUncaughtException(error, false);
  }
}
host.on('unhandledRejection', (reason, promise) => {
  reject(0, promise, reason);
  drain();
});
host.on('rejectionHandled', (promise) => {
  reject(1, promise);
  drain();
});
host.on('uncaughtException', (error) => {
  errors.triggerUncaughtException(error, false);
});

const bindings = {
  __proto__: null,
  builtins: {
    compileFunction: (id) => vm.compileFunction(fs.readFileSync(fileOf(id), 'utf8'), params, { filename: fileOf(id) }),
    has: (id) => fs.existsSync(fileOf(id)),
  },
  task_queue: taskQueue,
};
function internalBinding(name) {
  if (!(name in bindings)) {
    const made = require(path.join(bindingDir, `${name}.js`));
    bindings[name] = typeof made === 'function' ? made({ requireBuiltin: (id) => realm.require(id) }) : made;
  }
  return bindings[name];
}

const realmModule = { exports: {} };
bindings.builtins.compileFunction('internal/bootstrap/realm')(
  realmModule.exports, undefined, realmModule, culmProcess, internalBinding, {});
const realm = realmModule.exports;
realm.require('internal/bootstrap/node');

host.on('beforeExit', () => {
  processBinding.life.emitBeforeExit();
});
host.on('exit', () => {
  host.reallyExit(processBinding.life.emitExit());
});
host.argv[1] = path.resolve(host.argv[1]);
culmProcess.argv = host.argv;
realm.require('internal/main/run_main_module');
