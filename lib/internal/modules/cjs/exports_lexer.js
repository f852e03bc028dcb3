// SPDX-License-Identifier: MIT
'use strict';

// Guesses, without running it, which names a CommonJS file exports, so that ES modules can import them by name. A small
// tokeniser walks the source, skipping strings, comments, templates and regular expressions, and looks for the shapes that
// people and transpilers write:
//   exports.a = ..., module.exports.a = ..., exports['a'] = ...
//   Object.defineProperty(exports, 'a', { enumerable: true, get ... | value: ... })
//   module.exports = { a, b: ..., 'c': ..., ...require('d') }
//   module.exports = require('d'), __exportStar(require('d')), __export(require('d'))
//   Object.keys(_d).forEach(function (key) { ... exports[key] = _d[key] ... }) where _d = require('d')

// Token kinds
const END = 0;
const NAME = 1;
const STRING = 2;
const PUNCT = 3;
const OTHER = 4;

const regexpAfter = new Set(['return', 'typeof', 'instanceof', 'in', 'of', 'new', 'delete', 'void', 'throw', 'case', 'do',
  'else', 'yield', 'await']);
const parenKeywords = new Set(['if', 'while', 'for', 'with']);

function isNameStart(c) {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c === 36 || c >= 128;
}

function isNamePart(c) {
  return isNameStart(c) || (c >= 48 && c <= 57);
}

// All tokens of `source` as parallel arrays: kinds and texts (a STRING's text is its value).
function tokenize(source) {
  const kinds = [];
  const texts = [];
  const length = source.length;
  let i = 0;
  // Whether a slash starts a regular expression here.
  let operand = true;
  const parens = [];
  // Depth of braces at which each open template substitution ends.
  const templates = [];
  let braces = 0;

  function push(kind, text) {
    kinds.push(kind);
    texts.push(text);
  }

  // From after a backquote or the '}' of a substitution to the end of the template or the next '${'.
  function template() {
    while (i < length) {
      const c = source.charCodeAt(i);
      if (c === 92) {
        i += 2;
      } else if (c === 96) {
        i++;
        operand = false;
        push(OTHER, '');
        return;
      } else if (c === 36 && source.charCodeAt(i + 1) === 123) {
        i += 2;
        templates.push(braces++);
        operand = true;
        push(PUNCT, '${');
        return;
      } else {
        i++;
      }
    }
  }

  while (i < length) {
    const c = source.charCodeAt(i);
    if (c === 32 || (c >= 9 && c <= 13) || c === 0xA0 || c === 0xFEFF) {
      i++;
    } else if (isNameStart(c)) {
      const start = i;
      while (i < length && isNamePart(source.charCodeAt(i))) {
        i++;
      }
      const text = source.slice(start, i);
      operand = regexpAfter.has(text) && texts[texts.length - 1] !== '.';
      push(NAME, text);
    } else if (c === 47 && source.charCodeAt(i + 1) === 47) {
      i = source.indexOf('\n', i);
      if (i === -1) {
        i = length;
      }
    } else if (c === 47 && source.charCodeAt(i + 1) === 42) {
      i = source.indexOf('*/', i + 2);
      i = i === -1 ? length : i + 2;
    } else if (c === 39 || c === 34) {
      const start = ++i;
      let escaped = false;
      while (i < length && source.charCodeAt(i) !== c) {
        if (source.charCodeAt(i) === 92) {
          escaped = true;
          i++;
        }
        i++;
      }
      const raw = source.slice(start, i);
      i++;
      operand = false;
      push(STRING, escaped ? unescape(raw) : raw);
    } else if (c === 96) {
      i++;
      template();
    } else if (c >= 48 && c <= 57) {
      while (i < length && (isNamePart(source.charCodeAt(i)) || source.charCodeAt(i) === 46)) {
        i++;
      }
      operand = false;
      push(OTHER, '0');
    } else if (c === 47 && operand) {
      let inClass = false;
      i++;
      while (i < length) {
        const r = source.charCodeAt(i);
        if (r === 10) {
          break;
        }
        if (r === 92) {
          i++;
        } else if (r === 91) {
          inClass = true;
        } else if (r === 93) {
          inClass = false;
        } else if (r === 47 && !inClass) {
          break;
        }
        i++;
      }
      i++;
      operand = false;
      push(OTHER, '/');
    } else {
      const text = source[i++];
      if (text === '(') {
        const before = texts[texts.length - 1];
        parens.push(kinds[kinds.length - 1] === NAME && parenKeywords.has(before));
        operand = true;
      } else if (text === ')') {
        operand = parens.pop() === true;
      } else if (text === '{') {
        braces++;
        operand = true;
      } else if (text === '}') {
        braces--;
        if (templates.length > 0 && templates[templates.length - 1] === braces) {
          templates.pop();
          push(PUNCT, '}');
          template();
          continue;
        }
        operand = true;
      } else {
        operand = text !== ']';
      }
      push(PUNCT, text);
    }
  }
  push(END, '');
  return { kinds, texts };
}

function unescape(raw) {
  return raw.replace(/\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|(\r\n|[^]))/gi, (whole, point, unit, byte, one) => {
    if (point !== undefined) {
      const code = Number.parseInt(point, 16);
      return code <= 0x10FFFF ? String.fromCodePoint(code) : whole;
    }
    if (unit !== undefined || byte !== undefined) {
      return String.fromCharCode(Number.parseInt(unit ?? byte, 16));
    }
    return { n: '\n', r: '\r', t: '\t', b: '\b', v: '\v', f: '\f', 0: '\0', '\n': '', '\r\n': '' }[one] ?? one;
  });
}

// { exports: names, reexports: specifiers }
function lexExports(source) {
  const names = new Set();
  let reexports = new Set();
  if (!source.includes('exports') && !source.includes('__export')) {
    return { exports: names, reexports };
  }
  const { kinds, texts } = tokenize(source);
  // Variables that hold require('x').
  const required = new Map();
  let at = 0;

  function is(index, text) {
    return texts[index] === text && kinds[index] !== STRING;
  }
  function isWords(index, ...words) {
    for (let n = 0; n < words.length; n++) {
      if (!is(index + n, words[n])) {
        return false;
      }
    }
    return true;
  }
  // The number of tokens of `exports` or `module.exports` at an index, or 0.
  function exportsObject(index) {
    if (is(index, 'exports') && !is(index - 1, '.')) {
      return 1;
    }
    return isWords(index, 'module', '.', 'exports') && !is(index - 1, '.') ? 3 : 0;
  }
  // The specifier of require('x') at an index, or undefined.
  function requireCall(index) {
    return is(index, 'require') && is(index + 1, '(') && kinds[index + 2] === STRING && is(index + 3, ')') ?
      texts[index + 2] : undefined;
  }
  // Calls of interop helpers around a require: _interopRequireWildcard(require('x')).
  function wrappedRequire(index) {
    const direct = requireCall(index);
    if (direct !== undefined) {
      return direct;
    }
    if (kinds[index] === NAME && is(index + 1, '(')) {
      return requireCall(index + 2);
    }
    if (kinds[index] === NAME && is(index + 1, '.') && kinds[index + 2] === NAME && is(index + 3, '(')) {
      return requireCall(index + 4);
    }
    return undefined;
  }

  function objectLiteral(index) {
    // index is at '{'
    let i = index + 1;
    while (kinds[i] !== END && !is(i, '}')) {
      if (is(i, '.') && is(i + 1, '.') && is(i + 2, '.')) {
        const specifier = requireCall(i + 3);
        if (specifier === undefined) {
          return;
        }
        reexports.add(specifier);
        i += 7;
      } else if (kinds[i] === NAME || kinds[i] === STRING) {
        const name = texts[i];
        if (is(i + 1, ':')) {
          // A value that starts with a name counts; after anything but a plain name the rest stays unknown.
          if (kinds[i + 2] !== NAME) {
            return;
          }
          names.add(name);
          i += 3;
        } else if (kinds[i] === NAME && (is(i + 1, ',') || is(i + 1, '}'))) {
          names.add(name);
          i++;
        } else {
          return;
        }
      } else {
        return;
      }
      if (is(i, ',')) {
        i++;
      } else {
        return;
      }
    }
  }
  function defineProperty(index) {
    // at Object . defineProperty (
    let i = index + 4;
    const width = exportsObject(i);
    if (width === 0) {
      return;
    }
    i += width;
    if (!is(i, ',') || kinds[i + 1] !== STRING || !is(i + 2, ',') || !is(i + 3, '{')) {
      return;
    }
    const name = texts[i + 1];
    i += 4;
    if (isWords(i, 'enumerable', ':') && (is(i + 2, 'true') || isWords(i + 2, '!', '0'))) {
      i += is(i + 2, 'true') ? 3 : 4;
      if (!is(i, ',')) {
        return;
      }
      i++;
    }
    if (isWords(i, 'value', ':')) {
      names.add(name);
      return;
    }
    if (!is(i, 'get')) {
      return;
    }
    // A getter that returns something by name: get() { return x.y }, get: function () { return x }, get: () => x.
    i++;
    if (is(i, ':')) {
      i++;
      if (is(i, 'function')) {
        i += kinds[i + 1] === NAME ? 2 : 1;
      }
    }
    if (!isWords(i, '(', ')')) {
      return;
    }
    i += 2;
    if (isWords(i, '{', 'return')) {
      i += 2;
    } else if (isWords(i, '=', '>')) {
      i += 2;
    } else {
      return;
    }
    if (kinds[i] === NAME) {
      names.add(name);
    }
  }

  // at Object . keys ( X ) . forEach ( function|( : a loop that copies names of X to exports
  function keysForEach(index) {
    const specifier = required.get(texts[index + 4]);
    if (specifier === undefined || !isWords(index + 5, ')', '.', 'forEach', '(')) {
      return;
    }
    // Somewhere in the callback: exports[key] = or Object.defineProperty(exports, key.
    for (let i = index + 9; i < index + 80 && kinds[i] !== END; i++) {
      const width = exportsObject(i);
      if (width > 0 && ((is(i + width, '[') && kinds[i + width + 1] === NAME) ||
          (is(i - 1, '(') && is(i - 2, 'defineProperty') && is(i + width, ',') && kinds[i + width + 1] === NAME))) {
        reexports.add(specifier);
        return;
      }
    }
  }

  for (; kinds[at] !== END; at++) {
    if (kinds[at] !== NAME) {
      continue;
    }
    const text = texts[at];
    const width = text === 'exports' || text === 'module' ? exportsObject(at) : 0;
    if (width > 0) {
      const next = at + width;
      if (is(next, '.') && kinds[next + 1] === NAME && is(next + 2, '=') && !is(next + 3, '=')) {
        names.add(texts[next + 1]);
        at = next + 2;
      } else if (is(next, '[') && kinds[next + 1] === STRING && is(next + 2, ']') && is(next + 3, '=') &&
                 !is(next + 4, '=')) {
        names.add(texts[next + 1]);
        at = next + 3;
      } else if (width === 3 && is(next, '=') && !is(next + 1, '=')) {
        // A new exports object: what was re-exported before is gone.
        reexports = new Set();
        let value = next + 1;
        // module.exports = exports = ...
        while (exportsObject(value) > 0 && is(value + exportsObject(value), '=')) {
          value += exportsObject(value) + 1;
        }
        if (is(value, '{')) {
          objectLiteral(value);
        } else {
          const specifier = requireCall(value);
          if (specifier !== undefined) {
            reexports.add(specifier);
          }
        }
        at = next;
      }
    } else if (text === 'Object' && is(at + 1, '.') && is(at + 3, '(')) {
      if (is(at + 2, 'defineProperty')) {
        defineProperty(at);
      } else if (is(at + 2, 'keys')) {
        keysForEach(at);
      }
    } else if ((text === '__export' || text === '__exportStar') && is(at + 1, '(') && !is(at - 1, 'function')) {
      const specifier = requireCall(at + 2);
      if (specifier !== undefined) {
        reexports.add(specifier);
      }
    } else if (text === 'exportStar' || text === '__reExport' || text === '_export_star') {
      for (let i = at + 1; i < at + 8; i++) {
        const specifier = requireCall(i);
        if (specifier !== undefined) {
          reexports.add(specifier);
          break;
        }
      }
    } else if (is(at + 1, '=') && !is(at + 2, '=') && !is(at - 1, '.')) {
      const specifier = wrappedRequire(at + 2);
      if (specifier !== undefined) {
        required.set(text, specifier);
      }
    }
  }
  return { exports: names, reexports };
}

module.exports = { lexExports };
