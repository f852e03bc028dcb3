// TextEncoder/TextDecoder, Buffer to and from utf8, latin1, base64, hex; search in buffers.
function bench(S) {
  const ascii = 'The quick brown fox jumps over the lazy dog. '.repeat(4000), mixed = 'Zo\u00eb \u4e2d\u6587 \ud83d\ude00 na\u00efve caf\u00e9 text '.repeat(4000);
  const enc = new TextEncoder(), dec = new TextDecoder(); let h = 0;
  const bytes = Buffer.alloc(1 << 18); for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 131) & 255;
  for (let r = 0; r < 60 * S; r++) {
    const a = enc.encode(ascii), b = enc.encode(mixed);
    h = (h + a.length + b.length + dec.decode(a).length + dec.decode(b).length) | 0;
    const c = Buffer.from(ascii), d = Buffer.from(mixed);
    h = (h + c.toString().length + d.toString('utf8').length + c.toString('latin1').length + Buffer.byteLength(mixed)) | 0;
    const b64 = bytes.toString('base64'), hex = bytes.toString('hex');
    h = (h + b64.length + hex.length + Buffer.from(b64, 'base64').length + Buffer.from(hex, 'hex')[99]) | 0;
    h = (h + c.indexOf('lazy cat') + bytes.indexOf(Buffer.from([1, 2, 3])) + c.lastIndexOf('The') + bytes.equals(bytes) + Buffer.concat([c, d]).length) | 0;
  }
  return h;
}
