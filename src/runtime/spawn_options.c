// SPDX-License-Identifier: MIT
/*
 * Reading the options of child processes.
 */
#include "runtime/spawn_options.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void free_list(char **list)
{
  for (char **each = list; each && *each; each++)
    free(*each);
  free(list);
}

/* obj[name] as a list of C strings; *list stays NULL when it is no object. */
static bool read_list(JsContext *cx, JsValue obj, const char *name, char ***list)
{
  *list = NULL;
  JsValue array = js_get(cx, obj, name);
  int64_t count;
  if (js_is_exception(array))
    return false;
  if (!js_value_is_object(array))
    return true;
  if (!js_length(cx, array, &count))
    return false;
  if (count < 0 || count > 1 << 24) {
    js_throw_range_error(cx, "Too many strings");
    return false;
  }
  char **made = calloc((size_t)count + 1, sizeof *made);
  if (!made) {
    js_throw_range_error(cx, "Out of memory");
    return false;
  }
  for (int64_t i = 0; i < count; i++) {
    JsValue each = js_get_index(cx, array, (uint32_t)i);
    made[i] = js_is_exception(each) ? NULL : js_to_utf8(cx, each, NULL);
    if (!made[i]) {
      free_list(made);
      return false;
    }
  }
  *list = made;
  return true;
}

/* obj[name] as a C string; *text stays NULL when it is nullish. */
static bool read_text(JsContext *cx, JsValue obj, const char *name, char **text)
{
  *text = NULL;
  JsValue val = js_get(cx, obj, name);
  if (js_is_exception(val))
    return false;
  if (js_is_nullish(val))
    return true;
  *text = js_to_utf8(cx, val, NULL);
  return *text != NULL;
}

/* obj[name] as an id; false with no exception when it is not a number. */
static bool read_id(JsContext *cx, JsValue obj, const char *name, uint32_t *id)
{
  JsValue val = js_get(cx, obj, name);
  if (js_is_exception(val) || !js_is_number(val))
    return false;
  *id = (uint32_t)(int64_t)js_number_value(val);
  return true;
}

bool spawn_options_read(JsContext *cx, SpawnOptions *spawn, JsValue options)
{
  memset(spawn, 0, sizeof *spawn);
  JsValue detached = JS_FALSE;
  bool ok = read_text(cx, options, "file", &spawn->file) && read_text(cx, options, "cwd", &spawn->cwd) &&
            read_list(cx, options, "args", &spawn->args) && read_list(cx, options, "envPairs", &spawn->env);
  if (ok) {
    detached = js_get(cx, options, "detached");
    ok = !js_is_exception(detached);
  }
  uint32_t id;
  if (ok && read_id(cx, options, "uid", &id)) {
    spawn->uv.flags |= UV_PROCESS_SETUID;
    spawn->uv.uid = id;
  }
  if (ok && !js_exception_pending(cx) && read_id(cx, options, "gid", &id)) {
    spawn->uv.flags |= UV_PROCESS_SETGID;
    spawn->uv.gid = id;
  }
  if (ok && spawn->file && !permission_check(cx, PERMISSION_CHILD, spawn->file))
    ok = false;
  if (!ok || js_exception_pending(cx) || !spawn->file) {
    if (!js_exception_pending(cx))
      js_throw_type_error(cx, "file must be a string");
    spawn_options_free(spawn);
    return false;
  }
  if (js_to_boolean(detached))
    spawn->uv.flags |= UV_PROCESS_DETACHED;
  spawn->uv.file = spawn->file;
  spawn->uv.args = spawn->args;
  spawn->uv.env = spawn->env;
  spawn->uv.cwd = spawn->cwd && spawn->cwd[0] ? spawn->cwd : NULL;
  return true;
}

void spawn_options_free(SpawnOptions *spawn)
{
  free(spawn->file);
  free(spawn->cwd);
  free_list(spawn->args);
  free_list(spawn->env);
  memset(spawn, 0, sizeof *spawn);
}

bool spawn_stdio_kind(JsContext *cx, JsValue entry, SpawnStdioKind *kind, int *fd)
{
  JsValue type = js_get(cx, entry, "type");
  JsValue number = js_is_exception(type) ? type : js_get(cx, entry, "fd");
  if (js_is_exception(number))
    return false;
  char text[16] = "";
  if (js_value_is_string(type))
    text[js_string_write_utf8(cx, type, text, sizeof text - 1)] = '\0';
  *fd = js_is_int32(number) ? js_as_int32(number) : -1;
  if (strcmp(text, "ignore") == 0)
    *kind = SPAWN_IGNORE;
  else if (strcmp(text, "pipe") == 0 || strcmp(text, "overlapped") == 0)
    *kind = SPAWN_PIPE;
  else if (strcmp(text, "wrap") == 0)
    *kind = SPAWN_WRAP;
  else
    *kind = SPAWN_FD;
  return true;
}

static const struct {
  int number;
  const char *name;
} signal_names[] = {
#define ROW(name)                                                                                                      \
  {                                                                                                                    \
    name, #name                                                                                                        \
  }
    ROW(SIGHUP),  ROW(SIGINT),    ROW(SIGQUIT), ROW(SIGILL),  ROW(SIGTRAP), ROW(SIGABRT),  ROW(SIGBUS),    ROW(SIGFPE),
    ROW(SIGKILL), ROW(SIGUSR1),   ROW(SIGSEGV), ROW(SIGUSR2), ROW(SIGPIPE), ROW(SIGALRM),  ROW(SIGTERM),   ROW(SIGCHLD),
    ROW(SIGCONT), ROW(SIGSTOP),   ROW(SIGTSTP), ROW(SIGTTIN), ROW(SIGTTOU), ROW(SIGURG),   ROW(SIGXCPU),   ROW(SIGXFSZ),
    ROW(SIGIO),   ROW(SIGVTALRM), ROW(SIGPROF), ROW(SIGPWR),  ROW(SIGSYS),  ROW(SIGWINCH), ROW(SIGSTKFLT),
#undef ROW
};

const char *spawn_signal_name(int number)
{
  for (size_t i = 0; i < JS_COUNTOF(signal_names); i++) {
    if (signal_names[i].number == number)
      return signal_names[i].name;
  }
  return NULL;
}
