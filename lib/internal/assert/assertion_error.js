// SPDX-License-Identifier: MIT
'use strict';

// AssertionError, and the differences it prints: by line, over values inspected one property a line.

const { inspect } = require('internal/util/inspect');
const { isError } = require('internal/util');
const { validateObject } = require('internal/validators');

const headings = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
};

// Two values whose texts together are no longer than this are shown as `a !== b`.
const kMaxShortLength = 12;
// A run of equal lines longer than this is shortened.
const kMaxEqualRun = 5;
const kMaxLongStringLength = 512;
const kMaxLines = 50;

const isObject = (value) => typeof value === 'object' && value !== null;
const bothReferences = (a, b) => (isObject(a) && isObject(b)) || (typeof a === 'function' && typeof b === 'function');

function inspectValue(value) {
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
    breakLength: 80,
  });
}

function paint() {
  const colors = require('internal/util/colors');
  colors.refresh();
  return colors;
}

// Do both fit on one line, as `a !== b`? Quotes do not count; two objects are always shown one under the other.
function isShort(actual, expected, actualText, expectedText) {
  if (actualText === expectedText || (isObject(actual) && isObject(expected)) || (actual === 0 && expected === 0)) return false;
  const quotes = (typeof actual === 'string' ? 2 : 0) + (typeof expected === 'string' ? 2 : 0);
  return actualText.length + expectedText.length - quotes <= kMaxShortLength;
}

// A caret under the first character that differs, when it is not at the very start.
function indicator(actual, expected) {
  const columns = process.stderr?.isTTY ? process.stderr.columns : 80;
  if (actual.length + expected.length > columns) return '';
  let i = 0;
  while (actual[i] === expected[i] && i < actual.length) i++;
  return i > 2 && i < actual.length ? `${' '.repeat(i + 2)}^\n` : '';
}

// A trailing comma says only that more follows.
function sameLine(a, b) {
  if (a === b) return true;
  return `${a},` === b || a === `${b},`;
}

function printLines(script, colors) {
  let text = '';
  let skipped = false;
  let run = [];
  const flush = (beforeChange) => {
    const { length } = run;
    let shown = run;
    if (length > kMaxEqualRun) {
      if (!beforeChange) {
        shown = run.slice(0, kMaxEqualRun);
      } else if (length > kMaxEqualRun + 2) {
        skipped = true;
        for (const line of run.slice(0, kMaxEqualRun)) text += `${colors.white}  ${line}\n`;
        text += `${colors.blue}...${colors.white}\n`;
        shown = run.slice(-1);
      }
    }
    for (const line of shown) text += `${colors.white}  ${line}\n`;
    run = [];
  };
  for (const { 0: operation, 1: line } of script) {
    if (operation === 0) {
      run.push(line);
      continue;
    }
    flush(true);
    if (operation === 1) text += `${colors.green}+${colors.white} ${line}\n`;
    else text += `${colors.red}-${colors.white} ${line}\n`;
  }
  flush(false);
  return { text: `\n${text.trimEnd()}`, skipped };
}

function diffOf(actual, expected, operator, customMessage) {
  const colors = paint();
  let actualText = inspectValue(actual);
  let expectedText = inspectValue(expected);
  let heading = operator;
  if (operator === 'strictEqual' && bothReferences(actual, expected)) heading = 'strictEqualObject';
  if (actualText === expectedText && isObject(actual)) heading = 'notIdentical';
  const header = customMessage ?? headings[heading];
  if (heading === 'notIdentical') {
    const lines = actualText.split('\n');
    let note = '';
    if (lines.length > kMaxLines) {
      note = `${colors.blue}... Skipped lines${colors.white}\n`;
      lines.length = kMaxLines;
      actualText = `${lines.join('\n')}\n${colors.blue}...${colors.white}}`;
    }
    return `${header}\n\n${note}${actualText}\n`;
  }
  const actualLines = actualText.split('\n');
  const expectedLines = expectedText.split('\n');
  const isOneLine = actualLines.length === 1 && expectedLines.length === 1;
  if (isOneLine && isShort(actual, expected, actualText, expectedText)) {
    return `${header}\n\n${actualText} !== ${expectedText}\n`;
  }
  const legend = `${colors.green}+ actual${colors.white} ${colors.red}- expected${colors.white}`;
  if (isOneLine) {
    const mark = isObject(actual) && isObject(expected) ? '' : indicator(actualText, expectedText);
    return `${header}\n${legend}\n\n${colors.green}+${colors.white} ${actualText}\n` +
      `${colors.red}-${colors.white} ${expectedText}\n${mark}`;
  }
  // In a diff of objects a missing comma is no difference.
  const { myersDiff } = require('internal/util/diff');
  const loose = isObject(actual);
  let script = myersDiff(actualLines, expectedLines, loose ? sameLine : undefined);
  if (loose) script = preferCommas(script, expectedLines);
  const { text, skipped } = printLines(script, colors);
  const note = skipped ? `\n${colors.blue}...${colors.white} Skipped lines` : '';
  return `${header}\n${legend}${note}\n${text}\n`;
}

// An equal line shows the comma that either side has.
function preferCommas(script, expectedLines) {
  let at = 0;
  for (const entry of script) {
    if (entry[0] === 0) {
      if (expectedLines[at] === `${entry[1]},`) entry[1] = expectedLines[at];
      at++;
    } else if (entry[0] === -1) {
      at++;
    }
  }
  return script;
}

function shorten(text, max) {
  return text.length > max ? `${text.slice(0, max - 3)}...` : text;
}

function generateMessage(options) {
  const { actual, expected, operator } = options;
  if (operator === 'deepStrictEqual' || operator === 'strictEqual' || operator === 'partialDeepStrictEqual') {
    return diffOf(actual, expected, operator, undefined);
  }
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    let heading = headings[operator];
    if (operator === 'notStrictEqual' && (isObject(actual) || typeof actual === 'function')) {
      heading = headings.notStrictEqualObject;
    }
    const lines = inspectValue(actual).split('\n');
    if (lines.length > kMaxLines) {
      lines.length = 47;
      lines[46] = '...';
    }
    if (lines.length === 1) return `${heading}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
    return `${heading}\n\n${lines.join('\n')}\n`;
  }
  const actualText = inspectValue(actual);
  const expectedText = inspectValue(expected);
  if (operator === 'notDeepEqual' && actualText === expectedText) {
    return shorten(`${headings[operator]}\n\n${actualText}`, 1024);
  }
  const shownActual = shorten(actualText, kMaxLongStringLength);
  const shownExpected = shorten(expectedText, kMaxLongStringLength);
  if (operator === 'deepEqual') {
    return `${headings.deepEqual}\n\n${shownActual}\n\nshould loosely deep-equal\n\n${shownExpected}`;
  }
  if (operator === 'notDeepEqual') {
    return `Expected values not to be loosely deep-equal:\n\n${shownActual}\n\nshould not loosely deep-equal\n\n${shownExpected}`;
  }
  return `${shownActual} ${operator} ${shownExpected}`;
}

// An error without its stack, which would be most of what a comparison shows; its causes likewise.
function withoutStack(error, copies = new Map()) {
  const copy = new Error();
  copies.set(error, copy);
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error));
  const define = (name, value, enumerable) => {
    Object.defineProperty(copy, name, { __proto__: null, value, enumerable, configurable: true, writable: true });
  };
  for (const key of Object.keys(error)) define(key, error[key], true);
  define('message', error.message, false);
  if (Object.hasOwn(error, 'cause')) {
    const { cause, propertyIsEnumerable } = error;
    define('cause', isError(cause) ? copies.get(cause) ?? withoutStack(cause, copies) : cause,
      Reflect.apply(propertyIsEnumerable, error, ['cause']));
  }
  define('stack', Reflect.apply(Error.prototype.toString, error, []), false);
  return copy;
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    const { message, operator, stackStartFn, details, stackStartFunction, diff = 'simple' } = options;
    const { actual, expected } = options;
    const bothErrors = isError(actual) && isError(expected);
    const shown = bothErrors ? withoutStack(actual) : actual;
    const other = bothErrors ? withoutStack(expected) : expected;
    let text;
    if (message != null) {
      text = operator === 'deepStrictEqual' || operator === 'strictEqual' || operator === 'partialDeepStrictEqual' ?
        diffOf(shown, other, operator, String(message)) : String(message);
    } else {
      text = generateMessage({ actual: shown, expected: other, operator });
    }
    const limit = Error.stackTraceLimit;
    const changed = typeof limit === 'number' && Reflect.set(Error, 'stackTraceLimit', 0);
    super(text);
    if (changed) Error.stackTraceLimit = limit;
    this.generatedMessage = !message;
    // The name carries the code while the stack's first line is made.
    Object.defineProperty(this, 'name', {
      __proto__: null, value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      for (let i = 0; i < details.length; i++) {
        this[`message ${i}`] = details[i].message;
        this[`actual ${i}`] = details[i].actual;
        this[`expected ${i}`] = details[i].expected;
        this[`operator ${i}`] = details[i].operator;
        this[`stack trace ${i}`] = details[i].stack;
      }
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    this.diff = diff;
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
    this.stack; // eslint-disable-line no-unused-expressions
    this.name = 'AssertionError';
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [inspect.custom](recurseTimes, ctx) {
    // Long strings are cut: the message has shown what matters of them.
    const { actual, expected } = this;
    const cut = (value) => (typeof value === 'string' ? cutString(value) : value);
    this.actual = cut(actual);
    this.expected = cut(expected);
    const result = inspect(this, { ...ctx, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return result;
  }
}

function cutString(text) {
  const lines = text.split('\n', 11);
  if (lines.length > 10) {
    lines.length = 10;
    return `${lines.join('\n')}\n...`;
  }
  return text.length > kMaxLongStringLength ? `${text.slice(0, kMaxLongStringLength)}...` : text;
}

module.exports = { AssertionError };
