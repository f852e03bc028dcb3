// SPDX-License-Identifier: MIT
'use strict';

// vm.Module and its two kinds, with --experimental-vm-modules: module records of the engine that the program links itself.

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { validateArray, validateFunction, validateInt32, validateObject, validateString, validateUint32, validateBoolean } =
  require('internal/validators');
const { bufferOf, cacheOf, contextOf, dynamicImportHost, isContext, isRejected, runGuarded, throwDecorated } =
  require('internal/vm/context');
const moduleWrap = internalBinding('module_wrap');
const { callGuarded } = internalBinding('contextify');
// It answers import() and import.meta.
require('internal/modules/esm/loader');

// Statuses of a record.
const kLinked = 2;
const kEvaluating = 3;
const kEvaluated = 4;
const kErrored = 5;
const statusNames = ['unlinked', 'linking', 'linked', 'evaluating', 'evaluated', 'errored'];

// The context whose promise jobs belong to the evaluation.
function ownJobsOf(object) {
  const context = object === undefined ? undefined : contextOf(object);
  return context?.ownJobs ? context.handle : undefined;
}

const kMake = Symbol('make');
let nextModule = 0;

class Module {
  #record;
  #context;
  #identifier;

  constructor(options) {
    if (new.target === Module) throw new TypeError('Module is not a constructor');
    const { identifier, context, make } = options[kMake];
    if (identifier !== undefined) validateString(identifier, 'options.identifier');
    let realm;
    if (context !== undefined) {
      validateObject(context, 'context');
      if (!isContext(context)) throw new codes.ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', context);
      realm = contextOf(context);
    }
    this.#context = context;
    this.#identifier = identifier ?? `vm:module(${nextModule++})`;
    try {
      this.#record = make(this.#identifier, realm?.handle, this);
    } catch (error) {
      throwDecorated(error, true);
    }
  }

  static record(module) {
    return module.#record;
  }

  static isModule(value) {
    return value !== null && typeof value === 'object' && #record in value;
  }

  static contextOf(module) {
    return module.#context;
  }

  get identifier() {
    return this.#identifier;
  }

  get context() {
    return this.#context;
  }

  get namespace() {
    if (this.#record.getStatus() < kLinked) throw new codes.ERR_VM_MODULE_STATUS('must not be unlinked or linking');
    return this.#record.getNamespace();
  }

  get status() {
    return statusNames[this.#record.getStatus()];
  }

  get error() {
    if (this.#record.getStatus() !== kErrored) throw new codes.ERR_VM_MODULE_STATUS('must be errored');
    return this.#record.getError();
  }

  async link(linker) {
    validateFunction(linker, 'linker');
    if (this.status === 'linked') throw new codes.ERR_VM_MODULE_ALREADY_LINKED();
    if (this.status !== 'unlinked') throw new codes.ERR_VM_MODULE_STATUS('must be unlinked');
    await linkOf(this, linker);
    this.#record.instantiate();
  }

  async evaluate(options = {}) {
    validateObject(options, 'options');
    const { timeout, breakOnSigint = false } = options;
    if (timeout !== undefined && timeout !== -1) validateUint32(timeout, 'options.timeout', true);
    validateBoolean(breakOnSigint, 'options.breakOnSigint');
    const status = this.#record.getStatus();
    if (status !== kLinked && status !== kEvaluated && status !== kErrored && status !== kEvaluating) {
      throw new codes.ERR_VM_MODULE_STATUS('must be one of linked, evaluated, or errored');
    }
    const run = () => this.#record.evaluate();
    await runGuarded(breakOnSigint, () => (
      callGuarded(run, timeout > 0 ? timeout : 0, breakOnSigint, ownJobsOf(this.#context))
    ));
  }

  [customInspectSymbol](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = { status: this.status, identifier: this.identifier, context: this.context };
    Object.setPrototypeOf(shown, Object.getPrototypeOf(this));
    Object.defineProperty(shown, customInspectSymbol, { __proto__: null, value: null, enumerable: false });
    return inspect(shown, { ...options, customInspect: false });
  }
}

const { record: recordOf, isModule } = Module;
delete Module.record;
delete Module.isModule;
const contextOfModule = Module.contextOf;
delete Module.contextOf;

// --- source text -----------------------------------------------------------------------------------------------------

// module -> Promise of its whole graph being linked; the modules it was linked to
const linking = new WeakMap();
const linkedTo = new WeakMap();

// Asks the linker for what the module imports, and links those in turn. Cycles end at a module already in hand.
async function linkOf(module, linker) {
  const record = recordOf(module);
  if (!(module instanceof SourceTextModule) || record.getStatus() >= kLinked) return;
  if (linking.has(module)) return;
  linking.set(module, true);
  const requests = record.getRequests();
  const modules = [];
  for (const { specifier, attributes } of requests) {
    const found = await linker(specifier, module, { attributes, assert: attributes });
    check(module, found, specifier);
    modules.push(found);
  }
  record.link(modules.map(recordOf));
  linkedTo.set(module, modules);
  for (const each of modules) {
    if (each.status === 'unlinked') await linkOf(each, linker);
  }
}

function check(module, found, specifier) {
  if (!isModule(found)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (contextOfModule(found) !== contextOfModule(module)) throw new codes.ERR_VM_MODULE_DIFFERENT_CONTEXT();
  if (found.status === 'errored') {
    throw new codes.ERR_VM_MODULE_LINK_FAILURE(`request for '${specifier}' resolved to an errored module`, found.error);
  }
}

class SourceTextModule extends Module {
  #requests;

  constructor(sourceText, options = {}) {
    validateString(sourceText, 'code');
    validateObject(options, 'options');
    const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, context, identifier,
            cachedData } = options;
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, 'options.initializeImportMeta');
    const host = dynamicImportHost(importModuleDynamically, 'vm:module', 'options.importModuleDynamically');
    if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
    }
    if (typeof host.value === 'object') host.value.initializeImportMeta = initializeImportMeta;
    const cache = cacheOf(cachedData);
    super({ [kMake]: {
      context,
      identifier,
      make: (url, realm, self) => {
        host.bind(self);
        return moduleWrap.compile(sourceText, url, host.value, realm, lineOffset, columnOffset, cache);
      },
    } });
    if (cache !== undefined && isRejected(cache)) throw new codes.ERR_VM_MODULE_CACHED_DATA_REJECTED();
  }

  get moduleRequests() {
    this.#requests ??= Object.freeze(recordOf(this).getRequests().map(({ specifier, attributes, phase }) => Object.freeze({
      __proto__: null, specifier, attributes: Object.freeze(attributes), phase: phase === 1 ? 'source' : 'evaluation',
    })));
    return this.#requests;
  }

  get dependencySpecifiers() {
    return Object.freeze(this.moduleRequests.map((each) => each.specifier));
  }

  get status() {
    return super.status;
  }

  get error() {
    return super.error;
  }

  linkRequests(modules) {
    validateArray(modules, 'modules');
    if (this.status !== 'unlinked') throw new codes.ERR_VM_MODULE_STATUS('must be unlinked');
    const requests = this.moduleRequests;
    if (modules.length !== requests.length) {
      throw new codes.ERR_MODULE_LINK_MISMATCH(`Expected ${requests.length} modules, got ${modules.length}`);
    }
    modules.forEach((each, k) => check(this, each, requests[k].specifier));
    recordOf(this).link(modules.map(recordOf));
    linkedTo.set(this, [...modules]);
  }

  instantiate() {
    if (this.status !== 'unlinked') throw new codes.ERR_VM_MODULE_STATUS('must be unlinked');
    recordOf(this).instantiate();
  }

  hasTopLevelAwait() {
    return recordOf(this).hasTopLevelAwait();
  }

  hasAsyncGraph() {
    if (recordOf(this).getStatus() < kLinked) {
      throw new codes.ERR_VM_MODULE_STATUS('must not be unlinked or linking');
    }
    const seen = new Set();
    const visit = (module) => {
      if (seen.has(module)) return false;
      seen.add(module);
      return (module instanceof SourceTextModule && module.hasTopLevelAwait()) ||
        (linkedTo.get(module) ?? []).some(visit);
    };
    return visit(this);
  }

  createCachedData() {
    const { status } = this;
    if (status === 'evaluating' || status === 'evaluated' || status === 'errored') {
      throw new codes.ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    }
    return bufferOf(internalBinding('code_cache').serialise(recordOf(this)));
  }
}

// --- synthetic -------------------------------------------------------------------------------------------------------

class SyntheticModule extends Module {
  constructor(exportNames, evaluateCallback, options = {}) {
    if (!Array.isArray(exportNames) || exportNames.some((each) => typeof each !== 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, k) => {
      if (exportNames.indexOf(name, k + 1) !== -1) {
        throw new codes.ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
      }
    });
    validateFunction(evaluateCallback, 'evaluateCallback');
    validateObject(options, 'options');
    const { context, identifier } = options;
    super({ [kMake]: {
      context,
      identifier,
      make: (url, realm, self) => moduleWrap.createSynthetic(url, exportNames,
                                                             () => Reflect.apply(evaluateCallback, self, []), realm),
    } });
    recordOf(this).instantiate();
  }

  link() {
    // Nothing is imported.
  }

  setExport(name, value) {
    validateString(name, 'name');
    if (recordOf(this).getStatus() < kLinked) throw new codes.ERR_VM_MODULE_STATUS('must be linked');
    recordOf(this).setExport(name, value);
  }
}

for (const [target, names] of [
  [Module.prototype, ['identifier', 'context', 'namespace', 'status', 'error', 'link', 'evaluate']],
  [SourceTextModule.prototype, ['dependencySpecifiers', 'status', 'error', 'moduleRequests']],
  [SyntheticModule.prototype, ['link', 'setExport']]]) {
  for (const name of names) Object.defineProperty(target, name, { __proto__: null, enumerable: true });
}

module.exports = { Module, SourceTextModule, SyntheticModule, isModule };
