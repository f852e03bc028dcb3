// SPDX-License-Identifier: MIT
'use strict';

// Main script: culm --check FILE. The program is compiled as what it would run as, and not run.

const { Module, formatOfJs, isWrapperChanged, readText } = require('internal/modules/cjs/loader');
const { getOptionValue } = require('internal/options');
const path = require('path');

require('internal/process/pre_execution').prepareMainThread();
Module._initPaths();

const fromStdin = process.argv[1] === undefined || process.argv[1] === '-';
Module._preloadModules(getOptionValue('--require'));
let filename;
if (fromStdin) {
  filename = '[stdin]';
} else {
  process.argv[1] = path.resolve(process.argv[1]);
  filename = Module._findPath(process.argv[1], null, true) || undefined;
  // Where nothing was found, _resolveFilename words the error.
  filename ??= Module._resolveFilename(process.argv[1], null, true);
}
let source = fromStdin ? internalBinding('fs').readFileUtf8(0, 0) : readText(filename);
if (source.startsWith('#!')) source = `//${source}`;

let format = fromStdin ? getOptionValue('--input-type') : formatOfJs(filename);
if (format?.endsWith('typescript')) {
  source = require('internal/modules/typescript').stripModule(source, filename);
  format = format === 'typescript' ? undefined : format.slice(0, -11);
}
const { compileFunctionForCJSLoader } = internalBinding('contextify');
const { afterImports, installImport } = require('internal/modules/run_main');
installImport();
afterImports(check);

function check() {
  if (isWrapperChanged()) {
    internalBinding('contextify').newScript(Module.wrap(source), filename, 0, 0, filename);
  } else if (format !== 'module') {
    const { canParseAsESM } = compileFunctionForCJSLoader(source, filename, format !== 'commonjs');
    if (canParseAsESM) compileModule();
  } else {
    compileModule();
  }
}

function compileModule() {
  const url = fromStdin ? filename : require('internal/url').pathToFileURL(filename).href;
  internalBinding('module_wrap').compile(source, url);
}
