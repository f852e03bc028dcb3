// What inspect shows of a huge array or buffer does not depend on listing its elements.
'use strict';
const { inspect } = require('node:util');

console.log(inspect(Buffer.alloc(2 ** 32)));
console.log(inspect(new Uint8Array(2 ** 33), { maxArrayLength: 2 }));
const a = new Array(2 ** 31);
a.extra = 1;
a[5] = 5;
console.log(inspect(a));
console.log(inspect(Object.assign(new Uint8Array(2), { extra: 1, [Symbol('s')]: 2 }), { showHidden: true }));
