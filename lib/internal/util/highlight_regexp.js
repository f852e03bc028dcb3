// SPDX-License-Identifier: MIT
'use strict';

// Colours the source of a regular expression by syntax. The palette turns by one colour with each group, so that
// matching parentheses share a colour: slot 0 delimiters, 1 groups and classes, 2 characters, 3 what stands for many
// characters, 4 quantifiers, assertions, alternatives
// and, as Node has it, commas.

function highlight(text, palette, colors) {
  const size = palette.length;
  let out = '';
  let depth = 0;
  const paint = (piece, slot) => {
    const color = colors[palette[Math.max(slot + depth, 0) % size]];
    out += color === undefined ? piece : `\u001b[${color[0]}m${piece}\u001b[${color[1]}m`;
  };
  const end = text.lastIndexOf('/');
  let i = 0;
  if (text[0] === '/') {
    paint('/', 0);
    i = 1;
  }
  let inClass = false;
  while (i < end) {
    const char = text[i];
    const rest = text.slice(i, end);
    if (char === '\\') {
      let match;
      if (!inClass && (match = /^\\k<([^>]*)>/.exec(rest))) {
        paint('\\k<', 0);
        paint(match[1], 1);
        paint('>', 0);
        i += match[0].length;
      } else if ((match = /^\\([pPu])\{([^}]*)\}/.exec(rest))) {
        const slot = inClass ? 2 : 1;
        paint(`\\${match[1]}{`, slot);
        paint(match[2], slot + 1);
        paint('}', slot);
        i += match[0].length;
      } else {
        match = /^\\(?:[pP]\{|x[0-9a-fA-F]{2}|\d+|[^])/.exec(rest) ?? [rest];
        paint(match[0], 2);
        i += match[0].length;
      }
    } else if (inClass) {
      if (char === ']') {
        paint(char, 1);
        inClass = false;
      } else if (char === '-' && text[i - 1] !== '[' && text[i + 1] !== ']' && text[i + 1] !== '-' &&
          text[i - 1] !== '-') {
        paint(char, 3);
      } else {
        paint(char, 2);
      }
      i++;
    } else if (char === '[') {
      paint(char, 1);
      inClass = true;
      i++;
    } else if (char === '(') {
      paint(char, 1);
      i++;
      let match;
      if ((match = /^\(\?<([^=!>][^>]*)>/.exec(rest))) {
        paint('?<', 1);
        paint(match[1], 2);
        paint('>', 1);
        i += match[0].length - 1;
      } else if ((match = /^\((\?(?:<?[=!]|:))/.exec(rest))) {
        paint(match[1], 1);
        i += match[1].length;
      } else if (text[i] === '?') {
        paint('?', 2);
        i++;
      }
      depth++;
    } else if (char === ')') {
      depth--; // below 0 when there is one too many
      paint(char, 1);
      i++;
    } else if (char === '{' && /^\{\d+(?:,\d*)?\}/.test(rest)) {
      const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
      paint('{', 1);
      paint(match[1], 3);
      if (match[2]) paint(',', 2);
      if (match[3]) paint(match[3], 3);
      paint('}', 1);
      i += match[0].length;
    } else if (char === '.') {
      paint(char, 3);
      i++;
    } else if ('*+?^$|,'.includes(char)) {
      paint(char, 4);
      i++;
    } else {
      paint(char, 2);
      i++;
    }
  }
  depth = 0;
  if (end > 0) {
    paint('/', 0);
    if (end + 1 < text.length) paint(text.slice(end + 1), 1);
  }
  return out;
}

module.exports = { highlight };
