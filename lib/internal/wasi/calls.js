// SPDX-License-Identifier: MIT
'use strict';

// The functions that a WASI program imports: numbers and memory in, an error number out.
// https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md

const { Buffer } = require('buffer');
const fs = require('fs');
const path = require('path');
const { codes } = require('internal/errors');
const { errno, fail, fileTypeOf, numberOf, rights } = require('internal/wasi/abi');
const { Descriptors } = require('internal/wasi/descriptors');

const { constants } = fs;

// oflags, fdflags, fstflags, lookupflags
const O_CREAT = 1;
const O_DIRECTORY = 2;
const O_EXCL = 4;
const O_TRUNC = 8;
const FD_APPEND = 1;
const FD_DSYNC = 2;
const FD_NONBLOCK = 4;
const FD_RSYNC = 8;
const FD_SYNC = 16;
const SET_ATIM = 1;
const SET_ATIM_NOW = 2;
const SET_MTIM = 4;
const SET_MTIM_NOW = 8;
const FOLLOW = 1;

const EVENT_CLOCK = 0;
const MAX_IO = 0x7FFFF000;

const decoder = new TextDecoder();

// What a program left open is closed when it is gone.
const leftOpen = new FinalizationRegistry((descriptors) => descriptors.closeOwn());

// How a program ends: thrown by proc_exit, caught by start().
class ProgramExit extends Error {
  constructor(code) {
    super(`exit ${code}`);
    this.code = code;
  }
}

class Calls {
  constructor({ args, env, preopens, stdio, returnOnExit }) {
    this.args = args.map((arg) => Buffer.from(`${arg}\0`));
    this.env = env.map((pair) => Buffer.from(`${pair}\0`));
    this.returnOnExit = returnOnExit;
    this.memory = undefined;
    this.descriptors = new Descriptors(stdio, preopens);
    leftOpen.register(this, this.descriptors);
  }

  // --- memory

  get view() {
    return new DataView(this.memory.buffer);
  }

  bytes(at, length) {
    at >>>= 0;
    length >>>= 0;
    if (at + length > this.memory.buffer.byteLength) fail('overflow');
    return new Uint8Array(this.memory.buffer, at, length);
  }

  text(at, length) {
    return decoder.decode(this.bytes(at, length).slice());
  }

  u32(at, value) {
    this.view.setUint32(at >>> 0, value, true);
  }

  u64(at, value) {
    this.view.setBigUint64(at >>> 0, BigInt.asUintN(64, BigInt(value)), true);
  }

  // The buffers of a list of (address, length).
  vectors(at, count) {
    const { view } = this;
    const out = [];
    let total = 0;
    for (let k = 0; k < count >>> 0; k++) {
      const place = (at >>> 0) + 8 * k;
      const length = Math.min(view.getUint32(place + 4, true), MAX_IO - total);
      out.push(this.bytes(view.getUint32(place, true), length));
      total += length;
    }
    return out;
  }

  // --- arguments and environment

  copyStrings(strings, pointers, buffer) {
    let at = buffer >>> 0;
    strings.forEach((string, k) => {
      this.u32((pointers >>> 0) + 4 * k, at);
      this.bytes(at, string.length).set(string);
      at += string.length;
    });
  }

  copySizes(strings, count, size) {
    this.u32(count, strings.length);
    this.u32(size, strings.reduce((sum, string) => sum + string.length, 0));
  }

  args_get(pointers, buffer) {
    this.copyStrings(this.args, pointers, buffer);
  }

  args_sizes_get(count, size) {
    this.copySizes(this.args, count, size);
  }

  environ_get(pointers, buffer) {
    this.copyStrings(this.env, pointers, buffer);
  }

  environ_sizes_get(count, size) {
    this.copySizes(this.env, count, size);
  }

  // --- clocks, random, processes

  clock_res_get(id, result) {
    if (id < 0 || id > 3) fail('inval');
    this.u64(result, id < 2 ? 1n : 1000n);
  }

  clock_time_get(id, precision, result) {
    this.u64(result, timeOf(id));
  }

  random_get(at, length) {
    const random = require('internal/crypto/random').randomFillSync;
    const bytes = this.bytes(at, length);
    const copy = new Uint8Array(bytes.length); // the memory may be shared
    random(copy);
    bytes.set(copy);
  }

  sched_yield() {}

  proc_exit(code) {
    if (this.returnOnExit) throw new ProgramExit(code >>> 0);
    process.reallyExit(code >>> 0);
  }

  proc_raise(signal) {
    const names = [undefined, 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE',
                   'SIGKILL', 'SIGUSR1', 'SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM'];
    if (names[signal] === undefined) fail('nosys');
    process.kill(process.pid, names[signal]);
  }

  // --- descriptors

  fd_advise(fd, offset, length, advice) {
    this.descriptors.get(fd, rights.fdAdvise);
    if (advice < 0 || advice > 5) fail('inval');
  }

  fd_allocate(fd, offset, length) {
    const { host } = this.descriptors.get(fd, rights.fdAllocate);
    const wanted = offset + length;
    if (fs.fstatSync(host, { bigint: true }).size < wanted) fs.ftruncateSync(host, Number(wanted));
  }

  fd_close(fd) {
    this.descriptors.close(fd);
  }

  fd_datasync(fd) {
    fs.fdatasyncSync(this.descriptors.get(fd, rights.fdDatasync).host);
  }

  fd_sync(fd) {
    fs.fsyncSync(this.descriptors.get(fd, rights.fdSync).host);
  }

  fd_renumber(from, to) {
    this.descriptors.renumber(from, to);
  }

  fd_fdstat_get(fd, at) {
    const { type, flags, base, inheriting } = this.descriptors.get(fd);
    this.bytes(at, 24).fill(0);
    this.view.setUint8(at >>> 0, type);
    this.view.setUint16((at >>> 0) + 2, flags, true);
    this.u64((at >>> 0) + 8, base);
    this.u64((at >>> 0) + 16, inheriting);
  }

  // The host's flags stay as the file was opened: appending is done here, everything is written at once.
  fd_fdstat_set_flags(fd, flags) {
    const descriptor = this.descriptors.get(fd, rights.fdFdstatSetFlags);
    if (flags & ~(FD_APPEND | FD_DSYNC | FD_NONBLOCK | FD_RSYNC | FD_SYNC)) fail('inval');
    if ((flags & (FD_DSYNC | FD_RSYNC | FD_SYNC)) & ~descriptor.flags) fail('nosys');
    descriptor.flags = flags;
  }

  fd_fdstat_set_rights(fd, base, inheriting) {
    const descriptor = this.descriptors.get(fd);
    base = BigInt.asUintN(64, base);
    inheriting = BigInt.asUintN(64, inheriting);
    if ((base & ~descriptor.base) !== 0n || (inheriting & ~descriptor.inheriting) !== 0n) fail('notcapable');
    descriptor.base = base;
    descriptor.inheriting = inheriting;
  }

  writeFilestat(at, stats) {
    const base = at >>> 0;
    this.bytes(base, 64).fill(0);
    this.u64(base, stats.dev);
    this.u64(base + 8, stats.ino);
    this.view.setUint8(base + 16, fileTypeOf(stats));
    this.u64(base + 24, stats.nlink);
    this.u64(base + 32, stats.size);
    this.u64(base + 40, stats.atimeNs);
    this.u64(base + 48, stats.mtimeNs);
    this.u64(base + 56, stats.ctimeNs);
  }

  fd_filestat_get(fd, at) {
    const { host } = this.descriptors.get(fd, rights.fdFilestatGet);
    this.writeFilestat(at, fs.fstatSync(host, { bigint: true }));
  }

  fd_filestat_set_size(fd, size) {
    const { host } = this.descriptors.get(fd, rights.fdFilestatSetSize);
    fs.ftruncateSync(host, Number(BigInt.asUintN(64, size)));
  }

  fd_filestat_set_times(fd, atim, mtim, flags) {
    const { host } = this.descriptors.get(fd, rights.fdFilestatSetTimes);
    const [a, m] = timesToSet(fs.fstatSync(host, { bigint: true }), atim, mtim, flags);
    fs.futimesSync(host, a, m);
  }

  fd_prestat_get(fd, at) {
    const { preopened } = this.descriptors.get(fd);
    if (preopened === undefined) fail('inval');
    this.u32(at, 0);
    this.u32((at >>> 0) + 4, Buffer.byteLength(preopened));
  }

  fd_prestat_dir_name(fd, at, length) {
    const { preopened } = this.descriptors.get(fd);
    if (preopened === undefined) fail('badf');
    const name = Buffer.from(preopened);
    if (name.length > length >>> 0) fail('nobufs');
    this.bytes(at, name.length).set(name);
  }

  // --- reading and writing

  fd_read(fd, vectors, count, result) {
    const descriptor = this.descriptors.get(fd, rights.fdRead);
    if (descriptor.folder !== undefined) fail('isdir');
    const buffers = this.vectors(vectors, count);
    const done = transfer(fs.readvSync, descriptor.host, buffers, descriptor.isOwn ? descriptor.position : null);
    if (descriptor.isOwn) descriptor.position += BigInt(done);
    this.u32(result, done);
  }

  fd_pread(fd, vectors, count, offset, result) {
    const { host, folder } = this.descriptors.get(fd, rights.fdRead | rights.fdSeek);
    if (folder !== undefined) fail('isdir');
    this.u32(result, transfer(fs.readvSync, host, this.vectors(vectors, count), offset));
  }

  fd_write(fd, vectors, count, result) {
    const descriptor = this.descriptors.get(fd, rights.fdWrite);
    const buffers = this.vectors(vectors, count);
    if (descriptor.isOwn && descriptor.flags & FD_APPEND)
      descriptor.position = fs.fstatSync(descriptor.host, { bigint: true }).size;
    const done = transfer(fs.writevSync, descriptor.host, buffers, descriptor.isOwn ? descriptor.position : null);
    if (descriptor.isOwn) descriptor.position += BigInt(done);
    this.u32(result, done);
  }

  fd_pwrite(fd, vectors, count, offset, result) {
    const { host } = this.descriptors.get(fd, rights.fdWrite | rights.fdSeek);
    this.u32(result, transfer(fs.writevSync, host, this.vectors(vectors, count), offset));
  }

  fd_seek(fd, offset, whence, result) {
    const descriptor = this.descriptors.get(fd, rights.fdSeek);
    if (!descriptor.isOwn) fail('spipe');
    let from;
    switch (whence) {
      case 0: from = 0n; break;
      case 1: from = descriptor.position; break;
      case 2: from = fs.fstatSync(descriptor.host, { bigint: true }).size; break;
      default: fail('inval');
    }
    const position = from + BigInt.asIntN(64, offset);
    if (position < 0n) fail('inval');
    descriptor.position = position;
    this.u64(result, position);
  }

  fd_tell(fd, result) {
    const descriptor = this.descriptors.get(fd, rights.fdTell);
    if (!descriptor.isOwn) fail('spipe');
    this.u64(result, descriptor.position);
  }

  // Entries are listed anew when a program begins at cookie 0.
  fd_readdir(fd, at, length, cookie, result) {
    const descriptor = this.descriptors.folder(fd, rights.fdReaddir);
    if (cookie === 0n || descriptor.entries === undefined) descriptor.entries = entriesOf(descriptor.folder);
    const out = this.bytes(at, length);
    let used = 0;
    for (let k = Number(BigInt.asUintN(64, cookie)); k < descriptor.entries.length && used < out.length; k++) {
      const { name, type, ino } = descriptor.entries[k];
      const text = Buffer.from(name);
      const record = Buffer.alloc(24 + text.length);
      record.writeBigUInt64LE(BigInt(k + 1), 0);
      record.writeBigUInt64LE(ino, 8);
      record.writeUInt32LE(text.length, 16);
      record.writeUInt8(type, 20);
      record.set(text, 24);
      const part = record.subarray(0, out.length - used);
      out.set(part, used);
      used += part.length;
    }
    this.u32(result, used);
  }

  // --- paths

  // The host's path for one in memory.
  path(fd, at, length, follow, needed) {
    return this.descriptors.resolve(this.descriptors.folder(fd, needed), this.text(at, length), follow);
  }

  path_create_directory(fd, at, length) {
    fs.mkdirSync(this.path(fd, at, length, true, rights.pathCreateDirectory));
  }

  path_filestat_get(fd, flags, at, length, result) {
    const target = this.path(fd, at, length, Boolean(flags & FOLLOW), rights.pathFilestatGet);
    this.writeFilestat(result, fs.lstatSync(target, { bigint: true }));
  }

  path_filestat_set_times(fd, flags, at, length, atim, mtim, fstflags) {
    const target = this.path(fd, at, length, Boolean(flags & FOLLOW), rights.pathFilestatSetTimes);
    const [a, m] = timesToSet(fs.lstatSync(target, { bigint: true }), atim, mtim, fstflags);
    fs.lutimesSync(target, a, m);
  }

  path_link(oldFd, oldFlags, oldAt, oldLength, newFd, newAt, newLength) {
    const from = this.path(oldFd, oldAt, oldLength, Boolean(oldFlags & FOLLOW), rights.pathLinkSource);
    fs.linkSync(from, this.path(newFd, newAt, newLength, false, rights.pathLinkTarget));
  }

  path_open(fd, lookup, at, length, oflags, base, inheriting, fdflags, result) {
    base = BigInt.asUintN(64, base);
    inheriting = BigInt.asUintN(64, inheriting);
    let needed = rights.pathOpen;
    if (oflags & O_CREAT) needed |= rights.pathCreateFile;
    if (oflags & O_TRUNC) needed |= rights.pathFilestatSetSize;
    const directory = this.descriptors.folder(fd, needed);
    if (((base | inheriting) & ~directory.inheriting) !== 0n) fail('notcapable');
    const reads = (base & (rights.fdRead | rights.fdReaddir)) !== 0n;
    const writes = (base & (rights.fdDatasync | rights.fdWrite | rights.fdAllocate | rights.fdFilestatSetSize)) !== 0n;
    let flags = constants.O_RDONLY;
    if (writes && !(oflags & O_DIRECTORY)) flags = reads ? constants.O_RDWR : constants.O_WRONLY;
    if (oflags & O_CREAT) flags |= constants.O_CREAT;
    if (oflags & O_DIRECTORY) flags |= constants.O_DIRECTORY;
    if (oflags & O_EXCL) flags |= constants.O_EXCL;
    if (oflags & O_TRUNC) flags |= constants.O_TRUNC;
    if (fdflags & FD_DSYNC) flags |= constants.O_DSYNC;
    if (fdflags & FD_NONBLOCK) flags |= constants.O_NONBLOCK;
    if (fdflags & (FD_RSYNC | FD_SYNC)) flags |= constants.O_SYNC;
    const opened = this.descriptors.open(directory, this.text(at, length), {
      follow: Boolean(lookup & FOLLOW), flags, base, inheriting, fdflags,
    });
    this.u32(result, opened);
  }

  path_readlink(fd, at, length, buffer, size, result) {
    const link = fs.readlinkSync(this.path(fd, at, length, false, rights.pathReadlink), 'buffer');
    const part = link.subarray(0, size >>> 0);
    this.bytes(buffer, part.length).set(part);
    this.u32(result, part.length);
  }

  path_remove_directory(fd, at, length) {
    fs.rmdirSync(this.path(fd, at, length, false, rights.pathRemoveDirectory));
  }

  path_rename(oldFd, oldAt, oldLength, newFd, newAt, newLength) {
    const from = this.path(oldFd, oldAt, oldLength, false, rights.pathRenameSource);
    fs.renameSync(from, this.path(newFd, newAt, newLength, false, rights.pathRenameTarget));
  }

  path_symlink(oldAt, oldLength, fd, newAt, newLength) {
    const target = this.text(oldAt, oldLength);
    if (target.startsWith('/')) fail('perm');
    const link = this.path(fd, newAt, newLength, false, rights.pathSymlink);
    const { folder } = this.descriptors.folder(fd);
    if (path.relative(folder, path.resolve(link, '..', target)).split('/')[0] === '..') fail('notcapable');
    fs.symlinkSync(target, link);
  }

  path_unlink_file(fd, at, length) {
    fs.unlinkSync(this.path(fd, at, length, false, rights.pathUnlinkFile));
  }

  // --- waiting

  // A descriptor is said to be ready at once: reading it waits. Without any the nearest time is waited for.
  poll_oneoff(subscriptions, events, count, result) {
    if (count >>> 0 === 0) fail('inval');
    const wanted = [];
    for (let k = 0; k < count >>> 0; k++)
      wanted.push(this.subscription((subscriptions >>> 0) + 48 * k));
    const now = [timeOf(0), timeOf(1)];
    let happened = wanted.filter(({ isClock }) => !isClock);
    if (happened.length === 0) {
      const left = ({ id, timeout, isAbsolute }) => (isAbsolute ? timeout - (id < 2 ? now[id] : timeOf(id)) : timeout);
      const soonest = wanted.reduce((least, each) => (left(each) < least ? left(each) : least), left(wanted[0]));
      sleep(soonest);
      happened = wanted.filter((each) => left(each) <= soonest);
    }
    happened.forEach((each, k) => this.writeEvent((events >>> 0) + 32 * k, each));
    this.u32(result, happened.length);
  }

  subscription(at) {
    const { view } = this;
    const userdata = view.getBigUint64(at, true);
    const type = view.getUint8(at + 8);
    if (type !== EVENT_CLOCK)
      return { isClock: false, userdata, type, fd: view.getUint32(at + 16, true) };
    const id = view.getUint32(at + 16, true);
    timeOf(id); // an unknown clock is an error
    return { isClock: true, userdata, type, id, timeout: view.getBigUint64(at + 24, true),
             isAbsolute: Boolean(view.getUint16(at + 40, true) & 1) };
  }

  writeEvent(at, { userdata, type, isClock, fd }) {
    let error = 0;
    let available = 0n;
    if (!isClock) {
      try {
        const { host, isOwn, position } = this.descriptors.get(fd, rights.pollFdReadwrite);
        if (isOwn && type === 1) {
          const { size } = fs.fstatSync(host, { bigint: true });
          available = size > position ? size - position : 0n;
        }
      } catch (err) {
        error = numberOf(err);
      }
    }
    this.bytes(at, 32).fill(0);
    this.u64(at, userdata);
    this.view.setUint16(at + 8, error, true);
    this.view.setUint8(at + 10, type);
    this.u64(at + 16, available);
  }

  // --- sockets: a program cannot make any, and what is open is none

  sock_accept(fd) {
    this.noSocket(fd, rights.sockAccept);
  }

  sock_recv(fd) {
    this.noSocket(fd, rights.fdRead);
  }

  sock_send(fd) {
    this.noSocket(fd, rights.fdWrite);
  }

  sock_shutdown(fd) {
    this.noSocket(fd, rights.sockShutdown);
  }

  noSocket(fd, needed) {
    this.descriptors.get(fd, needed);
    fail('notsock');
  }
}

function timeOf(id) {
  switch (id) {
    case 0: return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
    case 1: return process.hrtime.bigint();
    case 2:
    case 3: {
      const { user, system } = id === 2 ? process.cpuUsage() : process.threadCpuUsage();
      return BigInt(user + system) * 1000n;
    }
    default: return fail('inval');
  }
}

function sleep(nanoseconds) {
  if (nanoseconds > 0n) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(nanoseconds) / 1e6);
}

// Seconds for fs's utimes.
function timesToSet(stats, atim, mtim, flags) {
  if ((flags & SET_ATIM && flags & SET_ATIM_NOW) || (flags & SET_MTIM && flags & SET_MTIM_NOW)) fail('inval');
  const pick = (set, setNow, given, old) => {
    const time = flags & setNow ? timeOf(0) : flags & set ? BigInt.asUintN(64, given) : old;
    return Number(time) / 1e9;
  };
  return [pick(SET_ATIM, SET_ATIM_NOW, atim, stats.atimeNs), pick(SET_MTIM, SET_MTIM_NOW, mtim, stats.mtimeNs)];
}

// fs's readv or writev on memory that may be shared.
function transfer(operation, host, buffers, position) {
  const at = position === null ? null : Number(BigInt.asUintN(64, position));
  if (buffers.length === 0) return 0;
  return operation(host, buffers, at);
}

function entriesOf(folder) {
  const ino = (name) => {
    try {
      return fs.lstatSync(`${folder}/${name}`, { bigint: true }).ino;
    } catch {
      return 0n;
    }
  };
  return fs.readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({ name: entry.name, type: fileTypeOf(entry), ino: ino(entry.name) }));
}

const names = Object.getOwnPropertyNames(Calls.prototype).filter((name) => /^[a-z]+_/.test(name));

// An object of functions for an import object. Before the program has memory they throw.
function importsOf(calls) {
  const imports = {};
  for (const name of names.sort()) {
    const call = Calls.prototype[name];
    const { [name]: wrapped } = {
      [name](...args) {
        if (calls.memory === undefined) throw new codes.ERR_WASI_NOT_STARTED();
        if (args.length < call.length) return errno.inval;
        try {
          call.apply(calls, args);
          return errno.success;
        } catch (error) {
          if (error instanceof ProgramExit) throw error;
          return numberOf(error);
        }
      },
    };
    imports[name] = wrapped;
  }
  return imports;
}

module.exports = { Calls, ProgramExit, importsOf };
