// SPDX-License-Identifier: MIT
// Array.fromAsync: sources, order of what is observed, closing the iterator, errors.
const show = (name) => [(v) => print(name, Array.isArray(v) ? JSON.stringify(v) : v), (e) => print(name, String(e))];
const log = [];
async function* numbers() {
  try { yield 1; yield 2; yield 3; } finally { log.push('closed'); }
}
class Kept { constructor(...args) { this.args = args; } }
function* syncOf(...values) { try { yield* values; } finally { print('sync closed'); } }
(async () => {
  await Array.fromAsync(numbers()).then(...show('async'));
  await Array.fromAsync([1, Promise.resolve(2), 3], async (v, k) => v * 10 + k).then(...show('sync'));
  await Array.fromAsync({ length: 3, 0: 'a', 1: Promise.resolve('b') }, function (v) { return this.p + v; }, { p: '-' })
    .then(...show('like'));
  await Array.fromAsync('h\u{1F600}y').then(...show('string'));
  await Array.fromAsync(5).then(...show('number'));
  const kept = await Array.fromAsync.call(Kept, { length: 2, 0: 'x' });
  print(kept.args.length, kept.args[0], kept.length, kept[0], kept[1], kept instanceof Kept);
  const iterated = await Array.fromAsync.call(Kept, ['y']);
  print(iterated.args.length, iterated.length, iterated[0]);
  await Array.fromAsync(numbers(), (v) => { if (v === 2) throw new Error('mapper'); return v; }).then(...show('throws'));
  await Array.fromAsync(numbers(), (v) => Promise.reject(new Error('rejected ' + v))).then(...show('rejects'));
  await Array.fromAsync(syncOf(1, Promise.reject(new Error('element')))).then(...show('element'));
  await Array.fromAsync({ length: 1, get 0() { throw new Error('getter'); } }).then(...show('getter'));
  const locked = function () { return Object.freeze({}); };
  await Array.fromAsync.call(locked, numbers()).then(...show('frozen'));
  const stubborn = { [Symbol.asyncIterator]() { return this; }, next() { return { value: 1 }; },
    return() { print('return'); throw new Error('not this one'); } };
  await Array.fromAsync(stubborn, () => { throw new Error('the first'); }).then(...show('close'));
  await Array.fromAsync({ [Symbol.asyncIterator]() { return { next: () => 1 }; } }).catch((e) => print(e.name));
  await Array.fromAsync().catch((e) => print(e.name));
  await Array.fromAsync([], null).then(...show('null'));
  await Array.fromAsync({ length: 2 ** 32 }).then(...show('long'));
  print(log.join());
  print(Array.fromAsync.length, Array.fromAsync.name, Array.fromAsync([]) instanceof Promise);
  // A thenable is awaited once in an array-like; from an async iterator it is taken as it is.
  const thenable = { then(f) { f('settled'); } };
  print((await Array.fromAsync({ length: 1, 0: thenable }))[0]);
  print((await Array.fromAsync({ async *[Symbol.asyncIterator]() { yield 'z'; } }, (v) => ({ then(f) { f(v + v); } })))[0]);
})();
print('first');
// expect: first
// expect: async [1,2,3]
// expect: sync [10,21,32]
// expect: like ["-a","-b","-undefined"]
// expect: string ["h","😀","y"]
// expect: number []
// expect: 1 2 2 x undefined true
// expect: 0 1 y
// expect: throws Error: mapper
// expect: rejects Error: rejected 1
// expect: sync closed
// expect: element Error: element
// expect: getter Error: getter
// expect: frozen TypeError: Cannot define property 0, object is not extensible
// expect: return
// expect: close Error: the first
// expect: TypeError
// expect: TypeError
// expect: null TypeError: null is not a function
// expect: long RangeError: Invalid array length
// expect: closed,closed,closed,closed
// expect: 1 fromAsync true
// expect: settled
// expect: zz
