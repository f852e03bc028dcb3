// SPDX-License-Identifier: MIT
// Functions and objects of an enclosing function, called and read; strict equality with small integers.
'use strict';
function outer() {
  let o = {a: {b: 3}, get g() { return this.a.b }}, f = function () { return [this === undefined, arguments.length, arguments[0]].join() }, u, n = null;
  return function inner(p) {
    const r = [o.a.b, o.g, f(), f(p), f(this), o.missing, u === undefined];
    try { n.x } catch (e) { r.push(e.message) }
    try { u() } catch (e) { r.push(e.message) }
    try { u(p) } catch (e) { r.push(e.message) }
    try { n.x.y } catch (e) { r.push(e.message) }
    f = p => p * 2; r.push(f(p)); f = Math.sqrt; r.push(f(p)); f = class {}; try { f(p) } catch (e) { r.push(e.message) }
    o = 'text'; r.push(o.at, o.big === undefined); o = 5; r.push(o.toFixed === Number.prototype.toFixed);
    return r;
  };
}
console.log(outer()(9));
const eq = x => x === 80, ne = x => x !== -3; console.log([80, 80.0, 80.5, '80', -0, NaN, null].map(eq), [-3, -3.0, 3, '-3', undefined].map(ne));
const zero = x => x === 0; console.log([0, -0, '', false, 0.1].map(zero));
