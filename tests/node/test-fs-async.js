// fs: callbacks, promises, FileHandle, streams, Dir.
'use strict';
const fs = require('fs');
const fsp = require('fs/promises');
const os = require('os');
const path = require('path');
const util = require('util');
const { pipeline } = require('stream/promises');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-fs-'));
const p = (...parts) => path.join(dir, ...parts);
const show = (v) => (typeof v === 'string' ? v.replaceAll(dir, 'DIR') : v);
const log = (...args) => console.log(...args.map(show));
const cb = (fn, ...args) => new Promise((resolve) => fn(...args, (e, ...r) => { if (e) log(e.code, e.syscall, e.path, e.dest, e.message); resolve(r.length > 1 ? r : r[0]); }));
const fails = async (what, promise) => { try { log(what, 'gave', await promise); } catch (e) { log(what, e.name, e.code, e.syscall, e.path, e.message); } };

async function main() {
  { // callbacks
    log(await cb(fs.writeFile, p('a'), 'text'), await cb(fs.readFile, p('a'), 'utf8'), await cb(fs.readFile, p('a')), await cb(fs.appendFile, p('a'), '+'), await cb(fs.readFile, p('a'), { encoding: 'utf8' }));
    await cb(fs.readFile, p('no')); await cb(fs.stat, p('no')); await cb(fs.readdir, p('no')); await cb(fs.rename, p('no'), p('x')); await cb(fs.unlink, p('no')); await cb(fs.mkdir, p('a')); await cb(fs.open, p('no'), 'r'); await cb(fs.access, p('no')); await cb(fs.rm, p('no')); await cb(fs.realpath, p('no')); await cb(fs.copyFile, p('no'), p('b')); await cb(fs.close, 9999); await cb(fs.opendir, p('no'));
    log((await cb(fs.stat, p('a'))).size, typeof (await cb(fs.stat, p('a'), { bigint: true })).size, await cb(fs.mkdir, p('m', 'n'), { recursive: true }), await cb(fs.mkdir, p('q')), (await cb(fs.readdir, dir)).sort(), await new Promise((r) => fs.exists(p('a'), r)), await new Promise((r) => fs.exists(p('no'), r)));
    const fd = await cb(fs.open, p('fd'), 'w+');
    log(await cb(fs.write, fd, 'hello'), await cb(fs.write, fd, Buffer.from('12345'), 1, 2, 0), await cb(fs.read, fd, Buffer.alloc(5), 0, 5, 0), await cb(fs.read, fd, { buffer: Buffer.alloc(3), position: 2 }), await cb(fs.writev, fd, [Buffer.from('a'), Buffer.from('b')], 0), await cb(fs.readv, fd, [Buffer.alloc(2)], 0));
    log(await cb(fs.ftruncate, fd, 2), (await cb(fs.fstat, fd)).size, await cb(fs.close, fd));
    for (const [name, ...args] of [['readFile', p('a')], ['stat', p('a')], ['readFile', {}, () => {}], ['open', p('a'), 'zz', () => {}], ['mkdir'], ['close', 'x', () => {}], ['writeFile', p('a'), {}, () => {}], ['exists', p('a')], ['read', 'x'], ['access', p('a'), 'x', () => {}]]) { try { fs[name](...args); log('no error', name); } catch (e) { log(name, e.code, e.message); } }
    log(await util.promisify(fs.read)(fs.openSync(p('a')), Buffer.alloc(2), 0, 2, 0), await util.promisify(fs.exists)(p('a')));
  }
  { // promises
    await fsp.writeFile(p('b'), ['x', Buffer.from('y'), 'z']); log(await fsp.readFile(p('b'), 'utf8'));
    await fsp.appendFile(p('b'), 'end'); await fsp.truncate(p('b'), 4); log(await fsp.readFile(p('b'), { encoding: 'base64' }));
    await fails('readFile', fsp.readFile(p('no'))); await fails('bad', fsp.readFile(5)); await fails('dir', fsp.readFile(dir)); await fails('open', fsp.open(p('no'))); await fails('mkdir', fsp.mkdir(p('b'))); await fails('access', fsp.access(p('no'))); await fails('rm', fsp.rm(p('no'))); await fails('stat', fsp.stat(p('no'))); await fails('unlink', fsp.unlink(p('no')));
    log((await fsp.stat(p('b'))).isFile(), await fsp.mkdir(p('r', 's', 't'), { recursive: true }), (await fsp.readdir(p('r'), { recursive: true })), (await fsp.readdir(dir, { withFileTypes: true })).map((e) => e.name).sort());
    await fsp.cp(p('r'), p('r2'), { recursive: true, filter: async () => true }); await fsp.rm(p('r2'), { recursive: true }); await fsp.symlink('b', p('l')); log(await fsp.readlink(p('l')), await fsp.realpath(p('l')), (await fsp.lstat(p('l'))).isSymbolicLink()); await fsp.rename(p('l'), p('l2')); await fsp.unlink(p('l2')); await fsp.rmdir(p('r', 's', 't')); await fsp.copyFile(p('b'), p('b2')); await fsp.utimes(p('b2'), 1, 2); await fsp.chmod(p('b2'), 0o600); log((await fsp.stat(p('b2'))).mtimeMs);
    const ac = new AbortController(); ac.abort(); await fails('aborted', fsp.readFile(p('b'), { signal: ac.signal })); await fails('aborted', fsp.writeFile(p('b'), 'x', { signal: ac.signal }));
    log(path.basename(await fsp.mkdtemp(p('t-'))).length, fs.promises === fsp, fsp.constants === fs.constants);
  }
  { // FileHandle
    const h = await fsp.open(p('h'), 'w+');
    log(typeof h.fd, await h.write('hello '), await h.write(Buffer.from('world'), 0, 5), await h.read(Buffer.alloc(5), 0, 5, 0), (await h.stat()).size);
    await h.writeFile('!'); await h.appendFile('?'); await h.truncate(12); await h.sync(); await h.datasync(); await h.chmod(0o600); await h.utimes(1, 2); log(await h.writev([Buffer.from('A'), Buffer.from('B')], 0), await h.readv([Buffer.alloc(3)], 0));
    h.on('close', () => log('handle close')); const closing = h.close(); log(h.close() === closing); await closing; log(h.fd);
    await fails('closed', h.read(Buffer.alloc(1))); 
    const r = await fsp.open(p('h')); log(await r.readFile('utf8')); await r.close(); await r.close();
    { await using a = await fsp.open(p('h')); globalThis.h2 = a; } log(globalThis.h2.fd);
    const s = await fsp.open(p('h')); const chunks = []; for await (const c of s.createReadStream({ encoding: 'utf8' })) chunks.push(c); log(chunks, s.fd);
  }
  { // streams
    const w = fs.createWriteStream(p('w')); const events = []; for (const e of ['open', 'ready', 'finish', 'close']) w.on(e, () => events.push(e));
    log(w.pending, w.path, w.bytesWritten, w.fd); w.write('one '); w.write('two '); w.end('three'); await new Promise((r) => w.on('close', r)); log(events, w.bytesWritten, w.pending, w.closed, fs.readFileSync(p('w'), 'utf8'));
    const r = fs.createReadStream(p('w'), { start: 4, end: 6, encoding: 'utf8' }); const got = []; for (const e of ['open', 'ready', 'end', 'close']) r.on(e, () => got.push(e)); r.on('data', (d) => got.push(d)); await new Promise((res) => r.on('close', res)); log(got, r.bytesRead);
    const small = fs.createReadStream(p('w'), { highWaterMark: 4 }); const parts = []; for await (const c of small) parts.push(String(c)); log(parts);
    for (const f of [() => fs.createReadStream(p('no')), () => fs.createWriteStream(p('no', 'x')), () => fs.createReadStream(dir)]) { const s = f(); const e = await new Promise((res) => s.on('error', res)); log(e.code, e.syscall, e.message); await new Promise((res) => s.on('close', res)); log(s.destroyed); }
    for (const f of [() => fs.createReadStream({}), () => fs.createReadStream(p('w'), { start: 5, end: 1 }), () => fs.createReadStream(p('w'), { start: 'x' }), () => fs.createWriteStream(p('w'), { start: -1 }), () => fs.createReadStream(p('w'), 5), () => fs.createReadStream(p('w'), { fd: 'x' }), () => fs.createReadStream(p('w'), 'zz')]) { try { f(); log('none'); } catch (e) { log(e.code, e.message); } }
    const at = fs.createWriteStream(p('w'), { flags: 'r+', start: 4 }); at.end('TWO'); await new Promise((res) => at.on('close', res)); log(fs.readFileSync(p('w'), 'utf8'));
    const ap = fs.createWriteStream(p('w'), { flags: 'a', flush: true }); ap.end('.'); await new Promise((res) => ap.on('close', res)); log(fs.readFileSync(p('w'), 'utf8'));
    await pipeline(fs.createReadStream(p('w')), fs.createWriteStream(p('w2'))); log(fs.readFileSync(p('w2'), 'utf8'));
    const big = Buffer.alloc(300000, 'ab'); fs.writeFileSync(p('big'), big); await pipeline(fs.createReadStream(p('big')), fs.createWriteStream(p('big2'))); log(fs.readFileSync(p('big2')).equals(big));
    const fd = fs.openSync(p('w')); const byFd = fs.createReadStream(null, { fd, autoClose: false, encoding: 'utf8' }); for await (const c of byFd) log(c); fs.closeSync(fd);
    const c = fs.createWriteStream(p('c')); c.close(() => log('closed cb', c.closed)); await new Promise((res) => c.on('close', res));
    const d = fs.createReadStream(p('w')); d.destroy(new Error('stop')); d.on('error', (e) => log(e.message)); await new Promise((res) => d.on('close', res)); log(d.fd);
    log(fs.ReadStream === fs.FileReadStream, fs.createReadStream(p('w')) instanceof fs.ReadStream, fs.ReadStream(p('w')) instanceof fs.ReadStream);
  }
  { // Dir
    fs.mkdirSync(p('dd', 'sub'), { recursive: true }); fs.writeFileSync(p('dd', 'f'), ''); fs.writeFileSync(p('dd', 'sub', 'g'), '');
    const names = []; for await (const e of await fsp.opendir(p('dd'))) names.push(e.name + (e.isDirectory() ? '/' : '')); log(names.sort());
    const rec = []; for await (const e of await fsp.opendir(p('dd'), { recursive: true })) rec.push(path.relative(dir, path.join(e.parentPath, e.name))); log(rec.sort());
    const d = fs.opendirSync(p('dd')); log((await d.read()).name.length > 0, await cb(d.read.bind(d)).then((e) => e.name.length > 0), await d.read(), await d.close()); await fails('dir', d.read()); await fails('dir', d.close());
  }
}
main().finally(() => fs.rmSync(dir, { recursive: true, force: true }));
