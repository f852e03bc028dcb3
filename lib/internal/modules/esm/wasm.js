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
      module = new WebAssembly.Module(source ?? readBytes(url));
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

// --- https://github.com/WebAssembly/js-string-builtins ---------------------------------------------------------------

const kStrings = 'wasm:js-string';
const kConstants = 'wasm:js/string-constants';

function string(value) {
  if (typeof value !== 'string') {
    throw new WebAssembly.RuntimeError('illegal cast');
  }
  return value;
}

function stringAt(value, index) {
  if (index >>> 0 >= string(value).length) {
    throw new WebAssembly.RuntimeError('string offset out of bounds');
  }
  return index >>> 0;
}

const stringBuiltins = {
  __proto__: null,
  cast: string,
  test: (value) => (typeof value === 'string' ? 1 : 0),
  fromCharCode: (unit) => String.fromCharCode(unit >>> 0),
  fromCodePoint(point) {
    if (point >>> 0 > 0x10FFFF) {
      throw new WebAssembly.RuntimeError('invalid code point');
    }
    return String.fromCodePoint(point >>> 0);
  },
  charCodeAt: (value, index) => value.charCodeAt(stringAt(value, index)),
  codePointAt: (value, index) => value.codePointAt(stringAt(value, index)),
  length: (value) => string(value).length,
  concat: (first, second) => string(first) + string(second),
  substring(value, start, end) {
    const { length } = string(value);
    start >>>= 0;
    end >>>= 0;
    return start > end || start > length ? '' : value.slice(start, end);
  },
  equals(first, second) {
    return (first === null ? null : string(first)) === (second === null ? null : string(second)) ? 1 : 0;
  },
  compare(first, second) {
    return string(first) === string(second) ? 0 : first < second ? -1 : 1;
  },
};

// --- records ---------------------------------------------------------------------------------------------------------

function sourceRecord(url, source) {
  const record = createSynthetic(url, [], undefined);
  record.setSource(moduleOf(url, source));
  return record;
}

function instantiate(module, imports, specifiers, namespaces) {
  const importObject = { __proto__: null };
  specifiers.forEach((specifier, k) => {
    importObject[specifier] = exportsOf.get(namespaces[k]) ?? namespaces[k];
  });
  for (const { module: from, name } of imports) {
    if (from === kStrings && !specifiers.includes(kStrings)) {
      importObject[kStrings] = stringBuiltins;
    } else if (from === kConstants) {
      importObject[kConstants] ??= { __proto__: null };
      importObject[kConstants][name] = name;
    }
  }
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
    if (from !== kStrings && from !== kConstants) {
      checkName(name, 'import name', url);
    }
  }
  names.forEach((name) => checkName(name, 'export name', url));
  if (!hasWarned) {
    hasWarned = true;
    process.emitWarning('Importing WebAssembly module instances is an experimental feature and might change at any time',
                        'ExperimentalWarning');
  }
  const specifiers = [...new Set(imports.map(({ module: from }) => from))]
    .filter((from) => from !== kStrings && from !== kConstants);
  const lines = [
    ...specifiers.map((specifier, k) => `import * as i${k} from ${JSON.stringify(specifier)};`),
    `const [${names.map((name, k) => `e${k}`)}] = import.meta.instantiate([${specifiers.map((_, k) => `i${k}`)}]);`,
    ...names.map((name, k) => `export { e${k} as ${JSON.stringify(name)} };`),
  ];
  const record = compile(lines.join('\n'), url, {
    initializeImportMeta(meta) {
      meta.instantiate = (namespaces) => {
        const exports = instantiate(module, imports, specifiers, namespaces);
        exportsOf.set(record.getNamespace(), exports);
        return names.map((name) => exportedValue(exports[name]));
      };
    },
  });
  return { record, requests: record.getRequests() };
}

module.exports = { instanceRecord, readBytes, sourceRecord };
