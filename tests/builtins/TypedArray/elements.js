// SPDX-License-Identifier: MIT
for (const T of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array, Float32Array, Float64Array])
  print(T.name, T.BYTES_PER_ELEMENT, new T([1.5, 2.5, -1, 300, 70000, 2 ** 32 + 5, NaN, Infinity, '7', null, undefined, true, -0]).join());
print(new BigInt64Array([1n, -1n, 2n ** 63n]).join(), new BigUint64Array([-1n, 2n ** 64n + 3n]).join());
print(new Float16Array([65504, 65519.99, 65520, 6e-8, 2.98e-8, 2.99e-8, 0.1, 1 / 3]).join());
const u = new Uint8Array(3);
u[1] = 5; u[7] = 1; u['-0'] = 1; u['1.5'] = 2; u.name = 'n'; u['01'] = 'x';
print(u.join(), u[7], u['-0'], u['1.5'], u.name, u['01'], Object.keys(u).join());
print('1' in u, '3' in u, '-0' in u, 'foo' in u, Reflect.has(Object.create(u), '9'));
print(delete u[9], Reflect.deleteProperty(u, 1), JSON.stringify(Object.getOwnPropertyDescriptor(u, 1)));
print(Reflect.defineProperty(u, 0, { value: 9 }), Reflect.defineProperty(u, 0, { value: 9, writable: false }), Reflect.defineProperty(u, 3, { value: 1 }), u[0]);
print(Reflect.set(u, 5, 1), Reflect.set(u, 0, 4, {}), Reflect.set({}, 0, 4, u), u.join());
try { u.fill(1n); } catch (e) { print(e.message); }
try { new BigInt64Array([1]); } catch (e) { print(e.message); }
// expect: Int8Array 1 1,2,-1,44,112,5,0,0,7,0,0,1,0
// expect: Uint8Array 1 1,2,255,44,112,5,0,0,7,0,0,1,0
// expect: Uint8ClampedArray 1 2,2,0,255,255,255,0,255,7,0,0,1,0
// expect: Int16Array 2 1,2,-1,300,4464,5,0,0,7,0,0,1,0
// expect: Uint16Array 2 1,2,65535,300,4464,5,0,0,7,0,0,1,0
// expect: Int32Array 4 1,2,-1,300,70000,5,0,0,7,0,0,1,0
// expect: Uint32Array 4 1,2,4294967295,300,70000,5,0,0,7,0,0,1,0
// expect: Float16Array 2 1.5,2.5,-1,300,Infinity,Infinity,NaN,Infinity,7,0,NaN,1,0
// expect: Float32Array 4 1.5,2.5,-1,300,70000,4294967296,NaN,Infinity,7,0,NaN,1,0
// expect: Float64Array 8 1.5,2.5,-1,300,70000,4294967301,NaN,Infinity,7,0,NaN,1,0
// expect: 1,-1,-9223372036854775808 18446744073709551615,3
// expect: 65504,65504,Infinity,5.960464477539063e-8,0,5.960464477539063e-8,0.0999755859375,0.333251953125
// expect: 0,5,0 undefined undefined undefined n x 0,1,2,name,01
// expect: true false false false false
// expect: true false {"value":5,"writable":true,"enumerable":true,"configurable":true}
// expect: true false false 9
// expect: true true true 4,5,0
// expect: Cannot convert a BigInt value to a number
// expect: Cannot convert 1 to a BigInt
