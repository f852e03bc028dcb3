// SPDX-License-Identifier: MIT
'use strict';

// What a WASI program has open, and how its paths become the host's: a path is relative to a directory that is open and
// never leads out of it, neither by `..` nor by a symbolic link.

const fs = require('fs');
const path = require('path');
const { directoryRights, fail, fileRights, fileTypeOf, fileTypes, streamRights } =
  require('internal/wasi/abi');

const MAX_LINKS = 32;

class Descriptor {
  // host: the host's descriptor; folder: of directories the host's path; preopened: the name it has for the program.
  constructor({ host, type, base, inheriting, flags = 0, folder, preopened }) {
    this.host = host;
    this.type = type;
    this.base = base;
    this.inheriting = inheriting;
    this.flags = flags;
    this.folder = folder;
    this.preopened = preopened;
    this.position = 0n; // of regular files that the program opened
    this.isOwn = false; // the position is kept here, not by the host
    this.isGiven = false; // standard input and its kind
    this.entries = undefined; // of fd_readdir
  }
}

function rightsOf(type) {
  if (type === fileTypes.directory) return { base: directoryRights, inheriting: directoryRights | fileRights };
  if (type === fileTypes.regularFile) return { base: fileRights, inheriting: 0n };
  return { base: streamRights, inheriting: 0n };
}

class Descriptors {
  // stdio: three of the host's descriptors; preopens: the program's path -> the host's
  constructor(stdio, preopens) {
    this.table = stdio.map((host) => {
      const type = fileTypeOf(fs.fstatSync(host));
      return Object.assign(new Descriptor({ host, type, ...rightsOf(type) }), { isGiven: true });
    });
    for (const name of Object.keys(preopens)) {
      const folder = fs.realpathSync(preopens[name]);
      const host = fs.openSync(folder, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
      const type = fileTypes.directory;
      this.table.push(new Descriptor({ host, type, ...rightsOf(type), folder, preopened: name }));
    }
  }

  get(fd, needed = 0n) {
    const found = this.table[fd];
    if (found === undefined) fail('badf');
    if ((found.base & needed) !== needed) fail('notcapable');
    return found;
  }

  folder(fd, needed) {
    const found = this.get(fd, needed);
    if (found.folder === undefined) fail('notdir');
    return found;
  }

  add(descriptor) {
    let fd = this.table.indexOf(undefined);
    if (fd < 0) fd = this.table.length;
    this.table[fd] = descriptor;
    return fd;
  }

  close(fd) {
    const { host } = this.get(fd);
    this.table[fd] = undefined;
    fs.closeSync(host);
  }

  // All but the three that it was given.
  closeOwn() {
    for (const descriptor of this.table) {
      if (descriptor !== undefined && !descriptor.isGiven) {
        try {
          fs.closeSync(descriptor.host);
        } catch {
          // Nobody is left who could be told.
        }
      }
    }
    this.table = [];
  }

  renumber(from, to) {
    if (from === to) {
      this.get(from);
      return;
    }
    const moved = this.get(from);
    this.close(to);
    this.table[to] = moved;
    this.table[from] = undefined;
  }

  open(directory, name, { follow, flags, base, inheriting, fdflags }) {
    const target = this.resolve(directory, name, follow);
    const host = fs.openSync(target, flags | (follow ? 0 : fs.constants.O_NOFOLLOW), 0o666);
    const type = fileTypeOf(fs.fstatSync(host));
    const most = rightsOf(type);
    const made = new Descriptor({ host, type, base: base & most.base, inheriting: inheriting & most.inheriting,
                                  flags: fdflags });
    if (type === fileTypes.directory) made.folder = target;
    made.isOwn = type === fileTypes.regularFile;
    return this.add(made);
  }

  // The host's path for `name` as seen from a directory. follow: a link at its end is what it leads to.
  resolve(directory, name, follow) {
    if (name === '') fail('inval');
    if (name.includes('\0')) fail('ilseq');
    if (name.startsWith('/')) fail('notcapable');
    const root = directory.folder;
    let inside = [];
    const open = name.split('/').reverse();
    for (let links = 0; open.length > 0;) {
      const part = open.pop();
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (inside.length === 0) fail('notcapable');
        inside.pop();
        continue;
      }
      inside.push(part);
      const isLast = open.every((rest) => rest === '' || rest === '.');
      const link = isLast && !follow && open.length === 0 ? undefined : linkAt(path.join(root, ...inside));
      if (link === undefined) continue;
      if (++links > MAX_LINKS) fail('loop');
      inside.pop();
      let target = link;
      if (path.isAbsolute(link)) {
        target = path.relative(root, link);
        inside = [];
      }
      open.push(...target.split('/').reverse());
    }
    const host = path.join(root, ...inside);
    return name.endsWith('/') && inside.length > 0 ? `${host}/` : host;
  }
}

function linkAt(host) {
  try {
    return fs.readlinkSync(host);
  } catch {
    return undefined; // no link, or nothing: the call itself says what is wrong
  }
}

module.exports = { Descriptor, Descriptors };
