// SPDX-License-Identifier: MIT
// Number as a whole. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  } catch (e) {
    print((e.name + ': ' + e.message).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  }
}
t(() => Number('0x1f')+Number('')+Number(' 12 ')+Number('1e3')); // expect: 1043
t(() => Number('1_0')); // expect: NaN
t(() => [1e21,1e-7,123456789012345680000,0.000001,-1.5e-9,5e-324,1.7976931348623157e308,4.35,0.1+0.2,1/3,2**53,-0].map(String).join(' ')); // expect: 1e+21 1e-7 123456789012345680000 0.000001 -1.5e-9 5e-324 1.7976931348623157e+308 4.35 0.30000000000000004 0.3333333333333333 9007199254740992 0
t(() => [255,-255.5,0.1,1e21,2**0.5].map(x=>x.toString(16)+' '+x.toString(2)+' '+x.toString(36)).join(' ')); // expect: ff 11111111 73 -ff.8 -11111111.1 -73.i 0.1999999999999a 0.0001100110011001100110011001100110011001100110011001101 0.3lllllllllm 3635c9adc5dea00000 1101100011010111001001101011011100010111011110101000000000000000000000 5v1j4f4ds7c000 1.6a09e667f3bcd 1.0110101000001001111001100110011111110011101111001101 1.ewtjq5wlds
t(() => (0.1).toFixed(20)); // expect: 0.10000000000000000555
t(() => [(0.5).toFixed(0),(2.5).toFixed(0),(-2.5).toFixed(0),(1.005).toFixed(2),(1.45).toFixed(1),(1e21).toFixed(2),(-0).toFixed(1)].join(' ')); // expect: 1 3 -3 1.00 1.4 1e+21 0.0
t(() => (123.456).toPrecision(4)+' '+(1e21).toPrecision(3)+' '+(1e-7).toPrecision(2)); // expect: 123.5 1.00e+21 1.0e-7
t(() => (0).toExponential()+' '+(123456).toExponential(2)+' '+(-1.5e-9).toExponential()); // expect: 0e+0 1.23e+5 -1.5e-9
t(() => (1).toString(1)); // expect: RangeError: toString() radix argument must be between 2 and 36
t(() => (1).toFixed(101)); // expect: RangeError: toFixed() digits argument must be between 0 and 100
t(() => (1).toPrecision(0)); // expect: RangeError: toPrecision() argument must be between 1 and 100
t(() => (1).toExponential(101)); // expect: RangeError: toExponential() argument must be between 0 and 100
t(() => Number.prototype.toFixed.call('a')); // expect: TypeError: Number.prototype.toFixed requires that 'this' be a Number
t(() => Number.prototype.valueOf.call('a')); // expect: TypeError: Number.prototype.valueOf requires that 'this' be a Number
t(() => [(1234567.891).toLocaleString(),(1e21).toLocaleString(),(0.0005).toLocaleString(),(-0).toLocaleString(),(999.9995).toLocaleString()].join(' ')); // expect: 1,234,567.891 1,000,000,000,000,000,000,000 0.001 -0 1,000
t(() => [Number.MAX_SAFE_INTEGER,Number.EPSILON,Number.MIN_VALUE,Number.MAX_VALUE].join(' ')); // expect: 9007199254740991 2.220446049250313e-16 5e-324 1.7976931348623157e+308
t(() => [Number.isInteger(5.0),Number.isInteger(5.5),Number.isSafeInteger(2**53),Number.isNaN('x'),Number.isFinite('1')].join(' ')); // expect: true false false false false
t(() => Number.parseFloat===parseFloat && Number.parseInt===parseInt); // expect: true
t(() => new Number(5)+1); // expect: 6
t(() => [parseInt('12px'),parseInt('0x1f'),parseInt('z',36),parseInt(''),parseInt('-0'),parseInt('9'.repeat(30)),parseInt('1'.repeat(60),2),parseInt('1',37)].join(' ')); // expect: 12 31 35 NaN 0 1e+30 1152921504606847000 NaN
t(() => [parseFloat('3.14abc'),parseFloat('-Infinityx'),parseFloat('.5.'),parseFloat('1e'),parseFloat('\u00a0-1.5')].join(' ')); // expect: 3.14 -Infinity 0.5 1 -1.5
t(() => [isNaN('x'),isNaN('1'),isFinite('1'),isFinite(Infinity)].join(' ')); // expect: true false true false
