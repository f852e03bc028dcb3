// SPDX-License-Identifier: MIT
// ZIP archives of node:zlib: what is written byte for byte, what malformed archives are refused with, limits, and files.
'use strict';
process.env.TZ = 'UTC';
process.removeAllListeners('warning');
const zlib = require('node:zlib');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ZipEntry, ZipBuffer, ZipFile } = zlib;
const date = new Date(2024, 0, 2, 3, 4, 6);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-zip-'));
const file = path.join(dir, 'a.zip');
const hex = (chunks) => Buffer.concat([...chunks]).toString('hex');
async function show(label, fn) {
  try {
    console.log(label, '=>', await fn());
  } catch (error) {
    console.log(label, '!!', error.name, error.code, error.message);
  }
}
async function collect(iterable) {
  const chunks = [];
  for await (const chunk of iterable) chunks.push(chunk);
  return Buffer.concat(chunks);
}
const source = async function*(text) { yield Buffer.from(text); };
const entries = () => [
  ZipEntry.createSync('a.txt', Buffer.from('hello hello hello hello'), { modified: date }),
  ZipEntry.createSync('dir/', Buffer.alloc(0), { modified: date }),
  ZipEntry.createSync('\u00e9', Buffer.from('xy'), { modified: date, method: 'store', comment: '\u00f6', mode: 0o600 }),
  ZipEntry.createSymlink('link', 'target', { modified: new Date(1700000001500) }),
];

async function main() {
  const archive = Buffer.concat([...zlib.createZipArchiveSync(entries(), 'note')]);
  console.log(archive.toString('hex'));
  console.log((await collect(zlib.createZipArchive(entries(), { comment: 'note' }))).equals(archive));
  for (const method of ['deflate', 'store', 'zstd']) {
    const entry = ZipEntry.createStream('s', source('abcabcabc'), { modified: date, method });
    await show('unknown', () => entry.size);
    const bytes = await collect(zlib.createZipArchive([entry], { baseOffset: 0 }));
    console.log(method, bytes.toString('hex'), entry.size, entry.crc32);
    console.log(String(await new ZipBuffer(bytes).get('s').content()));
    await show('spent', () => entry.content());
  }
  await show('sync stream', () => hex(zlib.createZipArchiveSync([ZipEntry.createStream('s', source('a'))])));
  console.log(hex(zlib.createZipArchiveSync(entries().slice(1, 2), { baseOffset: 2 ** 32 })));

  const zip = new ZipBuffer(archive);
  for (const [name, entry] of zip) {
    console.log(name, entry.comment, entry.method, entry.size, entry.compressedSize, entry.crc32, entry.mode.toString(8),
      entry.modified.toISOString(), entry.isFile, entry.isDirectory, entry.isSymlink, String(entry.contentSync()));
    console.log(String(await collect(entry.contentIterator())) === String(await entry.content()));
  }
  console.log(zip.toBufferSync().equals(archive), (await zip.toBuffer()).equals(archive));
  zip.addSync('new', Buffer.from('n'), { modified: date });
  console.log(zip.delete('dir/'), zip.delete('dir/'), zip.size, [...zip.keys()]);
  await show('missing', () => zip.get('none'));
  const first = zip.get('a.txt');
  for (const options of [{ maxSize: 5 }, { maxSize: 23 }, { verify: false }]) {
    await show('sync', () => first.contentSync(options).length);
    await show('async', async () => (await first.content(options)).length);
    await show('iterated', async () => (await collect(first.contentIterator(options))).length);
  }
  zlib.setMaxZipContentSize(4);
  await show('limit', () => first.contentSync());
  await show('no limit', async () => (await collect(first.contentIterator())).length);
  zlib.setMaxZipContentSize(2 ** 28);

  for (const [name, data, options] of [['', '1'], [5, '1'], ['d/', '1'], ['n', '1', { method: 'lzma' }], ['n', '1', { mode: -1 }],
    ['n', '1', { modified: 5 }], ['n', '1', { comment: 5 }], ['x'.repeat(70000), '1']]) {
    await show('refused', () => ZipEntry.createSync(name, Buffer.from(data), options));
  }
  await show('text', () => ZipEntry.create('n', 'text'));
  await show('limit', () => zlib.setMaxZipContentSize(-1));

  // Malformed archives: the same change read from memory and from a file.
  const base = Buffer.concat([...zlib.createZipArchiveSync([entries()[0],
    ZipEntry.createSync('b', Buffer.from('q'), { modified: date })], 'c')]);
  const end = base.length - 23;
  const central = base.indexOf('PK\x01\x02');
  const put16 = (at, value) => (bytes) => void bytes.writeUInt16LE(value, at);
  const put32 = (at, value) => (bytes) => void bytes.writeUInt32LE(value, at);
  const both = (at, value) => (bytes) => {
    bytes.writeUInt32LE(value, at);
    bytes.writeUInt32LE(value, central + 2 + at);
  };
  const changes = {
    none: () => {}, empty: () => Buffer.alloc(0), garbage: () => Buffer.alloc(100, 65), cut: (b) => b.subarray(0, -1),
    prefix: (b) => Buffer.concat([Buffer.from('prefix'), b]), suffix: (b) => Buffer.concat([b, Buffer.from('sfx')]),
    disk: put16(end + 4, 1), more: (b) => { put16(end + 8, 3)(b); put16(end + 10, 3)(b); },
    fewer: (b) => { put16(end + 8, 1)(b); put16(end + 10, 1)(b); }, size: put32(end + 12, 300), offset: put32(end + 16, central + 1),
    shift: put32(end + 16, central - 1), full: put32(end + 16, 0xffffffff), centralSignature: put16(central, 0),
    localSignature: put16(0, 0), method: put16(central + 10, 12), encrypted: put16(central + 8, 0x801),
    crc: put16(central + 16, 1), compressed: put32(central + 20, 10000), overlap: put32(central + 20, 11),
    zip64: put32(central + 24, 0xffffffff), nameLength: put16(central + 28, 500), startDisk: put16(central + 34, 1),
    localOffset: put32(central + 42, 5), farOffset: put32(central + 42, 50000), data: (b) => { b[35] = 0xff; },
    bothCrc: both(14, 1), longer: both(22, 24), shorter: both(22, 22), bomb: both(22, 0), huge: both(22, 0x7fffffff),
    truncated: both(18, 9), reaching: both(18, 11),
  };
  for (const [name, change] of Object.entries(changes)) {
    const copy = Buffer.from(base);
    const bytes = change(copy) ?? copy;
    await show(name, () => [...new ZipBuffer(bytes)].map(([key, entry]) => `${key}:${entry.contentSync()}`).join());
    fs.writeFileSync(file, bytes);
    await show(name, async () => {
      const zipFile = await ZipFile.open(file);
      try {
        return String(await (await zipFile.get('a.txt')).content()) + zipFile.getSync('b').contentSync();
      } finally {
        await zipFile.close();
      }
    });
  }

  fs.writeFileSync(file, base);
  const readOnly = ZipFile.openSync(file);
  await show('read only', () => readOnly.add('x', Buffer.from('1')));
  console.log(String(await collect(await readOnly.stream('a.txt'))), readOnly.size, readOnly.comment, readOnly.writable);
  const kept = readOnly.getSync('a.txt');
  readOnly.closeSync();
  await show('closed', () => kept.contentSync());
  await show('closed', () => readOnly.get('a.txt'));
  const writable = await ZipFile.open(file, { writable: true });
  await writable.add('n', Buffer.from('new new new new new new'), { modified: date });
  console.log(await writable.delete('b'), await writable.delete('b'), fs.readFileSync(file, 'hex'));
  const streamed = ZipEntry.createStream('s', source('abcabcabcabcabc'), { modified: date });
  await writable.addEntry(streamed);
  console.log(String(await streamed.content()), streamed.rawContent);
  const adding = writable.add('p', Buffer.from('p'), { modified: date });
  await show('busy', () => writable.addSync('q', Buffer.from('q')));
  await adding;
  console.log(writable.compactSync().toString('hex'), (await collect(writable.compact())).equals(writable.compactSync()));
  writable.closeSync();
  console.log([...new ZipBuffer(fs.readFileSync(file)).keys()]);
  const input = path.join(dir, 'in.txt');
  fs.writeFileSync(input, 'input input input');
  fs.chmodSync(input, 0o640);
  fs.utimesSync(input, date, date);
  console.log((await collect(zlib.zipFiles([[input, 'x/in.txt']], 'q'))).toString('hex'));
  fs.rmSync(dir, { recursive: true });
}
main();
