// SPDX-License-Identifier: MIT
'use strict';
// Chunks without bytes, before, within and behind a character that is cut in two.
for (const encoding of ['utf-8', 'utf-16le', 'windows-1252']) {
  const decoder = new TextDecoder(encoding);
  const none = new Uint8Array();
  const parts = [none, new Uint8Array([0xe2]), none, new Uint8Array([0x82]), none];
  console.log(encoding, parts.map((part) => decoder.decode(part, { stream: true })), [decoder.decode(none)]);
  console.log([decoder.decode()], [decoder.decode(new ArrayBuffer(0), { stream: true })], [decoder.decode()]);
}
