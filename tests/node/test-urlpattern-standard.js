// Where Node 26's URLPattern leaves the standard: groups come in their pattern's order, text that is no URL matches nothing.
// Also: hostile patterns end with an error.
'use strict';
const assert = require('assert');

const { groups } = new URLPattern({ pathname: '/:id(\\d+)/{:opt}?' }).exec('https://e.com/12/').pathname;
assert.deepStrictEqual(Object.entries(groups), [['id', '12'], ['opt', undefined]]);
assert.strictEqual(new URLPattern({ pathname: '/*' }).test('nope'), false);
assert.strictEqual(new URLPattern({ pathname: '/*' }).exec('nope'), null);
assert.throws(() => new URLPattern({ get hash() { throw new Error('getter'); } }), { message: 'getter' });
for (const text of ['('.repeat(5000), '{'.repeat(5000), '\\'.repeat(5001), ':'.repeat(100)]) {
  assert.throws(() => new URLPattern(text), { code: 'ERR_INVALID_URL_PATTERN' });
}
