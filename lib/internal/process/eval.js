// SPDX-License-Identifier: MIT
'use strict';

// Programs without a file: -e, -p and standard input. They run as a sloppy script in the global scope, with `require`,
// `module`, `exports`, `__filename` and `__dirname` as globals; source that only parses as an ES module runs as one.

const path = require('path');
const { Module } = require('internal/modules/cjs/loader');
const { afterImports, installImport, startLoaders, track } = require('internal/modules/run_main');
const { getOptionValue } = require('internal/options');

function evalProgram(source, name, print, isModule = undefined) {
  Module._initPaths();
  installImport();
  Module._preloadModules(getOptionValue('--require'));
  startLoaders();
  afterImports(() => runProgram(source, name, print, isModule));
}

// CommonJS, or an ES module, or one of them with types to take out. What is none of these is left as it is, for the error
// that running it gives.
function detect(source, name) {
  const { compileFunctionForCJSLoader } = internalBinding('contextify');
  const typeOf = (text) => (compileFunctionForCJSLoader(text, name, true).canParseAsESM ? 'module' : 'commonjs');
  try {
    return { source, inputType: typeOf(source) };
  } catch (error) {
    if (error instanceof SyntaxError && process.features.typescript) {
      try {
        const stripped = require('internal/modules/typescript').stripModule(source, name);
        return { source: stripped, inputType: typeOf(stripped) };
      } catch {
        // It was not TypeScript either.
      }
    }
    return { source, inputType: 'commonjs' };
  }
}

function runProgram(source, name, print, isModule) {
  const cwd = require('internal/process/per_thread').tryCwd();
  const contextify = internalBinding('contextify');
  let inputType = isModule ? 'module' : getOptionValue('--input-type');
  if (inputType === 'module-typescript' || inputType === 'commonjs-typescript') {
    source = require('internal/modules/typescript').stripModule(source, name);
    inputType = inputType.slice(0, -11);
  } else if (!inputType) {
    ({ source, inputType } = detect(source, name));
  }
  if (inputType === 'module') {
    if (print) {
      const { ERR_EVAL_ESM_CANNOT_PRINT } = require('internal/errors').codes;
      throw new ERR_EVAL_ESM_CANNOT_PRINT();
    }
    const { pathToFileURL } = require('internal/url');
    const { evalEsm } = require('internal/modules/esm/loader');
    track(() => evalEsm(source, `${pathToFileURL(`${cwd}/`).href}${name.replace(']', '1]')}`));
    return;
  }
  const module = new Module(name);
  module.filename = path.join(cwd, name);
  module.paths = Module._nodeModulePaths(cwd);
  const require_ = Module.createRequire(module.filename);
  const boundRequire = Object.defineProperties((id) => module.require(id), Object.getOwnPropertyDescriptors(require_));
  const values = { exports: module.exports, require: boundRequire, module, __filename: name, __dirname: '.' };
  for (const key of Object.keys(values)) {
    Object.defineProperty(globalThis, key, {
      __proto__: null, value: values[key], writable: true, enumerable: true, configurable: true,
    });
  }
  const { BuiltinModule } = require('internal/bootstrap/realm');
  // In programs of this kind the builtin modules are globals too; `crypto` is the module, not the web's object.
  for (const id of BuiltinModule.getAllBuiltinModuleIds()) {
    if (id.startsWith('_') || id.includes('/') || id.includes(':') || (id in globalThis && id !== 'crypto')) {
      continue;
    }
    Object.defineProperty(globalThis, id, {
      __proto__: null,
      configurable: true,
      enumerable: false,
      get() {
        const value = BuiltinModule.requireForUsers(id);
        Object.defineProperty(globalThis, id, {
          __proto__: null, value, writable: true, enumerable: false, configurable: true,
        });
        return value;
      },
      set(value) {
        Object.defineProperty(globalThis, id, {
          __proto__: null, value, writable: true, enumerable: true, configurable: true,
        });
      },
    });
  }
  const result = contextify.compileScript(source, name)();
  if (print) {
    printResult(result);
  }
}

function printResult(result) {
  const { log } = require('console');
  if (!require('internal/util/types').isPromise(result)) {
    log(result);
    return;
  }
  // Once it is settled; at the end it is shown as it is.
  const show = () => {
    process.removeListener('exit', show);
    log(result);
  };
  process.on('exit', show);
  Promise.prototype.then.call(result, show, (error) => {
    show();
    throw error;
  });
}

module.exports = { evalProgram };
