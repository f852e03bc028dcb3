// SPDX-License-Identifier: MIT
/*
 * internalBinding('process'): what the process is and what the system says of it.
 */
#include "runtime/env.h"

#include "base/date.h"
#include "unicode/icu.h"

#include "runtime/fs/fs_op.h"
#include "runtime/spawn_options.h"
#include "runtime/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <openssl/opensslv.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* --- clocks
 * ------------------------------------------------------------------------------------------------------------- The
 * buffer behind hrtimeBuffer is found through the closure's data. */

static void *hrtime_words(JsContext *cx)
{
  void *data = NULL;
  size_t length = 0;
  js_array_buffer_get(js_function_data(cx, 0), &data, &length);
  return length >= 16 ? data : NULL;
}

static JsValue process_hrtime(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uint32_t *words = hrtime_words(cx);
  uint64_t now = uv_hrtime();
  uint64_t seconds = now / 1000000000u;
  if (words) {
    words[0] = (uint32_t)(seconds >> 32);
    words[1] = (uint32_t)seconds;
    words[2] = (uint32_t)(now % 1000000000u);
  }
  return JS_UNDEFINED;
}

static JsValue process_hrtime_bigint(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uint64_t now = uv_hrtime();
  void *words = hrtime_words(cx);
  if (words)
    memcpy(words, &now, sizeof now);
  return JS_UNDEFINED;
}

static JsValue process_uptime(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number((double)(uv_hrtime() - env_of(cx)->start_ns) / 1e9);
}

/* --- usage ------------------------------------------------------------------------------------------------------- */

/* The Float64Array argument's numbers, NULL when it has fewer than `count`. */
static double *fields_argument(int argc, const JsValue *argv, size_t count)
{
  JsView view;
  if (!js_view(js_argument(argc, argv, 0), &view) || view.type != JS_FLOAT64 ||
      view.byte_length < count * sizeof(double))
    return NULL;
  return (double *)(void *)view.data;
}

static double resident_set(void)
{
  size_t rss = 0;
  uv_resident_set_memory(&rss);
  return (double)rss;
}

static JsValue process_memory_usage(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double *fields = fields_argument(argc, argv, 5);
  JsMemory memory;
  js_memory(env_of(cx)->vm, &memory);
  if (fields) {
    fields[0] = resident_set();
    fields[1] = (double)memory.heap_total;
    fields[2] = (double)memory.heap_used;
    fields[3] = (double)memory.external;
    fields[4] = (double)memory.array_buffers;
  }
  return JS_UNDEFINED;
}

static JsValue process_rss(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(resident_set());
}

static double micros(const struct timeval *time)
{
  return (double)time->tv_sec * 1e6 + (double)time->tv_usec;
}

static JsValue cpu_usage(int argc, const JsValue *argv, int who)
{
  double *fields = fields_argument(argc, argv, 2);
  struct rusage usage;
  if (getrusage(who, &usage) != 0)
    return js_int32(uv_translate_sys_error(errno));
  if (fields) {
    fields[0] = micros(&usage.ru_utime);
    fields[1] = micros(&usage.ru_stime);
  }
  return js_int32(0);
}

static JsValue process_cpu_usage(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return cpu_usage(argc, argv, RUSAGE_SELF);
}

static JsValue process_thread_cpu_usage(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return cpu_usage(argc, argv, RUSAGE_THREAD);
}

static JsValue process_resource_usage(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double *fields = fields_argument(argc, argv, 16);
  struct rusage u;
  if (getrusage(RUSAGE_SELF, &u) != 0)
    return js_int32(uv_translate_sys_error(errno));
  if (fields) {
    double values[16] = {micros(&u.ru_utime), micros(&u.ru_stime),   (double)u.ru_maxrss,  (double)u.ru_ixrss,
                         (double)u.ru_idrss,  (double)u.ru_isrss,    (double)u.ru_minflt,  (double)u.ru_majflt,
                         (double)u.ru_nswap,  (double)u.ru_inblock,  (double)u.ru_oublock, (double)u.ru_msgsnd,
                         (double)u.ru_msgrcv, (double)u.ru_nsignals, (double)u.ru_nvcsw,   (double)u.ru_nivcsw};
    memcpy(fields, values, sizeof values);
  }
  return js_int32(0);
}

static JsValue process_constrained_memory(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number((double)uv_get_constrained_memory());
}

static JsValue process_available_memory(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number((double)uv_get_free_memory());
}

/* --- ending ------------------------------------------------------------------------------------------------------ */

static JsValue process_gc(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  js_gc(env_of(cx)->vm, true);
  return JS_UNDEFINED;
}

static JsValue process_set_exit_code(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_of(cx)->exit_code = arg_int32(argc, argv, 0, -1);
  return JS_UNDEFINED;
}

static JsValue process_really_exit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  env_run_at_exit(env);
  if (env->worker)
    return env_stop(env, arg_int32(argc, argv, 0, 0));
  env_exit(env, arg_int32(argc, argv, 0, 0));
}

static JsValue process_abort(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  abort();
}

static JsValue process_kill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_int32(uv_kill(arg_int32(argc, argv, 0, 0), arg_int32(argc, argv, 1, 0)));
}

static JsValue process_set_at_exit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_keep(env_of(cx), &env_of(cx)->at_exit, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

static JsValue process_set_life_callbacks(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  JsValue before = js_get(cx, js_argument(argc, argv, 0), "emitBeforeExit");
  if (js_is_exception(before))
    return before;
  JsValue at_exit = js_get(cx, js_argument(argc, argv, 0), "emitExit");
  if (js_is_exception(at_exit))
    return at_exit;
  env_keep(env, &env->emit_before_exit, before);
  env_keep(env, &env->emit_exit, at_exit);
  return JS_UNDEFINED;
}

/* --- directory, mask, title, messages ---------------------------------------------------------------------------- */

static JsValue process_cwd(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char path[4096];
  size_t size = sizeof path;
  int error = uv_cwd(path, &size);
  return error ? js_int32(error) : js_string_utf8(cx, path, size);
}

static JsValue process_chdir(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char *path = js_to_utf8(cx, js_argument(argc, argv, 0), NULL);
  if (!path)
    return JS_EXCEPTION;
  if (!permission_check(cx, PERMISSION_FS_READ, path)) {
    free(path);
    return JS_EXCEPTION;
  }
  int error = uv_chdir(path);
  free(path);
  return js_int32(error);
}

/* Descriptors 0 to 2 stay open across an execve. */
static void keep_stdio(void)
{
  for (int fd = 0; fd <= 2; fd++) {
    int flags = fcntl(fd, F_GETFD);
    if (flags >= 0)
      fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC);
  }
}

/* execve({ file, args, envPairs }): does not return when it works; a failure ends the process, as Node does. */
static JsValue process_execve(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  SpawnOptions spawn;
  if (!spawn_options_read(cx, &spawn, js_argument(argc, argv, 0)))
    return JS_EXCEPTION;
  keep_stdio();
  static char *const none[] = {NULL};
  execve(spawn.file, spawn.args ? spawn.args : none, spawn.env ? spawn.env : none);
  int error = errno;
  spawn_options_free(&spawn);
  fprintf(stderr, "process.execve failed with error code %s\n", uv_err_name(-error));
  abort();
}

static JsValue process_umask(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int32_t mask = arg_int32(argc, argv, 0, -1);
  mode_t old = umask(mask == -1 ? 0 : (mode_t)mask & 0777);
  if (mask == -1)
    umask(old);
  return js_int32((int32_t)old);
}

static JsValue process_raw_debug(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  size_t length;
  char *text = js_to_utf8(cx, js_argument(argc, argv, 0), &length);
  if (!text)
    return JS_EXCEPTION;
  /* The NUL's place takes the line end: one write, one line. */
  text[length] = '\n';
  fs_write_everything(2, (const uint8_t *)text, length + 1);
  free(text);
  return JS_UNDEFINED;
}

static JsValue process_get_title(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char title[1024] = "";
  uv_get_process_title(title, sizeof title);
  return js_string(cx, title[0] ? title : env_of(cx)->options->argv0);
}

static JsValue process_set_title(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char *title = js_to_utf8(cx, js_argument(argc, argv, 0), NULL);
  if (!title)
    return JS_EXCEPTION;
  uv_set_process_title(title);
  free(title);
  return JS_UNDEFINED;
}

static JsValue process_getppid(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_int32(uv_os_getppid());
}

/* --- users and groups -------------------------------------------------------------------------------------------- */

static JsValue process_getuid(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(getuid());
}

static JsValue process_geteuid(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(geteuid());
}

static JsValue process_getgid(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(getgid());
}

static JsValue process_getegid(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(getegid());
}

static JsValue process_getgroups(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  gid_t groups[1024];
  int count = getgroups(JS_COUNTOF(groups), groups);
  JsValue list = js_array_new(cx, 0, NULL);
  bool seen = false;
  for (int i = 0; i < count && !js_is_exception(list); i++) {
    seen |= groups[i] == getegid();
    if (!js_array_push(cx, list, js_number(groups[i])))
      return JS_EXCEPTION;
  }
  if (!seen && !js_is_exception(list) && !js_array_push(cx, list, js_number(getegid())))
    return JS_EXCEPTION;
  return list;
}

/* A number, or the id of a name; false for an unknown name. */
static bool user_id(JsContext *cx, JsValue val, uid_t *out)
{
  if (js_is_number(val)) {
    *out = (uid_t)js_number_value(val);
    return true;
  }
  char *name = js_to_utf8(cx, val, NULL);
  if (!name)
    return false;
  struct passwd *entry = getpwnam(name);
  free(name);
  if (entry)
    *out = entry->pw_uid;
  return entry != NULL;
}

static bool group_id(JsContext *cx, JsValue val, gid_t *out)
{
  if (js_is_number(val)) {
    *out = (gid_t)js_number_value(val);
    return true;
  }
  char *name = js_to_utf8(cx, val, NULL);
  if (!name)
    return false;
  struct group *entry = getgrnam(name);
  free(name);
  if (entry)
    *out = entry->gr_gid;
  return entry != NULL;
}

enum { SET_UID, SET_EUID, SET_GID, SET_EGID };

static JsValue process_set_id(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int which = js_function_magic(cx);
  JsValue val = js_argument(argc, argv, 0);
  uid_t uid = 0;
  gid_t gid = 0;
  bool known = which == SET_UID || which == SET_EUID ? user_id(cx, val, &uid) : group_id(cx, val, &gid);
  if (js_exception_pending(cx))
    return JS_EXCEPTION;
  if (!known)
    return js_int32(1);
  int result = which == SET_UID    ? setuid(uid)
               : which == SET_EUID ? seteuid(uid)
               : which == SET_GID  ? setgid(gid)
                                   : setegid(gid);
  return js_int32(result == 0 ? 0 : uv_translate_sys_error(errno));
}

static JsValue process_setgroups(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue list = js_argument(argc, argv, 0);
  gid_t groups[1024];
  int64_t count;
  if (!js_length(cx, list, &count))
    return JS_EXCEPTION;
  if (count > (int64_t)JS_COUNTOF(groups))
    return js_int32(UV_EINVAL);
  for (int64_t i = 0; i < count; i++) {
    JsValue each = js_get_index(cx, list, (uint32_t)i);
    if (js_is_exception(each))
      return each;
    if (!group_id(cx, each, &groups[i]))
      return js_exception_pending(cx) ? JS_EXCEPTION : js_int32((int32_t)i + 1);
  }
  return js_int32(setgroups((size_t)count, groups) == 0 ? 0 : uv_translate_sys_error(errno));
}

static JsValue process_initgroups(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uid_t uid;
  gid_t gid;
  if (!user_id(cx, js_argument(argc, argv, 0), &uid))
    return js_exception_pending(cx) ? JS_EXCEPTION : js_int32(1);
  if (!group_id(cx, js_argument(argc, argv, 1), &gid))
    return js_exception_pending(cx) ? JS_EXCEPTION : js_int32(2);
  struct passwd *entry = getpwuid(uid);
  if (!entry)
    return js_int32(1);
  return js_int32(initgroups(entry->pw_name, gid) == 0 ? 0 : uv_translate_sys_error(errno));
}

/* --- what keeps the loop alive ----------------------------------------------------------------------------------- */

static bool is_listening(const uv_handle_t *handle)
{
  uv_os_fd_t fd;
  int listens = 0;
  socklen_t size = sizeof listens;
  return uv_fileno(handle, &fd) == 0 && getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens;
}

static const char *resource_name(const uv_handle_t *handle)
{
  switch (handle->type) {
  case UV_TCP: return is_listening(handle) ? "TCPServerWrap" : "TCPSocketWrap";
  case UV_ASYNC: return port_owns_handle(handle) ? "MessagePort" : NULL;
  case UV_NAMED_PIPE: return "PipeWrap";
  case UV_TTY: return "TTYWrap";
  case UV_UDP: return "UDPWrap";
  case UV_PROCESS: return "ProcessWrap";
  case UV_SIGNAL: return "SignalWrap";
  case UV_FS_EVENT: return "FSEventWrap";
  default: return NULL;
  }
}

typedef struct ResourceList {
  JsContext *cx;
  JsValue list;
  bool failed;
} ResourceList;

static void note_resource(uv_handle_t *handle, void *opaque)
{
  ResourceList *all = opaque;
  const char *name = uv_has_ref(handle) && !uv_is_closing(handle) ? resource_name(handle) : NULL;
  if (!name || all->failed)
    return;
  all->failed = !js_array_push(all->cx, all->list, js_string(all->cx, name));
}

static JsValue process_get_active_resources(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  ResourceList all = {cx, js_array_new(cx, 0, NULL), false};
  if (js_is_exception(all.list))
    return all.list;
  static const char *const names[] = {
      [RT_PENDING_FS] = "FSReqCallback",
      [RT_PENDING_FS_PROMISE] = "FSReqPromise",
      [RT_PENDING_ADDRINFO] = "GetAddrInfoReqWrap",
      [RT_PENDING_NAMEINFO] = "GetNameInfoReqWrap",
      [RT_PENDING_CONNECT] = "ConnectWrap",
      [RT_PENDING_SEND] = "SendWrap",
  };
  for (int kind = 0; kind < RT_PENDING_COUNT; kind++) {
    for (unsigned k = 0; k < env->pending[kind]; k++) {
      if (!js_array_push(cx, all.list, js_string(cx, names[kind])))
        return JS_EXCEPTION;
    }
  }
  uv_walk(&env->loop, note_resource, &all);
  return all.failed ? JS_EXCEPTION : all.list;
}

static JsValue process_empty_list(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_array_new(cx, 0, NULL);
}

/* --- environment ------------------------------------------------------------------------------------------------- */

static JsValue process_setenv(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char *name = js_to_utf8(cx, js_argument(argc, argv, 0), NULL);
  char *value = name ? js_to_utf8(cx, js_argument(argc, argv, 1), NULL) : NULL;
  if (value) {
    RtVariables *vars = env_of(cx)->variables;
    if (!variables_set(vars, name, value))
      js_throw_range_error(cx, "Out of memory");
    if (strcmp(name, "TZ") == 0 && variables_are_of_process(vars))
      date_zone_reload();
  }
  bool ok = value != NULL;
  free(name);
  free(value);
  return ok && !js_exception_pending(cx) ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue process_unsetenv(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char *name = js_to_utf8(cx, js_argument(argc, argv, 0), NULL);
  if (!name)
    return JS_EXCEPTION;
  RtVariables *vars = env_of(cx)->variables;
  variables_unset(vars, name);
  if (strcmp(name, "TZ") == 0 && variables_are_of_process(vars))
    date_zone_reload();
  free(name);
  return JS_UNDEFINED;
}

/* environment ( ): an object of all variables as they are now. */
static JsValue process_environment(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue obj = js_object_new(cx);
  char **words = js_is_exception(obj) ? NULL : variables_words(env_of(cx)->variables);
  if (!words)
    return js_exception_pending(cx) ? JS_EXCEPTION : js_throw_range_error(cx, "Out of memory");
  for (char **word = words; *word && !js_is_exception(obj); word++) {
    const char *equals = **word ? strchr(*word + 1, '=') : NULL;
    if (!equals)
      continue;
    JsValue key = js_string_utf8(cx, *word, (size_t)(equals - *word));
    if (js_is_exception(key) || !js_set_key(cx, obj, key, js_string(cx, equals + 1)))
      obj = JS_EXCEPTION;
  }
  variables_free_words(words);
  return obj;
}

/* environmentVersion ( ): changes whenever a thread that shares the variables changed one. */
static JsValue process_environment_version(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number(variables_version(env_of(cx)->variables));
}

/* --- info
 * -------------------------------------------------------------------------------------------------------------------
 */

static JsValue string_list(JsContext *cx, int count, char **strings)
{
  JsValue list = js_array_new(cx, 0, NULL);
  for (int i = 0; i < count && !js_is_exception(list); i++) {
    if (!js_array_push(cx, list, js_string(cx, strings[i])))
      return JS_EXCEPTION;
  }
  return list;
}

static JsValue make_argv(CulmEnv *env, JsContext *cx)
{
  const Options *options = env->options;
  JsValue list = js_array_new(cx, 0, NULL);
  if (js_is_exception(list) || !js_array_push(cx, list, js_string(cx, options->exec_path)))
    return JS_EXCEPTION;
  for (int i = 0; i < options->argc; i++) {
    if (!js_array_push(cx, list, js_string(cx, options->argv[i])))
      return JS_EXCEPTION;
  }
  return list;
}

static JsValue make_versions(JsContext *cx)
{
  static const char *const rows[][2] = {
      {"node", &CULM_NODE_VERSION[1]},  {"culm", CULM_VERSION}, {"modules", "147"}, {"napi", "10"},
      {"openssl", OPENSSL_VERSION_STR}, {"unicode", "17.0"},
  };
  JsValue obj = js_object_new(cx);
  for (size_t i = 0; i < JS_COUNTOF(rows) && !js_is_exception(obj); i++) {
    if (!js_set(cx, obj, rows[i][0], js_string(cx, rows[i][1])))
      return JS_EXCEPTION;
  }
  if (js_is_exception(obj) || !js_set(cx, obj, "uv", js_string(cx, uv_version_string())) ||
      !js_set(cx, obj, "zlib", js_string(cx, zlibVersion())))
    return JS_EXCEPTION;
  return obj;
}

/* icuVersions ( ): { icu, cldr, tz }, or an empty object where there is no ICU. Asked on first use: it loads ICU. */
static JsValue process_icu_versions(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue obj = js_object_new(cx);
  const Icu *icu = icu_load();
  if (!icu || js_is_exception(obj))
    return obj;
  uint8_t version[4], cldr[4];
  IcuError error = 0;
  char text[2][16];
  icu->u_getVersion(version);
  icu->ulocdata_getCLDRVersion(cldr, &error);
  const char *tz = icu->ucal_getTZDataVersion(&error);
  if (error > 0)
    return obj;
  snprintf(text[0], sizeof text[0], "%d.%d", version[0], version[1]);
  snprintf(text[1], sizeof text[1], "%d.%d", cldr[0], cldr[1]);
  if (!js_set(cx, obj, "icu", js_string(cx, text[0])) || !js_set(cx, obj, "cldr", js_string(cx, text[1])) ||
      !js_set(cx, obj, "tz", js_string(cx, tz)))
    return JS_EXCEPTION;
  return obj;
}

#if defined(__x86_64__)
#define CULM_ARCH "x64"
#elif defined(__aarch64__)
#define CULM_ARCH "arm64"
#else
#define CULM_ARCH "unknown"
#endif

static JsValue make_info(CulmEnv *env, JsContext *cx)
{
  JsValue info = js_object_new(cx);
  JsValue argv = make_argv(env, cx);
  JsValue exec_argv = string_list(cx, env->options->exec_argc, env->options->exec_argv);
  JsValue versions = make_versions(cx), release = js_object_new(cx);
  JsValue environment = process_environment(cx, JS_UNDEFINED, 0, NULL);
  if (js_is_exception(info) || js_is_exception(argv) || js_is_exception(exec_argv) || js_is_exception(versions) ||
      js_is_exception(release) || js_is_exception(environment))
    return JS_EXCEPTION;
  if (!js_set(cx, release, "name", js_string(cx, "node")) || !js_set(cx, info, "argv", argv) ||
      !js_set(cx, info, "execArgv", exec_argv) || !js_set(cx, info, "argv0", js_string(cx, env->options->argv0)) ||
      !js_set(cx, info, "execPath", js_string(cx, env->options->exec_path)) ||
      !js_set(cx, info, "pid", js_int32(uv_os_getpid())) ||
      !js_set(cx, info, "version", js_string(cx, CULM_NODE_VERSION)) || !js_set(cx, info, "versions", versions) ||
      !js_set(cx, info, "arch", js_string(cx, CULM_ARCH)) || !js_set(cx, info, "platform", js_string(cx, "linux")) ||
      !js_set(cx, info, "release", release) || !js_set(cx, info, "env", environment))
    return JS_EXCEPTION;
  return info;
}

JsValue binding_process(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"uptime", process_uptime, 0},
      {"memoryUsage", process_memory_usage, 1},
      {"rss", process_rss, 0},
      {"cpuUsage", process_cpu_usage, 1},
      {"threadCpuUsage", process_thread_cpu_usage, 1},
      {"resourceUsage", process_resource_usage, 1},
      {"constrainedMemory", process_constrained_memory, 0},
      {"availableMemory", process_available_memory, 0},
      {"gc", process_gc, 0},
      {"setExitCode", process_set_exit_code, 1},
      {"reallyExit", process_really_exit, 1},
      {"abort", process_abort, 0},
      {"kill", process_kill, 2},
      {"setAtExit", process_set_at_exit, 1},
      {"setLifeCallbacks", process_set_life_callbacks, 1},
      {"cwd", process_cwd, 0},
      {"icuVersions", process_icu_versions, 0},
      {"chdir", process_chdir, 1},
      {"execve", process_execve, 1},
      {"umask", process_umask, 1},
      {"rawDebug", process_raw_debug, 1},
      {"getTitle", process_get_title, 0},
      {"setTitle", process_set_title, 1},
      {"getppid", process_getppid, 0},
      {"getuid", process_getuid, 0},
      {"geteuid", process_geteuid, 0},
      {"getgid", process_getgid, 0},
      {"getegid", process_getegid, 0},
      {"getgroups", process_getgroups, 0},
      {"setgroups", process_setgroups, 1},
      {"initgroups", process_initgroups, 2},
      {"getActiveHandles", process_empty_list, 0},
      {"getActiveRequests", process_empty_list, 0},
      {"getActiveResources", process_get_active_resources, 0},
      {"setenv", process_setenv, 2},
      {"unsetenv", process_unsetenv, 1},
      {"environment", process_environment, 0},
      {"environmentVersion", process_environment_version, 0},
      {0},
  };
  static const struct {
    const char *name;
    int magic;
  } setters[] = {{"setuid", SET_UID}, {"seteuid", SET_EUID}, {"setgid", SET_GID}, {"setegid", SET_EGID}};
  JsValue binding = binding_new(cx, rows);
  JsValue buffer = js_array_buffer_new(cx, 16, NULL);
  JsValue info = make_info(env, cx);
  if (js_is_exception(binding) || js_is_exception(buffer) || js_is_exception(info) ||
      !js_set(cx, binding, "hrtimeBuffer", buffer) || !js_set(cx, binding, "info", info) ||
      !js_set(cx, binding, "hrtime", js_closure_new(cx, process_hrtime, "hrtime", 0, 0, 1, &buffer)) ||
      !js_set(cx, binding, "hrtimeBigInt", js_closure_new(cx, process_hrtime_bigint, "hrtimeBigInt", 0, 0, 1, &buffer)))
    return JS_EXCEPTION;
  for (size_t i = 0; i < JS_COUNTOF(setters); i++) {
    JsValue fn = js_closure_new(cx, process_set_id, setters[i].name, 1, setters[i].magic, 0, NULL);
    if (js_is_exception(fn) || !js_set(cx, binding, setters[i].name, fn))
      return JS_EXCEPTION;
  }
  return binding;
}
