// SPDX-License-Identifier: MIT
// Additions and templates that make one string: what is converted when, and what they give.
'use strict';
const log = [];
const note = (name, text) => ({
  valueOf() { log.push(name + ' valueOf'); return text; },
  toString() { log.push(name + ' toString'); return text; },
});
const read = (name, value) => { log.push('read ' + name); return value; };
function show(what, value) {
  console.log(what, JSON.stringify(value), log.splice(0).join());
}
show('template', `a${read('x', note('x', 1))}b${read('y', note('y', 'q'))}`);
show('plus', 'a' + read('x', note('x', 1)) + read('y', note('y', 2)) + 3);
show('text second', read('x', note('x', 1)) + 'b' + read('y', note('y', 2)));
show('text third', read('x', 4) + read('y', 5) + 'c' + read('z', note('z', 6)) + 7);
show('then other operators', ('a' + read('x', 3) + read('y', 4)) * 2);
show('numbers', 'n' + 0 + -0 + 1.5 + NaN + Infinity + -Infinity + 1e21 + 1e-7 + -2147483648 + 4294967296);
show('numbers in a template', `${0}${-0}${1.5}${NaN}${Infinity}${-Infinity}${1e21}${1e-7}${-2147483648}${4294967296}`);
show('others', 'o' + null + undefined + true + 12n + [1, [2]] + {});
show('others in a template', `${null}${undefined}${true}${12n}${[1, [2]]}${{}}`);
show('empty', `${''}` + '' + '');
show('one number', typeof `${5}`);
show('number and empty texts', '' + 5 + '');
let x = 1;
show('a variable that changes', 'a' + x + (x = 2) + x++ + x);
show('the same in a template', `${x}${x = 7}${x++}${x}`);
for (const make of [() => 'a' + read('x', Symbol('s')) + read('y', 1), () => `${read('x', Symbol('s'))}${read('y', 1)}`,
  () => 'a' + 1 + read('x', Object.create(null)) + read('y', 1)]) {
  try {
    make();
  } catch (err) {
    show(err.name, err.message);
  }
}
const many = Function('v', 'return `' + '${v}-'.repeat(100) + '` + ' + 'v + "," + '.repeat(100) + '"."');
show('many', many(7));
const long = 'l'.repeat(300), wide = '\u4e2d'.repeat(5), rope = long + long;
const mixed = 1 + '<' + long + 2 + rope + wide + '\xe9' + long + 'end' + 3.25 + `${rope}${1}${long}`;
console.log(mixed.length, mixed.indexOf(wide), mixed.slice(-4), mixed.charCodeAt(902), mixed.slice(0, 4));
let text = '';
for (let k = 0; k < 3000; k++) text = `${text}${k % 10}` + '' + '.';
console.log(text.length, text.slice(0, 20), text.slice(-6));
function* parts() { return 'a' + (yield 1) + 'b' + (yield 2) + `${yield 3}${yield 4}`; }
const it = parts();
it.next(); it.next('p'); it.next('q'); it.next(5);
console.log(it.next(6).value);
console.log([7 % 3, -7 % 3, 7 % -3, -6 % 3, 5.5 % 2, 2 ** 53 % 3, -(2 ** 52) % 7, 4e15 % 4294967296, 1 % 0, 0 % 5]
  .map((v) => Object.is(v, -0) ? '-0' : String(v)).join());
console.log([255, 2 ** 53, 2 ** 53 - 1, -4294967295, 0.5, 1e21, 123.75].map((v) => [2, 7, 16, 36].map((r) => v.toString(r)).join(' ')).join('\n'));
