// SPDX-License-Identifier: MIT
const view = new DataView(new ArrayBuffer(16), 2);
view.setInt16(0, -2); view.setUint32(2, 0xdeadbeef, true); view.setFloat32(6, 1.5);
print(view.getInt16(0), view.getUint16(0), view.getInt8(1), view.getUint32(2, true).toString(16), view.getUint32(2).toString(16), view.getFloat32(6));
view.setFloat64(1, Math.PI); view.setFloat16(10, 0.1, true);
print(view.getFloat64(1), view.getFloat64(1, true), view.getFloat16(10, true));
view.setBigInt64(0, -5n, true);
print(view.getBigInt64(0, true), view.getBigUint64(0, true), view.byteLength, view.byteOffset);
for (const f of [() => view.getInt8(14), () => view.getInt16(-1), () => view.setInt32(11, 0), () => new DataView({}), () => new DataView(new ArrayBuffer(1), 2)]) {
  try { f(); } catch (e) { print(e.name + ': ' + e.message); }
}
// expect: -2 65534 -2 deadbeef efbeadde 1.5
// expect: 3.141592653589793 3.207375630676366e-192 0.0999755859375
// expect: -5 18446744073709551611 14 2
// expect: RangeError: Offset is outside the bounds of the DataView
// expect: RangeError: Offset is outside the bounds of the DataView
// expect: RangeError: Offset is outside the bounds of the DataView
// expect: TypeError: First argument to DataView constructor must be an ArrayBuffer
// expect: RangeError: Start offset 2 is outside the bounds of the buffer
