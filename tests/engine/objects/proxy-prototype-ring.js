// SPDX-License-Identifier: MIT
// Proxies can make a prototype chain into a ring; whatever follows it ends.
const target = {}, ring = new Proxy(target, {}), obj = { own: 1 };
Object.setPrototypeOf(obj, ring);
Object.setPrototypeOf(target, obj);
const keys = [];
for (const key in obj) {
  keys.push(key);
  delete obj.own;
}
console.log(keys.join()); // expect: own
function attempt(f) {
  try { console.log(f()); } catch (e) { console.log(String(e)); }
}
attempt(() => obj.missing); // expect: RangeError: Maximum call stack size exceeded
attempt(() => obj instanceof Array); // expect: RangeError: Maximum call stack size exceeded
attempt(() => Array.prototype.isPrototypeOf(obj)); // expect: RangeError: Maximum call stack size exceeded
