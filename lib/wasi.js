// SPDX-License-Identifier: MIT
'use strict';

// node:wasi: WebAssembly programs with files, arguments and clocks. The calls are in internal/wasi/calls.

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateString,
        validateUndefined } = require('internal/validators');

process.emitWarning('WASI is an experimental feature and might change at any time', 'ExperimentalWarning');

const importNames = { __proto__: null, unstable: 'wasi_unstable', preview1: 'wasi_snapshot_preview1' };

function checkPermission() {
  const { permission } = process;
  if (permission !== undefined && !permission.has('wasi') && !internalBinding('permission').isAudit) {
    throw new codes.ERR_ACCESS_DENIED('Access to this API has been restricted. Use --allow-wasi to manage permissions.',
                                      'WASI');
  }
}

class WASI {
  #calls;
  #version;
  #isStarted = false;

  constructor(options = {}) {
    validateObject(options, 'options');
    const { version, args, env, preopens, stdin = 0, stdout = 1, stderr = 2, returnOnExit = true } = options;
    validateString(version, 'options.version');
    if (importNames[version] === undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.version', version, 'unsupported WASI version');
    }
    if (args !== undefined) validateArray(args, 'options.args');
    if (env !== undefined) validateObject(env, 'options.env');
    if (preopens !== undefined) validateObject(preopens, 'options.preopens');
    validateInt32(stdin, 'options.stdin', 0);
    validateInt32(stdout, 'options.stdout', 0);
    validateInt32(stderr, 'options.stderr', 0);
    validateBoolean(returnOnExit, 'options.returnOnExit');
    checkPermission();
    const pairs = Object.entries(env ?? {}).filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${value}`);
    const { Calls, importsOf } = require('internal/wasi/calls');
    this.#version = version;
    this.#calls = new Calls({
      args: args ?? [], env: pairs, stdio: [stdin, stdout, stderr], returnOnExit,
      preopens: Object.fromEntries(Object.entries(preopens ?? {}).map(([key, value]) => [key, `${value}`])),
    });
    this.wasiImport = importsOf(this.#calls);
  }

  finalizeBindings(instance, { memory = instance?.exports?.memory } = {}) {
    if (this.#isStarted) throw new codes.ERR_WASI_ALREADY_STARTED();
    validateObject(instance, 'instance');
    validateObject(instance.exports, 'instance.exports');
    if (!(memory instanceof WebAssembly.Memory)) {
      const error = new TypeError('"instance.exports.memory" property must be a WebAssembly.Memory object');
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
    this.#calls.memory = memory;
    this.#isStarted = true;
  }

  start(instance) {
    this.finalizeBindings(instance);
    const { _start, _initialize } = instance.exports;
    validateFunction(_start, 'instance.exports._start');
    validateUndefined(_initialize, 'instance.exports._initialize');
    const { ProgramExit } = require('internal/wasi/calls');
    try {
      _start();
    } catch (error) {
      if (!(error instanceof ProgramExit)) throw error;
      return error.code;
    }
    return 0;
  }

  initialize(instance) {
    this.finalizeBindings(instance);
    const { _start, _initialize } = instance.exports;
    validateUndefined(_start, 'instance.exports._start');
    if (_initialize !== undefined) {
      validateFunction(_initialize, 'instance.exports._initialize');
      _initialize();
    }
  }

  getImportObject() {
    return { [importNames[this.#version]]: this.wasiImport };
  }
}

module.exports = { WASI };
