// SPDX-License-Identifier: MIT
'use strict';

// console.table: rows and columns out of arrays, objects, maps and sets, drawn with box characters.

const { inspect } = require('internal/util/inspect');
const { getStringWidth } = require('internal/util/string_width');
const types = internalBinding('types');
const { previewEntries } = internalBinding('util');

const indexKey = '(index)';
const iterationKey = '(iteration index)';
const keyKey = 'Key';
const valuesKey = 'Values';

function renderRow(row, widths) {
  const cells = row.map((cell, i) => ` ${cell}${' '.repeat(widths[i] - getStringWidth(cell) - 1)}`);
  return `\u2502${cells.join('\u2502')}\u2502\n`;
}

function draw(head, columns) {
  const rowCount = columns.reduce((most, column) => Math.max(most, column.length), 0);
  const widths = head.map((name) => getStringWidth(name));
  const rows = [];
  for (let i = 0; i < rowCount; i++) rows.push([]);
  columns.forEach((column, c) => {
    for (let r = 0; r < rowCount; r++) {
      const cell = rows[r][c] = Object.hasOwn(column, r) ? column[r] : '';
      widths[c] = Math.max(widths[c] || 0, getStringWidth(cell));
    }
  });
  const full = widths.map((width) => width + 2);
  const lines = full.map((width) => '\u2500'.repeat(width));
  let text = `\u250c${lines.join('\u252c')}\u2510\n${renderRow(head, full)}\u251c${lines.join('\u253c')}\u2524\n`;
  for (const row of rows) text += renderRow(row, full);
  return `${text}\u2514${lines.join('\u2534')}\u2518`;
}

function tableOf(data, properties, options) {
  const format = (value) => inspect(value, {
    ...options,
    depth: value !== null && typeof value === 'object' && !types.isRegExp(value) && Object.keys(value).length > 2 ? -1 :
      0,
  });
  const indices = (length) => Array.from({ length }, (_, i) => format(i));

  const isMapIterator = types.isMapIterator(data);
  let isEntries = false;
  if (isMapIterator) {
    const preview = previewEntries(data, true);
    data = preview[0];
    isEntries = preview[1];
  }
  if (isEntries || types.isMap(data)) {
    const keys = [];
    const values = [];
    if (isEntries) {
      for (let i = 0; i < data.length; i += 2) {
        keys.push(format(data[i]));
        values.push(format(data[i + 1]));
      }
    } else {
      for (const [key, value] of data) {
        keys.push(format(key));
        values.push(format(value));
      }
    }
    return draw([iterationKey, keyKey, valuesKey], [indices(keys.length), keys, values]);
  }
  let isIterated = isMapIterator;
  if (types.isSetIterator(data)) {
    const { 0: items, 1: pairs } = previewEntries(data, true);
    // entries() of a set repeats each value.
    data = pairs ? items.filter((_, i) => i % 2 === 0) : items;
    isIterated = true;
  }
  if (isIterated || types.isSet(data)) {
    const values = [];
    for (const value of data) values.push(format(value));
    return draw([iterationKey, valuesKey], [indices(values.length), values]);
  }

  const columns = new Map();
  let hasPrimitives = false;
  const primitives = [];
  const rowKeys = Object.keys(data);
  for (let i = 0; i < rowKeys.length; i++) {
    const item = data[rowKeys[i]];
    const primitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (primitive) {
      hasPrimitives ||= properties === undefined;
      primitives[i] = format(item);
      continue;
    }
    for (const key of properties || Object.keys(item)) {
      if (!columns.has(key)) columns.set(key, []);
      if (!Object.hasOwn(item, key)) columns.get(key)[i] = '';
      else columns.get(key)[i] = format(item[key]);
    }
  }
  if (properties) {
    for (const key of properties) {
      if (!columns.has(key)) columns.set(key, []);
    }
  }
  const head = [indexKey, ...[...columns.keys()].map(String)];
  const body = [rowKeys, ...columns.values()];
  if (hasPrimitives) {
    head.push(valuesKey);
    body.push(primitives);
  }
  return draw(head, body);
}

module.exports = { tableOf };
