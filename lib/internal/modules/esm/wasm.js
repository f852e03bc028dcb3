// SPDX-License-Identifier: MIT
'use strict';

// WebAssembly modules as ES modules (https://webassembly.github.io/esm-integration/js-api/): the module object for source
// phase imports; and for the others a module of generated text that imports what the WebAssembly module imports, makes an
// instance of it and exports its exports.

const fs = require('fs');
const { fileURLToPath } = require('internal/url');
const { checkScheme } = require('internal/modules/esm/formats');
const { compile, createSynthetic } = internalBinding('module_wrap');

// URL -> WebAssembly.Module: both phases give the same one.
const modules = new Map();

// Strings of JavaScript are there without being asked for.
const options = { builtins: ['js-string'], importedStringConstants: 'wasm:js/string-constants' };

// Namespaces of WebAssembly modules -> the exports of their instances, where globals are still globals.
const exportsOf = new WeakMap();

function readBytes(url) {
  if (url.startsWith('data:')) {
    const comma = url.indexOf(',');
    const body = decodeURIComponent(url.slice(comma + 1));
    return require('buffer').Buffer.from(body, /;base64$/i.test(url.slice(0, comma)) ? 'base64' : 'latin1');
  }
  checkScheme(url);
  return fs.readFileSync(fileURLToPath(url));
}

function moduleOf(url, source) {
  let module = modules.get(url);
  if (module === undefined) {
    try {
      module = new WebAssembly.Module(source ?? readBytes(url), options);
    } catch (error) {
      if (error instanceof WebAssembly.CompileError) {
        error.message = `${url.startsWith('file:') ? fileURLToPath(url) : url}: ${error.message}`;
      }
      throw error;
    }
    modules.set(url, module);
  }
  return module;
}

function checkName(name, kind, url) {
  if (name.startsWith('wasm-js:') || (name.startsWith('wasm:') && kind !== 'import')) {
    throw new WebAssembly.LinkError(`Invalid Wasm ${kind} "${name}" in ${url}`);
  }
}

// --- records ---------------------------------------------------------------------------------------------------------

function sourceRecord(url, source) {
  const record = createSynthetic(url, [], undefined);
  record.setSource(moduleOf(url, source));
  return record;
}

function instantiate(module, specifiers, namespaces) {
  const importObject = { __proto__: null };
  specifiers.forEach((specifier, k) => {
    importObject[specifier] = exportsOf.get(namespaces[k]) ?? namespaces[k];
  });
  return new WebAssembly.Instance(module, importObject).exports;
}

// What a global holds stands for it; a vector cannot be read.
function exportedValue(value) {
  if (!(value instanceof WebAssembly.Global)) {
    return value;
  }
  try {
    return value.value;
  } catch {
    return undefined;
  }
}

let hasWarned = false;

// { record, requests }
function instanceRecord(url, source) {
  const module = moduleOf(url, source);
  const imports = WebAssembly.Module.imports(module);
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  for (const { module: from, name } of imports) {
    checkName(from, 'import', url);
    checkName(name, 'import name', url);
  }
  names.forEach((name) => checkName(name, 'export name', url));
  if (!hasWarned) {
    hasWarned = true;
    process.emitWarning('Importing WebAssembly module instances is an experimental feature and might change at any time',
                        'ExperimentalWarning');
  }
  const specifiers = [...new Set(imports.map(({ module: from }) => from))];
  const lines = [
    ...specifiers.map((specifier, k) => `import * as i${k} from ${JSON.stringify(specifier)};`),
    `const [${names.map((name, k) => `e${k}`)}] = import.meta.instantiate([${specifiers.map((_, k) => `i${k}`)}]);`,
    ...names.map((name, k) => `export { e${k} as ${JSON.stringify(name)} };`),
  ];
  const record = compile(lines.join('\n'), url, {
    initializeImportMeta(meta) {
      meta.instantiate = (namespaces) => {
        const exports = instantiate(module, specifiers, namespaces);
        exportsOf.set(record.getNamespace(), exports);
        return names.map((name) => exportedValue(exports[name]));
      };
    },
  });
  return { record, requests: record.getRequests() };
}

module.exports = { instanceRecord, readBytes, sourceRecord };
