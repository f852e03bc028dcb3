// SPDX-License-Identifier: MIT
/*
 * One file-system operation: its arguments, how it runs, its result. It knows no JavaScript.
 *
 * The same fs_op_run() serves the synchronous functions, on the caller's thread, and the asynchronous ones, on libuv's
 * thread pool. Operations of several system calls (reading or writing a whole file, mkdir -p) are one job.
 * What an operation allocates belongs to it until fs_op_clear(); buffers to read into and write from are borrowed.
 */
#ifndef RUNTIME_FS_FS_OP_H
#define RUNTIME_FS_FS_OP_H

#include "base/mem.h"

#include <uv.h>

typedef enum {
#define FS_OP(id, name) FS_##id,
#include "runtime/fs/fs_ops.def"
#undef FS_OP
} FsOpKind;

enum { FS_INLINE_BUFFERS = 4, FS_STATFS_FIELDS = 8 };

typedef struct FsOp {
  FsOpKind kind;
  int fd; /* -1 where the operation goes by path */
  int flags;
  int mode;
  uv_uid_t uid;
  uv_gid_t gid;
  double atime, mtime; /* seconds */
  int64_t position;    /* of read and write, -1 the file's own; the length of ftruncate */
  bool recursive;      /* mkdir */
  bool sync;           /* write_file: fsync before closing */
  char *path, *path2;  /* owned, NUL-terminated */
  size_t path_size, path2_size;
  uv_buf_t *buffers; /* inline_buffers or an owned array; what they point to is borrowed */
  size_t buffer_count;
  uv_buf_t inline_buffers[FS_INLINE_BUFFERS];

  int64_t result;      /* >= 0, or a negative uv error */
  const char *syscall; /* of the call that failed */
  bool names_path;     /* the error message names path */
  bool names_path2;    /* ... and path2 */
  uv_stat_t stat;      /* of the stat family */
  uint64_t statfs[FS_STATFS_FIELDS];
  uint8_t *bytes; /* read_file: the contents; readlink, realpath, mkdtemp, recursive mkdir: a path */
  size_t byte_count, byte_capacity;
  char *names; /* readdir: names, each with its NUL */
  size_t names_size, names_capacity, name_count;
  uint8_t *types; /* uv_dirent_type_t of each name */
  size_t types_capacity;
} FsOp;

void fs_op_init(FsOp *op, FsOpKind kind);
/* Copies a path in; false when out of memory. A path with a NUL inside has been refused before. */
JS_MUST_USE bool fs_op_set_path(FsOp *op, const char *path, size_t length);
JS_MUST_USE bool fs_op_set_path2(FsOp *op, const char *path, size_t length);
/* Room for `count` buffers; false when out of memory. */
JS_MUST_USE bool fs_op_reserve_buffers(FsOp *op, size_t count);
void fs_op_run(FsOp *op);
void fs_op_clear(FsOp *op);

/* Writes every byte to a descriptor, waiting where it is non-blocking and full. 0 or a negative uv error. */
int fs_write_everything(int fd, const uint8_t *bytes, size_t count);

#endif
