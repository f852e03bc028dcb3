// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(String(Symbol('x'))); // expect: Symbol(x)
print(caught(() => String(Object.create(null)))); // expect: TypeError: Cannot convert object to primitive value
print(String(null) + String(undefined) + String(1.5) + String(-0)); // expect: nullundefined1.50
print(new String('ab').length); // expect: 2
print(Object.getOwnPropertyNames(new String('ab')).join()); // expect: 0,1,length
print(typeof String(1) + typeof new String(1)); // expect: stringobject
print(new String('ab')[1]); // expect: b
print((() => { class S extends String { x() { return this + '!'; } } return new S('a').x(); })()); // expect: a!
print(String.name + String.length); // expect: String1
print(Object.prototype.toString.call(String.prototype)); // expect: [object String]
print(String.prototype.length); // expect: 0
print(caught(() => new String(Symbol()))); // expect: TypeError: Cannot convert a Symbol value to a string
