// SPDX-License-Identifier: MIT
'use strict';

// Glob patterns: braces, then segments between slashes, of which each is text, `**`, or a regular expression made of
// * ? [...] and ?( *( +( @( !( lists. Names that begin with a dot are matched by patterns that do.

const globstar = Symbol('**');
const posixClasses = {
  __proto__: null, alnum: '\\p{L}\\p{Nl}\\p{Nd}', alpha: '\\p{L}\\p{Nl}', ascii: '\\x00-\\x7f', blank: '\\p{Zs}\\t',
  cntrl: '\\p{Cc}', digit: '\\p{Nd}', graph: '\\x21-\\x7e', lower: '\\p{Ll}', print: '\\x20-\\x7e', punct: '\\p{P}',
  space: '\\s', upper: '\\p{Lu}', word: '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}', xdigit: 'A-Fa-f0-9',
};
const MAX_EXPANSIONS = 10000;

// The index of the brace that closes the one at `from`, with the commas between on its level; undefined for none.
function findBrace(pattern, from) {
  let depth = 0;
  const commas = [];
  for (let i = from; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '{') depth++;
    else if (c === ',' && depth === 1) commas.push(i);
    else if (c === '}' && --depth === 0) return { end: i, commas };
  }
  return undefined;
}

// {1..5}, {05..1..2} and {a..e}.
function sequence(text) {
  const match = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = match === null ? /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text) : null;
  const found = match ?? letters;
  if (found === null) return undefined;
  const [from, to] = [found[1], found[2]].map((end) => (match === null ? end.charCodeAt(0) : Number(end)));
  const step = Math.max(Math.abs(Number(found[3] ?? 1)), 1) * (from <= to ? 1 : -1);
  const width = match !== null && /^-?0\d|^-?\d*$/.test(found[1]) && /^-?0\d/.test(`${found[1]} ${found[2]}`) ?
    Math.max(found[1].length, found[2].length) : 0;
  const items = [];
  for (let k = from; step > 0 ? k <= to : k >= to; k += step) {
    if (items.length > MAX_EXPANSIONS) break;
    if (match === null) {
      items.push(String.fromCharCode(k));
    } else {
      const sign = k < 0 ? '-' : '';
      items.push(sign + String(Math.abs(k)).padStart(width - sign.length, '0'));
    }
  }
  return items;
}

function expandBraces(pattern) {
  const done = [];
  const open = [{ pattern, from: 0 }];
  while (open.length > 0 && done.length < MAX_EXPANSIONS) {
    const { pattern: text, from } = open.shift();
    const start = text.indexOf('{', from);
    const brace = start === -1 ? undefined : findBrace(text, start);
    if (brace === undefined) {
      done.push(text);
      continue;
    }
    const { end, commas } = brace;
    const head = text.slice(0, start);
    const tail = text.slice(end + 1);
    if (commas.length === 0) {
      const items = sequence(text.slice(start + 1, end));
      if (items === undefined || text[start - 1] === '$') {
        open.unshift({ pattern: text, from: start + 1 });
      } else {
        open.unshift(...items.map((item) => ({ pattern: head + item + tail, from: start })));
      }
      continue;
    }
    const ends = [start, ...commas, end];
    open.unshift(...ends.slice(1).map((to, k) => ({ pattern: head + text.slice(ends[k] + 1, to) + tail, from: start })));
  }
  return done;
}

// A bracket expression at `i`: [source, index behind it], or undefined where it is not closed.
function parseClass(text, i) {
  let k = i + 1;
  let negated = false;
  if (text[k] === '!' || text[k] === '^') {
    negated = true;
    k++;
  }
  let body = '';
  for (const first = k; k < text.length; k++) {
    if (text[k] === ']' && k > first) {
      return { source: `[${negated ? '^/' : ''}${body}]`, next: k + 1 };
    }
    const named = /^\[:(\w+):\]/.exec(text.slice(k));
    if (named !== null && posixClasses[named[1]] !== undefined) {
      body += posixClasses[named[1]];
      k += named[0].length - 1;
    } else if (text[k] === '-' && k > first && text[k + 1] !== ']' && k + 1 < text.length) {
      body += '-';
    } else {
      body += /[\\\][^\-&|~!]/.test(text[k]) ? `\\${text[k]}` : text[k];
    }
  }
  return undefined;
}

const anyText = '[^/]*?';

// The source for text[i..end), followed by `tail`. What !( ) excludes is followed by what follows it.
function compile(text, tail) {
  let i = 0;
  const nodes = [];
  while (i < text.length) {
    const c = text[i];
    if ('?*+@!'.includes(c) && text[i + 1] === '(') {
      const list = parseList(text, i + 2);
      if (list !== undefined) {
        nodes.push({ kind: c, items: list.items });
        i = list.next;
        continue;
      }
    }
    if (c === '*') {
      while (text[i + 1] === '*' && text[i + 2] !== '(') i++;
      nodes.push(anyText);
    } else if (c === '?') {
      nodes.push('[^/]');
    } else if (c === '[') {
      const found = parseClass(text, i);
      if (found === undefined) {
        nodes.push('\\[');
      } else {
        nodes.push(found.source);
        i = found.next;
        continue;
      }
    } else {
      const char = String.fromCodePoint(text.codePointAt(i));
      nodes.push(char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'));
      i += char.length - 1;
    }
    i++;
  }
  let source = tail;
  for (const node of nodes.reverse()) {
    if (typeof node === 'string') {
      source = node + source;
      continue;
    }
    const { kind, items } = node;
    if (kind === '!') {
      const excluded = items.map((item) => compile(item, '')).join('|');
      source = `(?!(?:${excluded})${source}$)${anyText}${source}`;
      continue;
    }
    const group = `(?:${items.map((item) => compile(item, '')).join('|')})`;
    source = group + (kind === '@' ? '' : kind) + source;
  }
  return source;
}

function parseList(text, from) {
  let depth = 1;
  let start = from;
  const items = [];
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') {
      depth++;
    } else if (text[i] === ')' && --depth === 0) {
      items.push(text.slice(start, i));
      return { items, next: i + 1 };
    } else if (text[i] === '|' && depth === 1) {
      items.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return undefined;
}

// One segment: a string, globstar, or a regular expression.
function parseSegment(segment, dots) {
  if (segment === '**') return globstar;
  if (!/[*?[]|[+@!]\(/.test(segment)) return segment;
  const source = compile(segment, '');
  const guard = dots ? '(?!\\.{1,2}$)' : segment.startsWith('.') ? '(?!\\.{1,2}$)' : '(?!\\.)';
  try {
    return new RegExp(`^${guard}(?=.)${source}$`, 'us');
  } catch {
    return segment; // a range out of order and the like: nothing but itself
  }
}

// The patterns that `text` stands for, each a list of segments. A last '' asks for a folder.
function parsePattern(text, { dots = false } = {}) {
  return expandBraces(text.replaceAll('\\', '/')).map((pattern) => {
    const segments = [];
    const parts = pattern.split('/');
    parts.forEach((part, k) => {
      if (part === '.' || (part === '' && k > 0 && k < parts.length - 1)) return;
      const before = segments.at(-1);
      if (part === '..' && segments.length > 0 && before !== '..' && before !== '' && before !== globstar) {
        segments.pop();
        return;
      }
      const segment = parseSegment(part, dots);
      if (segment === globstar && before === globstar) return;
      segments.push(segment);
    });
    return segments;
  });
}

function matchesSegment(segment, name) {
  return typeof segment === 'string' ? segment === name : segment.test(name);
}

function matchParts(parts, p, segments, s, dots) {
  for (; s < segments.length; s++, p++) {
    const segment = segments[s];
    if (segment === globstar) {
      if (s === segments.length - 1) {
        return p < parts.length && parts.slice(p).every((part) => dots ? part !== '.' && part !== '..' : part[0] !== '.');
      }
      for (let k = p; k < parts.length; k++) {
        if (matchParts(parts, k, segments, s + 1, dots)) return true;
        if (parts[k][0] === '.' && !dots) return false;
      }
      return false;
    }
    if (p >= parts.length || !matchesSegment(segment, parts[p])) return false;
  }
  return p === parts.length || (p === parts.length - 1 && parts[p] === '');
}

function splitPath(text, windows) {
  const parts = [];
  for (const part of (windows ? text.replaceAll('\\', '/') : text).split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop();
    else parts.push(part);
  }
  return parts;
}

function matchesAny(patterns, text, dots) {
  const parts = splitPath(text, false);
  return patterns.some((segments) => matchParts(parts, 0, segments, 0, dots));
}

// path.matchesGlob().
function matchGlobPattern(text, pattern, windows) {
  const { validateString } = require('internal/validators');
  validateString(text, 'path');
  validateString(pattern, 'pattern');
  // Only a leading `.` counts, and no separator too many.
  const spare = windows ? /(?<=[^\\/])(?:(?:[\\/]+\.?)+(?=[\\/])|[\\/]+$)/gs : /(?<=[^/])(?:(?:\/+\.?)+(?=\/)|\/+$)/gs;
  const parts = splitPath(text.replace(spare, ''), windows);
  return parsePattern(pattern).some((segments) => matchParts(parts, 0, segments, 0, false));
}

module.exports = { globstar, matchesAny, matchesSegment, matchGlobPattern, parsePattern };
