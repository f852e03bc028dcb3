// SPDX-License-Identifier: MIT
'use strict';

// vm: scripts, functions and contexts. A context is a realm of the engine whose global object stands over the program's
// object; internalBinding('contextify') has both.

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateInt32, validateObject, validateOneOf, validateString,
        validateStringArray, validateUint32, kValidateObjectAllowObjects } = require('internal/validators');
const { bufferOf, cacheOf, contextOf, dynamicImportHost, isContext, kDefaultLoader, makeContext, noteCachedData,
        runGuarded, throwDecorated } = require('internal/vm/context');
const binding = internalBinding('contextify');

const constants = Object.freeze({
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER: kDefaultLoader,
  DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
});

const kHandle = Symbol('handle');

function isBufferView(value) {
  return ArrayBuffer.isView(value);
}

function validateCachedData(cachedData) {
  if (cachedData !== undefined && !isBufferView(cachedData)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
}

// The value of the last `//# name=` comment of a source.
function magicComment(source, name) {
  const at = source.lastIndexOf(`${name}=`);
  if (at === -1) return undefined;
  const match = new RegExp(`^[ \\t]*//[#@][ \\t]${name}=([^\\s'"]+)[ \\t]*$`, 'm').exec(
    source.slice(source.lastIndexOf('\n', at) + 1));
  return match === null ? undefined : match[1];
}

class Script {
  constructor(code, options = {}) {
    code = `${code}`;
    if (typeof options === 'string') {
      options = { filename: options };
    } else {
      validateObject(options, 'options');
    }
    const { filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData,
            produceCachedData = false, importModuleDynamically } = options;
    validateString(filename, 'options.filename');
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    validateCachedData(cachedData);
    validateBoolean(produceCachedData, 'options.produceCachedData');
    const host = dynamicImportHost(importModuleDynamically, filename, 'options.importModuleDynamically');
    const cache = cacheOf(cachedData);
    try {
      Object.defineProperty(this, kHandle, {
        __proto__: null,
        value: binding.newScript(code, filename, lineOffset, columnOffset, host.value, undefined, false, cache),
      });
    } catch (error) {
      throwDecorated(error, true);
    }
    host.bind(this);
    this.sourceURL = magicComment(code, 'sourceURL');
    this.sourceMapURL = magicComment(code, 'sourceMappingURL');
    noteCachedData(this, cache, produceCachedData ? () => binding.cachedScript(this[kHandle]) : undefined);
  }

  runInThisContext(options) {
    return runScript(this, undefined, options);
  }

  runInContext(contextifiedObject, options) {
    return runScript(this, contextOf(contextifiedObject), options);
  }

  runInNewContext(contextObject, options) {
    return this.runInContext(createContext(contextObject, contextOptions(options)), options);
  }
}

// On the prototype, but not among the class's own methods in Node.
Object.defineProperty(Script.prototype, 'createCachedData', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  value: function createCachedData() {
    return bufferOf(binding.cachedScript(this[kHandle]));
  },
});

function runScript(script, context, options = {}) {
  validateObject(options, 'options');
  const { breakOnSigint = false, displayErrors = true, timeout } = options;
  if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  const handle = script[kHandle];
  if (handle === undefined) throw new TypeError('Illegal invocation');
  return runGuarded(breakOnSigint, () => {
    try {
      return binding.runScript(handle, context?.handle, timeout ?? 0, breakOnSigint, context?.ownJobs === true);
    } catch (error) {
      return throwDecorated(error, displayErrors);
    }
  });
}

// What the runInNewContext functions say of the context among their own options.
function contextOptions(options) {
  if (options === undefined || options === null) return {};
  if (typeof options === 'string') return {};
  const { contextName, contextOrigin, contextCodeGeneration, microtaskMode } = options;
  if (contextName !== undefined) validateString(contextName, 'options.contextName');
  if (contextOrigin !== undefined) validateString(contextOrigin, 'options.contextOrigin');
  if (contextCodeGeneration !== undefined) {
    validateObject(contextCodeGeneration, 'options.contextCodeGeneration');
    const { strings, wasm } = contextCodeGeneration;
    if (strings !== undefined) validateBoolean(strings, 'options.contextCodeGeneration.strings');
    if (wasm !== undefined) validateBoolean(wasm, 'options.contextCodeGeneration.wasm');
  }
  const result = { name: contextName, origin: contextOrigin, microtaskMode };
  if (contextCodeGeneration !== undefined) result.codeGeneration = contextCodeGeneration;
  return result;
}

let nextContext = 1;

function createContext(contextObject = {}, options = {}) {
  const isPlain = contextObject === constants.DONT_CONTEXTIFY;
  if (!isPlain) {
    validateObject(contextObject, 'object', kValidateObjectAllowObjects);
    if (isContext(contextObject)) return contextObject;
  }
  validateObject(options, 'options');
  const { name = `VM Context ${nextContext++}`, origin, codeGeneration, microtaskMode, importModuleDynamically } =
    options;
  validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  let strings = true;
  let wasm = true;
  if (codeGeneration !== undefined) {
    validateObject(codeGeneration, 'options.codeGeneration');
    ({ strings = true, wasm = true } = codeGeneration);
    validateBoolean(strings, 'options.codeGeneration.strings');
    validateBoolean(wasm, 'options.codeGeneration.wasm');
  }
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  dynamicImportHost(importModuleDynamically, undefined, 'options.importModuleDynamically');
  return makeContext(isPlain ? undefined : contextObject, { strings, wasm, name,
                                                            ownJobs: microtaskMode === 'afterEvaluate' });
}

function createScript(code, options) {
  return new Script(code, options);
}

function runInContext(code, contextifiedObject, options) {
  contextOf(contextifiedObject);
  if (typeof options === 'string') options = { filename: options };
  return createScript(code, options).runInContext(contextifiedObject, options);
}

function runInNewContext(code, contextObject, options) {
  if (typeof options === 'string') options = { filename: options };
  const context = createContext(contextObject, contextOptions(options));
  return createScript(code, options).runInContext(context, options);
}

function runInThisContext(code, options) {
  if (typeof options === 'string') options = { filename: options };
  return createScript(code, options).runInThisContext(options);
}

function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  validateObject(options, 'options');
  if (params !== undefined) validateStringArray(params, 'params');
  const { filename = '', columnOffset = 0, lineOffset = 0, cachedData, produceCachedData = false, parsingContext,
          contextExtensions = [], importModuleDynamically } = options;
  validateString(filename, 'options.filename');
  validateInt32(columnOffset, 'options.columnOffset');
  validateInt32(lineOffset, 'options.lineOffset');
  if (cachedData !== undefined && !isBufferView(cachedData)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
  validateBoolean(produceCachedData, 'options.produceCachedData');
  let context;
  if (parsingContext !== undefined) {
    if (parsingContext === null || typeof parsingContext !== 'object' || !isContext(parsingContext)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
    }
    context = contextOf(parsingContext);
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  for (let k = 0; k < contextExtensions.length; k++) {
    validateObject(contextExtensions[k], `options.contextExtensions[${k}]`, kValidateObjectAllowObjects);
  }
  if (contextExtensions.length > 0) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('vm.compileFunction() with contextExtensions');
  }
  const host = dynamicImportHost(importModuleDynamically, filename, 'options.importModuleDynamically');
  const cache = cacheOf(cachedData);
  let fn;
  try {
    fn = binding.compileFunction(code, filename, lineOffset, columnOffset, host.value, context?.handle, params ?? [],
                                 cache);
  } catch (error) {
    throwDecorated(error, true);
  }
  host.bind(fn);
  noteCachedData(fn, cache, produceCachedData ? () => internalBinding('code_cache').serialise(fn) : undefined);
  return fn;
}

function measureMemory(options = {}) {
  const { emitExperimentalWarning } = require('internal/util');
  emitExperimentalWarning('vm.measureMemory');
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', ['summary', 'detailed']);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  return new Promise((resolve) => {
    const measure = () => {
      if (execution === 'eager') internalBinding('process').gc();
      // All realms share one heap: what is used is known, whose it is is not.
      const used = process.memoryUsage().heapUsed;
      const each = () => ({ jsMemoryEstimate: used, jsMemoryRange: [used, used] });
      resolve(mode === 'summary' ? { total: each() } : { total: each(), current: each(), other: [] });
    };
    setTimeout(measure, 0);
  });
}

module.exports = {
  Script,
  createContext,
  createScript,
  runInContext,
  runInNewContext,
  runInThisContext,
  isContext,
  compileFunction,
  measureMemory,
  constants,
};

if (require('internal/options').getOptionValue('--experimental-vm-modules')) {
  const { Module, SourceTextModule, SyntheticModule } = require('internal/vm/module');
  Object.assign(module.exports, { Module, SourceTextModule, SyntheticModule });
}
