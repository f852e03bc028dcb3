'use strict';
// Two errors are compared without their stacks in the text, and so are their causes.
const assert = require('assert');

class Own extends Error { name = 'Own'; }
const pairs = [
  [new Error('a', { cause: new Error('x') }), new Error('a', { cause: new Error('y') })], [new Error('a'), new RangeError('a')],
  [Object.assign(new RangeError('a', { cause: { p: 1 } }), { extra: 1 }), new RangeError('b', { cause: undefined })],
  [new Own('a'), new Own('b')], [new Error('a', { cause: new Error('b', { cause: new Error('c') }) }), new Error('a')],
  [new AggregateError([1], 'a'), new AggregateError([], 'a')], [{ a: 1 }, require('vm').runInNewContext('({ a: 1 })')],
];
for (const [a, b] of pairs) {
  for (const name of ['strictEqual', 'deepStrictEqual', 'deepEqual', 'partialDeepStrictEqual']) {
    try {
      assert[name](a, b);
      console.log(name, 'equal');
    } catch (error) {
      console.log(name, error.message);
    }
  }
}
