// SPDX-License-Identifier: MIT
'use strict';
// TextDecoder on the legacy encodings: whole, byte by byte, fatal, labels.
const samples = {
  'shift_jis': [0x93, 0xfa, 0x96, 0x7b, 0x61, 0xb1],
  'euc-jp': [0xc6, 0xfc, 0xcb, 0xdc, 0x8e, 0xb1, 0x8f, 0xb0, 0xa1],
  'iso-2022-jp': [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42, 0x61],
  'euc-kr': [0xc7, 0xd1, 0xb1, 0xb9],
  'gbk': [0xd6, 0xd0, 0xce, 0xc4, 0x80],
  'gb18030': [0xd6, 0xd0, 0x81, 0x30, 0x81, 0x30, 0x90, 0x30, 0x81, 0x30, 0xa6, 0xd9],
  'big5': [0xa4, 0xa4, 0xa4, 0xe5],
  'windows-1251': [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2],
  'koi8-u': [0xf0, 0xd2, 0xa4, 0xa7],
  'iso-8859-8-i': [0xf9, 0xec, 0xe5, 0xed],
  'macintosh': [0x8e, 0xf0],
  'x-user-defined': [0x80, 0xff],
  'windows-1252': [0x80, 0x81, 0xe9],
  'iso-8859-7': [0xae, 0xe1],
};
for (const name in samples) {
  const decoder = new TextDecoder(name);
  const bytes = new Uint8Array(samples[name]);
  let streamed = '';
  for (const byte of bytes) streamed += decoder.decode(new Uint8Array([byte]), { stream: true });
  streamed += decoder.decode();
  const whole = decoder.decode(bytes);
  console.log(name, JSON.stringify(whole), whole === streamed);
}
// What a character was cut from is replaced at the end, and forgotten.
const cut = new TextDecoder('shift_jis');
console.log(JSON.stringify([cut.decode(new Uint8Array([0x61, 0x93]), { stream: true }), cut.decode(), cut.decode(new Uint8Array([0x62]))]));
for (const [name, bytes] of [['shift_jis', [0x81]], ['euc-jp', [0xff]], ['windows-1253', [0xaa]], ['gbk', [0x80]]]) {
  const decoder = new TextDecoder(name, { fatal: true });
  try {
    console.log(name, decoder.decode(new Uint8Array(bytes)));
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
  console.log(decoder.decode(new Uint8Array([0x61])));
}
for (const label of ['latin1', ' ISO-8859-1\n', 'logical', 'cp1251', 'sjis', 'x-gbk', 'ks_c_5601-1987', 'hz-gb-2312', 'utf-7']) {
  try {
    console.log(new TextDecoder(label).encoding);
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
}
