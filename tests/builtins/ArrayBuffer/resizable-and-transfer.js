// SPDX-License-Identifier: MIT
const buffer = new ArrayBuffer(4, { maxByteLength: 16 });
const tracking = new Uint8Array(buffer), fixed = new Uint8Array(buffer, 1, 2), view = new DataView(buffer, 2);
tracking.set([1, 2, 3, 4]);
print(buffer.resizable, tracking.length, fixed.length, view.byteLength);
buffer.resize(8);
print(tracking.join(), fixed.join(), view.byteLength);
buffer.resize(2);
print(tracking.join(), fixed.length, fixed.byteOffset);
try { view.byteLength; } catch (e) { print(e.name); }
buffer.resize(8);
print(tracking.join(), fixed.join());
const moved = buffer.transfer();
print(buffer.detached, buffer.byteLength, tracking.length, moved.byteLength, moved.resizable, moved.maxByteLength);
const flat = moved.transferToFixedLength(3);
print(flat.resizable, new Uint8Array(flat).join());
for (const f of [() => buffer.slice(), () => buffer.resize(1), () => new Uint8Array(buffer), () => moved.transfer(), () => new ArrayBuffer(-1), () => new ArrayBuffer(9, { maxByteLength: 8 })]) {
  try { f(); } catch (e) { print(e.name + ': ' + e.message); }
}
print(new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer.slice(1, -1)).join());
const shared = new SharedArrayBuffer(2, { maxByteLength: 4 });
const sharedView = new Uint8Array(shared);
shared.grow(4);
print(shared.growable, sharedView.length, shared.byteLength);
// expect: true 4 2 2
// expect: 1,2,3,4,0,0,0,0 2,3 6
// expect: 1,2 0 0
// expect: 1,2,0,0,0,0,0,0 2,0
// expect: true 0 0 8 true 16
// expect: false 1,2,0
// expect: TypeError: Cannot perform ArrayBuffer.prototype.slice on a detached ArrayBuffer
// expect: TypeError: Cannot perform ArrayBuffer.prototype.resize on a detached ArrayBuffer
// expect: TypeError: Cannot perform Construct on a detached ArrayBuffer
// expect: TypeError: Cannot perform ArrayBuffer.prototype.transfer on a detached ArrayBuffer
// expect: RangeError: Invalid array buffer length
// expect: RangeError: Invalid array buffer max length
// expect: 2,3
// expect: true 4 4
