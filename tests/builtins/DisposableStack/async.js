// SPDX-License-Identifier: MIT
const thrown = (fn) => { try { return fn(); } catch (e) { return e.name + ': ' + e.message; } };
const later = (fn) => Promise.resolve().then(fn);
(async () => {
  const stack = new AsyncDisposableStack();
  stack.use({ async [Symbol.asyncDispose]() { await null; print('async'); } });
  stack.use({ [Symbol.dispose]() { print('sync'); return new Promise(() => {}); } });
  stack.use(null);
  print(stack.adopt('value', (v) => later(() => print('adopted', v))));
  stack.defer(() => later(() => print('deferred')));
  const moved = stack.move();
  print(stack.disposed, moved.disposed, thrown(() => stack.defer(() => 1)));
  const promise = moved.disposeAsync();
  print(promise instanceof Promise, moved.disposed);
  print(await promise, await moved.disposeAsync(), moved.disposeAsync === moved[Symbol.asyncDispose]);
  const failing = new AsyncDisposableStack();
  failing.defer(() => { throw new Error('thrown'); });
  failing.defer(() => Promise.reject(new Error('rejected')));
  failing.use({ [Symbol.dispose]() { throw new Error('by sync'); } });
  await failing.disposeAsync().catch((e) =>
    print(e.name, e.error.message, e.suppressed.error.message, e.suppressed.suppressed.message));
  await AsyncDisposableStack.prototype.disposeAsync.call({}).catch((e) => print(e.name, e.message));
  {
    await using scope = new AsyncDisposableStack();
    scope.defer(async () => print('scope'));
  }
  const fresh = new AsyncDisposableStack();
  print(thrown(() => fresh.use('x')));
  print(thrown(() => fresh.use({})));
  print(thrown(() => fresh.use({ [Symbol.asyncDispose]: 1 })));
  print(thrown(() => fresh.adopt(1)));
  print(thrown(() => AsyncDisposableStack()));
  fresh.use((async function* () { try { yield 1; } finally { print('generator closed'); } })());
  await fresh.disposeAsync();
  // How many turns disposal takes.
  for (const fill of [() => {}, (s) => s.use(null), (s) => s.defer(() => 1), (s) => s.defer(() => { throw 1; }),
    (s) => s.use({ [Symbol.dispose]() { throw 1; } }), (s) => { s.use(null); s.defer(() => 1); s.use(undefined); }]) {
    const s = new AsyncDisposableStack();
    fill(s);
    let settled = false, turns = 0;
    const mark = () => { settled = true; };
    s.disposeAsync().then(mark, mark);
    while (!settled) { await null; turns++; }
    print('turns', turns);
  }
  print(Reflect.ownKeys(AsyncDisposableStack.prototype).map(String).join());
})();
// expect: value
// expect: true false ReferenceError: Cannot call AsyncDisposableStack.prototype.defer on an already-disposed DisposableStack
// expect: true true
// expect: deferred
// expect: adopted value
// expect: sync
// expect: async
// expect: undefined undefined true
// expect: SuppressedError thrown rejected by sync
// expect: TypeError Receiver is not an AsyncDisposableStack
// expect: scope
// expect: TypeError: An object is expected with `using` declarations
// expect: TypeError: Symbol(Symbol.dispose) is not a function
// expect: TypeError: Symbol(Symbol.asyncDispose) is not a function
// expect: TypeError: undefined is not a function
// expect: TypeError: Constructor AsyncDisposableStack requires 'new'
// expect: turns 1
// expect: turns 2
// expect: turns 2
// expect: turns 1
// expect: turns 2
// expect: turns 2
// expect: constructor,use,disposeAsync,adopt,defer,move,disposed,Symbol(Symbol.asyncDispose),Symbol(Symbol.toStringTag)
