// SPDX-License-Identifier: MIT
function f(n) { try { if (n === 0) return 'try'; if (n === 1) throw new Error('x'); return 'end'; } catch (e) { return 'catch ' + e.message; } finally { print('finally', n); if (n === 2) return 'override'; } }
print(f(0)); print(f(1)); print(f(2)); print(f(3));
function g() { for (var i = 0; i < 3; i++) { try { if (i === 1) continue; if (i === 2) break; print('body', i); } finally { print('fin', i); } } return 'done'; }
print(g());
function nested() { try { try { throw 1; } finally { print('inner'); } } catch (e) { print('outer', e); try { throw 2; } catch (e2) { print(e, e2); } return e; } }
print(nested());
try { (() => { try { throw new Error('a'); } finally { throw new Error('b'); } })(); } catch (e) { print(e.message); }
var x = (() => { l: try { return 1; } finally { break l; } return 2; })(); print(x);
try { null.f(); } catch ({ name, message }) { print(name, message); }
try { throw undefined; } catch (e) { print(e); }
function deep(n) { if (n === 0) throw new RangeError('deep'); try { deep(n - 1); } finally { if (n === 3) print('unwinding'); } }
try { deep(5); } catch (e) { print(e.message); }
var log = []; for (const v of [1, 2, 3]) { try { if (v === 2) continue; log.push(v); } finally { log.push('f' + v); } } print(log.join());
// expect: finally 0
// expect: try
// expect: finally 1
// expect: catch x
// expect: finally 2
// expect: override
// expect: finally 3
// expect: end
// expect: body 0
// expect: fin 0
// expect: fin 1
// expect: fin 2
// expect: done
// expect: inner
// expect: outer 1
// expect: 1 2
// expect: 1
// expect: b
// expect: 2
// expect: TypeError Cannot read properties of null (reading 'f')
// expect: undefined
// expect: unwinding
// expect: deep
// expect: 1,f1,f2,3,f3
