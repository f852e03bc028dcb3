// SPDX-License-Identifier: MIT
'use strict';

// The .env format: NAME=value lines, `export` before a name, comments, values in quotes that may span lines; in
// double quotes \n is a newline.

function parseEnv(content) {
  const result = { __proto__: null };
  const text = content.replace(/\r\n?/g, '\n');
  let i = 0;
  while (i < text.length) {
    const lineEnd = text.indexOf('\n', i) === -1 ? text.length : text.indexOf('\n', i);
    const line = text.slice(i, lineEnd);
    const equals = line.indexOf('=');
    const trimmed = line.trimStart();
    if (trimmed === '' || trimmed[0] === '#' || equals === -1) {
      i = lineEnd + 1;
      continue;
    }
    let name = line.slice(0, equals).trim();
    if (name.startsWith('export ')) name = name.slice(7).trim();
    if (name === '') {
      i = lineEnd + 1;
      continue;
    }
    // The value begins at the first character that is no blank.
    let start = i + equals + 1;
    while (start < text.length && (text[start] === ' ' || text[start] === '\t')) start++;
    const mark = text[start];
    if (mark === '"' || mark === "'" || mark === '`') {
      const close = text.indexOf(mark, start + 1);
      if (close !== -1) {
        let value = text.slice(start + 1, close);
        if (mark === '"') value = value.replaceAll('\\n', '\n');
        result[name] = value;
        const next = text.indexOf('\n', close + 1);
        i = next === -1 ? text.length : next + 1;
        continue;
      }
    }
    let value = text.slice(Math.min(start, lineEnd), lineEnd);
    const comment = value.indexOf('#');
    if (comment !== -1) value = value.slice(0, comment);
    result[name] = value.trim();
    i = lineEnd + 1;
  }
  return result;
}

module.exports = { parseEnv };
