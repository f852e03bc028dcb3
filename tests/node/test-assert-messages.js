'use strict';
// The texts of assertion errors: when two values stand on one line, the caret, long strings, what a diff leaves out, for
// chosen pairs and for random ones.
const assert = require('assert');

const symbols = [Symbol.iterator, Symbol('a')];
const long = 'x\n'.repeat(45);
const numbers = Array.from({ length: 60 }, (_, k) => k);
const pairs = [
  [[], {}], [{}, new Set()], [new Map(), {}], ['foo', undefined], [undefined, 'foob'], ['abcdef', 'ghijkl'],
  ['abcdefg', 'ghijkl'], ['abcdefghij', 1], [123456, 1234567], [/a/, /b/], [{}, null], [1, {}], ['', {}], ['a', 'a\nb'],
  ['line one\nline two', 'line one\nline 2'], [long, `${long}y`], [long, 'z'], ['a'.repeat(36), `${'a'.repeat(35)}b`],
  ['a'.repeat(39), `${'a'.repeat(38)}b`], [{ k: `${'a'.repeat(80)}\nb` }, { k: `${'a'.repeat(80)}\nc` }],
  [numbers, numbers.with(30, 'x')], [numbers, numbers.toSpliced(5, 1)],
];

// A generator of its own: the same everywhere.
let seed = 7;
const below = (limit) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor(seed / 2147483648 * limit);
};
const words = ['foo', 'bar', 'hello world', 'a\nb', '', 'lorem ipsum dolor sit amet consectetur adipiscing elit'];
const leaves = [() => below(5), () => words[below(words.length)], () => below(2) === 0, () => null, () => undefined,
  () => BigInt(below(4)), () => [NaN, -0, 0, 1.5][below(4)], () => symbols[below(2)]];
function value(depth) {
  const kind = below(depth > 2 ? 8 : 12);
  const list = () => Array.from({ length: below(5) }, () => value(depth + 1));
  if (kind < 8) return leaves[kind]();
  if (kind === 8) return Object.fromEntries(list().map((each) => ['abcdefg'[below(7)], each]));
  if (kind === 9) return list();
  return kind === 10 ? new Map(list().map((each, k) => [`k${k}`, each])) : new Set(list());
}
for (let k = 0; k < 25; k++) {
  const one = value(0);
  pairs.push(Array.isArray(one) ? [one, [value(1), ...one.slice(1)]].map((list) => list.concat([k % 3])) : [one, value(0)]);
}

const full = new assert.Assert({ diff: 'full' });
pairs.forEach(([a, b], k) => {
  for (const name of ['strictEqual', 'deepStrictEqual', 'deepEqual', 'partialDeepStrictEqual', 'notStrictEqual']) {
    for (const from of k === 20 ? [assert, full] : [assert]) {
      try {
        from[name](a, b);
      } catch (error) {
        console.log(`# ${k} ${name} ${error.diff}\n${error.message}`);
      }
    }
  }
});
