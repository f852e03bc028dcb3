// SPDX-License-Identifier: MIT
'use strict';

// Running what was typed: as a script of the REPL's context, with `await` at top level where that is what it takes; and
// telling code that is wrong from code that is not finished.

const { dynamicImportHost, kDefaultLoader, contextOf, runGuarded } = require('internal/vm/context');
const binding = internalBinding('contextify');
const { errorLocation } = internalBinding('errors');

// What the parser says when it came to the end and wanted more.
const UNFINISHED = new Set(['Unexpected end of input', 'Unterminated template literal', 'Missing } in template expression',
                            'Missing catch or finally after try']);

function isUnfinished(error, code) {
  if (UNFINISHED.has(error.message)) {
    return true;
  }
  const at = errorLocation(error);
  if (at === undefined || typeof at.sourceLine !== 'string') {
    return false;
  }
  const lines = code.replace(/\n$/, '').split('\n');
  const rest = at.sourceLine.slice(at.column);
  if (error.message === 'missing ) after argument list') {
    return at.line > lines.length || (at.line === lines.length && rest.trim() === '');
  }
  if (error.message !== 'Invalid or unexpected token') {
    return false;
  }
  // A comment or, its line ended by a backslash, a string that goes on.
  return rest.startsWith('/*') || (/^["']/.test(rest) && at.line === lines.length && rest.endsWith('\\'));
}

function compile(code, file, context, allowAwait) {
  const { value } = dynamicImportHost(kDefaultLoader, file, 'importModuleDynamically');
  return binding.newScript(code, file, 0, 0, value, context?.handle, allowAwait);
}

function isValid(code, file, context) {
  try {
    compile(code, file, context, false);
    return true;
  } catch {
    return false;
  }
}

// { script, isAsync }. `{ a: 1 }` is meant as an object, unless it ends with a semicolon.
function compileInput(code, file, context) {
  if (/^\s*\{/.test(code) && !/;\s*$/.test(code)) {
    const wrapped = `(${code.trim()}\n)`;
    if (isValid(wrapped, file, context)) {
      return { script: compile(wrapped, file, context, false), isAsync: false };
    }
  }
  try {
    return { script: compile(code, file, context, false), isAsync: false };
  } catch (error) {
    if (!/\bawait\b/.test(code)) {
      throw error;
    }
    try {
      return { script: compile(code, file, context, true), isAsync: true };
    } catch (other) {
      throw isUnfinished(other, code) ? other : error;
    }
  }
}

// contextObject: undefined for the program's own globals. The completion value; where isAsync a promise of it.
function run({ script }, contextObject, breakOnSigint) {
  const context = contextObject === undefined ? undefined : contextOf(contextObject);
  return runGuarded(breakOnSigint, () => binding.runScript(script, context?.handle, 0, breakOnSigint, false));
}

// The line of a SyntaxError with carets below, '' if it is none from parsing what was typed.
function arrowOf(error, file) {
  const at = error instanceof SyntaxError || error?.name === 'SyntaxError' ? errorLocation(error) : undefined;
  if (at === undefined || at.url !== file || typeof at.sourceLine !== 'string' || /has already been declared/.test(error.message)) {
    return '';
  }
  return `${at.sourceLine}\n${' '.repeat(at.column)}${'^'.repeat(Math.max(1, at.endColumn - at.column))}\n\n`;
}

// import declarations are for modules: says what to write instead.
function importInstead(code) {
  const match = /^\s*import\s+(?:(?:([\w$]+)\s*,?\s*)?(?:(\*\s*as\s+[\w$]+)|\{([^}]*)\})?\s*from\s*)?(['"][^'"]+['"])/.exec(code);
  if (match === null) {
    return undefined;
  }
  const [, name, all, names, specifier] = match;
  const quoted = JSON.stringify(specifier.slice(1, -1));
  if (name === undefined && all === undefined && names === undefined) {
    return `await import(${quoted})`;
  }
  if (all !== undefined) {
    return `const ${all.replace(/^\*\s*as\s+/, '')} = await import(${quoted})`;
  }
  const parts = name === undefined ? [] : [`default: ${name}`];
  for (const part of (names ?? '').split(',')) {
    if (part.trim() !== '') {
      parts.push(part.trim().replace(/\s+as\s+/, ': '));
    }
  }
  return `const { ${parts.join(', ')} } = await import(${quoted})`;
}

module.exports = { arrowOf, compileInput, importInstead, isUnfinished, isValid, run };
