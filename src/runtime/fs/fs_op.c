// SPDX-License-Identifier: MIT
/*
 * Running file-system operations. Most are one synchronous libuv call; whole-file reads and writes and recursive mkdir
 * are loops over them. Errors keep the name of the system call as Node reports it, which is not always libc's.
 */
#include "runtime/fs/fs_op.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

enum { READ_STEP = 64 * 1024 };

void fs_op_init(FsOp *op, FsOpKind kind)
{
  memset(op, 0, sizeof *op);
  op->kind = kind;
  op->fd = -1;
  op->position = -1;
}

static bool copy_path(char **to, size_t *size, const char *path, size_t length)
{
  char *copy = mem_alloc(NULL, MEM_RUNTIME, length + 1);
  if (!copy)
    return false;
  memcpy(copy, path, length);
  copy[length] = '\0';
  *to = copy;
  *size = length + 1;
  return true;
}

bool fs_op_set_path(FsOp *op, const char *path, size_t length)
{
  return copy_path(&op->path, &op->path_size, path, length);
}

bool fs_op_set_path2(FsOp *op, const char *path, size_t length)
{
  return copy_path(&op->path2, &op->path2_size, path, length);
}

bool fs_op_reserve_buffers(FsOp *op, size_t count)
{
  op->buffer_count = count;
  if (count <= FS_INLINE_BUFFERS) {
    op->buffers = op->inline_buffers;
    return true;
  }
  if (count > SIZE_MAX / sizeof *op->buffers)
    return false;
  op->buffers = mem_alloc(NULL, MEM_RUNTIME, count * sizeof *op->buffers);
  return op->buffers != NULL;
}

void fs_op_clear(FsOp *op)
{
  mem_free(NULL, MEM_RUNTIME, op->path, op->path_size);
  mem_free(NULL, MEM_RUNTIME, op->path2, op->path2_size);
  if (op->buffers && op->buffers != op->inline_buffers)
    mem_free(NULL, MEM_RUNTIME, op->buffers, op->buffer_count * sizeof *op->buffers);
  mem_free(NULL, MEM_RUNTIME, op->bytes, op->byte_capacity);
  mem_free(NULL, MEM_RUNTIME, op->names, op->names_capacity);
  mem_free(NULL, MEM_RUNTIME, op->types, op->types_capacity);
  memset(op, 0, sizeof *op);
}

static void fail(FsOp *op, int64_t error, const char *syscall, bool names_path)
{
  op->result = error;
  op->syscall = syscall;
  op->names_path = names_path;
}

/* --- growing results --------------------------------------------------------------------------------------------- */

static bool grow(void *data_pointer, size_t *capacity, size_t needed)
{
  uint8_t **data = data_pointer;
  if (needed <= *capacity)
    return true;
  size_t larger = *capacity ? *capacity : 256;
  while (larger < needed) {
    if (larger > SIZE_MAX / 2)
      return false;
    larger *= 2;
  }
  uint8_t *grown = mem_realloc(NULL, MEM_RUNTIME, *data, *capacity, larger);
  if (!grown)
    return false;
  *data = grown;
  *capacity = larger;
  return true;
}

static bool keep_bytes(FsOp *op, const char *text)
{
  size_t length = strlen(text);
  if (!grow(&op->bytes, &op->byte_capacity, length))
    return false;
  memcpy(op->bytes, text, length);
  op->byte_count = length;
  return true;
}

static bool keep_name(FsOp *op, const uv_dirent_t *entry)
{
  size_t size = strlen(entry->name) + 1;
  if (!grow(&op->names, &op->names_capacity, op->names_size + size) ||
      !grow(&op->types, &op->types_capacity, op->name_count + 1))
    return false;
  memcpy(op->names + op->names_size, entry->name, size);
  op->names_size += size;
  op->types[op->name_count++] = (uint8_t)entry->type;
  return true;
}

/* --- single calls --------------------------------------------------------------------------------------------------
 * Each returns libuv's result; the request is cleaned up by finish(). */

static int64_t finish(uv_fs_t *req)
{
  int64_t result = req->result;
  uv_fs_req_cleanup(req);
  return result;
}

static int64_t open_path(const char *path, int flags, int mode)
{
  uv_fs_t req;
  uv_fs_open(NULL, &req, path, flags, mode, NULL);
  return finish(&req);
}

static int64_t close_fd(int fd)
{
  uv_fs_t req;
  uv_fs_close(NULL, &req, fd, NULL);
  return finish(&req);
}

static int64_t make_dir(const char *path, int mode)
{
  uv_fs_t req;
  uv_fs_mkdir(NULL, &req, path, mode, NULL);
  return finish(&req);
}

static void run_stat(FsOp *op)
{
  uv_fs_t req;
  const char *syscall;
  if (op->kind == FS_STAT) {
    uv_fs_stat(NULL, &req, op->path, NULL);
    syscall = "stat";
  } else if (op->kind == FS_LSTAT) {
    uv_fs_lstat(NULL, &req, op->path, NULL);
    syscall = "lstat";
  } else {
    uv_fs_fstat(NULL, &req, op->fd, NULL);
    syscall = "fstat";
  }
  op->stat = req.statbuf;
  int64_t result = finish(&req);
  fail(op, result, syscall, op->kind != FS_FSTAT);
}

static void run_statfs(FsOp *op)
{
  uv_fs_t req;
  uv_fs_statfs(NULL, &req, op->path, NULL);
  if (req.result == 0) {
    const uv_statfs_t *s = req.ptr;
    uint64_t fields[FS_STATFS_FIELDS] = {s->f_type,   s->f_bsize, s->f_blocks, s->f_bfree,
                                         s->f_bavail, s->f_files, s->f_ffree,  s->f_bsize};
    memcpy(op->statfs, fields, sizeof fields);
  }
  fail(op, finish(&req), "statfs", true);
}

/* A call that answers with a path: in req.ptr, or for mkdtemp in req.path. */
static void run_path_result(FsOp *op)
{
  uv_fs_t req;
  const char *syscall;
  if (op->kind == FS_READLINK) {
    uv_fs_readlink(NULL, &req, op->path, NULL);
    syscall = "readlink";
  } else if (op->kind == FS_REALPATH) {
    uv_fs_realpath(NULL, &req, op->path, NULL);
    syscall = "realpath";
  } else {
    uv_fs_mkdtemp(NULL, &req, op->path, NULL);
    syscall = "mkdtemp";
  }
  if (req.result >= 0 && !keep_bytes(op, op->kind == FS_MKDTEMP ? req.path : req.ptr))
    req.result = UV_ENOMEM;
  fail(op, finish(&req), syscall, true);
}

static void run_readdir(FsOp *op)
{
  const char *syscall = op->kind == FS_OPENDIR ? "opendir" : "scandir";
  uv_fs_t req;
  uv_fs_scandir(NULL, &req, op->path, 0, NULL);
  if (req.result < 0) {
    fail(op, finish(&req), syscall, true);
    return;
  }
  int64_t result = 0;
  uv_dirent_t entry;
  int next;
  while ((next = uv_fs_scandir_next(&req, &entry)) != UV_EOF) {
    if (next < 0) {
      result = next;
      break;
    }
    if (!keep_name(op, &entry)) {
      result = UV_ENOMEM;
      break;
    }
  }
  uv_fs_req_cleanup(&req);
  fail(op, result, syscall, true);
}

/* --- mkdir -p ---------------------------------------------------------------------------------------------------- */

static bool is_dir(const char *path, bool *exists)
{
  uv_fs_t req;
  uv_fs_stat(NULL, &req, path, NULL);
  bool dir = req.result == 0 && (req.statbuf.st_mode & S_IFMT) == S_IFDIR;
  *exists = req.result == 0;
  uv_fs_req_cleanup(&req);
  return dir;
}

/* Makes every missing folder of the path, from the first. The first one made is kept as the result. */
static void run_mkdir_recursive(FsOp *op)
{
  char *path = op->path;
  size_t length = op->path_size - 1;
  while (length > 1 && path[length - 1] == '/')
    path[--length] = '\0';
  bool exists;
  if (is_dir(path, &exists)) {
    fail(op, 0, "mkdir", true);
    return;
  }
  for (size_t end = 1; end <= length; end++) {
    if (end < length && path[end] != '/')
      continue;
    char kept = path[end];
    path[end] = '\0';
    int64_t result = make_dir(path, op->mode);
    if (result == 0 && !op->bytes && !keep_bytes(op, path))
      result = UV_ENOMEM;
    if (result == UV_EEXIST || result == UV_EISDIR || result == UV_EROFS || result == UV_EACCES || result == UV_EPERM) {
      /* What is there already may be a folder that we could not have made. */
      bool dir = is_dir(path, &exists);
      if (dir)
        result = 0;
      else if (exists)
        result = end < length ? UV_ENOTDIR : UV_EEXIST;
    }
    path[end] = kept;
    if (result < 0) {
      fail(op, result, "mkdir", true);
      return;
    }
    while (end < length && path[end + 1] == '/')
      end++;
  }
  fail(op, 0, "mkdir", true);
}

/* --- whole files ------------------------------------------------------------------------------------------------- */

static int64_t read_some(int fd, uint8_t *into, size_t room)
{
  uv_buf_t buffer = uv_buf_init((char *)into, room > INT32_MAX ? INT32_MAX : (unsigned)room);
  uv_fs_t req;
  uv_fs_read(NULL, &req, fd, &buffer, 1, -1, NULL);
  return finish(&req);
}

static bool grow_exactly(FsOp *op, size_t capacity)
{
  uint8_t *grown = mem_realloc(NULL, MEM_RUNTIME, op->bytes, op->byte_capacity, capacity);
  if (!grown)
    return false;
  op->bytes = grown;
  op->byte_capacity = capacity;
  return true;
}

static void run_read_file(FsOp *op)
{
  int fd = op->fd;
  if (op->path) {
    int64_t opened = open_path(op->path, op->flags, 0666);
    if (opened < 0) {
      fail(op, opened, "open", true);
      return;
    }
    fd = (int)opened;
  }
  /* A regular file says how long it is; anything else is read until it ends. */
  uv_fs_t req;
  uv_fs_fstat(NULL, &req, fd, NULL);
  bool regular = req.result == 0 && (req.statbuf.st_mode & S_IFMT) == S_IFREG;
  uint64_t size = regular ? req.statbuf.st_size : 0;
  int64_t result = finish(&req);
  if (result < 0)
    fail(op, result, "fstat", false);
  while (result >= 0) {
    if (op->byte_count == op->byte_capacity) {
      size_t larger = op->byte_capacity ? op->byte_capacity * 2 : size ? size : READ_STEP;
      if (!grow_exactly(op, larger)) {
        result = UV_ENOMEM;
        fail(op, result, "read", false);
        break;
      }
    }
    result = read_some(fd, op->bytes + op->byte_count, op->byte_capacity - op->byte_count);
    if (result <= 0) {
      fail(op, result, "read", false);
      break;
    }
    op->byte_count += (size_t)result;
    if (size && op->byte_count >= size) {
      fail(op, 0, "read", false);
      break;
    }
  }
  if (op->path)
    close_fd(fd);
}

static void run_write_file(FsOp *op)
{
  int fd = op->fd;
  if (op->path) {
    int64_t opened = open_path(op->path, op->flags, op->mode);
    if (opened < 0) {
      fail(op, opened, "open", true);
      return;
    }
    fd = (int)opened;
  }
  fail(op, 0, "write", false);
  for (size_t i = 0; i < op->buffer_count && op->result >= 0; i++) {
    int error = fs_write_everything(fd, (const uint8_t *)op->buffers[i].base, op->buffers[i].len);
    if (error < 0)
      fail(op, error, "write", false);
  }
  if (op->result >= 0 && op->sync) {
    uv_fs_t req;
    uv_fs_fsync(NULL, &req, fd, NULL);
    fail(op, finish(&req), "fsync", false);
  }
  if (op->path) {
    int64_t closed = close_fd(fd);
    if (op->result >= 0 && closed < 0)
      fail(op, closed, "close", false);
  }
}

int fs_write_everything(int fd, const uint8_t *bytes, size_t count)
{
  while (count > 0) {
    uv_buf_t buffer = uv_buf_init((char *)bytes, count > INT32_MAX ? INT32_MAX : (unsigned)count);
    uv_fs_t req;
    uv_fs_write(NULL, &req, fd, &buffer, 1, -1, NULL);
    int64_t written = finish(&req);
    if (written == UV_EAGAIN) {
      struct pollfd waiting = {.fd = fd, .events = POLLOUT};
      if (poll(&waiting, 1, -1) < 0 && errno != EINTR)
        return uv_translate_sys_error(errno);
      continue;
    }
    if (written < 0)
      return (int)written;
    bytes += written;
    count -= (size_t)written;
  }
  return 0;
}

/* --- the rest ----------------------------------------------------------------------------------------------------- */

static void run_by_path(FsOp *op)
{
  uv_fs_t req;
  const char *syscall = "";
  switch (op->kind) {
  case FS_ACCESS:
    uv_fs_access(NULL, &req, op->path, op->mode, NULL);
    syscall = "access";
    break;
  case FS_CHMOD:
    uv_fs_chmod(NULL, &req, op->path, op->mode, NULL);
    syscall = "chmod";
    break;
  case FS_CHOWN:
    uv_fs_chown(NULL, &req, op->path, op->uid, op->gid, NULL);
    syscall = "chown";
    break;
  case FS_LCHOWN:
    uv_fs_lchown(NULL, &req, op->path, op->uid, op->gid, NULL);
    syscall = "lchown";
    break;
  case FS_MKDIR:
    uv_fs_mkdir(NULL, &req, op->path, op->mode, NULL);
    syscall = "mkdir";
    break;
  case FS_OPEN:
    uv_fs_open(NULL, &req, op->path, op->flags, op->mode, NULL);
    syscall = "open";
    break;
  case FS_RMDIR:
    uv_fs_rmdir(NULL, &req, op->path, NULL);
    syscall = "rmdir";
    break;
  case FS_UNLINK:
    uv_fs_unlink(NULL, &req, op->path, NULL);
    syscall = "unlink";
    break;
  case FS_UTIMES:
    uv_fs_utime(NULL, &req, op->path, op->atime, op->mtime, NULL);
    syscall = "utime";
    break;
  case FS_LUTIMES:
    uv_fs_lutime(NULL, &req, op->path, op->atime, op->mtime, NULL);
    syscall = "lutime";
    break;
  default: JS_UNREACHABLE();
  }
  fail(op, finish(&req), syscall, true);
}

static void run_by_two_paths(FsOp *op)
{
  uv_fs_t req;
  const char *syscall = "";
  switch (op->kind) {
  case FS_COPY_FILE:
    uv_fs_copyfile(NULL, &req, op->path, op->path2, op->mode, NULL);
    syscall = "copyfile";
    break;
  case FS_LINK:
    uv_fs_link(NULL, &req, op->path, op->path2, NULL);
    syscall = "link";
    break;
  case FS_RENAME:
    uv_fs_rename(NULL, &req, op->path, op->path2, NULL);
    syscall = "rename";
    break;
  case FS_SYMLINK:
    uv_fs_symlink(NULL, &req, op->path, op->path2, op->flags, NULL);
    syscall = "symlink";
    break;
  default: JS_UNREACHABLE();
  }
  fail(op, finish(&req), syscall, true);
  op->names_path2 = true;
}

static void run_by_fd(FsOp *op)
{
  uv_fs_t req;
  const char *syscall = "";
  switch (op->kind) {
  case FS_CLOSE:
    uv_fs_close(NULL, &req, op->fd, NULL);
    syscall = "close";
    break;
  case FS_FCHMOD:
    uv_fs_fchmod(NULL, &req, op->fd, op->mode, NULL);
    syscall = "fchmod";
    break;
  case FS_FCHOWN:
    uv_fs_fchown(NULL, &req, op->fd, op->uid, op->gid, NULL);
    syscall = "fchown";
    break;
  case FS_FDATASYNC:
    uv_fs_fdatasync(NULL, &req, op->fd, NULL);
    syscall = "fdatasync";
    break;
  case FS_FSYNC:
    uv_fs_fsync(NULL, &req, op->fd, NULL);
    syscall = "fsync";
    break;
  case FS_FTRUNCATE:
    uv_fs_ftruncate(NULL, &req, op->fd, op->position, NULL);
    syscall = "ftruncate";
    break;
  case FS_FUTIMES:
    uv_fs_futime(NULL, &req, op->fd, op->atime, op->mtime, NULL);
    syscall = "futime";
    break;
  case FS_READ:
    uv_fs_read(NULL, &req, op->fd, op->buffers, (unsigned)op->buffer_count, op->position, NULL);
    syscall = "read";
    break;
  case FS_WRITE:
    uv_fs_write(NULL, &req, op->fd, op->buffers, (unsigned)op->buffer_count, op->position, NULL);
    syscall = "write";
    break;
  default: JS_UNREACHABLE();
  }
  fail(op, finish(&req), syscall, false);
}

void fs_op_run(FsOp *op)
{
  switch (op->kind) {
  case FS_STAT:
  case FS_LSTAT:
  case FS_FSTAT: run_stat(op); break;
  case FS_STATFS: run_statfs(op); break;
  case FS_READLINK:
  case FS_REALPATH:
  case FS_MKDTEMP: run_path_result(op); break;
  case FS_READDIR:
  case FS_OPENDIR: run_readdir(op); break;
  case FS_READ_FILE: run_read_file(op); break;
  case FS_WRITE_FILE: run_write_file(op); break;
  case FS_COPY_FILE:
  case FS_LINK:
  case FS_RENAME:
  case FS_SYMLINK: run_by_two_paths(op); break;
  case FS_MKDIR:
    if (op->recursive)
      run_mkdir_recursive(op);
    else
      run_by_path(op);
    break;
  case FS_ACCESS:
  case FS_CHMOD:
  case FS_CHOWN:
  case FS_LCHOWN:
  case FS_OPEN:
  case FS_RMDIR:
  case FS_UNLINK:
  case FS_UTIMES:
  case FS_LUTIMES: run_by_path(op); break;
  case FS_CLOSE:
  case FS_FCHMOD:
  case FS_FCHOWN:
  case FS_FDATASYNC:
  case FS_FSYNC:
  case FS_FTRUNCATE:
  case FS_FUTIMES:
  case FS_READ:
  case FS_WRITE: run_by_fd(op); break;
  }
}
