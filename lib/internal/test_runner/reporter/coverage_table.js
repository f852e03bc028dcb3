// SPDX-License-Identifier: MIT
'use strict';

// A coverage report as a table: folders and files as a tree, with percentages and the lines that did not run.

const path = require('path');

const heads = ['line %', 'branch %', 'funcs %'];
const lastHead = 'uncovered lines';
const total = 'all files';
const gap = ' | ';

function uncoveredLines({ lines }) {
  const parts = [];
  let first;
  let last;
  const end = () => {
    if (first !== undefined) parts.push(first === last ? `${first}` : `${first}-${last}`);
    first = undefined;
  };
  for (const { line, count } of lines) {
    if (count > 0 || (first !== undefined && line !== last + 1)) end();
    if (count > 0) continue;
    first ??= line;
    last = line;
  }
  end();
  return parts.join(' ');
}

// Files come in the order of their paths. Rows { depth, name, values, lines, average }; a folder has no values.
function treeRows(files, folder) {
  const rows = [];
  const tree = new Map();
  for (const file of files) {
    const parts = path.relative(folder, file.path).split(path.sep);
    let at = tree;
    for (const part of parts.slice(0, -1)) {
      if (!(at.get(part) instanceof Map)) at.set(part, new Map());
      at = at.get(part);
    }
    at.set(parts.at(-1), file);
  }
  const visit = (node, depth) => {
    for (const { 0: name, 1: entry } of node) {
      if (entry instanceof Map) {
        rows.push({ depth, name, values: undefined, lines: '' });
        visit(entry, depth + 1);
      } else {
        rows.push({ depth, name, values: percentages(entry), lines: uncoveredLines(entry) });
      }
    }
  };
  visit(tree, 0);
  return rows;
}

function percentages({ coveredLinePercent, coveredBranchPercent, coveredFunctionPercent }) {
  return [coveredLinePercent, coveredBranchPercent, coveredFunctionPercent];
}

function colorOf(value, tint) {
  if (value >= 90) return tint.green;
  return value > 50 ? tint.yellow : tint.red;
}

// The lines of the table; each begins with `by`. columns: how wide it may be, undefined for as it comes. tint: colours, and
// `base`, the one of the text around.
function coverageTable({ files, totals, workingDirectory }, by, columns, tint) {
  const rows = treeRows(files, workingDirectory);
  const room = tint.base === '' ? 0 : 2; // Node leaves two more columns to names in colour
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const deepest = Math.max(...rows.map(({ depth }) => depth));
  let nameWidth = Math.max(total.length, longest + deepest + room);
  let lastWidth = Math.max(lastHead.length, ...rows.map(({ lines }) => lines.length));
  const fixed = heads.reduce((sum, head) => sum + gap.length + head.length, 0) + gap.length;
  let width = nameWidth + fixed + lastWidth + 1;
  if (columns !== undefined && width > columns - 2) {
    width = columns - 2;
    nameWidth = Math.min(nameWidth, Math.max(Math.floor(columns / 2) - 1, 1));
    lastWidth = Math.max(width - 1 - fixed - nameWidth, 1);
  }
  const inColor = (color, text) => (color === '' ? text : `${color}${text}${tint.base}`);
  const cut = (text) => (text.length > lastWidth ? `${text.slice(0, lastWidth - 1)}…` : text);
  const cutName = (name, room) => (name.length > room ? `…${name.slice(name.length - Math.max(room - 1, 0))}` : name);
  const line = (name, cells, last) => `${by}${name}${gap}${cells.join(gap)}${gap}${cut(last)}\n`;
  const row = ({ depth, name, values, lines }) => {
    const shown = cutName(name, nameWidth - depth).padEnd(nameWidth - depth);
    const average = values === undefined ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
    const cells = heads.map((head, k) => {
      const text = values === undefined ? '' : values[k].toFixed(2);
      return inColor(values === undefined ? tint.red : colorOf(values[k], tint), text.padStart(head.length));
    });
    const isPlain = average === undefined || name === total;
    return line(' '.repeat(depth) + inColor(isPlain ? '' : colorOf(average, tint), shown), cells, lines);
  };
  const rule = `${by}${'-'.repeat(width)}\n`;
  const head = line('file'.padEnd(nameWidth), heads.map((text) => inColor(tint.red, text)), lastHead);
  const sum = row({ depth: 0, name: total, values: percentages(totals), lines: '' });
  return `${by}start of coverage report\n${rule}${head}${rule}${rows.map(row).join('')}${rule}${sum}${rule}` +
    `${by}end of coverage report\n`;
}

module.exports = { coverageTable };
