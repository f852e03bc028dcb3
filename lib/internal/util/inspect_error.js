// SPDX-License-Identifier: MIT
'use strict';

// How inspect shows an Error: its stack, corrected where the stack's first line does not tell the class, without
// properties that the stack repeats, with `cause` and `errors`, and with library frames greyed.

const { removeColors } = require('internal/util/inspect');
const { ErrorPrototypeToString, ObjectPrototypeHasOwnProperty } = primordials;

function stackOf(ctx, err) {
  let stack;
  try {
    stack = err.stack;
  } catch {
    stack = undefined;
  }
  if (stack) {
    if (typeof stack === 'string') return stack;
    ctx.seen.push(err);
    ctx.indentationLvl += 4;
    const { formatValue } = require('internal/util/inspect');
    const shown = formatValue(ctx, stack, ctx.seen.length);
    ctx.indentationLvl -= 4;
    ctx.seen.pop();
    return `${headerOf(err)}\n    ${shown}`;
  }
  return headerOf(err);
}

function headerOf(err) {
  try {
    return ErrorPrototypeToString(err);
  } catch {
    return 'Error';
  }
}

// Own enumerable name, message and stack whose text stands in the stack are not shown again.
function dropRepeated(ctx, keys, err, stack) {
  if (ctx.showHidden || keys.length === 0) return;
  for (const name of ['name', 'message', 'stack']) {
    const index = keys.indexOf(name);
    if (index === -1) continue;
    let value;
    try {
      value = err[name];
    } catch {
      continue;
    }
    if (typeof value !== 'string' || stack.includes(value)) keys.splice(index, 1);
  }
}

const startsWithClass = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/;
const onlyClass = /^([a-z_A-Z0-9-]*Error)$/;

// Puts the class into the first line: `Error: x` of a class Foo becomes `Foo [Error]: x`.
function improveHeader(stack, constructor, name, tag) {
  let length = name.length;
  const isPlain = name.endsWith('Error') && stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== null && !isPlain) return stack;
  if (constructor === null) {
    const start = startsWithClass.exec(stack) ?? onlyClass.exec(stack);
    length = start?.[1].length ?? 0;
    const fallback = start?.[1] || 'Error';
    const prefix = `[${fallback}: null prototype]${tag !== '' && tag !== fallback ? ` [${tag}]` : ''}`;
    return stack.startsWith(fallback) ? prefix + stack.slice(length) : `${prefix}: ${stack}`;
  }
  if (constructor === name) {
    if (tag === '' || tag === constructor) return stack;
    return `${constructor} [${tag}]${stack.slice(length)}`;
  }
  if (constructor.includes(name)) {
    // FooError of Error: the longer name says it all.
    return `${constructor}${stack.slice(length)}`;
  }
  return `${constructor} [${name}]${stack.slice(length)}`;
}

function linesOf(text) {
  return text.split('\n');
}

// The longest run of the cause's frames that the outer stack has too; shown once, under the cause.
function longestCommonRun(a, b) {
  for (let i = 0; i < a.length - 3; i++) {
    const at = b.indexOf(a[i]);
    if (at === -1) continue;
    const rest = b.length - at;
    if (rest > 3) {
      let length = 1;
      const most = Math.min(a.length - i, rest);
      while (length < most && a[i + length] === b[at + length]) length++;
      if (length > 3) return [length, i];
    }
  }
  return [0, 0];
}

function shortenByCause(ctx, err, stackLines) {
  const cause = err.cause;
  if (cause == null || !internalBinding('types').isNativeError(cause)) return;
  const causeStack = stackOf(ctx, cause);
  const at = causeStack.indexOf('\n    at');
  if (at === -1) return;
  const { 0: length, 1: offset } = longestCommonRun(stackLines, linesOf(causeStack.slice(at + 1)));
  if (length > 3) {
    const skipped = length - 2;
    stackLines.splice(offset + 1, skipped,
      ctx.stylize(`    ... ${skipped} lines matching cause stack trace ...`, 'undefined'));
  }
}

const libraryFrame = /^ {4}at (?:.* \()?node:/;
const inNodeModules = /([/\\])node_modules([/\\])((?:@[^/\\]+[/\\])?[^/\\]+)(?=[/\\])/g;

function colourFrame(ctx, line) {
  if (libraryFrame.test(line)) {
    const id = /node:([^):]+)/.exec(line)?.[1];
    if (id !== undefined && internalBinding('builtins').has(id)) return ctx.stylize(line, 'undefined');
    return line;
  }
  return line.replace(inNodeModules, (whole, a, b, name) => `${a}node_modules${b}${ctx.stylize(name, 'module')}`);
}

function formatError(ctx, err, constructor, tag, keys) {
  let stack = stackOf(ctx, err);
  let name = 'Error';
  try {
    name = err.name ?? 'Error';
  } catch {
    // A throwing getter: shown as a plain Error.
  }
  dropRepeated(ctx, keys, err, stack);

  // Not enumerable, but what a reader needs first.
  if (ObjectPrototypeHasOwnProperty(err, 'cause') && (keys.length === 0 || !keys.includes('cause'))) {
    keys.push('cause');
  }
  if (Array.isArray(Object.getOwnPropertyDescriptor(err, 'errors')?.value) &&
      (keys.length === 0 || !keys.includes('errors'))) {
    keys.push('errors');
  }

  stack = improveStack(stack, constructor, name, tag);

  // A stack without frames stands in brackets.
  const { message } = err;
  let position = (typeof message === 'string' && message && stack.indexOf(message)) || -1;
  if (position !== -1) position += message.length;
  const framesAt = stack.indexOf('\n    at', position);
  if (framesAt === -1) {
    stack = `[${stack}]`;
  } else {
    let text = stack.slice(0, framesAt);
    const frames = linesOf(stack.slice(framesAt + 1));
    shortenByCause(ctx, err, frames);
    for (const frame of frames) text += `\n${ctx.colors ? colourFrame(ctx, frame) : frame}`;
    stack = text;
  }
  if (ctx.indentationLvl !== 0) {
    const indentation = ' '.repeat(ctx.indentationLvl);
    stack = linesOf(stack).join(`\n${indentation}`);
  }
  return stack;
}

// The class name to look for is the constructor's; a stack that names it needs nothing.
function improveStack(stack, constructor, name, tag) {
  if (typeof name !== 'string') {
    const shown = String(name);
    return stack.startsWith(shown) ? `${shown} [${constructor ?? 'Error'}]${stack.slice(shown.length)}` : stack;
  }
  return improveHeader(stack, constructor, name, tag);
}

module.exports = { formatError, removeColors };
