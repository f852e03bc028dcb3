// SPDX-License-Identifier: MIT
'use strict';

// Running the program's file.

const path = require('path');
const { codes } = require('internal/errors');
const { Module, formatOfJs } = require('internal/modules/cjs/loader');

function resolveMain(main) {
  const absolute = path.resolve(main);
  const found = Module._findPath(absolute, null, true);
  return found || undefined;
}

function executeUserEntryPoint(main = process.argv[1]) {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--entry-url')) {
    runEntryUrl(main);
    return;
  }
  const resolved = resolveMain(main);
  if (getOptionValue('--experimental-loader').length > 0 || getOptionValue('--import').length > 0) {
    // Hooks may make anything of it.
    const { pathToFileURL } = require('internal/url');
    const { importMain } = require('internal/modules/esm/loader');
    track(() => importMain(resolved === undefined && !require('path').isAbsolute(main) ? main :
      pathToFileURL(resolved ?? main).href));
    return;
  }
  if (resolved !== undefined && (formatOfJs(resolved)?.startsWith('module') || isModuleByName(resolved))) {
    runMainEsm(resolved);
    return;
  }
  // Where nothing was found, _load words the error.
  Module._load(resolved ?? path.resolve(main), null, true);
}

// WebAssembly, and files without extension where packages say so: the loader looks into them.
function isModuleByName(filename) {
  const extension = path.extname(filename);
  return extension === '.wasm' ||
    (extension === '' && require('internal/modules/package').typeOf(filename) === 'module');
}

function runMainEsm(filename) {
  if (require('internal/options').getOptionValue('--input-type')) {
    throw new codes.ERR_INPUT_TYPE_NOT_ALLOWED();
  }
  const { pathToFileURL } = require('internal/url');
  const { importMain } = require('internal/modules/esm/loader');
  track(() => importMain(pathToFileURL(filename).href));
}

// --entry-url: a URL, absolute or relative to the current folder.
function runEntryUrl(text) {
  require('internal/util').emitExperimentalWarning('--entry-url');
  const { URL, pathToFileURL } = require('internal/url');
  const { importMain } = require('internal/modules/esm/loader');
  const base = pathToFileURL(`${require('internal/process/per_thread').tryCwd()}/`);
  track(() => importMain(new URL(text, base).href));
}

// The process ends with code 13 when the loop runs dry before the main module has finished.
let unsettled = 0;

function track(run) {
  unsettled++;
  require('internal/async_context').hooks.beforeExit = tellOfStall;
  run().then(() => {
    unsettled--;
  }, (error) => {
    unsettled--;
    internalBinding('errors').triggerUncaughtException(error, true);
  });
}

function tellOfStall() {
  if (unsettled > 0) {
    process.exitCode ??= 13;
    if (process.exitCode === 13 && !require('internal/options').getOptionValue('--no-warnings')) {
      process._rawDebug(describeStall());
    }
  }
}

function describeStall() {
  const text = 'Warning: Detected unsettled top-level await';
  const at = require('internal/modules/esm/loader').mainStalledAt();
  return at?.sourceLine === undefined ? text :
    `${text} at ${at.url}:${at.line}\n${at.sourceLine}\n${' '.repeat(at.column)}^\n\n\n`;
}

// The loader behind import() is made when the first import() runs.
function installImport() {
  const binding = internalBinding('module_wrap');
  binding.setImportModuleDynamicallyCallback((specifier, attributes, referrer, phase) => (
    require('internal/modules/esm/loader').importFromCode(specifier, attributes, referrer, phase)
  ));
}

// --experimental-loader: hooks on a thread of their own.
function startLoaders() {
  const specifiers = require('internal/options').getOptionValue('--experimental-loader');
  if (specifiers.length > 0) {
    require('internal/modules/esm/hooks_client').startLoaders(specifiers);
  }
}

// --import: ES modules that are evaluated, one after the other, before `run` starts the program.
function afterImports(run) {
  if (require('internal/options').getOptionValue('--frozen-intrinsics')) {
    require('internal/freeze_intrinsics').freezeIntrinsics();
  }
  const specifiers = require('internal/options').getOptionValue('--import');
  if (specifiers.length === 0) {
    run();
    return;
  }
  const { importDynamically } = require('internal/modules/esm/loader');
  track(async () => {
    for (const specifier of specifiers) {
      await importDynamically(specifier, {}, undefined);
    }
    run();
  });
}

module.exports = { afterImports, executeUserEntryPoint, installImport, runMainEsm, startLoaders, track };
