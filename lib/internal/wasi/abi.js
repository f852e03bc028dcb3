// SPDX-License-Identifier: MIT
'use strict';

// WASI's numbers: errors, rights, file types.
// https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md

const errnoNames = 'success 2big acces addrinuse addrnotavail afnosupport again already badf badmsg busy canceled ' +
  'child connaborted connrefused connreset deadlk destaddrreq dom dquot exist fault fbig hostunreach idrm ilseq ' +
  'inprogress intr inval io isconn isdir loop mfile mlink msgsize multihop nametoolong netdown netreset netunreach nfile ' +
  'nobufs nodev noent noexec nolck nolink nomem nomsg noprotoopt nospc nosys notconn notdir notempty notrecoverable notsock ' +
  'notsup notty nxio overflow ownerdead perm pipe proto protonosupport prototype range rofs spipe srch stale ' +
  'timedout txtbsy xdev notcapable';

// { success: 0, badf: 8, ... }
const errno = { __proto__: null };
errnoNames.split(' ').forEach((name, number) => {
  errno[name] = number;
});

// What ends a call with an error number.
class WasiError extends Error {
  constructor(number) {
    super(`WASI error ${number}`);
    this.number = number;
  }
}

function fail(name) {
  throw new WasiError(errno[name]);
}

// The number for an error of fs.
function numberOf(error) {
  if (error instanceof WasiError) {
    return error.number;
  }
  if (typeof error?.code === 'string') {
    return errno[error.code.slice(1).toLowerCase()] ?? errno.io;
  }
  if (error instanceof RangeError) { // memory read or written past its end
    return errno.overflow;
  }
  throw error;
}

const rightNames = 'fdDatasync fdRead fdSeek fdFdstatSetFlags fdSync fdTell fdWrite fdAdvise fdAllocate ' +
  'pathCreateDirectory pathCreateFile pathLinkSource pathLinkTarget pathOpen fdReaddir pathReadlink pathRenameSource ' +
  'pathRenameTarget pathFilestatGet pathFilestatSetSize pathFilestatSetTimes fdFilestatGet fdFilestatSetSize ' +
  'fdFilestatSetTimes pathSymlink pathRemoveDirectory pathUnlinkFile pollFdReadwrite sockShutdown sockAccept';

// { fdRead: 2n, ... }
const rights = { __proto__: null };
rightNames.split(' ').forEach((name, bit) => {
  rights[name] = 1n << BigInt(bit);
});

const sum = (names) => names.split(' ').reduce((all, name) => all | rights[name], 0n);

const fileRights = sum('fdDatasync fdRead fdSeek fdFdstatSetFlags fdSync fdTell fdWrite fdAdvise fdAllocate ' +
  'fdFilestatGet fdFilestatSetSize fdFilestatSetTimes pollFdReadwrite');
const directoryRights = sum('fdFdstatSetFlags fdSync fdAdvise pathCreateDirectory pathCreateFile pathLinkSource ' +
  'pathLinkTarget pathOpen fdReaddir pathReadlink pathRenameSource pathRenameTarget pathFilestatGet ' +
  'pathFilestatSetSize pathFilestatSetTimes fdFilestatGet fdFilestatSetTimes pathSymlink pathUnlinkFile ' +
  'pathRemoveDirectory pollFdReadwrite');
// Terminals, pipes and what else has no position.
const streamRights = sum('fdRead fdFdstatSetFlags fdWrite fdFilestatGet pollFdReadwrite');

const fileTypes = { __proto__: null, unknown: 0, blockDevice: 1, characterDevice: 2, directory: 3, regularFile: 4,
                    socketDgram: 5, socketStream: 6, symbolicLink: 7 };

// stats: of fs, or a Dirent
function fileTypeOf(stats) {
  if (stats.isFile()) return fileTypes.regularFile;
  if (stats.isDirectory()) return fileTypes.directory;
  if (stats.isSymbolicLink()) return fileTypes.symbolicLink;
  if (stats.isCharacterDevice()) return fileTypes.characterDevice;
  if (stats.isBlockDevice()) return fileTypes.blockDevice;
  if (stats.isSocket() || stats.isFIFO()) return fileTypes.socketStream;
  return fileTypes.unknown;
}

module.exports = { directoryRights, errno, fail, fileRights, fileTypeOf, fileTypes, numberOf, rights, streamRights };
