// SPDX-License-Identifier: MIT
// node:wasi: arguments, environment, clocks, files in a preopened directory and none outside it, how programs start
// and end. The calls are made by hand, on a memory of the test's own.
import { closeSync, mkdtempSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.removeAllListeners('warning');
const { WASI } = await import('node:wasi');

const folder = mkdtempSync(join(tmpdir(), 'culm-wasi-'));
const outside = mkdtempSync(join(tmpdir(), 'culm-wasi-'));
process.on('exit', () => [folder, outside].forEach((name) => rmSync(name, { recursive: true })));
mkdirSync(join(folder, 'sub'));
writeFileSync(join(folder, 'sub/file'), 'some text');
writeFileSync(join(outside, 'secret'), 'secret');
symlinkSync(join(outside, 'secret'), join(folder, 'out'));
symlinkSync('sub/file', join(folder, 'link'));

const outcome = (fn) => {
  try {
    return fn();
  } catch (err) {
    return `${err.name} ${err.code} ${err.message}`;
  }
};

// Rights: all that files have; reading a directory.
const FILE = 0x8E001FFn;
const READDIR = 0x4000n;

function session(version, options) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const wasi = new WASI({ version, preopens: { '/box': folder }, ...options });
  wasi.finalizeBindings({ exports: { memory } });
  const view = new DataView(memory.buffer);
  const bytes = new Uint8Array(memory.buffer);
  const put = (text, at = 1000) => {
    const encoded = new TextEncoder().encode(text);
    bytes.set(encoded, at);
    return [at, encoded.length];
  };
  const text = (at, length) => new TextDecoder().decode(bytes.slice(at, at + length));
  return { calls: wasi.wasiImport, view, bytes, put, text };
}

// --- arguments, environment, clocks

{
  const env = { A: '1', B: undefined, C: 'c' };
  const { calls, view, text } = session('preview1', { args: ['prog', 'zwei ü'], env });
  console.log(calls.args_sizes_get(0, 4), view.getUint32(0, true), view.getUint32(4, true));
  console.log(calls.args_get(0, 100), view.getUint32(4, true), JSON.stringify(text(100, 13)));
  console.log(calls.environ_sizes_get(0, 4), view.getUint32(0, true), view.getUint32(4, true));
  console.log(calls.environ_get(0, 100), JSON.stringify(text(100, 8)));
  console.log(calls.clock_time_get(0, 0n, 0), view.getBigUint64(0, true) / 1000000000n > 1700000000n);
  console.log(calls.clock_time_get(1, 0n, 0), calls.clock_time_get(2, 0n, 0), calls.clock_time_get(9, 0n, 0));
  console.log(calls.random_get(0, 8), view.getBigUint64(0, true) !== 0n, calls.sched_yield());
  console.log('out of bounds', calls.args_sizes_get(65536, 0), calls.random_get(65530, 100));
}

// --- files

for (const version of ['preview1', 'unstable']) { // two names of the same
  const { calls, view, bytes, put, text } = session(version);
  const open = (name, { lookup = 1, oflags = 0, rights = FILE, flags = 0 } = {}) => {
    const error = calls.path_open(3, lookup, ...put(name), oflags, rights, 0n, flags, 500);
    return error ? -error : view.getUint32(500, true);
  };
  const vector = (at, length) => {
    view.setUint32(600, at, true);
    view.setUint32(604, length, true);
    return [600, 1];
  };
  console.log(version, calls.fd_prestat_get(3, 0), view.getUint8(0), view.getUint32(4, true),
              calls.fd_prestat_dir_name(3, 0, 4), text(0, 4), calls.fd_prestat_dir_name(3, 0, 2),
              calls.fd_prestat_get(0, 0), calls.fd_prestat_get(9, 0));
  const fd = open('sub/file');
  console.log(fd, calls.fd_read(fd, ...vector(100, 4), 0), view.getUint32(0, true), text(100, 4),
              calls.fd_tell(fd, 0), view.getBigUint64(0, true));
  for (let whence = 0; whence < 4; whence++)
    console.log('seek', whence, calls.fd_seek(fd, 2n, whence, 0), view.getBigUint64(0, true));
  console.log(calls.fd_pread(fd, ...vector(100, 4), 5n, 0), text(100, 4), calls.fd_seek(fd, -100n, 0, 0));
  console.log(calls.fd_filestat_get(fd, 0), view.getUint8(16), view.getBigUint64(32, true));
  console.log(calls.fd_fdstat_get(fd, 0), view.getUint8(0));
  console.log(calls.fd_close(fd), calls.fd_close(fd));

  const made = open('sub/new', { oflags: 1 });
  put('written', 100);
  console.log(calls.fd_write(made, ...vector(100, 7), 0), view.getUint32(0, true));
  console.log(calls.fd_pwrite(made, ...vector(100, 2), 5n, 0), calls.fd_filestat_set_size(made, 9n),
              calls.fd_sync(made));
  console.log(calls.fd_renumber(made, 20), calls.fd_tell(made, 0), calls.fd_close(20));
  console.log(JSON.stringify(readFileSync(join(folder, 'sub/new'), 'latin1')));
  const appended = open('sub/new', { flags: 1 });
  console.log(calls.fd_write(appended, ...vector(100, 3), 0), calls.fd_close(appended),
              readFileSync(join(folder, 'sub/new')).length);
  console.log('exclusive', open('sub/new', { oflags: 5 }), 'directory', open('sub/new', { oflags: 2 }));

  console.log('outside', open('../x'), open('/etc/passwd'), open('sub/../../x'), open('out'), open(''), open('none'));
  console.log('inside', open('sub/../sub/./file') > 0, open('link') > 0);
  console.log(calls.path_readlink(3, ...put('link'), 200, 50, 0), text(200, view.getUint32(0, true)));
  console.log(calls.path_filestat_get(3, 0, ...put('link'), 0), view.getUint8(16),
              calls.path_filestat_get(3, 1, ...put('link'), 0), view.getUint8(16));
  console.log(calls.path_symlink(...put('/abs', 300), 3, ...put('bad')),
              calls.path_symlink(...put('../x', 300), 3, ...put('bad')),
              calls.path_symlink(...put('sub', 300), 3, ...put('good')), calls.path_unlink_file(3, ...put('good')));
  console.log(calls.path_create_directory(3, ...put('dir')), calls.path_create_directory(3, ...put('dir')));
  console.log(calls.path_rename(3, ...put('sub/new', 300), 3, ...put('dir/moved')),
              calls.path_remove_directory(3, ...put('dir')));
  const directory = open('dir', { oflags: 2, rights: READDIR });
  console.log(calls.fd_readdir(directory, 2000, 500, 0n, 0), view.getUint32(0, true), text(2024, 5),
              view.getUint8(2020));
  console.log(calls.fd_readdir(directory, 2000, 10, 0n, 0), view.getUint32(0, true),
              calls.fd_read(directory, ...vector(0, 4), 0) > 0, calls.fd_seek(directory, 0n, 0, 0));
  console.log(calls.path_unlink_file(3, ...put('dir/moved')), calls.path_remove_directory(3, ...put('dir')),
              calls.path_remove_directory(3, ...put('link')),
              calls.path_link(3, 0, ...put('sub/file', 300), 3, ...put('hard')),
              calls.path_unlink_file(3, ...put('hard')));
  console.log(calls.sock_shutdown(3, 0), calls.sock_shutdown(77, 0), calls.fd_advise(fd, 0n, 0n, 0));

  bytes.fill(0, 3000, 3048);
  view.setBigUint64(3000, 7n, true);
  view.setUint32(3016, 1, true);
  view.setBigUint64(3024, 2000000n, true);
  console.log(calls.poll_oneoff(3000, 4000, 1, 0), view.getUint32(0, true), view.getBigUint64(4000, true),
              view.getUint8(4010));
}

// --- what programs may do with descriptors they lack the rights for

{
  const { calls, view, put } = session('preview1');
  console.log(calls.path_open(3, 1, ...put('sub/file'), 0, 2n, 0n, 0, 500));
  const fd = view.getUint32(500, true);
  console.log(calls.fd_write(fd, 600, 0, 0), calls.fd_seek(fd, 0n, 0, 0), calls.fd_fdstat_set_rights(fd, 0n, 0n),
              calls.fd_fdstat_set_rights(fd, 2n, 0n), calls.fd_read(fd, 600, 0, 0));
}

// --- start, initialize, options

const program = (text, wasi) =>
  new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(text, 'base64')), wasi?.getImportObject());
// _start writes hello and exits with 9
const exits = 'AGFzbQEAAAABEANgAX8AYAR/f39/AX9gAAACRgIWd2FzaV9zbmFwc2hvdF9wcmV2aWV3MQlwcm9jX2V4aXQAABZ3YX' +
  'NpX3NuYXBzaG90X3ByZXZpZXcxCGZkX3dyaXRlAAEDAgECBQMBAAEHEwIGbWVtb3J5AgAGX3N0YXJ0AAIKEwERAEEB' +
  'QQBBAUEgEAEaQQkQAAsLFAEAQQALDggAAAAGAAAAaGVsbG8K';
// _initialize, which does nothing
const reactor = 'AGFzbQEAAAABBAFgAAADAgEABQMBAAEHGAIGbWVtb3J5AgALX2luaXRpYWxpemUAAAoEAQIACw==';
const log = openSync(join(folder, 'log'), 'w+');
const fresh = (options) => new WASI({ version: 'preview1', stdout: log, ...options });
{
  const wasi = fresh();
  console.log('exit', wasi.start(program(exits, wasi)), readFileSync(join(folder, 'log'), 'latin1'));
  console.log(outcome(() => wasi.start(program(exits, wasi))));
  console.log(outcome(() => fresh().start(program(reactor))));
  console.log(outcome(() => fresh().initialize(program(exits, wasi))));
  console.log(fresh().initialize(program(reactor)), outcome(() => fresh().start({ exports: {} })));
  console.log(outcome(() => fresh().wasiImport.sched_yield()), Object.keys(fresh().getImportObject()));
}
for (const options of [undefined, {}, { version: 'preview2' }, { version: 'preview1', args: 1 },
                       { version: 'preview1', stdin: -1 }, { version: 'preview1', returnOnExit: 1 },
                       { version: 'preview1', preopens: 1 }, { version: 'preview1', env: 1 }])
  console.log(outcome(() => new WASI(options)));
closeSync(log);
