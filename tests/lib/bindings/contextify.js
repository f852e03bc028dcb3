// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for compiling scripts and CommonJS functions.

const vm = require('vm');
const moduleWrap = require('./module_wrap');

const params = ['exports', 'require', 'module', '__filename', '__dirname'];

function parsesAsModule(source, filename) {
  try {
    new vm.SourceTextModule(source, { identifier: filename });
    return true;
  } catch {
    return false;
  }
}

function compileFunction(source, filename) {
  return vm.compileFunction(source, params, {
    filename,
    importModuleDynamically: (specifier, fn, attributes) => moduleWrap.importFrom(filename, specifier, attributes),
  });
}

module.exports = {
  compileFunctionForCJSLoader(source, filename, mayBeModule) {
    try {
      return { function: compileFunction(source, filename), canParseAsESM: false, sourceMapURL: undefined };
    } catch (error) {
      if (mayBeModule && error instanceof SyntaxError && parsesAsModule(source, filename)) {
        return { function: undefined, canParseAsESM: true, sourceMapURL: undefined };
      }
      throw error;
    }
  },
  containsModuleSyntax(source, filename) {
    try {
      compileFunction(source, filename);
      return false;
    } catch {
      return parsesAsModule(source, filename);
    }
  },
  compileScript(source, filename) {
    const script = new vm.Script(source, {
      filename,
      importModuleDynamically: (specifier, fn, attributes) => moduleWrap.importFrom(filename, specifier, attributes),
    });
    return () => script.runInThisContext();
  },
};
