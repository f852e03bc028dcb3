// SPDX-License-Identifier: MIT
'use strict';

const encoder = new TextEncoder();
const names = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-2', 'koi8-r', 'shift_jis', 'gb18030', 'big5',
  'euc-kr', 'euc-jp', 'gbk', 'windows-1251'];

// The stand-in keeps the pending bytes of a stream in a decoder of the host, found by the state array.
const decoders = new WeakMap();

module.exports = {
  kStateSize: 8,
  encodingId: (name) => names.indexOf(name),
  encodeUtf8: (string) => encoder.encode(string),
  encodeInto(string, dest, results) {
    const { read, written } = encoder.encodeInto(string, dest);
    results[0] = read;
    results[1] = written;
  },
  decode(id, view, flags, state) {
    const options = { fatal: (flags & 2) !== 0, ignoreBOM: (flags & 4) !== 0 };
    let decoder = state && decoders.get(state);
    if (decoder === undefined) {
      decoder = new TextDecoder(names[id], options);
      if (state) decoders.set(state, decoder);
    }
    try {
      return decoder.decode(view, { stream: (flags & 1) === 0 });
    } catch {
      if (state) decoders.delete(state);
      return undefined;
    }
  },
};
