// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for the fs binding over the host's fs. Errors of the host have the shape ours have.

const fs = require('fs');
const { setImmediate } = require('timers');

function quiet(fn) {
  try {
    return fn();
  } catch {
    return undefined;
  }
}

const statValues = new Float64Array(18);
const bigintStatValues = new BigInt64Array(18);
const statFields = ['dev', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'blksize', 'ino', 'size', 'blocks'];
const timeFields = ['atime', 'mtime', 'ctime', 'birthtime'];

function fill(stats) {
  statFields.forEach((name, i) => {
    statValues[i] = Number(stats[name]);
    bigintStatValues[i] = stats[name];
  });
  timeFields.forEach((name, i) => {
    const ns = stats[name + 'Ns'];
    let seconds = ns / 1000000000n;
    let rest = ns % 1000000000n;
    if (rest < 0n) {
      rest += 1000000000n;
      seconds -= 1n;
    }
    statValues[10 + 2 * i] = Number(seconds);
    statValues[11 + 2 * i] = Number(rest);
    bigintStatValues[10 + 2 * i] = seconds;
    bigintStatValues[11 + 2 * i] = rest;
  });
}

// Makes fn(...args) or, with a request as the argument after `count`, its asynchronous form.
function both(count, sync, finish = (value) => value) {
  return (...args) => {
    const req = args[count];
    if (req === undefined) return finish(sync(...args), args);
    setImmediate(() => {
      let value;
      try {
        value = sync(...args);
      } catch (error) {
        req.oncomplete(error);
        return;
      }
      req.oncomplete(null, finish(value, args));
    });
    return undefined;
  };
}

const position = (value) => (value === -1 || value === -1n ? null : value);

function statOf(name) {
  return both(2, (target, bigint, req, mayMiss) => {
    try {
      return fs[name](target, { bigint: true });
    } catch (error) {
      if (mayMiss && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
      throw error;
    }
  }, (stats, args) => {
    if (stats === undefined) return undefined;
    fill(stats);
    return args[1] ? bigintStatValues : statValues;
  });
}

function list(folder, encoding, withTypes, syscall) {
  try {
    const entries = fs.readdirSync(folder, { withFileTypes: true, encoding: encoding === 'buffer' ? 'buffer' : 'utf8' });
    const names = entries.map((entry) => entry.name);
    if (!withTypes) return names;
    return [names, entries.map((e) => (e.isFile() ? 1 : e.isDirectory() ? 2 : e.isSymbolicLink() ? 3 : e.isFIFO() ? 4 :
      e.isSocket() ? 5 : e.isCharacterDevice() ? 6 : e.isBlockDevice() ? 7 : 0))];
  } catch (error) {
    if (syscall) {
      error.syscall = syscall;
      error.message = error.message.replace('scandir', syscall);
    }
    throw error;
  }
}

module.exports = {
  statValues,
  bigintStatValues,
  internalModuleStat(file) {
    const stats = quiet(() => fs.statSync(file));
    return stats === undefined ? -2 : stats.isDirectory() ? 1 : 0;
  },
  internalRealpath: (file) => fs.realpathSync(file),
  readPackageText: (file) => quiet(() => fs.readFileSync(file, 'utf8')),
  readFileUtf8: (file, flags) => fs.readFileSync(file, { encoding: 'utf8', flag: flags }),
  writeFileUtf8(file, text, flags, mode) {
    fs.writeFileSync(file, text, { flag: flags, mode });
  },
  readFileAll: both(2, (target, flags) => new Uint8Array(fs.readFileSync(target, { flag: flags }))),
  writeFileAll: both(5, (target, bytes, flags, mode, flush) => {
    fs.writeFileSync(target, bytes, { flag: flags, mode, flush });
  }),
  writeAll(fd, bytes) {
    for (let done = 0; done < bytes.length;) done += fs.writeSync(fd, bytes, done);
  },
  writeAllString(fd, text, encoding) {
    module.exports.writeAll(fd, Buffer.from(text, encoding));
  },
  existsSync: (file) => fs.existsSync(file),
  access: both(2, (file, mode) => fs.accessSync(file, mode)),
  open: both(3, (file, flags, mode) => fs.openSync(file, flags, mode)),
  close: both(1, (fd) => fs.closeSync(fd)),
  read: both(5, (fd, buffer, offset, length, pos) => fs.readSync(fd, buffer, offset, length, position(pos))),
  readBuffers: both(3, (fd, buffers, pos) => fs.readvSync(fd, buffers, position(pos))),
  writeBuffer: both(5, (fd, buffer, offset, length, pos) => fs.writeSync(fd, buffer, offset, length, position(pos))),
  writeBuffers: both(3, (fd, buffers, pos) => fs.writevSync(fd, buffers, position(pos))),
  writeString: both(4, (fd, text, pos, encoding) => fs.writeSync(fd, text, position(pos), encoding)),
  rename: both(2, (from, to) => fs.renameSync(from, to)),
  ftruncate: both(2, (fd, length) => fs.ftruncateSync(fd, length)),
  rmdir: both(1, (dir) => fs.rmdirSync(dir)),
  fdatasync: both(1, (fd) => fs.fdatasyncSync(fd)),
  fsync: both(1, (fd) => fs.fsyncSync(fd)),
  mkdir: both(3, (dir, mode, recursive) => fs.mkdirSync(dir, { mode, recursive })),
  readdir: both(3, (dir, encoding, withTypes) => list(dir, encoding, withTypes)),
  opendir: both(2, (dir, encoding) => list(dir, encoding, true, 'opendir')),
  stat: statOf('statSync'),
  lstat: statOf('lstatSync'),
  fstat: statOf('fstatSync'),
  statfs: both(2, (dir) => {
    const s = fs.statfsSync(dir, { bigint: true });
    return [s.type, s.bsize, s.blocks, s.bfree, s.bavail, s.files, s.ffree];
  }, (values, args) => (args[1] ? BigInt64Array.from(values.concat(0n).slice(0, 7)) :
    Float64Array.from(values.map(Number)))),
  link: both(2, (from, to) => fs.linkSync(from, to)),
  symlink: both(3, (target, file) => fs.symlinkSync(target, file)),
  readlink: both(2, (file, encoding) => fs.readlinkSync(file, encoding)),
  unlink: both(1, (file) => fs.unlinkSync(file)),
  chmod: both(2, (file, mode) => fs.chmodSync(file, mode)),
  fchmod: both(2, (fd, mode) => fs.fchmodSync(fd, mode)),
  chown: both(3, (file, uid, gid) => fs.chownSync(file, uid, gid)),
  fchown: both(3, (fd, uid, gid) => fs.fchownSync(fd, uid, gid)),
  lchown: both(3, (file, uid, gid) => fs.lchownSync(file, uid, gid)),
  utimes: both(3, (file, atime, mtime) => fs.utimesSync(file, atime, mtime)),
  futimes: both(3, (fd, atime, mtime) => fs.futimesSync(fd, atime, mtime)),
  lutimes: both(3, (file, atime, mtime) => fs.lutimesSync(file, atime, mtime)),
  mkdtemp: both(2, (prefix, encoding) => fs.mkdtempSync(prefix, encoding)),
  copyFile: both(3, (from, to, mode) => fs.copyFileSync(from, to, mode)),
  realpath: both(2, (file, encoding) => fs.realpathSync.native(file, encoding)),
};
