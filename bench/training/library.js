// SPDX-License-Identifier: MIT
// The core library: events, timers, streams, buffers, files, compression, hashes, URLs, workers' messages, compiling source text.
'use strict';
const EventEmitter = require('events'), { Readable, Transform, pipeline } = require('stream'), fs = require('fs'), os = require('os');
const path = require('path'), zlib = require('zlib'), crypto = require('crypto'), util = require('util'), vm = require('vm'), { setTimeout: sleep } = require('timers/promises');

function events(rounds) {
  const emitter = new EventEmitter();
  let total = 0;
  const add = (a, b = 1) => { total += a + b; };
  emitter.on('data', add).on('data', function (a) { total += a; }).once('end', () => { total++; });
  for (let i = 0; i < rounds; i++) {
    emitter.emit('data', i);
    emitter.on('other', add);
    emitter.emit('other', i, 2);
    emitter.off('other', add);
    if (i % 9 === 0) emitter.once('end', add).emit('end', 1);
  }
  return total + emitter.listenerCount('data');
}
function buffers(rounds) {
  let total = 0;
  const source = Buffer.from('0123456789abcdef'.repeat(64));
  for (let i = 0; i < rounds; i++) {
    const a = Buffer.from(`text ${i}`), b = Buffer.alloc(32, i), c = Buffer.allocUnsafe(64);
    c.writeUInt32BE(i, 0); c.writeDoubleLE(i, 8); source.copy(c, 20, 0, 20);
    total += Buffer.concat([a, b, c.subarray(0, 16)]).length + c.readUInt32BE(0) + source.indexOf('ef') + b.equals(c) + a.compare(b) + a.toString().length + source.slice(3, 9).readUInt8(1);
  }
  return total;
}
async function turns(rounds) {
  let total = 0;
  const count = () => { total++; };
  for (let i = 0; i < rounds; i++) { process.nextTick(count); queueMicrotask(count); setImmediate(count); clearTimeout(setTimeout(count, 50 + i % 3)); Promise.resolve(i).then(count); }
  for (let i = 0; i < 20; i++) await sleep(0);
  return total;
}
async function streams(folder) {
  const file = path.join(folder, 'data.gz'), upper = new Transform({ transform(chunk, _, done) { done(null, chunk.toString().toUpperCase()); } });
  const lines = Array.from({ length: 3000 }, (_, i) => `line ${i} of ${crypto.createHash('sha256').update(`${i}`).digest('hex')}\n`);
  await util.promisify(pipeline)(Readable.from(lines), upper, zlib.createGzip(), fs.createWriteStream(file));
  let total = 0;
  for await (const chunk of fs.createReadStream(file).pipe(zlib.createGunzip())) total += chunk.length;
  for (let i = 0; i < 100; i++) { const name = path.join(folder, `f${i}.txt`); fs.writeFileSync(name, lines[i]); total += fs.readFileSync(name, 'utf8').length + fs.statSync(name).size; }
  const texts = await Promise.all(fs.readdirSync(folder).map((name) => fs.promises.readFile(path.join(folder, name))));
  return total + texts.length + zlib.inflateSync(zlib.deflateSync(lines.join(''))).length;
}
function tools(rounds) {
  let total = 0;
  for (let i = 0; i < rounds; i++) {
    const url = new URL(`/a/b${i}?x=${i}#h`, 'http://user@example.org:8080/c/');
    url.searchParams.append('y', 'z z');
    total += url.href.length + path.join('/a', '..', `b${i}`, './c.js').length + path.basename(`/x/y${i}.txt`, '.txt').length + util.format('%s %d %j', 'a', i, { i }).length;
    total += util.inspect({ i, list: [1, 2, { deep: 'text' }], map: new Map([[i, 'v']]) }).length + util.isDeepStrictEqual({ i, a: [1] }, { i, a: [1] });
  }
  return total;
}
function compile() { // the library's own sources, as so much text
  const folder = path.join(__dirname, '../../lib'), names = fs.readdirSync(folder).filter((name) => name.endsWith('.js'));
  return names.map((name) => vm.compileFunction(fs.readFileSync(path.join(folder, name), 'utf8'), ['exports', 'require', 'module', 'internalBinding', 'primordials'])).length;
}
function trees(depth) { return depth ? { left: trees(depth - 1), right: trees(depth - 1), depth } : null; }
function garbage() {
  const kept = [];
  let total = 0;
  for (let i = 0; i < 120; i++) {
    kept[i % 20] = trees(10);
    total += kept[i % 20].left.depth;
    for (let k = 0; k < 1500; k++) total += [k, `${k}`, { k }, () => k].length;
  }
  return total;
}
(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-training-'));
  try {
    let total = events(20000) + buffers(5000) + tools(800) + garbage();
    total += await turns(10000) + await streams(folder);
    console.log(total + compile());
  } finally { fs.rmSync(folder, { recursive: true }); }
})();
