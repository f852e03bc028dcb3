// SPDX-License-Identifier: MIT
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
print(fib(20));
function deep(n) { return n === 0 ? 0 : 1 + deep(n - 1); }
print(deep(5000));
function forever() { return forever() + 1; }
try { forever(); } catch (e) { print(e instanceof RangeError, e.message); }
var o = { get x() { return this.x; } };
try { o.x; } catch (e) { print(e.name); }
var depth = 0;
function f() { depth++; [1].forEach(f); }
try { f(); } catch (e) { print(e.name, depth > 100); }
class A { constructor() { new A(); } }
try { new A(); } catch (e) { print(e.name); }
// expect: 6765
// expect: 5000
// expect: true Maximum call stack size exceeded
// expect: RangeError
// expect: RangeError true
// expect: RangeError
