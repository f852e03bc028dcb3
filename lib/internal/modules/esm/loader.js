// SPDX-License-Identifier: MIT
'use strict';

// ES modules: from a URL to an engine record, its graph loaded and linked; import(), require() of ES modules and
// import.meta. What a module is stands in formats.js, modules that are no ES source in records.js.
//
// A graph is loaded by one generator, walk(). It reads files itself; only where a hook on the hooks' thread must be asked
// it yields the question. require() answers at once (the thread is waited for), import() in its own time.

const path = require('path');
const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes } = require('internal/errors');
const { fileURLToPath, pathToFileURL } = require('internal/url');
const packages = require('internal/modules/package');
const { resolve } = require('internal/modules/esm/resolve');
const { checkAttributes, defaultLoad, detect, formatOf, guessFormat, isTypeScript, knownFormats, sourceOf, stripped } =
  require('internal/modules/esm/formats');
const { builtinEntry, commonjsRecord, jsonRecord, markedNamespace, mockEntry, syncBuiltinExports } =
  require('internal/modules/esm/records');
const cjs = require('internal/modules/cjs/loader');
const { compile, setImportModuleDynamicallyCallback, setInitializeImportMetaObjectCallback } =
  internalBinding('module_wrap');

// Statuses of a record.
const kLinked = 2;
const kEvaluated = 4;
const kErrored = 5;

// Phases of an import.
const kSource = 1;
const kDefer = 2;

// 'type\0url', with a mark of source phase imports -> { record, url, format, requests, dependencies, isLinked, isDetected, linking }
const cache = new Map();

let mainUrl;

// Hooks. Those of module.registerHooks() run in this thread, those of module.register() and --experimental-loader
// elsewhere: asyncHooks has resolve, load (promises), resolveSync and loadSync.

let hooksModule;
let asyncHooks;

function hooks() {
  return hooksModule ??= BuiltinModule.isLoaded('internal/modules/hooks') ? require('internal/modules/hooks') : undefined;
}

function useAsyncHooks(given) {
  asyncHooks = given;
}

// 'parent\0specifier' -> URL: what was found once is found for good, whatever happens to the file.
const resolved = new Map();

function defaultResolve(specifier, parentUrl, conditions, isMain) {
  const key = `${parentUrl}\0${specifier}`;
  let url = resolved.get(key);
  if (url === undefined) {
    url = resolve(specifier, parentUrl, conditions, isMain);
    resolved.set(key, url);
  }
  return url;
}

function conditionsOf({ conditions }) {
  return conditions === undefined ? undefined : new Set(conditions);
}

// { url, format, importAttributes }; format is for load hooks. A mocked module's URL leads to its mock.
function* resolveRequest(specifier, parentUrl, attributes, isMain = false) {
  const found = yield* resolveOriginal(specifier, parentUrl, attributes, isMain);
  const { mocks } = cjs.tracing;
  return mocks === undefined ? found : { ...found, url: mocks.redirected(found.url) };
}

// Yields only what asyncHooks must answer.
function* resolveOriginal(specifier, parentUrl, attributes, isMain) {
  const here = hooks();
  if (here?.hasResolveHooks()) {
    return here.resolveWithHooks(specifier, parentUrl, attributes, [...packages.conditionsForImport()], (wanted, context) => {
      if (asyncHooks !== undefined) {
        return asyncHooks.resolveSync(wanted, context.parentURL, context.importAttributes);
      }
      const url = resolve(wanted, context.parentURL, conditionsOf(context), isMain);
      // With the scheme written out a built-in's format is not told, as in Node.
      return { url, format: wanted.startsWith('node:') ? undefined : guessFormat(url) };
    });
  }
  if (asyncHooks !== undefined) {
    const found = yield { kind: 'resolve', args: [specifier, parentUrl, attributes] };
    return { importAttributes: attributes, ...found };
  }
  const url = defaultResolve(specifier, parentUrl, undefined, isMain);
  return { url, format: here === undefined ? undefined : guessFormat(url), importAttributes: attributes };
}

// What load hooks say of a URL; undefined without hooks.
function* loadHooked(url, format, attributes) {
  const here = hooks();
  let loaded;
  if (here?.hasLoadHooks()) {
    loaded = here.loadWithHooks(url, format, attributes, [...packages.conditionsForImport()], (wanted, context) => (
      asyncHooks !== undefined ? asyncHooks.loadSync(wanted, context) : defaultLoad(wanted, context)
    ));
  } else if (asyncHooks !== undefined) {
    loaded = yield { kind: 'load', args: [url, { format, importAttributes: attributes }] };
  } else {
    return undefined;
  }
  const source = loaded.source === null || loaded.source === undefined ? undefined :
    loaded.format === 'wasm' ? loaded.source : require('internal/modules/hooks').textOf(loaded.source);
  return { format: loaded.format ?? (source === undefined ? undefined : detect(url, source)), source, isHooked: true };
}

// Answers a generator's questions at once.
function answerNow(generator) {
  let step = generator.next();
  while (!step.done) {
    const { kind, args } = step.value;
    let answer;
    try {
      answer = asyncHooks[`${kind}Sync`](...args);
    } catch (error) {
      step = generator.throw(error);
      continue;
    }
    step = generator.next(answer);
  }
  return step.value;
}

// The same in their own time. Without questions it is done when it returns.
async function answerLater(generator) {
  let step = generator.next();
  while (!step.done) {
    const { kind, args } = step.value;
    let answer;
    try {
      answer = await (kind === 'load' ? loadOnce(...args) : asyncHooks[kind](...args));
    } catch (error) {
      step = generator.throw(error);
      continue;
    }
    step = generator.next(answer);
  }
  return step.value;
}

// Loads that have been asked for and not answered, by the cache's keys.
const loads = new Map();

function loadOnce(url, context) {
  const key = keyOf(url, context.importAttributes);
  let asked = loads.get(key);
  if (asked === undefined) {
    asked = asyncHooks.load(url, context).finally(() => loads.delete(key));
    loads.set(key, asked);
  }
  return asked;
}

// Loading

function keyOf(url, attributes, phase) {
  const type = Object.hasOwn(attributes, 'type') ? attributes.type : '';
  return `${type}\0${phase === kSource ? '\0' : ''}${url}`;
}

// Walks that have begun and not ended: the graphs they share are linked when all of them are done.
let walking = 0;

// The entry of `url`, loaded with all that it imports. What was put into the cache by a walk that fails is taken out again.
function* walk(url, attributes, given, phase) {
  const added = [];
  const queue = [];
  walking++;
  try {
    const root = yield* entryOf(url, attributes, given, added, queue, phase);
    for (let k = 0; k < queue.length; k++) {
      const entry = queue[k];
      for (const { specifier, attributes: wanted, phase: how } of entry.requests) {
        const found = yield* resolveRequest(specifier, entry.url, wanted);
        entry.dependencies.push(yield* entryOf(found.url, found.importAttributes, found, added, queue, how));
      }
      entry.record.link(entry.dependencies.map((each) => each.record));
      entry.isLinked = true;
      entry.linking?.resolve();
    }
    return root;
  } catch (error) {
    for (const key of added) {
      const entry = cache.get(key);
      entry?.linking?.reject(error);
      cache.delete(key);
    }
    throw error;
  } finally {
    walking--;
  }
}

// `specifier` as seen from `parentUrl`, loaded.
function* walkFrom(specifier, parentUrl, attributes, isMain, phase) {
  const found = yield* resolveRequest(specifier, parentUrl, attributes, isMain);
  if (isMain) {
    mainUrl = found.url;
  }
  return yield* walk(found.url, found.importAttributes, found, phase);
}

function* entryOf(url, attributes, given, added, queue, phase) {
  const key = keyOf(url, attributes, phase);
  let known = cache.get(key);
  if (known !== undefined) {
    return known;
  }
  const mock = cjs.tracing.mocks?.synthetic(url);
  if (mock !== undefined) {
    checkAttributes(mock.url, mock.format, attributes);
    known = mockEntry(url, mock);
    cache.set(key, known);
    return known;
  }
  let { format, source } = given;
  let isHooked = false;
  if (source === undefined) {
    const loaded = yield* loadHooked(url, format, attributes);
    known = cache.get(key); // somebody else was faster
    if (known !== undefined) {
      return known;
    }
    if (loaded !== undefined) {
      ({ format, source, isHooked } = loaded);
    }
  }
  cjs.tracing.loads?.imported(url);
  format ??= formatOf(url);
  if (format !== 'detect' && !knownFormats.has(format)) {
    throw new codes.ERR_UNKNOWN_MODULE_FORMAT(format, url);
  }
  if (!isHooked) {
    checkAttributes(url, format, attributes); // hooks may have answered to others
  }
  if (phase === kSource && format !== 'wasm') {
    throw new codes.ERR_SOURCE_PHASE_NOT_DEFINED(url);
  }
  if (format === 'builtin') {
    return builtinEntry(url.slice(5));
  }
  if (format === 'addon') {
    format = 'commonjs';
  }
  let isDetected = false;
  if (isTypeScript(format)) {
    ({ source, format } = stripped(url, source, format));
  }
  if (format === 'detect') {
    source ??= sourceOf(url);
    format = detect(url, source);
    isDetected = format === 'module';
    if (isDetected) {
      packages.warnTypeless(fileURLToPath(url), url);
    }
    if (format === 'commonjs') {
      source = undefined; // CommonJS reads it again
    }
  }
  const entry = { record: undefined, url, format, requests: [], dependencies: [], isLinked: false, isDetected,
                  linking: undefined };
  if (format === 'module') {
    entry.record = compileModule(source ?? sourceOf(url), url);
    entry.requests = entry.record.getRequests();
    queue.push(entry);
  } else if (format === 'wasm') {
    const { instanceRecord, sourceRecord } = require('internal/modules/esm/wasm');
    if (phase === kSource) {
      entry.record = sourceRecord(url, source);
      entry.isLinked = true;
    } else {
      Object.assign(entry, instanceRecord(url, source));
      queue.push(entry);
    }
  } else {
    entry.record = format === 'json' ? jsonRecord(url, source) : commonjsRecord({
      url,
      source: isHooked ? source : undefined,
      isMain: url === mainUrl,
      isHooked: hooks() !== undefined,
      require_: asyncHooks === undefined || !isHooked ? undefined : hookedRequire(url),
    });
    entry.isLinked = true;
  }
  cache.set(key, entry);
  added.push(key);
  return entry;
}

function compileModule(source, url) {
  const codeCache = cjs.codeCache();
  return codeCache === undefined ? compile(source, url) :
    codeCache.compileEsm(url, (given) => compile(source, url, url, undefined, 0, 0, given));
}

// Entries of the graph that another walk has not linked yet.
function unlinkedOf(entry, found = new Set(), seen = new Set()) {
  const open = [entry];
  while (open.length > 0) {
    const each = open.pop();
    if (seen.has(each)) {
      continue;
    }
    seen.add(each);
    if (!each.isLinked) {
      found.add(each);
    }
    open.push(...each.dependencies);
  }
  return found;
}

async function waitForOthers(entry) {
  for (;;) {
    const open = walking > 0 ? unlinkedOf(entry) : [];
    if (open.size === 0 || open.length === 0) {
      return;
    }
    for (const each of open) {
      each.linking ??= Promise.withResolvers();
      await each.linking.promise;
    }
  }
}

// Linking and running

function instantiate(entry) {
  if (entry.record.getStatus() >= kLinked) {
    return;
  }
  try {
    entry.record.instantiate();
  } catch (error) {
    throw require('internal/modules/esm/explain').explainMissingName(entry, error);
  }
}

// error: what a module threw. The words are added to it, and it is thrown on as it is.
function explained(error, entry) {
  return error instanceof ReferenceError ?
    require('internal/modules/esm/explain').explainMissingGlobal(error, entry) : error;
}

// phase: the source of a module is the record's alone; the namespace of import.defer() evaluates the module when it is
// looked into.
async function run(entry, phase) {
  if (phase === kSource) {
    return entry.record.getSource();
  }
  if (walking > 0) {
    await waitForOthers(entry);
  }
  instantiate(entry);
  if (phase === kDefer) {
    return entry.record.importDeferred();
  }
  try {
    await entry.record.evaluate();
  } catch (error) {
    throw explained(error, entry);
  }
  return entry.record.getNamespace();
}

// What import() and the main module do with what a generator loads.
async function runLoaded(generator, phase) {
  return run(asyncHooks === undefined ? answerNow(generator) : await answerLater(generator), phase);
}

async function importUrl(url, attributes) {
  return runLoaded(walk(url, attributes, {}));
}

// import(specifier), import.source(specifier) or import.defer(specifier), from the file or URL `referrer`.
async function importDynamically(specifier, attributes, referrer, phase) {
  if (typeof referrer === 'object' && referrer !== null) {
    return require('internal/vm/context').importForVm(specifier, attributes, referrer, phase);
  }
  let parentUrl = referrer;
  if (parentUrl !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(parentUrl)) {
    // '[eval]' and its kind are files of the current folder, as far as resolution goes.
    parentUrl = pathToFileURL(path.resolve(parentUrl)).href;
  }
  parentUrl ??= pathToFileURL(`${process.cwd()}/`).href;
  const run = () => runLoaded(walkFrom(specifier, parentUrl, attributes ?? {}, false, phase), phase);
  const { moduleImport } = cjs.tracing;
  if (moduleImport?.hasSubscribers) return moduleImport.tracePromise(run, { parentURL: parentUrl, url: specifier });
  return run();
}

// import() itself.
async function importFromCode(specifier, attributes, referrer, phase) {
  if (referrer === undefined) {
    throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING(); // nobody's code: an eval() that a job called
  }
  return importDynamically(specifier, attributes, referrer, phase);
}

// require() of an ES module.
function requireEsm(module, filename, source, parent) {
  const url = module[cjs.kURL] ?? pathToFileURL(filename).href;
  module[cjs.kURL] = url;
  module[cjs.kFormat] = 'module';
  const text = source.startsWith('#!') ? `//${source}` : source;
  const entry = answerNow(walk(url, {}, { format: 'module', source: text }));
  return runNow(entry, filename, parent);
}

// Runs a graph without waiting for anything; it must not wait itself.
function runNow(entry, filename, parent) {
  const { record } = entry;
  if (walking > 0 && unlinkedOf(entry).size > 0) {
    throw new codes.ERR_REQUIRE_ESM_RACE_CONDITION(filename, parent?.filename);
  }
  instantiate(entry);
  const status = record.getStatus();
  if (status === kErrored) {
    throw record.getError();
  }
  if (status < kEvaluated) {
    if (status > kLinked) {
      let message = `Cannot require() ES Module ${filename} in a cycle.`;
      if (parent?.filename) {
        message += ` (from ${parent.filename})`;
      }
      message += ' A cycle involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript ' +
        'specification. Try making at least part of the dependency in the graph lazily loaded.';
      throw new codes.ERR_REQUIRE_CYCLE_MODULE(message);
    }
    if (record.isGraphAsync()) {
      throw new codes.ERR_REQUIRE_ASYNC_MODULE(filename, parent, requireStackOf(parent));
    }
    // Nothing in the graph waits: it has run when evaluate() returns, well or not.
    record.evaluate().catch(() => {});
    if (record.getStatus() === kErrored) {
      throw explained(record.getError(), entry);
    }
  } else if (record.isGraphAsync()) {
    throw new codes.ERR_REQUIRE_ASYNC_MODULE(filename, parent, requireStackOf(parent));
  }
  return record.getNamespace();
}

function requireStackOf(parent) {
  const stack = [];
  for (let cursor = parent; cursor; cursor = cjs.parents.get(cursor)) {
    stack.push(cursor.filename || cursor.id);
  }
  return stack;
}

// The require() of a CommonJS module that a hook on the hooks' thread gave the source of: its requests go there too.
function hookedRequire(url) {
  const resolveUrl = (specifier) => (
    answerNow(resolveRequest(path.isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier, url, {}))
  );
  return {
    load(specifier) {
      const found = resolveUrl(specifier);
      const attributes = found.format === 'json' || found.url.endsWith('.json') ? { type: 'json' } : {};
      const entry = answerNow(walk(found.url, attributes, found));
      if (entry.format === 'builtin') {
        return entry.builtin.exports;
      }
      const namespace = runNow(entry, found.url.startsWith('file:') ? fileURLToPath(found.url) : found.url, undefined);
      if (entry.format === 'module') {
        return cjs.requiredNamespace(namespace);
      }
      return namespace.default;
    },
    resolve(specifier) {
      const { url: found } = resolveUrl(specifier);
      return found.startsWith('file:') ? fileURLToPath(found) : found;
    },
  };
}

function initializeImportMeta(meta, url) {
  if (typeof url === 'object' && url !== null) {
    require('internal/vm/context').initializeImportMeta(meta, url);
    return;
  }
  if (url.startsWith('file:')) {
    const filename = fileURLToPath(url);
    meta.dirname = path.dirname(filename);
    meta.filename = filename;
  }
  meta.main = url === mainUrl;
  // The hooks' own thread cannot wait for itself.
  if (asyncHooks === undefined || asyncHooks.resolveSync !== undefined) {
    meta.resolve = makeResolve(url);
  }
  meta.url = url;
}

function makeResolve(url) {
  return { resolve(specifier, parentURL) {
    const hasParent = parentURL !== undefined &&
      require('internal/options').getOptionValue('--experimental-import-meta-resolve');
    if (hasParent && !require('internal/url').isURL(parentURL)) {
      require('internal/validators').validateString(parentURL, 'parentURL');
    }
    const base = hasParent ? `${parentURL}` : url;
    try {
      return answerNow(resolveRequest(`${specifier}`, base, {})).url;
    } catch (error) {
      // A missing file is not this function's business: it answers the URL all the same.
      if ((error?.code === 'ERR_MODULE_NOT_FOUND' || error?.code === 'ERR_UNSUPPORTED_DIR_IMPORT') && error.url) {
        return error.url;
      }
      throw error;
    }
  } }.resolve;
}

// The program's entry as an ES module.
async function importMain(url) {
  mainUrl = url;
  return runLoaded(walkFrom(url, undefined, {}, true));
}

// Where the entry's graph waits, while it is not done.
function mainStalledAt() {
  return cache.get(keyOf(mainUrl, {}))?.record.stalledAt();
}

// Source text without a file of its own (-e, standard input) as an ES module.
async function evalEsm(source, url) {
  mainUrl = url;
  return runLoaded(walk(url, {}, { format: 'module', source }));
}

setImportModuleDynamicallyCallback(importFromCode);
setInitializeImportMetaObjectCallback(initializeImportMeta);

module.exports = { evalEsm, importDynamically, importFromCode, importMain, importUrl, mainStalledAt, markedNamespace,
                   requireEsm, syncBuiltinExports, useAsyncHooks };
