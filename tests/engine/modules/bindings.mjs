// SPDX-License-Identifier: MIT
import Class, { count, increment, 'string name' as other } from './lib/counter.mjs';
import * as ns from './lib/counter.mjs';
print(count, Class.name, other === increment); // expect: 1 default true
increment();
print(count, ns.count); // expect: 2 2
print(Object.keys(ns).join(), ns[Symbol.toStringTag]); // expect: count,default,increment,string name Module
print(Object.isExtensible(ns), Reflect.set(ns, 'count', 5), Reflect.deleteProperty(ns, 'count')); // expect: false false false
try {
  count = 3;
} catch (error) {
  print(error.message); // expect: Assignment to constant variable.
}
print(typeof this, typeof import.meta); // expect: undefined object
