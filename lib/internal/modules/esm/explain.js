// SPDX-License-Identifier: MIT
'use strict';

// Words for what goes wrong at the border between CommonJS and ES modules: names that a CommonJS module does not export,
// and variables that ES modules do not have.

const packages = require('internal/modules/package');
const { sourceOf } = require('internal/modules/esm/formats');

// A name missing from a CommonJS module: says how to import it instead.
function explainMissingName(entry, error) {
  const match = error instanceof SyntaxError ?
    /^The requested module '(.+)' does not provide an export named '(.+)'$/.exec(error.message) : null;
  if (match === null) {
    return error;
  }
  const [, specifier, name] = match;
  const importer = findImporter(entry, specifier, new Set());
  if (importer !== undefined) {
    const names = importedNames(importer.url, specifier) ?? `{${name}}`;
    error.message = `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, ` +
      'which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the ' +
      `default export, for example using:\n\nimport pkg from '${specifier}';\n` +
      `${names === '{}' ? '' : `const ${names} = pkg;\n`}`;
  }
  return error;
}

// The module of the graph that asks for the CommonJS module `specifier`.
function findImporter(entry, specifier, seen) {
  if (seen.has(entry)) {
    return undefined;
  }
  seen.add(entry);
  for (let i = 0; i < entry.requests.length; i++) {
    if (entry.requests[i].specifier === specifier && entry.dependencies[i].format === 'commonjs') {
      return entry;
    }
    const found = findImporter(entry.dependencies[i], specifier, seen);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

// The braces of `import { a, b as c } from 'specifier'` as a destructuring pattern; {} where they take several lines.
function importedNames(url, specifier) {
  let text;
  try {
    text = sourceOf(url);
  } catch {
    return undefined;
  }
  const quoted = specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`import\\s*(\\{[^}]*\\})\\s*from\\s*['"]${quoted}['"]`).exec(text);
  if (match?.[1].includes('\n')) {
    return '{}';
  }
  return match?.[1].replace(/\s+as\s+/g, ': ').replace(/,\s*\}$/, ' }');
}

const remedies = {
  __proto__: null,
  require: 'replace require() with import',
  module: 'use export instead of module.exports/exports',
  exports: 'use export instead of module.exports/exports',
  __filename: 'use import.meta.filename instead',
  __dirname: 'use import.meta.dirname instead',
};

// `require` and its kin are not there in ES modules; says so to someone who used them out of habit. entry: the module that
// ran, with what made it one.
function explainMissingGlobal(error, entry) {
  const match = error instanceof ReferenceError ?
    /^(require|exports|module|__filename|__dirname) is not defined$/.exec(error.message) : null;
  if (match === null) {
    return error;
  }
  const { 1: name } = match;
  const { message, stack } = error;
  if (entry?.isDetected && entry.record.hasTopLevelAwait()) {
    error.message = `Cannot determine intended module format because both '${name}' and top-level await are present. ` +
      'If the code is intended to be CommonJS, wrap await in an async function. If the code is intended to be an ES ' +
      `module, ${remedies[name]}.`;
    error.code = 'ERR_AMBIGUOUS_MODULE_SYNTAX';
  } else {
    error.message = `${message} in ES module scope${name === 'require' ? ', you can use import instead' : ''}`;
    const url = entry?.url;
    const info = url?.startsWith('file:') && url.endsWith('.js') ?
      packages.scopeOf(require('internal/url').fileURLToPath(url)) : undefined;
    if (info?.type === 'module') {
      error.message += '\nThis file is being treated as an ES module because it has a \'.js\' file extension and ' +
        `'${info.path}' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file ` +
        'extension.';
    }
  }
  if (typeof stack === 'string') {
    error.stack = stack.replace(message, () => error.message);
  }
  return error;
}

module.exports = { explainMissingGlobal, explainMissingName };
