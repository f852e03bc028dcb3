// SPDX-License-Identifier: MIT
'use strict';

// What vm's scripts, contexts and modules share: which object is a context, who answers import(), how errors are shown.

const { codes } = require('internal/errors');
const { validateObject, kValidateObjectAllowObjects } = require('internal/validators');
const { errorLocation } = internalBinding('errors');
const binding = internalBinding('contextify');

// importModuleDynamically: import() works as in the main program.
const kDefaultLoader = Symbol('vm_dynamic_import_main_context_default');

// --- contexts --------------------------------------------------------------------------------------------------------

// contextified object (or, without one, global object) -> { handle, ownJobs }
const contexts = new WeakMap();

function isContext(object) {
  validateObject(object, 'object', kValidateObjectAllowObjects);
  return contexts.has(object);
}

function contextOf(object) {
  validateObject(object, 'object', kValidateObjectAllowObjects);
  const context = object !== null && (typeof object === 'object' || typeof object === 'function') ?
    contexts.get(object) : undefined;
  if (context === undefined) throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', object);
  return context;
}

function makeContext(object, { strings, wasm, name, ownJobs }) {
  const handle = binding.makeContext(object, strings, ownJobs, wasm);
  const context = { handle, ownJobs, name };
  object ??= binding.contextGlobal(handle);
  if (require('internal/options').getOptionValue('--disable-proto') !== undefined) {
    require('internal/process/given_options').applyToContext(binding.contextGlobal(handle));
  }
  contexts.set(object, context);
  return object;
}

// --- import() --------------------------------------------------------------------------------------------------------

// What the engine hands back to the import callback for code compiled with an `importModuleDynamically` option: `value`.
// bind() tells which script, function or module it was compiled for.
function dynamicImportHost(callback, filename, name) {
  if (callback === kDefaultLoader) return { value: filename, bind() {} };
  if (callback !== undefined && typeof callback !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'function', callback);
  }
  const value = { callback, referrer: undefined };
  return { value, bind(referrer) {
    value.referrer = referrer;
  } };
}

// import() in such code.
async function importForVm(specifier, attributes, host, phase) {
  const { callback, referrer } = host;
  if (callback === undefined) throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING();
  if (!require('internal/options').getOptionValue('--experimental-vm-modules')) {
    throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG();
  }
  const result = await callback(specifier, referrer, Object.assign({ __proto__: null }, attributes),
                                phase === 1 ? 'source' : 'evaluation');
  if (phase === 1) {
    if (!require('internal/vm/module').isModule(result)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
    throw new codes.ERR_SOURCE_PHASE_NOT_DEFINED(specifier);
  }
  if (require('internal/util/types').isModuleNamespaceObject(result)) return result;
  const { isModule } = require('internal/vm/module');
  if (!isModule(result)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (result.status === 'errored') throw result.error;
  if (result.status === 'unlinked' || result.status === 'linking') throw new codes.ERR_VM_MODULE_STATUS('must not be unlinked or linking');
  if (result.status === 'linked') await result.evaluate();
  return result.namespace;
}

function initializeImportMeta(meta, { initializeImportMeta: callback, referrer }) {
  callback?.(meta, referrer);
}

// --- errors ----------------------------------------------------------------------------------------------------------

const decorated = new WeakSet();

// Throws the error, its stack headed by the line of source where it arose.
function throwDecorated(error, display) {
  if (display && error !== null && typeof error === 'object' && !decorated.has(error) &&
      require('internal/util/types').isNativeError(error)) {
    try {
      const at = errorLocation(error);
      if (at !== undefined && typeof error.stack === 'string' && at.sourceLine !== undefined &&
          !`${at.url}`.startsWith('node:')) {
        const indent = at.sourceLine.slice(0, at.column).replace(/[^\t]/g, ' ');
        const carets = '^'.repeat(Math.max(1, at.endColumn - at.column));
        const { stack } = error;
        decorated.add(error);
        Object.defineProperty(error, 'stack', {
          __proto__: null, configurable: true, writable: true, enumerable: false,
          value: `${at.url}:${at.line}\n${at.sourceLine}\n${indent}${carets}\n\n${stack}`,
        });
      }
    } catch {
      // It is thrown as it is.
    }
  }
  throw error;
}

// The error's stack names its line of source already.
function markDecorated(error) {
  decorated.add(error);
}

function isDecorated(error) {
  return error !== null && typeof error === 'object' && decorated.has(error);
}

// While a script may be broken off by Ctrl-C, the program's own listeners are not asked.
function runGuarded(breakOnSigint, run) {
  if (!breakOnSigint || process.listenerCount('SIGINT') === 0) return run();
  const listeners = process.rawListeners('SIGINT');
  process.removeAllListeners('SIGINT');
  try {
    return run();
  } finally {
    for (const listener of listeners) process.on('SIGINT', listener);
  }
}

// --- cached data -----------------------------------------------------------------------------------------------------

// What a program gives as cached data for the engine, with the answer.
function cacheOf(cachedData) {
  return cachedData === undefined ? undefined : { data: cachedData, status: undefined, size: 0 };
}

// Whether the engine could not use it.
function isRejected({ status }) {
  return status !== 0;
}

function bufferOf(bytes) {
  return bytes === undefined ? undefined : require('buffer').Buffer.from(bytes.buffer);
}

// Puts a cache's fate and a new one on a script or function.
function noteCachedData(target, cache, produce) {
  if (cache !== undefined) target.cachedDataRejected = cache.data.byteLength > 0 && isRejected(cache);
  if (produce === undefined) return;
  const made = bufferOf(produce());
  target.cachedDataProduced = made !== undefined;
  if (made !== undefined) target.cachedData = made;
}

module.exports = {
  bufferOf, cacheOf, contextOf, dynamicImportHost, importForVm, initializeImportMeta, isContext, isDecorated, isRejected, kDefaultLoader,
  makeContext, markDecorated, noteCachedData, runGuarded, throwDecorated,
};
