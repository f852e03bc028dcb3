// fs, synchronous forms: results, errors, options, Stats, Dirent, rm, cp.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-fs-'));
const p = (...parts) => path.join(dir, ...parts);
const strip = (s) => String(s).replaceAll(dir, 'DIR');
const show = (v) => (typeof v === 'string' ? strip(v) : v);
const log = (...args) => console.log(...args.map(show));
const fails = (what, fn) => {
  try { log(what, 'gave', fn()); } catch (e) { log(what, e.name, e.code, e.errno, e.syscall, e.path, e.dest, e.message, Object.keys(e).sort().join()); }
};
const code = (what, fn) => {
  try { log(what, fn()); } catch (e) { log(what, e.code); }
};
try {
  fs.writeFileSync(p('a'), 'héllo');
  log(fs.readFileSync(p('a'), 'utf8'), fs.readFileSync(p('a')), fs.readFileSync(p('a'), { encoding: 'latin1' }), fs.readFileSync(p('a'), 'hex'));
  fs.appendFileSync(p('a'), ' more'); fs.appendFileSync(p('a'), Buffer.from('!'));
  log(fs.readFileSync(Buffer.from(p('a')), 'utf8'), fs.readFileSync(pathToFileURL(p('a')), 'utf8'));
  fs.writeFileSync(p('a'), new Uint8Array([1, 2, 3])); log(fs.readFileSync(p('a')));
  fs.writeFileSync(p('l1'), 'é', 'latin1'); log(fs.readFileSync(p('l1')));
  fs.writeFileSync(p('ex'), 'x', { flag: 'wx', mode: 0o600 }); log((fs.statSync(p('ex')).mode & 0o777).toString(8));
  fails('wx', () => fs.writeFileSync(p('ex'), 'x', { flag: 'wx' }));
  for (const [name, args] of [['readFileSync', [p('no')]], ['readFileSync', [dir]], ['openSync', [p('no'), 'r']], ['statSync', [p('no')]], ['lstatSync', [p('no')]], ['readdirSync', [p('no')]], ['readdirSync', [p('a')]],
    ['mkdirSync', [p('a')]], ['mkdirSync', [p('no', 'sub')]], ['rmdirSync', [p('no')]], ['unlinkSync', [p('no')]], ['unlinkSync', [dir]], ['renameSync', [p('no'), p('b')]], ['copyFileSync', [p('no'), p('b')]],
    ['accessSync', [p('no')]], ['readlinkSync', [p('a')]], ['symlinkSync', ['x', p('a')]], ['linkSync', [p('no'), p('b')]], ['chmodSync', [p('no'), 0o644]], ['chownSync', [p('no'), 0, 0]], ['utimesSync', [p('no'), 1, 1]],
    ['truncateSync', [p('no')]], ['realpathSync', [p('no')]], ['realpathSync', [p('no', 'deep', 'er')]], ['rmSync', [p('no')]], ['rmSync', [dir]], ['closeSync', [9999]], ['fstatSync', [9999]], ['fsyncSync', [9999]],
    ['readSync', [9999, Buffer.alloc(1)]], ['writeSync', [9999, 'x']], ['ftruncateSync', [9999]], ['mkdtempSync', [p('no', 'x')]], ['statfsSync', [p('no')]], ['cpSync', [p('no'), p('b')]], ['copyFileSync', [p('a'), p('ex'), fs.constants.COPYFILE_EXCL]]]) {
    fails(name, () => fs[name](...args));
  }
  for (const [name, args] of [['readFileSync', []], ['readFileSync', [{}]], ['readFileSync', ['a\0b']], ['readFileSync', [p('a'), 'nope']], ['readFileSync', [p('a'), 5]], ['openSync', [p('a'), 'zz']], ['openSync', [p('a'), 'r', 'x8']], ['closeSync', ['1']], ['closeSync', [-1]], ['closeSync', [1.5]], ['closeSync', []],
    ['writeFileSync', [p('a'), {}]], ['writeFileSync', [p('a')]], ['writeFileSync', [p('a'), 5]], ['mkdirSync', [p('x'), { recursive: 1 }]], ['accessSync', [p('a'), 8]], ['accessSync', [p('a'), 'r']], ['chmodSync', [p('a'), 'z']], ['chmodSync', [p('a')]], ['chownSync', [p('a'), -2, 0]], ['chownSync', [p('a'), 'x', 0]],
    ['utimesSync', [p('a'), 'x', 1]], ['readSync', [0, 'x']], ['readSync', [0, Buffer.alloc(4), 5]], ['readSync', [0, Buffer.alloc(4), 0, 5]], ['readSync', [0, Buffer.alloc(4), 0, 1, 'x']], ['readSync', [0, Buffer.alloc(4), -1]], ['writeSync', [1, {}]], ['writeSync', [1, Buffer.alloc(2), 3]], ['writeSync', [1, Buffer.alloc(2), 0, 3]],
    ['truncateSync', [p('a'), 'x']], ['renameSync', [p('a')]], ['rmSync', [p('a'), { force: 1 }]], ['rmSync', [p('a'), { maxRetries: -1 }]], ['rmdirSync', [p('a'), { recursive: true }]], ['copyFileSync', [p('a'), p('b'), 8]], ['symlinkSync', ['a', p('b'), 'zz']], ['mkdtempSync', []], ['cpSync', [p('a'), p('b'), 5]], ['readvSync', [0, 'x']], ['writevSync', [1, [5]]], ['readdirSync', [dir, { recursive: 1 }]]]) {
    fails(name, () => fs[name](...args));
  }
  log(fs.existsSync(p('a')), fs.existsSync(p('no')), fs.existsSync('a\0b'));
  { // descriptors
    const fd = fs.openSync(p('fd'), 'w+');
    log(typeof fd, fs.writeSync(fd, 'hello'), fs.writeSync(fd, Buffer.from(' world'), 0, 6), fs.writeSync(fd, 'J', 0), fs.writeSync(fd, Buffer.from('xyz'), { offset: 1, length: 1, position: 4 }));
    const b = Buffer.alloc(20);
    log(fs.readSync(fd, b, 0, 20, 0), b.toString('utf8', 0, 11), fs.readSync(fd, b, { position: 6, length: 3 }), String(b.subarray(0, 3)), fs.readSync(fd, b, 0, 5, 100), fs.readSync(fd, b, 0, 0, 0), fs.readSync(fd, b, 0, 2, 1n), String(b.subarray(0, 2)));
    log(fs.writevSync(fd, [Buffer.from('12'), Buffer.from('345')], 0), fs.readvSync(fd, [b.subarray(0, 3), b.subarray(3, 6)], 0), String(b.subarray(0, 6)));
    fs.ftruncateSync(fd, 4); log(fs.fstatSync(fd).size); fs.ftruncateSync(fd, 6); log(fs.readFileSync(p('fd')));
    fs.fsyncSync(fd); fs.fdatasyncSync(fd); fs.futimesSync(fd, 10, 20.5); fs.fchmodSync(fd, 0o640);
    const s = fs.fstatSync(fd); log(s.atimeMs, s.mtimeMs, s.mtime.toISOString(), (s.mode & 0o777).toString(8));
    fs.closeSync(fd); fails('closed', () => fs.closeSync(fd));
    fs.truncateSync(p('fd'), 2); log(fs.statSync(p('fd')).size); fs.truncateSync(p('fd')); log(fs.statSync(p('fd')).size);
  }
  { // Stats
    fs.writeFileSync(p('st'), 'x'.repeat(100)); fs.utimesSync(p('st'), new Date(1e12), '1000.25'); fs.chmodSync(p('st'), '755');
    const s = fs.statSync(p('st')); const b = fs.statSync(p('st'), { bigint: true });
    log(s.size, s.isFile(), s.isDirectory(), s.isSymbolicLink(), s.isFIFO(), s.isSocket(), s.isBlockDevice(), s.isCharacterDevice(), s.atimeMs, s.mtimeMs, s.atime.getTime(), (s.mode & 0o777).toString(8), s.constructor.name, s instanceof fs.Stats);
    log(b.size, b.mtimeNs, b.mtimeMs, b.isFile(), b.mtime.getTime(), typeof b.ino, b.constructor.name, Object.keys(b).join());
    log(Object.keys(s).join(), fs.statSync(p('no'), { throwIfNoEntry: false }), fs.lstatSync(p('no'), { throwIfNoEntry: false }));
    fs.symlinkSync('st', p('ln')); log(fs.readlinkSync(p('ln')), fs.readlinkSync(p('ln'), 'buffer'), fs.lstatSync(p('ln')).isSymbolicLink(), fs.statSync(p('ln')).size, fs.realpathSync(p('ln')), fs.realpathSync.native(p('ln')));
    fs.lutimesSync(p('ln'), 5, 6); log(fs.lstatSync(p('ln')).mtimeMs); fs.linkSync(p('st'), p('hard')); log(fs.statSync(p('hard')).nlink);
    fs.accessSync(p('st'), fs.constants.R_OK | fs.constants.X_OK); fs.chownSync(p('st'), process.getuid(), process.getgid());
    log(Object.keys(fs.statfsSync(dir)).join(), typeof fs.statfsSync(dir, { bigint: true }).bsize);
  }
  { // directories
    log(fs.mkdirSync(p('d')), fs.mkdirSync(p('d', 'e', 'f'), { recursive: true }), fs.mkdirSync(p('d', 'e'), { recursive: true }));
    fs.writeFileSync(p('d', 'e', 'file'), ''); fs.symlinkSync('e', p('d', 'link'));
    log(fs.readdirSync(p('d')).sort(), fs.readdirSync(p('d'), 'buffer').length, fs.readdirSync(p('d'), { recursive: true }).sort());
    for (const e of fs.readdirSync(p('d'), { withFileTypes: true, recursive: true }).sort((a, b) => (a.name + a.parentPath < b.name + b.parentPath ? -1 : 1))) log(e.name, e.parentPath, e.isFile(), e.isDirectory(), e.isSymbolicLink(), e.constructor.name);
    const d = fs.opendirSync(p('d')); const names = []; let e; while ((e = d.readSync())) names.push(e.name); log(names.sort(), d.path); d.closeSync(); fails('dir closed', () => d.readSync());
    fails('not empty', () => fs.rmdirSync(p('d'))); fails('rm dir', () => fs.rmSync(p('d')));
    fs.cpSync(p('d'), p('copy'), { recursive: true }); log(fs.readdirSync(p('copy'), { recursive: true }).sort(), fs.readlinkSync(p('copy', 'link')));
    fs.cpSync(p('st'), p('copied')); log(fs.readFileSync(p('copied')).length); fails('cp exists', () => fs.cpSync(p('st'), p('copied'), { force: false, errorOnExist: true }));
    code('cp into itself', () => fs.cpSync(p('d'), p('d', 'sub'), { recursive: true })); code('cp same', () => fs.cpSync(p('st'), p('st')));
    fs.cpSync(p('d'), p('filtered'), { recursive: true, filter: (s) => !s.endsWith('file') }); log(fs.existsSync(p('filtered', 'e', 'file')), fs.existsSync(p('filtered', 'e')));
    fs.rmSync(p('d'), { recursive: true }); log(fs.existsSync(p('d'))); fs.rmSync(p('d'), { force: true }); fs.rmSync(p('copied'));
    fs.renameSync(p('copy'), p('moved')); log(fs.existsSync(p('moved'))); fs.unlinkSync(p('hard')); fs.mkdirSync(p('empty')); fs.rmdirSync(p('empty'));
    fs.copyFileSync(p('st'), p('cf')); log(fs.statSync(p('cf')).size);
    const t = fs.mkdtempSync(p('tmp-')); log(path.basename(t).length, fs.statSync(t).isDirectory());
    { using t2 = fs.mkdtempDisposableSync(p('gone-')); globalThis.gone = t2.path; } log(fs.existsSync(globalThis.gone));
  }
  log(fs.constants.O_RDWR, fs.F_OK, Object.keys(fs.constants).length);
} finally {
  fs.rmSync(dir, { recursive: true, force: true });
}
