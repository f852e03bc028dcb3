// SPDX-License-Identifier: MIT
const thrown = (fn) => { try { return fn(); } catch (e) { return e.name + ': ' + e.message; } };
const named = (name) => ({ [Symbol.dispose]() { print('dispose', name, this === undefined); } });
const stack = new DisposableStack();
const a = named('a');
print(stack.use(a) === a, stack.use(null), stack.use(undefined), stack.disposed);
print(stack.adopt(7, function (...args) { print('adopted', args.join(), this === undefined); }));
print(stack.defer((...args) => print('deferred', args.length)));
const moved = stack.move();
print(stack.disposed, moved.disposed, moved instanceof DisposableStack);
print(thrown(() => stack.use(a)));
print(thrown(() => stack.move()));
moved.dispose();
print(moved.disposed, moved.dispose(), moved[Symbol.dispose] === moved.dispose);
{
  using scope = new DisposableStack();
  scope.use(named('in scope'));
}
const failing = new DisposableStack();
for (const name of ['first', 'second', 'third']) failing.defer(() => { throw new Error(name); });
failing.defer(() => failing.dispose());
try { failing.dispose(); } catch (e) {
  print(e.name, e.error.message, e.suppressed.name, e.suppressed.error.message, e.suppressed.suppressed.message);
}
const fresh = new DisposableStack();
print(thrown(() => fresh.use(1)));
print(thrown(() => fresh.use({})));
print(thrown(() => fresh.use({ [Symbol.dispose]: 1 })));
print(thrown(() => fresh.adopt(1, 2)));
print(thrown(() => fresh.defer({})));
print(thrown(() => DisposableStack()));
print(thrown(() => DisposableStack.prototype.use.call(new AsyncDisposableStack(), a)));
class Sub extends DisposableStack {}
const sub = new Sub();
print(sub instanceof Sub, sub.move() instanceof Sub, Object.prototype.toString.call(sub));
print(Reflect.ownKeys(DisposableStack.prototype).map(String).join());
// Iterators are disposable.
const closing = (function* () { try { yield 1; } finally { print('iterator closed'); } })();
closing.next();
fresh.use(closing);
fresh.dispose();
let big = new DisposableStack(), count = 0;
for (let k = 0; k < 5000; k++) big.adopt({ k }, ({ k }) => { count += k; });
big.dispose();
print(count);
// expect: true null undefined false
// expect: 7
// expect: undefined
// expect: true false true
// expect: ReferenceError: Cannot call DisposableStack.prototype.use on an already-disposed DisposableStack
// expect: ReferenceError: Cannot call DisposableStack.prototype.move on an already-disposed DisposableStack
// expect: deferred 0
// expect: adopted 7 false
// expect: dispose a false
// expect: true undefined true
// expect: dispose in scope false
// expect: SuppressedError first SuppressedError second third
// expect: TypeError: An object is expected with `using` declarations
// expect: TypeError: Symbol(Symbol.dispose) is not a function
// expect: TypeError: Symbol(Symbol.dispose) is not a function
// expect: TypeError: 2 is not a function
// expect: TypeError: #<Object> is not a function
// expect: TypeError: Constructor DisposableStack requires 'new'
// expect: TypeError: Method DisposableStack.prototype.use called on incompatible receiver #<AsyncDisposableStack>
// expect: true false [object DisposableStack]
// expect: constructor,use,dispose,adopt,defer,move,disposed,Symbol(Symbol.dispose),Symbol(Symbol.toStringTag)
// expect: iterator closed
// expect: 12497500
