// SPDX-License-Identifier: MIT
'use strict';

// What the engine counted, as V8 reports it: for each function its own range and, inside of it, nested ranges that have
// another count than what is around them.
//
// The engine gives branches (start, end) and continuations (start, -1): what follows a statement that control may leave,
// up to where the next range begins or the one around it ends.

// Outer ranges first.
function inOrder(a, b) {
  return a.start - b.start || b.end - a.end;
}

// Calls visit(block, parent, its index, isTop) for each in order. It answers false to drop the block, and then the block is
// nobody's parent.
function walk(fn, blocks, visit) {
  const kept = [];
  const around = [];
  for (let k = 0; k < blocks.length; k++) {
    const block = blocks[k];
    while (around.length > 0 && around.at(-1).end <= block.start) around.pop();
    const parent = around.at(-1) ?? fn;
    if (visit(block, parent, k, around.length === 0) === false) continue;
    kept.push(block);
    if (block.end > block.start) around.push(block);
  }
  return kept;
}

// Of several counters for one place the highest counts; a continuation where a branch begins says nothing new.
function withoutDuplicates(blocks) {
  const kept = [];
  for (const block of blocks) {
    const last = kept.at(-1);
    if (last !== undefined && last.start === block.start && last.end === block.end) {
      last.count = Math.max(last.count, block.count);
    } else if (block.end !== -1 || last?.start !== block.start) {
      kept.push(block);
    }
  }
  return kept;
}

// Neighbours with one count are one range, where nothing is inside of the first.
function joinNeighbours(fn, blocks) {
  return walk(fn, blocks, (block, parent, k) => {
    const sibling = blocks[k + 1];
    if (sibling === undefined || sibling.start >= parent.end || sibling.start !== block.end ||
      sibling.count !== block.count) {
      return true;
    }
    sibling.start = block.start;
    return false;
  }).sort(inOrder);
}

function nestedRanges(fn, flat) {
  let blocks = [];
  for (let k = 0; k < flat.length; k += 3) blocks.push({ start: flat[k], end: flat[k + 1], count: flat[k + 2] });
  blocks = withoutDuplicates(blocks.sort(inOrder));
  const all = blocks;
  blocks = walk(fn, blocks, (block, parent, k, isTop) => {
    const next = all[k + 1];
    if (block.start >= fn.end) return false;
    if (block.end !== -1) return true;
    if (next !== undefined && next.start < parent.end) block.end = next.start;
    else block.end = isTop ? parent.end - 1 : parent.end; // without the brace
    return true;
  });
  blocks = joinNeighbours(fn, blocks);
  blocks = walk(fn, blocks, (block, parent) => block.count !== parent.count);
  blocks = joinNeighbours(fn, blocks);
  blocks = walk(fn, blocks, (block, parent) => block.count > 0 || parent.count > 0);
  return blocks.filter(({ start, end }) => end > start);
}

const accessor = /(get|set)\s+(?:(#?[\w$]+)|'([^'\\\n]*)'|"([^"\\\n]*)")\s*\(/y;

// Accessors are called by their kind and name, which stand at their beginning.
function nameOf(name, start, source) {
  if (source === undefined || (name !== '' && !name.startsWith('#'))) return name;
  accessor.lastIndex = start;
  const match = accessor.exec(source);
  return match === null ? name : `${match[1]} ${match[2] ?? match[3] ?? match[4]}`;
}

// The functions of a script in V8's form: in the order of the text, those in functions that never ran left out.
function scriptFunctions(list, source) {
  const functions = list.map(({ 0: name, 1: start, 2: end, 3: count, 4: flat }) => (
    { name: nameOf(name, start, source), start, end, count, flat }));
  functions.sort(inOrder);
  const around = [];
  const result = [];
  for (const fn of functions) {
    while (around.length > 0 && around.at(-1).end <= fn.start) around.pop();
    const parent = around.at(-1);
    const blocks = nestedRanges(fn, fn.flat);
    around.push(fn);
    if (fn.count === 0 && blocks.length === 0 && parent !== undefined && parent.count === 0) continue;
    const asRange = ({ start, end, count }) => ({ startOffset: start, endOffset: end, count });
    result.push({
      functionName: fn.name, ranges: [asRange(fn), ...blocks.map(asRange)],
      isBlockCoverage: fn.count > 0 || blocks.length > 0,
    });
  }
  return result;
}

module.exports = { scriptFunctions };
