// SPDX-License-Identifier: MIT
print(1 + 2, '1' + 2, 1 + '2', 1.5 + 1.5, 2147483647 + 1, -2147483648 - 1, 1e308 * 10, 0.1 + 0.2);
print(7 % 3, -7 % 3, 7 % -3, 5.5 % 2, 5 % 0, -0 % 5, Object.is(-4 % 2, -0), 6 / 3, 7 / 2, 1 / 0, -1 / 0, 0 / 0, 2 ** 10, 2 ** -1, (-8) ** (1 / 3));
print(Object.is(0 * -1, -0), Object.is(-0, 0), 65536 * 65536, 123456789 * 987654321, -(0), Object.is(-(0), -0), -(-2147483648));
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 31, -1 >> 1, -1 >>> 0, -1 >>> 28, 1 << 33, 4294967296.5 | 0, 2147483648 | 0, '8' | '1', NaN | 0);
print(1 < 2, 'a' < 'b', 'B' < 'a', '10' < '9', 10 < '9', null >= 0, undefined >= 0, NaN < NaN, 2 <= 2, [2] > 1, 1n < 2, 2n == 2, 2n === 2);
print(null == undefined, null == 0, '' == 0, '1' == 1, [] == '', NaN == NaN, NaN != NaN, true == 1, 'a' === 'a', {} == {}, Symbol.iterator === Symbol.iterator);
print(typeof 1, typeof 'a', typeof undefined, typeof null, typeof {}, typeof (() => {}), typeof Symbol(), typeof 1n, typeof undeclared);
print(!0, !'', !'0', !null, !NaN, !{}, !![], void 0, +'42', +'', +' 12 ', +'x', -'5', +true, +null, +undefined, +[7]);
var i = 5; print(i++, i, ++i, i--, --i); var s = '5'; s++; print(s, typeof s); var u; u++; print(u); var b = 5n; b++; print(b, -b, b ** 3n, b % 4n);
var o = { v: 1 }; o.v += 5; o.v *= 2; o.v **= 2; o.v -= 4; o.v %= 100; o.v <<= 2; o.v >>>= 1; o.v |= 1; o.v ^= 3; o.v &= 255; print(o.v); o.n ??= 'set'; o.n ||= 'no'; o.n &&= 'and'; print(o.n);
print(1 && 2, 0 && 2, 0 || 'x', null ?? 'd', 0 ?? 'd', (1, 2, 3), true ? 'a' : 'b', 'x' in { x: 1 }, [] instanceof Array);
var order = []; function t(n, v) { order.push(n); return v; } t('a', o)[t('b', 'k')] = t('c', 1); t('d', 2) + t('e', 3) * t('f', 4); print(order.join(''));
print(`a${1 + 1}b${'c'}d${[1, 2]}`, ((s, ...v) => s.raw.join('|') + v.join())`x${1}\n${2}y`, String.raw`\u00e9${1}`);
var tag = (s) => s; function site() { return tag`same`; } print(site() === site(), Object.isFrozen(site()), tag`a` === tag`a`);
var obj = { toString() { return 'str'; }, valueOf() { return 42; } }; print(obj + 1, `${obj}`, obj * 2, obj == 42, obj > 41, [obj] + '', { [obj]: 1 }.str);
var dt = { [Symbol.toPrimitive](h) { return h; } }; print(dt + '', `${dt}`, +dt);
print(0.1 * 3, 1 / 3, 100, 1e21, 1e-7, 123456789012345680000, 5e-324, 0xff, 0b11, 0o17, 1_000, .5, 5..toFixed(1));
print([1, 2, 3].length, [, ,].length, [1, , 3].indexOf(undefined), 1 in [1, , 3], [...'hi', ...[1]].join(), 'abc'[1], 'abc'.at(-1));
print((() => { try { return [].reduce((a) => a); } catch (e) { return e.name; } })(), new Date(0).getTime(), /a(.)c/.exec('abc')[1], isNaN(NaN));
// expect: 3 12 12 3 2147483648 -2147483649 Infinity 0.30000000000000004
// expect: 1 -1 1 1.5 NaN 0 true 2 3.5 Infinity -Infinity NaN 1024 0.5 NaN
// expect: true false 4294967296 121932631112635260 0 true 2147483648
// expect: 1 7 6 -6 -2147483648 -1 4294967295 15 2 0 -2147483648 9 0
// expect: true true true true false true false false true true true true false
// expect: true false true true true false true true true false true
// expect: number string undefined object object function symbol bigint undefined
// expect: true true false true true false true undefined 42 0 12 NaN -5 1 0 NaN 7
// expect: 5 6 7 7 5
// expect: 6 number
// expect: NaN
// expect: 6 -6 216 2
// expect: 82
// expect: and
// expect: 2 0 x d 0 3 a true true
// expect: abcdef
// expect: a2bcd1,2 x|\n|y1,2 \u00e91
// expect: true true false
// expect: 43 str 84 true true str 1
// expect: default string NaN
// expect: 0.30000000000000004 0.3333333333333333 100 1e+21 1e-7 123456789012345680000 5e-324 255 3 15 1000 0.5 5.0
// expect: 3 2 -1 false h,i,1 b c
// expect: TypeError 0 b true
