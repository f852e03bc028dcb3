// SPDX-License-Identifier: MIT
'use strict';

// What a line would give, shown below it in grey while it is typed; and the rest of a name that only one name completes.
// Only what surely has no effects is evaluated: a chain of data properties, or a literal. A REPL with an eval of its own
// whose author asked for previews is trusted to be without effects.

const { clearLine, moveCursor } = require('readline');
const { complete, valueOf } = require('internal/repl/completion');
const { inspect } = require('internal/util/inspect');
const { getStringWidth } = require('internal/util/string_width');

const CHAIN = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*|(?:\?\.)?\[(?:\d+|"[^"\\]*"|'[^'\\]*'|[\w$]+)\])*$/u;
const NUMBERS = /^[\d\s.+\-*/%()]*\d[\d\s.+\-*/%()]*$/;
const STRINGS = /^(?:"[^"\\]*"|'[^'\\]*')(?:\s*\+\s*(?:"[^"\\]*"|'[^'\\]*'|\d+))*$/;
const WORDS = new Set(['true', 'false', 'null', 'undefined']);

// { value } or { error } or undefined.
function peek(repl, text) {
  if (WORDS.has(text)) {
    return undefined;
  }
  if (CHAIN.test(text)) {
    const { found, value } = valueOf(repl, text);
    if (found) {
      return { value };
    }
    if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text)) {
      try {
        // Neither a variable nor a property: reading it can only fail.
        if (!(text in repl.context)) {
          return { value: repl.evaluateName(text) };
        }
      } catch (error) {
        // Sloppy code may be about to assign to it.
        return error?.name === 'ReferenceError' && repl.isStrict() ? { error } : undefined;
      }
    }
    return undefined;
  }
  if ((NUMBERS.test(text) && /[+\-*/%]/.test(text) && !/\*\*|\/\//.test(text)) || STRINGS.test(text)) {
    try {
      return { value: repl.evaluateName(text) };
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function makePreview(repl) {
  let shown = null; // the text below
  let completion = null; // the text behind the cursor

  function grey(text) {
    return repl.useColors ? `\x1b[90m${text}\x1b[39m` : `// ${text}`;
  }

  function behind(text) {
    return repl.useColors ? `\x1b[90m${text}\x1b[39m` : ` // ${text}`;
  }

  function clear() {
    if (completion !== null) {
      clearLine(repl.output, 1);
      completion = null;
    }
    if (shown !== null) {
      const end = repl._getDisplayPos(repl.getPrompt() + repl.line);
      const at = repl.getCursorPos();
      const rows = end.rows - at.rows + 1;
      moveCursor(repl.output, 0, rows);
      clearLine(repl.output);
      moveCursor(repl.output, 0, -rows);
      shown = null;
    }
  }

  function showCompletion() {
    if (repl.cursor !== repl.line.length || !/[\w$]$/.test(repl.line)) {
      return;
    }
    const [names, on] = complete(repl, repl.line);
    const words = names.filter((name) => name !== '');
    let prefix = words[0] ?? '';
    for (let i = 1; i < words.length; i++) {
      while (!words[i].startsWith(prefix)) {
        prefix = prefix.slice(0, -1);
      }
    }
    if (!prefix.startsWith(on) || prefix.length === on.length) {
      return;
    }
    completion = prefix.slice(on.length);
    const text = behind(completion);
    repl.output.write(text);
    moveCursor(repl.output, -getStringWidth(text), 0);
  }

  function show() {
    if (shown !== null || repl.line.trim() === '' || !repl.isCompletionEnabled || process.env.TERM === 'dumb') {
      return;
    }
    showCompletion();
    const text = repl.line.trim();
    const result = peek(repl, completion === null ? text : text + completion);
    if (result === undefined || typeof result.value === 'function') {
      return;
    }
    const width = Math.max(repl.columns - 8, 30);
    let preview;
    if (result.error !== undefined) {
      preview = `${result.error.name}: ${result.error.message}`;
    } else {
      preview = inspect(result.value, { colors: false, depth: 1, breakLength: Infinity, compact: true, maxArrayLength: 5,
                                        getters: false, customInspect: false, showProxy: true });
    }
    preview = preview.split('\n')[0];
    if (preview.length > (Number.isFinite(width) ? width : 250)) {
      preview = `${preview.slice(0, (Number.isFinite(width) ? width : 250) - 3)}...`;
    }
    if (preview === text || preview === 'undefined') {
      return;
    }
    shown = preview;
    const end = repl._getDisplayPos(repl.getPrompt() + repl.line);
    const at = repl.getCursorPos();
    const rows = end.rows - at.rows;
    moveCursor(repl.output, 0, rows);
    repl.output.write(`\n${grey(preview)}`);
    const { cols } = at;
    moveCursor(repl.output, 0, -rows - 1);
    repl.output.write(`\r${cols > 0 ? `\x1b[${cols}C` : ''}`);
  }

  return { clear, show };
}

module.exports = { makePreview };
