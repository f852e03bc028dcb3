// SPDX-License-Identifier: MIT
'use strict';

// The .env format: NAME=value lines, `export` before a name, comments, values in quotes that may span lines; in
// double quotes \n is a newline. Carriage returns are nothing, and only ASCII's blanks are blank.

const trim = (text) => text.replace(/^[ \t\n\v\f]+|[ \t\n\v\f]+$/g, '');
const isBlank = (unit) => unit === ' ' || unit === '\t' || unit === '\n' || unit === '\v' || unit === '\f';

function parseEnv(content) {
  const result = { __proto__: null };
  const text = content.replaceAll('\r', '');
  const end = text.length;
  const find = (what, from) => {
    const at = text.indexOf(what, from);
    return at === -1 ? end : at;
  };
  let i = 0;
  while (i < end) {
    if (isBlank(text[i])) {
      i++;
      continue;
    }
    const equals = find('=', i);
    const lineEnd = find('\n', i);
    if (text[i] === '#' || lineEnd <= equals) {
      i = lineEnd + 1;
      continue;
    }
    let name = trim(text.slice(i, equals));
    i = equals + 1;
    // The value begins at the first character that is no blank, on a later line too unless its own ends at the sign.
    let start = i;
    while (start < end && isBlank(text[start])) start++;
    if (text[i] === '\n' || start === end) {
      result[name] = '';
      continue;
    }
    if (name === '') continue;
    if (name.startsWith('export ')) name = trim(name.slice(7));
    const mark = text[start];
    const isQuoted = mark === '"' || mark === "'" || mark === '`';
    const close = isQuoted ? find(mark, start + 1) : end;
    if (isQuoted && close !== end) {
      const value = text.slice(start + 1, close);
      result[name] = mark === '"' ? value.replaceAll('\\n', '\n') : value;
      i = find('\n', close + 1) + 1;
      continue;
    }
    i = find('\n', start);
    const value = text.slice(start, i);
    const comment = value.indexOf('#');
    // A quote that nobody closes is part of its line, as the rest of it is, comments and all.
    if (isQuoted) result[name] = i < end ? value : trim(value);
    else result[name] = trim(comment === -1 ? value : value.slice(0, comment));
    i++;
  }
  // By name, as Node gives them.
  const sorted = { __proto__: null };
  for (const name of Object.keys(result).sort()) sorted[name] = result[name];
  return sorted;
}

module.exports = { parseEnv };
