// SPDX-License-Identifier: MIT
/*
 * internalBinding('fs'): arguments from JavaScript into an FsOp, its run at once or on the thread pool, and its result
 * back.
 */
#include "runtime/env.h"

#include "runtime/fs/fs_op.h"
#include "runtime/permission.h"
#include "runtime/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { STAT_FIELDS = 18 };

/* What JavaScript gets of a finished operation. */
typedef enum {
  GIVE_NOTHING,
  GIVE_NUMBER,
  GIVE_STAT,
  GIVE_STATFS,
  GIVE_BYTES,
  GIVE_PATH,
  GIVE_NAMES,
} Give;

typedef struct FsCall {
  FsOp op;
  Give give;
  bool bigint;     /* stat */
  bool as_buffer;  /* paths and names as bytes */
  bool with_types; /* readdir */
  bool may_miss;   /* stat: undefined for a missing file */
  bool is_denied;  /* by the permission model: it does not run, and denial is its error */
  bool owns_text;  /* op.buffers[0] was made from a string here */
  RtPending pending;
  uv_work_t work;
  CulmEnv *env;
  JsRef *denial;
  JsRef *req, *kept; /* the request object; the views that are read into or written from */
  JsRef *context;    /* the async context of the call */
} FsCall;

/* --- the shared arrays of stat, found through the binding object ------------------------------------------------- */

static int64_t stat_field(const uv_stat_t *s, int k)
{
  const uint64_t plain[] = {s->st_dev,  s->st_mode,    s->st_nlink, s->st_uid,  s->st_gid,
                            s->st_rdev, s->st_blksize, s->st_ino,   s->st_size, s->st_blocks};
  if (k < 10)
    return (int64_t)plain[k];
  const uv_timespec_t *times[] = {&s->st_atim, &s->st_mtim, &s->st_ctim, &s->st_birthtim};
  const uv_timespec_t *time = times[(k - 10) / 2];
  return k % 2 == 0 ? time->tv_sec : time->tv_nsec;
}

static JsValue give_stat(JsContext *cx, const FsCall *call)
{
  JsValue binding = env_binding(call->env, js_intern(cx, "fs"));
  if (js_is_exception(binding))
    return binding;
  JsValue array = js_get(cx, binding, call->bigint ? "bigintStatValues" : "statValues");
  JsView view;
  if (js_is_exception(array) || !js_view(array, &view) || view.byte_length < STAT_FIELDS * 8)
    return array;
  for (int k = 0; k < STAT_FIELDS; k++) {
    int64_t field = stat_field(&call->op.stat, k);
    if (call->bigint) {
      memcpy(view.data + 8 * k, &field, 8);
    } else {
      double d = (double)field;
      memcpy(view.data + 8 * k, &d, 8);
    }
  }
  return array;
}

static JsValue give_statfs(JsContext *cx, const FsCall *call)
{
  void *data;
  JsValue array = rt_typed_array_new(cx, call->bigint ? JS_BIGINT64 : JS_FLOAT64, FS_STATFS_FIELDS, &data);
  if (js_is_exception(array))
    return array;
  for (int k = 0; k < FS_STATFS_FIELDS; k++) {
    if (call->bigint)
      ((uint64_t *)data)[k] = call->op.statfs[k];
    else
      ((double *)data)[k] = (double)call->op.statfs[k];
  }
  return array;
}

static JsValue path_value(JsContext *cx, const char *bytes, size_t length, bool as_buffer)
{
  return as_buffer ? rt_bytes_new(cx, bytes, length) : js_string_utf8(cx, bytes, length);
}

static JsValue give_names(JsContext *cx, const FsCall *call)
{
  const FsOp *op = &call->op;
  JsValue names = js_array_new(cx, 0, NULL);
  JsValue types = call->with_types ? js_array_new(cx, 0, NULL) : JS_UNDEFINED;
  const char *name = op->names;
  for (size_t i = 0; i < op->name_count; i++) {
    size_t length = strlen(name);
    JsValue val = path_value(cx, name, length, call->as_buffer);
    if (js_is_exception(val) || !js_array_push(cx, names, val) ||
        (call->with_types && !js_array_push(cx, types, js_int32(op->types[i]))))
      return JS_EXCEPTION;
    name += length + 1;
  }
  if (!call->with_types)
    return names;
  JsValue pair[] = {names, types};
  return js_array_new(cx, 2, pair);
}

static JsValue give(JsContext *cx, FsCall *call)
{
  FsOp *op = &call->op;
  switch (call->give) {
  case GIVE_NOTHING: return JS_UNDEFINED;
  case GIVE_NUMBER: return js_number((double)op->result);
  case GIVE_STAT: return give_stat(cx, call);
  case GIVE_STATFS: return give_statfs(cx, call);
  case GIVE_BYTES: return rt_bytes_new(cx, op->bytes, op->byte_count);
  case GIVE_PATH:
    return op->bytes ? path_value(cx, (const char *)op->bytes, op->byte_count, call->as_buffer) : JS_UNDEFINED;
  case GIVE_NAMES: return give_names(cx, call);
  }
  return JS_UNDEFINED;
}

static JsValue error_of(JsContext *cx, const FsOp *op)
{
  return uv_error_new(cx, (int)op->result, op->syscall ? op->syscall : "", op->names_path ? op->path : NULL,
                      op->names_path2 ? op->path2 : NULL);
}

/* --- trace events ------------------------------------------------------------------------------------------------ */

static const char *const op_names[] = {
#define FS_OP(id, name) name,
#include "runtime/fs/fs_ops.def"
#undef FS_OP
};

static void trace_start(CulmEnv *env, const FsCall *call)
{
  char args[512];
  if (trace_is_on(env, TRACE_FS_ASYNC))
    trace_async(env, TRACE_FS_ASYNC, TRACE_ASYNC_BEGIN, op_names[call->op.kind], call,
                trace_text_args(args, sizeof args, "path", call->op.path));
}

static void trace_end(CulmEnv *env, const FsCall *call)
{
  char args[64];
  if (!trace_is_on(env, TRACE_FS_ASYNC))
    return;
  snprintf(args, sizeof args, "{\"result\":%lld}", (long long)call->op.result);
  trace_async(env, TRACE_FS_ASYNC, TRACE_ASYNC_END, op_names[call->op.kind], call, args);
}

static void run_sync(CulmEnv *env, FsCall *call)
{
  if (!trace_is_on(env, TRACE_FS_SYNC)) {
    fs_op_run(&call->op);
    return;
  }
  char name[64];
  snprintf(name, sizeof name, "fs.sync.%s", op_names[call->op.kind]);
  trace_mark(env, TRACE_FS_SYNC, TRACE_BEGIN, name);
  fs_op_run(&call->op);
  trace_mark(env, TRACE_FS_SYNC, TRACE_END, name);
}

/* --- running ----------------------------------------------------------------------------------------------------- */

static void call_free(FsCall *call)
{
  if (call->owns_text)
    free(call->op.buffers[0].base);
  fs_op_clear(&call->op);
  js_ref_free(call->req);
  js_ref_free(call->context);
  js_ref_free(call->denial);
  js_ref_free(call->kept);
  free(call);
}

static FsCall *call_new(JsContext *cx, FsOpKind kind, Give what)
{
  FsCall *call = calloc(1, sizeof *call);
  if (!call) {
    js_throw_range_error(cx, "Out of memory");
    return NULL;
  }
  fs_op_init(&call->op, kind);
  call->give = what;
  call->env = env_of(cx);
  return call;
}

static void on_work(uv_work_t *work)
{
  FsCall *call = work->data;
  if (!call->is_denied)
    fs_op_run(&call->op);
}

static void on_done(uv_work_t *work, int status)
{
  FsCall *call = work->data;
  CulmEnv *env = call->env;
  JsContext *cx = env->cx;
  env->pending[call->pending]--;
  if (status < 0) {
    call->op.result = status;
    call->op.syscall = "fs";
  }
  trace_end(env, call);
  JsValue argv[2] = {JS_NULL, JS_UNDEFINED};
  int argc = 2;
  if (call->is_denied) {
    argv[0] = env_ref(call->denial);
    argc = 1;
  } else if (call->op.result < 0) {
    argv[0] = error_of(cx, &call->op);
    argc = 1;
  } else {
    argv[1] = give(cx, call);
  }
  if (js_is_exception(argv[0]) || js_is_exception(argv[1])) {
    argv[0] = js_take_exception(cx);
    argc = 1;
  }
  JsValue req = env_ref(call->req);
  JsRef *context = call->context;
  call->context = NULL;
  call_free(call);
  env_call_method_in(env, context, req, "oncomplete", argc, argv);
}

/* --- permissions ------------------------------------------------------------------------------------------------- */

enum { MAY_READ = 1, MAY_WRITE = 2, MAY_WRITE2 = 4, MAY_OPEN = 8, THROWS = 16, NEVER = 32 };

/* What an operation needs for its path (and path2); whether an asynchronous one throws at once all the same; and those
 * on descriptors that are shut, since who gave the descriptor is not known. */
static const struct {
  const char *name;
  int needs;
} needs_of[] = {
    [FS_ACCESS] = {.needs = MAY_READ},
    [FS_CHMOD] = {.needs = MAY_WRITE | THROWS},
    [FS_CHOWN] = {.needs = MAY_WRITE},
    [FS_COPY_FILE] = {.needs = MAY_READ | MAY_WRITE2},
    [FS_FCHMOD] = {"fchmod", NEVER},
    [FS_FCHOWN] = {"fchown", NEVER},
    [FS_FDATASYNC] = {"fdatasync", NEVER},
    [FS_FSYNC] = {"fsync", NEVER},
    [FS_FUTIMES] = {"futimes", NEVER},
    [FS_LCHOWN] = {.needs = MAY_WRITE},
    [FS_LINK] = {.needs = MAY_READ | MAY_WRITE | MAY_WRITE2},
    [FS_LSTAT] = {.needs = MAY_READ},
    [FS_LUTIMES] = {.needs = MAY_WRITE | THROWS},
    [FS_MKDIR] = {.needs = MAY_WRITE | THROWS},
    [FS_MKDTEMP] = {.needs = MAY_WRITE},
    [FS_OPEN] = {.needs = MAY_OPEN},
    [FS_OPENDIR] = {.needs = MAY_READ},
    [FS_READ_FILE] = {.needs = MAY_OPEN},
    [FS_READDIR] = {.needs = MAY_READ},
    [FS_READLINK] = {.needs = MAY_READ},
    [FS_REALPATH] = {.needs = MAY_READ},
    [FS_RENAME] = {.needs = MAY_READ | MAY_WRITE | MAY_WRITE2},
    [FS_RMDIR] = {.needs = MAY_WRITE},
    [FS_STAT] = {.needs = MAY_READ},
    [FS_STATFS] = {.needs = MAY_READ},
    [FS_SYMLINK] = {"symlink", NEVER},
    [FS_UNLINK] = {.needs = MAY_WRITE},
    [FS_UTIMES] = {.needs = MAY_WRITE | THROWS},
    [FS_WRITE_FILE] = {.needs = MAY_OPEN},
};

static int needs_of_flags(int flags)
{
  int how = flags & O_ACCMODE;
  int needs = how == O_WRONLY ? 0 : MAY_READ;
  return how != O_RDONLY || (flags & (O_APPEND | O_CREAT | O_TRUNC)) ? needs | MAY_WRITE : needs;
}

/* The error of an operation that may not be done, undefined when it may. */
static JsValue denial_of(JsContext *cx, const FsOp *op)
{
  CulmEnv *env = env_of(cx);
  int needs = (size_t)op->kind < JS_COUNTOF(needs_of) ? needs_of[op->kind].needs : 0;
  if (needs & NEVER) {
    char text[96];
    bool is_link = op->kind == FS_SYMLINK;
    if (env->permission.audit ||
        (is_link && permission_has(env, PERMISSION_FS_READ, NULL) && permission_has(env, PERMISSION_FS_WRITE, NULL)))
      return JS_UNDEFINED;
    snprintf(text, sizeof text,
             is_link ? "fs.%s API requires full fs.read and fs.write permissions."
                     : "%s API is disabled when Permission Model is enabled.",
             needs_of[op->kind].name);
    return permission_error_text(cx, text);
  }
  if (!op->path)
    return JS_UNDEFINED;
  if (needs & MAY_OPEN)
    needs = needs_of_flags(op->flags);
  if ((needs & MAY_READ) && !permission_allows(env, PERMISSION_FS_READ, op->path))
    return permission_error_new(cx, PERMISSION_FS_READ, op->path);
  if ((needs & MAY_WRITE) && !permission_allows(env, PERMISSION_FS_WRITE, op->path))
    return permission_error_new(cx, PERMISSION_FS_WRITE, op->path);
  if ((needs & MAY_WRITE2) && !permission_allows(env, PERMISSION_FS_WRITE, op->path2))
    return permission_error_new(cx, PERMISSION_FS_WRITE, op->path2);
  return JS_UNDEFINED;
}

/* Runs the call at once when the request argument is undefined, on the pool otherwise. Takes the call over. */
static JsValue dispatch(JsContext *cx, FsCall *call, JsValue req)
{
  CulmEnv *env = call->env;
  if (env->permission.enabled) {
    JsValue denial = denial_of(cx, &call->op);
    bool is_async = js_value_is_object(req) && !js_is_exception(denial) && !(needs_of[call->op.kind].needs & THROWS);
    if (!js_is_undefined(denial) && !is_async) {
      call_free(call);
      return js_is_exception(denial) ? denial : js_throw(cx, denial);
    }
    call->is_denied = !js_is_undefined(denial);
    call->denial = call->is_denied ? js_ref_new(cx, denial) : NULL;
  }
  if (js_value_is_object(req)) {
    call->req = js_ref_new(cx, req);
    /* A promise's request says so. */
    bool is_promise = js_to_boolean(js_get(cx, req, "isPromise"));
    call->pending = is_promise ? RT_PENDING_FS_PROMISE : RT_PENDING_FS;
    call->context = env_context_save(env, req, is_promise ? "FSREQPROMISE" : "FSREQCALLBACK");
    call->work.data = call;
    int error = call->req ? uv_queue_work(&env->loop, &call->work, on_work, on_done) : UV_ENOMEM;
    if (error) {
      call_free(call);
      return uv_error_throw(cx, error, "fs", NULL, NULL);
    }
    env->pending[call->pending]++;
    trace_start(env, call);
    return JS_UNDEFINED;
  }
  run_sync(env, call);
  JsValue result;
  int64_t code = call->op.result;
  if (code >= 0) {
    result = give(cx, call);
  } else if (call->may_miss && (code == UV_ENOENT || code == UV_ENOTDIR)) {
    result = JS_UNDEFINED;
  } else {
    result = error_of(cx, &call->op);
    if (!js_is_exception(result))
      result = js_throw(cx, result);
  }
  call_free(call);
  return result;
}

/* --- arguments
 * ------------------------------------------------------------------------------------------------------------- Each
 * takes an argument into the call, or frees the call and leaves an exception. */

static bool copy_path(JsContext *cx, FsOp *op, JsValue val, bool second)
{
  JsView view;
  bool ok;
  if (js_view(val, &view)) {
    if (view.byte_length && memchr(view.data, 0, view.byte_length)) {
      js_throw_type_error(cx, "A path must not contain null bytes");
      return false;
    }
    ok = second ? fs_op_set_path2(op, (const char *)view.data, view.byte_length)
                : fs_op_set_path(op, (const char *)view.data, view.byte_length);
  } else {
    size_t length;
    char *text = js_to_utf8(cx, val, &length);
    if (!text)
      return false;
    if (memchr(text, 0, length)) {
      free(text);
      js_throw_type_error(cx, "A path must not contain null bytes");
      return false;
    }
    ok = second ? fs_op_set_path2(op, text, length) : fs_op_set_path(op, text, length);
    free(text);
  }
  if (!ok)
    js_throw_range_error(cx, "Out of memory");
  return ok;
}

static FsCall *by_path(JsContext *cx, FsOpKind kind, Give what, int argc, const JsValue *argv)
{
  FsCall *call = call_new(cx, kind, what);
  if (call && !copy_path(cx, &call->op, js_argument(argc, argv, 0), false)) {
    call_free(call);
    return NULL;
  }
  return call;
}

static FsCall *by_two_paths(JsContext *cx, FsOpKind kind, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, kind, GIVE_NOTHING, argc, argv);
  if (call && !copy_path(cx, &call->op, js_argument(argc, argv, 1), true)) {
    call_free(call);
    return NULL;
  }
  return call;
}

static FsCall *by_fd(JsContext *cx, FsOpKind kind, Give what, int argc, const JsValue *argv)
{
  FsCall *call = call_new(cx, kind, what);
  if (call)
    call->op.fd = arg_int32(argc, argv, 0, -1);
  return call;
}

static FsCall *by_path_or_fd(JsContext *cx, FsOpKind kind, Give what, int argc, const JsValue *argv)
{
  return js_is_number(js_argument(argc, argv, 0)) ? by_fd(cx, kind, what, argc, argv)
                                                  : by_path(cx, kind, what, argc, argv);
}

static bool wants_buffer(JsContext *cx, int argc, const JsValue *argv, int k)
{
  JsValue val = js_argument(argc, argv, k);
  return js_value_is_string(val) && js_string_length(val) == 6; /* 'buffer' rather than 'utf8' */
}

/* A position: a number, a BigInt, -1 by default. */
static int64_t position_argument(JsContext *cx, int argc, const JsValue *argv, int k)
{
  JsValue val = js_argument(argc, argv, k);
  if (js_value_is_bigint(val))
    return (int64_t)js_bigint_to_uint64(val);
  double d = arg_double(argc, argv, k, -1);
  return d >= 0 && d < 9007199254740992.0 ? (int64_t)d : -1;
}

/* --- functions: [path] ------------------------------------------------------------------------------------------- */

static JsValue fs_access(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_ACCESS, GIVE_NOTHING, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.mode = arg_int32(argc, argv, 1, 0);
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

static JsValue fs_chmod(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_CHMOD, GIVE_NOTHING, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.mode = arg_int32(argc, argv, 1, 0);
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

static JsValue chown_common(JsContext *cx, FsCall *call, int argc, const JsValue *argv)
{
  if (!call)
    return JS_EXCEPTION;
  call->op.uid = (uv_uid_t)arg_int32(argc, argv, 1, -1);
  call->op.gid = (uv_gid_t)arg_int32(argc, argv, 2, -1);
  return dispatch(cx, call, js_argument(argc, argv, 3));
}

static JsValue fs_chown(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return chown_common(cx, by_path(cx, FS_CHOWN, GIVE_NOTHING, argc, argv), argc, argv);
}

static JsValue fs_lchown(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return chown_common(cx, by_path(cx, FS_LCHOWN, GIVE_NOTHING, argc, argv), argc, argv);
}

static JsValue fs_fchown(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return chown_common(cx, by_fd(cx, FS_FCHOWN, GIVE_NOTHING, argc, argv), argc, argv);
}

static JsValue times_common(JsContext *cx, FsCall *call, int argc, const JsValue *argv)
{
  if (!call)
    return JS_EXCEPTION;
  call->op.atime = arg_double(argc, argv, 1, 0);
  call->op.mtime = arg_double(argc, argv, 2, 0);
  return dispatch(cx, call, js_argument(argc, argv, 3));
}

static JsValue fs_utimes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return times_common(cx, by_path(cx, FS_UTIMES, GIVE_NOTHING, argc, argv), argc, argv);
}

static JsValue fs_lutimes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return times_common(cx, by_path(cx, FS_LUTIMES, GIVE_NOTHING, argc, argv), argc, argv);
}

static JsValue fs_futimes(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return times_common(cx, by_fd(cx, FS_FUTIMES, GIVE_NOTHING, argc, argv), argc, argv);
}

static JsValue fs_mkdir(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_MKDIR, GIVE_PATH, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.mode = arg_int32(argc, argv, 1, 0777);
  call->op.recursive = js_to_boolean(js_argument(argc, argv, 2));
  return dispatch(cx, call, js_argument(argc, argv, 3));
}

static JsValue path_result(JsContext *cx, FsOpKind kind, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, kind, GIVE_PATH, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->as_buffer = wants_buffer(cx, argc, argv, 1);
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

static JsValue fs_mkdtemp(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_MKDTEMP, GIVE_PATH, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  /* The template's six X are ours to add. */
  FsOp *op = &call->op;
  size_t length = op->path_size - 1;
  char *longer = mem_realloc(NULL, MEM_RUNTIME, op->path, op->path_size, length + 7);
  if (!longer) {
    call_free(call);
    return js_throw_range_error(cx, "Out of memory");
  }
  memcpy(longer + length, "XXXXXX", 7);
  op->path = longer;
  op->path_size = length + 7;
  call->as_buffer = wants_buffer(cx, argc, argv, 1);
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

static JsValue fs_readlink(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return path_result(cx, FS_READLINK, argc, argv);
}

static JsValue fs_realpath(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return path_result(cx, FS_REALPATH, argc, argv);
}

static JsValue fs_open(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_OPEN, GIVE_NUMBER, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.flags = arg_int32(argc, argv, 1, O_RDONLY) | O_CLOEXEC;
  call->op.mode = arg_int32(argc, argv, 2, 0666);
  return dispatch(cx, call, js_argument(argc, argv, 3));
}

static JsValue fs_readdir(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_READDIR, GIVE_NAMES, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->as_buffer = wants_buffer(cx, argc, argv, 1);
  call->with_types = js_to_boolean(js_argument(argc, argv, 2));
  return dispatch(cx, call, js_argument(argc, argv, 3));
}

static JsValue fs_opendir(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_OPENDIR, GIVE_NAMES, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->as_buffer = wants_buffer(cx, argc, argv, 1);
  call->with_types = true;
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

static JsValue fs_rmdir(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_RMDIR, GIVE_NOTHING, argc, argv);
  return call ? dispatch(cx, call, js_argument(argc, argv, 1)) : JS_EXCEPTION;
}

static JsValue fs_unlink(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_UNLINK, GIVE_NOTHING, argc, argv);
  return call ? dispatch(cx, call, js_argument(argc, argv, 1)) : JS_EXCEPTION;
}

static JsValue stat_common(JsContext *cx, FsCall *call, int argc, const JsValue *argv)
{
  if (!call)
    return JS_EXCEPTION;
  call->bigint = js_to_boolean(js_argument(argc, argv, 1));
  call->may_miss = js_to_boolean(js_argument(argc, argv, 3));
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

static JsValue fs_stat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return stat_common(cx, by_path(cx, FS_STAT, GIVE_STAT, argc, argv), argc, argv);
}

static JsValue fs_lstat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return stat_common(cx, by_path(cx, FS_LSTAT, GIVE_STAT, argc, argv), argc, argv);
}

static JsValue fs_fstat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return stat_common(cx, by_fd(cx, FS_FSTAT, GIVE_STAT, argc, argv), argc, argv);
}

static JsValue fs_statfs(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return stat_common(cx, by_path(cx, FS_STATFS, GIVE_STATFS, argc, argv), argc, argv);
}

/* --- functions: [path, path] ------------------------------------------------------------------------------------- */

static JsValue fs_copy_file(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_two_paths(cx, FS_COPY_FILE, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.mode = arg_int32(argc, argv, 2, 0);
  return dispatch(cx, call, js_argument(argc, argv, 3));
}

static JsValue fs_link(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_two_paths(cx, FS_LINK, argc, argv);
  return call ? dispatch(cx, call, js_argument(argc, argv, 2)) : JS_EXCEPTION;
}

static JsValue fs_rename(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_two_paths(cx, FS_RENAME, argc, argv);
  return call ? dispatch(cx, call, js_argument(argc, argv, 2)) : JS_EXCEPTION;
}

static JsValue fs_symlink(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_two_paths(cx, FS_SYMLINK, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.flags = arg_int32(argc, argv, 2, 0);
  return dispatch(cx, call, js_argument(argc, argv, 3));
}

/* --- functions: [fd] --------------------------------------------------------------------------------------------- */

static JsValue fs_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_fd(cx, FS_CLOSE, GIVE_NOTHING, argc, argv);
  return call ? dispatch(cx, call, js_argument(argc, argv, 1)) : JS_EXCEPTION;
}

static JsValue fs_fsync(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_fd(cx, FS_FSYNC, GIVE_NOTHING, argc, argv);
  return call ? dispatch(cx, call, js_argument(argc, argv, 1)) : JS_EXCEPTION;
}

static JsValue fs_fdatasync(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_fd(cx, FS_FDATASYNC, GIVE_NOTHING, argc, argv);
  return call ? dispatch(cx, call, js_argument(argc, argv, 1)) : JS_EXCEPTION;
}

static JsValue fs_fchmod(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_fd(cx, FS_FCHMOD, GIVE_NOTHING, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.mode = arg_int32(argc, argv, 1, 0);
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

static JsValue fs_ftruncate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_fd(cx, FS_FTRUNCATE, GIVE_NOTHING, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  int64_t length = position_argument(cx, argc, argv, 1);
  call->op.position = length < 0 ? 0 : length;
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

/* --- reading and writing ----------------------------------------------------------------------------------------- */

/* The part of a view from `offset`, `length` long, as far as it exists. */
static uv_buf_t view_part(const JsView *view, double offset, double length)
{
  size_t start = offset > 0 ? (size_t)offset : 0;
  if (start > view->byte_length)
    start = view->byte_length;
  size_t count = length > 0 ? (size_t)length : 0;
  if (count > view->byte_length - start)
    count = view->byte_length - start;
  return uv_buf_init((char *)view->data + start, (unsigned)(count > INT_MAX ? INT_MAX : count));
}

/* As js_view; lends the bytes when the call runs on the pool (the request is an object). */
static bool view_for(JsValue val, JsValue req, JsView *view)
{
  return js_value_is_object(req) ? js_view_lend(val, view) : js_view(val, view);
}

/* (fd, view, offset, length, position, req) */
static JsValue one_view(JsContext *cx, FsOpKind kind, int argc, const JsValue *argv)
{
  JsView view;
  JsValue val = js_argument(argc, argv, 1);
  if (!view_for(val, js_argument(argc, argv, 5), &view))
    return js_throw_type_error(cx, "buffer must be an ArrayBuffer view");
  FsCall *call = by_fd(cx, kind, GIVE_NUMBER, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  if (!fs_op_reserve_buffers(&call->op, 1)) {
    call_free(call);
    return js_throw_range_error(cx, "Out of memory");
  }
  call->op.buffers[0] = view_part(&view, arg_double(argc, argv, 2, 0), arg_double(argc, argv, 3, 0));
  call->op.position = position_argument(cx, argc, argv, 4);
  call->kept = js_ref_new(cx, val);
  return dispatch(cx, call, js_argument(argc, argv, 5));
}

static JsValue fs_read(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return one_view(cx, FS_READ, argc, argv);
}

static JsValue fs_write_buffer(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return one_view(cx, FS_WRITE, argc, argv);
}

/* (fd, views, position, req) */
static JsValue many_views(JsContext *cx, FsOpKind kind, int argc, const JsValue *argv)
{
  JsValue list = js_argument(argc, argv, 1);
  int64_t count;
  if (!js_length(cx, list, &count))
    return JS_EXCEPTION;
  JsValue views = js_array_new(cx, 0, NULL); /* the caller may change its list while the call runs */
  if (js_is_exception(views))
    return JS_EXCEPTION;
  FsCall *call = by_fd(cx, kind, GIVE_NUMBER, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  if (count < 0 || count > INT_MAX || !fs_op_reserve_buffers(&call->op, (size_t)count)) {
    call_free(call);
    return js_throw_range_error(cx, "Too many buffers");
  }
  for (int64_t i = 0; i < count; i++) {
    JsView view;
    JsValue each = js_get_index(cx, list, (uint32_t)i);
    bool is_view = !js_is_exception(each) && view_for(each, js_argument(argc, argv, 3), &view);
    if (is_view && !js_array_push(cx, views, each)) {
      call_free(call);
      return JS_EXCEPTION;
    }
    if (!is_view) {
      call_free(call);
      return js_is_exception(each) ? each : js_throw_type_error(cx, "buffers must be ArrayBuffer views");
    }
    call->op.buffers[i] = view_part(&view, 0, (double)view.byte_length);
  }
  call->op.position = position_argument(cx, argc, argv, 2);
  call->kept = js_ref_new(cx, views);
  return dispatch(cx, call, js_argument(argc, argv, 3));
}

static JsValue fs_read_buffers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return many_views(cx, FS_READ, argc, argv);
}

static JsValue fs_write_buffers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return many_views(cx, FS_WRITE, argc, argv);
}

/* Text in an encoding other than UTF-8: Buffer.from(text, encoding) of the library. */
static JsValue encode_text(JsContext *cx, JsValue text, JsValue encoding)
{
  CulmEnv *env = env_of(cx);
  JsValue id = js_string(cx, "buffer");
  JsValue module = js_call(cx, env_ref(env->require), JS_UNDEFINED, 1, &id);
  JsValue buffer = js_is_exception(module) ? module : js_get(cx, module, "Buffer");
  JsValue argv[] = {text, encoding};
  return js_is_exception(buffer) ? buffer : js_invoke(cx, buffer, "from", 2, argv);
}

static bool is_utf8_name(JsContext *cx, JsValue encoding)
{
  char name[8] = "";
  if (!js_value_is_string(encoding))
    return true;
  size_t length = js_string_write_utf8(cx, encoding, name, sizeof name - 1);
  name[length] = '\0';
  return strcmp(name, "utf8") == 0 || strcmp(name, "utf-8") == 0;
}

/* Puts text into buffers[0] as UTF-8 owned by the call. */
static bool take_text(JsContext *cx, FsCall *call, JsValue text)
{
  size_t length;
  char *bytes = js_to_utf8(cx, text, &length);
  if (!bytes)
    return false;
  if (!fs_op_reserve_buffers(&call->op, 1)) {
    free(bytes);
    js_throw_range_error(cx, "Out of memory");
    return false;
  }
  call->op.buffers[0].base = bytes;
  call->op.buffers[0].len = length;
  call->owns_text = true;
  return true;
}

/* (fd, text, position, encoding, req) */
static JsValue fs_write_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue text = js_argument(argc, argv, 1), encoding = js_argument(argc, argv, 3), req = js_argument(argc, argv, 4);
  if (!is_utf8_name(cx, encoding)) {
    JsValue bytes = encode_text(cx, text, encoding);
    JsView view;
    if (js_is_exception(bytes) || !js_view(bytes, &view))
      return js_is_exception(bytes) ? bytes : js_throw_type_error(cx, "Buffer.from gave no bytes");
    JsValue args[] = {js_argument(argc, argv, 0), bytes, js_int32(0), js_number((double)view.byte_length),
                      js_argument(argc, argv, 2), req};
    return one_view(cx, FS_WRITE, 6, args);
  }
  FsCall *call = by_fd(cx, FS_WRITE, GIVE_NUMBER, argc, argv);
  if (!call || !take_text(cx, call, text)) {
    if (call)
      call_free(call);
    return JS_EXCEPTION;
  }
  call->op.position = position_argument(cx, argc, argv, 2);
  return dispatch(cx, call, req);
}

/* --- whole files ------------------------------------------------------------------------------------------------- */

static JsValue fs_read_file_all(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path_or_fd(cx, FS_READ_FILE, GIVE_BYTES, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.flags = arg_int32(argc, argv, 1, O_RDONLY) | O_CLOEXEC;
  return dispatch(cx, call, js_argument(argc, argv, 2));
}

static JsValue fs_read_file_utf8(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path_or_fd(cx, FS_READ_FILE, GIVE_PATH, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.flags = arg_int32(argc, argv, 1, O_RDONLY) | O_CLOEXEC;
  JsValue text = dispatch(cx, call, JS_UNDEFINED);
  return js_is_undefined(text) ? js_string(cx, "") : text;
}

static JsValue fs_read_package_text(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_READ_FILE, GIVE_PATH, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  call->op.flags = O_RDONLY | O_CLOEXEC;
  if (!permission_allows(call->env, PERMISSION_FS_READ, call->op.path)) {
    call_free(call);
    return JS_UNDEFINED; /* as if it were not there: the search for it goes through folders of others */
  }
  fs_op_run(&call->op);
  JsValue text = JS_UNDEFINED;
  if (call->op.result >= 0)
    text = js_string_utf8(cx, (const char *)call->op.bytes, call->op.byte_count);
  call_free(call);
  return text;
}

/* (pathOrFd, bytes, flags, mode, fsync, req) */
static JsValue fs_write_file_all(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  JsValue val = js_argument(argc, argv, 1);
  if (!view_for(val, js_argument(argc, argv, 5), &view))
    return js_throw_type_error(cx, "data must be an ArrayBuffer view");
  FsCall *call = by_path_or_fd(cx, FS_WRITE_FILE, GIVE_NOTHING, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  if (!fs_op_reserve_buffers(&call->op, 1)) {
    call_free(call);
    return js_throw_range_error(cx, "Out of memory");
  }
  call->op.buffers[0].base = (char *)view.data;
  call->op.buffers[0].len = view.byte_length;
  call->op.flags = arg_int32(argc, argv, 2, O_WRONLY) | O_CLOEXEC;
  call->op.mode = arg_int32(argc, argv, 3, 0666);
  call->op.sync = js_to_boolean(js_argument(argc, argv, 4));
  call->kept = js_ref_new(cx, val);
  return dispatch(cx, call, js_argument(argc, argv, 5));
}

/* (pathOrFd, text, flags, mode) */
static JsValue fs_write_file_utf8(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path_or_fd(cx, FS_WRITE_FILE, GIVE_NOTHING, argc, argv);
  if (!call || !take_text(cx, call, js_argument(argc, argv, 1))) {
    if (call)
      call_free(call);
    return JS_EXCEPTION;
  }
  call->op.flags = arg_int32(argc, argv, 2, O_WRONLY) | O_CLOEXEC;
  call->op.mode = arg_int32(argc, argv, 3, 0666);
  return dispatch(cx, call, JS_UNDEFINED);
}

static JsValue write_all(JsContext *cx, int fd, const uint8_t *bytes, size_t count)
{
  int error = fs_write_everything(fd, bytes, count);
  return error ? uv_error_throw(cx, error, "write", NULL, NULL) : JS_UNDEFINED;
}

static JsValue fs_write_all(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!js_view(js_argument(argc, argv, 1), &view))
    return js_throw_type_error(cx, "buffer must be an ArrayBuffer view");
  return write_all(cx, arg_int32(argc, argv, 0, -1), view.data, view.byte_length);
}

static JsValue fs_write_all_string(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue text = js_argument(argc, argv, 1), encoding = js_argument(argc, argv, 2);
  if (!is_utf8_name(cx, encoding)) {
    JsValue bytes = encode_text(cx, text, encoding);
    JsValue args[] = {js_argument(argc, argv, 0), bytes};
    return js_is_exception(bytes) ? bytes : fs_write_all(cx, this_val, 2, args);
  }
  size_t length;
  char *bytes = js_to_utf8(cx, text, &length);
  if (!bytes)
    return JS_EXCEPTION;
  JsValue result = write_all(cx, arg_int32(argc, argv, 0, -1), (const uint8_t *)bytes, length);
  free(bytes);
  return result;
}

/* --- for the module loaders -------------------------------------------------------------------------------------- */

/* 0 a file, 1 a folder, negative nothing. */
static JsValue fs_internal_module_stat(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_STAT, GIVE_NOTHING, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  fs_op_run(&call->op);
  int result = call->op.result < 0 ? (int)call->op.result : (call->op.stat.st_mode & S_IFMT) == S_IFDIR;
  call_free(call);
  return js_int32(result);
}

/* internalRealpath(path, inRealFolder): with the second true only the last part can be a link. */
static JsValue fs_internal_realpath(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_REALPATH, GIVE_PATH, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  char first;
  if (js_to_boolean(js_argument(argc, argv, 1)) && readlink(call->op.path, &first, 1) < 0 && errno == EINVAL) {
    call_free(call);
    return argv[0];
  }
  fs_op_run(&call->op);
  JsValue result = call->op.result < 0 ? js_throw(cx, error_of(cx, &call->op)) : give(cx, call);
  call_free(call);
  return result;
}

static JsValue fs_exists_sync(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  FsCall *call = by_path(cx, FS_ACCESS, GIVE_NOTHING, argc, argv);
  if (!call)
    return JS_EXCEPTION;
  if (!permission_check(cx, PERMISSION_FS_READ, call->op.path)) {
    call_free(call);
    return JS_EXCEPTION;
  }
  fs_op_run(&call->op);
  bool exists = call->op.result >= 0;
  call_free(call);
  return js_boolean(exists);
}

JsValue binding_fs(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"access", fs_access, 3},
      {"chmod", fs_chmod, 3},
      {"chown", fs_chown, 4},
      {"close", fs_close, 2},
      {"copyFile", fs_copy_file, 4},
      {"existsSync", fs_exists_sync, 1},
      {"fchmod", fs_fchmod, 3},
      {"fchown", fs_fchown, 4},
      {"fdatasync", fs_fdatasync, 2},
      {"fstat", fs_fstat, 3},
      {"fsync", fs_fsync, 2},
      {"ftruncate", fs_ftruncate, 3},
      {"futimes", fs_futimes, 4},
      {"internalModuleStat", fs_internal_module_stat, 1},
      {"internalRealpath", fs_internal_realpath, 1},
      {"lchown", fs_lchown, 4},
      {"link", fs_link, 3},
      {"lstat", fs_lstat, 4},
      {"lutimes", fs_lutimes, 4},
      {"mkdir", fs_mkdir, 4},
      {"mkdtemp", fs_mkdtemp, 3},
      {"open", fs_open, 4},
      {"opendir", fs_opendir, 3},
      {"read", fs_read, 6},
      {"readBuffers", fs_read_buffers, 4},
      {"readFileAll", fs_read_file_all, 3},
      {"readFileUtf8", fs_read_file_utf8, 2},
      {"readPackageText", fs_read_package_text, 1},
      {"readdir", fs_readdir, 4},
      {"readlink", fs_readlink, 3},
      {"realpath", fs_realpath, 3},
      {"rename", fs_rename, 3},
      {"rmdir", fs_rmdir, 2},
      {"stat", fs_stat, 4},
      {"statfs", fs_statfs, 3},
      {"symlink", fs_symlink, 4},
      {"unlink", fs_unlink, 2},
      {"utimes", fs_utimes, 4},
      {"writeAll", fs_write_all, 2},
      {"writeAllString", fs_write_all_string, 3},
      {"writeBuffer", fs_write_buffer, 6},
      {"writeBuffers", fs_write_buffers, 4},
      {"writeFileAll", fs_write_file_all, 6},
      {"writeFileUtf8", fs_write_file_utf8, 4},
      {"writeString", fs_write_string, 5},
      {0},
  };
  JsValue binding = binding_new(cx, rows);
  void *data;
  JsValue stats = rt_typed_array_new(cx, JS_FLOAT64, STAT_FIELDS, &data);
  JsValue bigint_stats = rt_typed_array_new(cx, JS_BIGINT64, STAT_FIELDS, &data);
  if (js_is_exception(binding) || js_is_exception(stats) || js_is_exception(bigint_stats) ||
      !js_set(cx, binding, "statValues", stats) || !js_set(cx, binding, "bigintStatValues", bigint_stats))
    return JS_EXCEPTION;
  return binding;
}
