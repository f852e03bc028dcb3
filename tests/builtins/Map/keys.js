// SPDX-License-Identifier: MIT
// SameValueZero: NaN equals itself, -0 is 0, strings and BigInts by content, objects by identity.
const map = new Map();
map.set(NaN, 'nan').set(-0, 'zero').set('a' + 'b', 'ab').set(10n ** 30n, 'big').set(1.5, 'x').set(undefined, 'u');
print(map.get(0 / 0), map.get(0), Object.is([...map.keys()][1], 0), map.get('ab'), map.get(10n ** 30n), map.get(3 / 2));
print(map.get(undefined), map.has(null), map.get(2 ** 31), map.size);
map.set(2147483648, 'big int').set(4294967296 * 4, 'bigger');
print(map.get(2 ** 31), map.get(2 ** 34), map.delete(2 ** 31), map.delete(2 ** 31));
const obj = {};
map.set(obj, 1);
print(map.get({}), map.get(obj));
print([...Map.groupBy([1, 2, 3, 4, 5], (x) => x % 2)].map(([k, v]) => k + ':' + v).join(' '));
try { Map.prototype.get.call(new Set()); } catch (e) { print(e.name); }
try { new Map([1]); } catch (e) { print(e.name + ': ' + e.message); }
// expect: nan zero true ab big x
// expect: u false undefined 6
// expect: big int bigger true false
// expect: undefined 1
// expect: 1:1,3,5 0:2,4
// expect: TypeError
// expect: TypeError: Iterator value 1 is not an entry object
