// SPDX-License-Identifier: MIT
// Math as a whole. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  } catch (e) {
    print((e.name + ': ' + e.message).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  }
}
t(() => [Math.max(),Math.min(),Math.max(1,NaN),1/Math.max(-0,0),1/Math.min(0,-0),Math.max(1,'3')].join(' ')); // expect: -Infinity Infinity NaN Infinity -Infinity 3
t(() => [Math.hypot(),Math.hypot(3,4),Math.hypot(NaN,Infinity),Math.hypot(1e300,1e300)].join(' ')); // expect: 0 5 Infinity 1.4142135623730952e+300
t(() => [Math.round(-0.5),Math.round(2.5),Math.round(0.49999999999999994),Math.round(-2.5),1/Math.round(-0.2),Math.round(2**52+1)].join(' ')); // expect: 0 3 0 -2 -Infinity 4503599627370497
t(() => [Math.f16round(1.1),Math.f16round(65520),Math.f16round(65519.9),Math.f16round(2**-25),Math.f16round(1e-7)].join(' ')); // expect: 1.099609375 Infinity 65504 0 1.1920928955078125e-7
t(() => [Math.fround(1.1),Math.clz32(0),Math.clz32(-1),Math.imul(0xffffffff,5),Math.cbrt(27),Math.sign(-3),Math.trunc(-3.7)].join(' ')); // expect: 1.100000023841858 32 0 -5 3 -1 -3
t(() => [Math.atan2(1,1),Math.pow(2,0.5),Math.pow(1,Infinity),Math.log2(8),Math.log10(1000),Math.sqrt(2)].join(' ')); // expect: 0.7853981633974483 1.4142135623730951 NaN 3 3 1.4142135623730951
t(() => Object.prototype.toString.call(Math)); // expect: [object Math]
t(() => (()=>{let x=Math.random();return x>=0&&x<1})()); // expect: true
t(() => Math.abs(1n)); // expect: TypeError: Cannot convert a BigInt value to a number
