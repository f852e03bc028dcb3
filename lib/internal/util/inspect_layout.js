// SPDX-License-Identifier: MIT
'use strict';

// util.inspect's layout: parts of a value on one line, in columns, or one a line.

// The parts are items of an array: many short ones are grouped.
const kArrayExtra = 2;

// Columns of a grouped array are laid out as if a character were this much higher than wide, with this cap.
const kCharHeight = 2.5;
const kMaxColumns = 15;
// Below this many entries an array is not grouped into columns.
const kMinGrouped = 6;

function widthOf(ctx, text) {
  return require('internal/util/string_width').getStringWidth(text, ctx.colors);
}

// Parts of an array, arranged in columns of equal width when they are short and many.
function groupInColumns(ctx, output, value) {
  let total = 0;
  let longest = 0;
  let i = 0;
  let length = output.length;
  if (ctx.maxArrayLength < length) length--; // the "... more items" part stays on its own line
  const separator = 2;
  const widths = new Array(length);
  for (; i < length; i++) {
    const width = ctx.colors ? widthOf(ctx, output[i]) : plainWidth(ctx, output[i]);
    widths[i] = width;
    total += width + separator;
    if (longest < width) longest = width;
  }
  const columnWidth = longest + separator;
  // Worth it only when several fit on a line and the lengths are not too uneven.
  if (columnWidth * 3 + ctx.indentationLvl >= ctx.breakLength ||
      !(total / columnWidth > 5 || longest <= 6)) {
    return output;
  }
  const averageBias = Math.sqrt(columnWidth - total / output.length);
  const biased = Math.max(columnWidth - 3 - averageBias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(kCharHeight * biased * length) / biased),
    Math.floor((ctx.breakLength - ctx.indentationLvl) / columnWidth),
    ctx.compact * 4,
    kMaxColumns);
  if (columns <= 1) return output;
  const columnWidths = [];
  for (i = 0; i < columns; i++) {
    let widest = 0;
    for (let j = i; j < length; j += columns) {
      if (widths[j] > widest) widest = widths[j];
    }
    columnWidths.push(widest + separator);
  }
  let padStart = false;
  if (value !== undefined) {
    padStart = true;
    for (i = 0; i < length; i++) {
      if (typeof value[i] !== 'number' && typeof value[i] !== 'bigint') {
        padStart = false;
        break;
      }
    }
  }
  const rows = [];
  for (i = 0; i < length; i += columns) {
    const end = Math.min(i + columns, length);
    let row = '';
    let j = i;
    for (; j < end - 1; j++) {
      const cell = `${output[j]}, `;
      const padding = ' '.repeat(columnWidths[j - i] - widths[j] - separator);
      row += padStart ? padding + cell : cell + padding;
    }
    if (padStart) row += ' '.repeat(columnWidths[j - i] - separator - widths[j]) + output[j];
    else row += output[j];
    rows.push(row);
  }
  if (length < output.length) rows.push(output[length]);
  return rows;
}

function plainWidth(ctx, text) {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 126 || code < 32) return widthOf(ctx, text);
  }
  return text.length;
}

function fitsOnLine(ctx, output, start, base) {
  let total = output.length + start;
  if (total + output.length > ctx.breakLength) return false;
  for (let i = 0; i < output.length; i++) {
    total += ctx.colors ? removeColors(output[i]).length : output[i].length;
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

const colorCode = /\u001b\[\d\d?m/g;
function removeColors(text) {
  return text.includes('\u001b') ? text.replace(colorCode, '') : text;
}

// The text of what has these parts. base: what stands before the opening brace; extras: kArrayExtra or another kind;
// value: the array, where its columns of numbers are to be right-aligned.
function joinParts(ctx, output, base, braces, extras, recurseTimes, value) {
  if (ctx.compact !== true) {
    if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
      const entries = output.length;
      if (extras === kArrayExtra && entries > kMinGrouped) output = groupInColumns(ctx, output, value);
      // On one line when it fits and holds at most `compact` levels; grouped rows stay rows.
      if (ctx.currentDepth - recurseTimes < ctx.compact && entries === output.length) {
        const start = output.length + ctx.indentationLvl + braces[0].length + base.length + 10;
        if (fitsOnLine(ctx, output, start, base)) {
          const joined = output.join(', ');
          if (!joined.includes('\n')) {
            return `${base ? `${base} ` : ''}${braces[0]} ${joined} ${braces[1]}`;
          }
        }
      }
    }
    const indentation = `\n${' '.repeat(ctx.indentationLvl)}`;
    return `${base ? `${base} ` : ''}${braces[0]}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${
      braces[1]}`;
  }
  if (fitsOnLine(ctx, output, 0, base)) {
    return `${braces[0]}${base ? ` ${base}` : ''} ${output.join(', ')} ${braces[1]}`;
  }
  const indentation = ' '.repeat(ctx.indentationLvl);
  const lead = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}\n${indentation}  `;
  return `${braces[0]}${lead}${output.join(`,\n${indentation}  `)} ${braces[1]}`;
}

module.exports = { joinParts, kArrayExtra, removeColors, widthOf };
