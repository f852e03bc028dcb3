// SPDX-License-Identifier: MIT
/*
 * Who may do what, and the error for those who may not.
 */
#include "runtime/permission.h"

#include "runtime/env.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
  const char *name, *scope;
  OptionId option;
} table[] = {
#define PERMISSION(id, name, scope, option) [PERMISSION_##id] = {name, scope, OPT_##option},
#include "runtime/permissions.def"
#undef PERMISSION
};

/* --- paths ------------------------------------------------------------------------------------------------------- */

/* `path` made absolute, without `.`, `..`, doubled or trailing slashes. malloced; NULL: out of memory. */
static char *absolute_path(const char *path)
{
  size_t length = strlen(path), base_length = 0;
  char base[4096] = "";
  if (path[0] != '/' && getcwd(base, sizeof base))
    base_length = strlen(base);
  char *joined = malloc(base_length + length + 2), *out;
  if (!joined)
    return NULL;
  memcpy(joined, base, base_length);
  joined[base_length] = '/';
  memcpy(joined + base_length + 1, path, length + 1);
  out = joined;
  for (const char *in = joined; *in;) {
    while (*in == '/')
      in++;
    const char *end = in + strcspn(in, "/");
    size_t size = (size_t)(end - in);
    if (size == 2 && in[0] == '.' && in[1] == '.') {
      while (out > joined && *--out != '/')
        continue;
    } else if (size > 0 && !(size == 1 && in[0] == '.')) {
      *out++ = '/';
      memmove(out, in, size);
      out += size;
    }
    in = end;
  }
  *out = '\0'; /* "" is the root */
  return joined;
}

static bool add_path(Permission *permission, PermissionId id, const char *text, bool looks)
{
  PermissionPath *list = realloc(permission->paths[id], (permission->counts[id] + 1) * sizeof *list);
  if (!list)
    return false;
  permission->paths[id] = list;
  size_t length = strlen(text);
  PermissionPath *path = &list[permission->counts[id]];
  *path = (PermissionPath){.is_prefix = length > 0 && text[length - 1] == '*',
                           .is_folder = length > 0 && text[length - 1] == '/'};
  char *copy = strndup(text, path->is_prefix ? length - 1 : length);
  bool ends_in_slash = copy && copy[0] && copy[strlen(copy) - 1] == '/';
  path->text = copy ? absolute_path(copy) : NULL;
  free(copy);
  if (!path->text)
    return false;
  if (path->is_prefix && ends_in_slash) {
    /* What is below the folder, and the folder. */
    path->is_prefix = false;
    path->is_folder = true;
  }
  uv_fs_t request;
  if (looks && !path->is_prefix && !path->is_folder) {
    if (uv_fs_stat(NULL, &request, path->text[0] ? path->text : "/", NULL) == 0)
      path->is_folder = (request.statbuf.st_mode & 0170000) == 0040000;
    uv_fs_req_cleanup(&request);
  }
  permission->counts[id]++;
  return true;
}

static bool covers(const PermissionPath *allowed, const char *path)
{
  size_t length = strlen(allowed->text);
  if (strncmp(allowed->text, path, length) != 0)
    return false;
  return allowed->is_prefix || path[length] == '\0' || (allowed->is_folder && path[length] == '/');
}

static bool path_is_allowed(const Permission *permission, PermissionId id, const char *path)
{
  char *absolute = absolute_path(path);
  bool found = false;
  for (size_t k = 0; absolute && k < permission->counts[id] && !found; k++)
    found = covers(&permission->paths[id][k], absolute);
  free(absolute);
  return found;
}

/* --- granting ---------------------------------------------------------------------------------------------------- */

static bool grant_paths(Permission *permission, PermissionId id, const Options *options)
{
  const OptionValue *value = &options->values[table[id].option];
  for (size_t k = 0; k < value->count; k++) {
    if (strcmp(value->list[k], "*") == 0)
      permission->granted[id] = true;
    else if (!add_path(permission, id, value->list[k], true))
      return false;
  }
  return true;
}

/* The program's own files may be read: its entry, and what --require names by a path. */
static bool grant_program(Permission *permission, const Options *options)
{
  const OptionValue *preloads = &options->values[OPT_REQUIRE];
  for (size_t k = 0; k < preloads->count; k++) {
    const char *path = preloads->list[k];
    if ((path[0] == '/' || path[0] == '.') && !add_path(permission, PERMISSION_FS_READ, path, false))
      return false;
  }
  bool has_file =
      options->argc > 0 && !options->values[OPT_EVAL].set && strcmp(options->argv[0], "-") != 0 && options->argv[0][0];
  return !has_file || add_path(permission, PERMISSION_FS_READ, options->argv[0], false);
}

static bool copy_from(Permission *permission, const Permission *parent)
{
  memcpy(permission->granted, parent->granted, sizeof permission->granted);
  for (int id = PERMISSION_FS_READ; id <= PERMISSION_FS_WRITE; id++) {
    size_t count = parent->counts[id];
    permission->paths[id] = calloc(count + 1, sizeof **permission->paths);
    if (!permission->paths[id])
      return false;
    for (size_t k = 0; k < count; k++) {
      permission->paths[id][k] = parent->paths[id][k];
      permission->paths[id][k].text = strdup(parent->paths[id][k].text);
      if (!permission->paths[id][k].text)
        return false;
      permission->counts[id]++;
    }
  }
  return true;
}

bool permission_init(Permission *permission, const Options *options, const Permission *parent)
{
  memset(permission, 0, sizeof *permission);
  if (parent) {
    permission->enabled = parent->enabled;
    permission->audit = parent->audit;
    return !parent->enabled || copy_from(permission, parent);
  }
  permission->audit = options->values[OPT_PERMISSION_AUDIT].set;
  permission->enabled = options->values[OPT_PERMISSION].set || permission->audit;
  if (!permission->enabled)
    return true;
  for (int id = PERMISSION_CHILD; id < PERMISSION_COUNT; id++)
    permission->granted[id] = options->values[table[id].option].set;
  return grant_paths(permission, PERMISSION_FS_READ, options) &&
         grant_paths(permission, PERMISSION_FS_WRITE, options) && grant_program(permission, options);
}

void permission_free(Permission *permission)
{
  for (int id = PERMISSION_FS_READ; id <= PERMISSION_FS_WRITE; id++) {
    for (size_t k = 0; k < permission->counts[id]; k++)
      free(permission->paths[id][k].text);
    free(permission->paths[id]);
  }
  js_ref_free(permission->on_denied);
  memset(permission, 0, sizeof *permission);
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

static void tell(CulmEnv *env, PermissionId id, const char *resource)
{
  JsContext *cx = env->cx;
  JsValue listener = env_ref(env->permission.on_denied);
  if (js_is_undefined(listener))
    return;
  JsValue argv[] = {js_string(cx, table[id].name),
                    js_string_utf8(cx, resource ? resource : "", resource ? strlen(resource) : 0)};
  if (js_is_exception(argv[0]) || js_is_exception(argv[1]) ||
      js_is_exception(js_call(cx, listener, JS_UNDEFINED, JS_COUNTOF(argv), argv)))
    (void)js_take_exception(cx);
}

bool permission_has(CulmEnv *env, PermissionId id, const char *resource)
{
  Permission *permission = &env->permission;
  bool is_file = id == PERMISSION_FS_READ || id == PERMISSION_FS_WRITE;
  if (!permission->enabled || permission->granted[id] ||
      (is_file && resource && resource[0] && path_is_allowed(permission, id, resource)))
    return true;
  tell(env, id, resource);
  return false;
}

bool permission_allows(CulmEnv *env, PermissionId id, const char *resource)
{
  return !env->permission.enabled || permission_has(env, id, resource) || env->permission.audit;
}

static JsValue error_new(JsContext *cx, const char *text, const char *name, const char *resource)
{
  JsValue error = js_error_new(cx, "Error", js_string(cx, text));
  if (js_is_exception(error) || !js_set(cx, error, "code", js_string(cx, "ERR_ACCESS_DENIED")) ||
      !js_set(cx, error, "permission", js_string(cx, name)) ||
      !js_set(cx, error, "resource", js_string_utf8(cx, resource, strlen(resource))))
    return JS_EXCEPTION;
  return error;
}

JsValue permission_error_new(JsContext *cx, PermissionId id, const char *resource)
{
  char text[160];
  snprintf(text, sizeof text, "Access to this API has been restricted. Use %s to manage permissions.",
           option_name(table[id].option));
  return error_new(cx, text, table[id].name, resource ? resource : "");
}

JsValue permission_error_text(JsContext *cx, const char *text)
{
  return error_new(cx, text, "", "");
}

bool permission_check(JsContext *cx, PermissionId id, const char *resource)
{
  if (permission_allows(env_of(cx), id, resource))
    return true;
  JsValue error = permission_error_new(cx, id, resource);
  if (!js_is_exception(error))
    (void)js_throw(cx, error);
  return false;
}

/* --- internalBinding('permission') ------------------------------------------------------------------------------- */

/* The text of argument k; NULL for undefined, with *ok false when an exception is pending. */
static char *text_argument(JsContext *cx, int argc, const JsValue *argv, int k, bool *ok)
{
  JsValue val = js_argument(argc, argv, k);
  *ok = true;
  if (js_is_undefined(val))
    return NULL;
  char *text = js_to_utf8(cx, val, NULL);
  *ok = text != NULL;
  return text;
}

static int find_scope(const char *scope)
{
  for (int id = 0; id < PERMISSION_COUNT; id++) {
    if (strcmp(table[id].scope, scope) == 0)
      return id;
  }
  return -1;
}

static JsValue has(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  bool ok, has_resource_ok;
  char *scope = text_argument(cx, argc, argv, 0, &ok);
  char *resource = text_argument(cx, argc, argv, 1, &has_resource_ok);
  JsValue result = JS_EXCEPTION;
  if (ok && has_resource_ok) {
    bool both = scope && strcmp(scope, "fs") == 0;
    int id = both ? PERMISSION_FS_READ : scope ? find_scope(scope) : -1;
    result = js_boolean(id >= 0 && permission_has(env, (PermissionId)id, resource) &&
                        (!both || permission_has(env, PERMISSION_FS_WRITE, resource)));
  }
  free(scope);
  free(resource);
  return result;
}

static void drop_one(Permission *permission, int id, const char *resource)
{
  bool is_file = id == PERMISSION_FS_READ || id == PERMISSION_FS_WRITE;
  if (!is_file || !resource) {
    permission->granted[id] = false;
    for (size_t k = 0; is_file && k < permission->counts[id]; k++)
      free(permission->paths[id][k].text);
    if (is_file)
      permission->counts[id] = 0;
    return;
  }
  char *absolute = absolute_path(resource);
  size_t kept = 0;
  for (size_t k = 0; k < permission->counts[id]; k++) {
    PermissionPath path = permission->paths[id][k];
    if (absolute && strcmp(path.text, absolute) == 0)
      free(path.text);
    else
      permission->paths[id][kept++] = path;
  }
  permission->counts[id] = kept;
  free(absolute);
}

static JsValue drop(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool ok, resource_ok;
  char *scope = text_argument(cx, argc, argv, 0, &ok);
  char *resource = text_argument(cx, argc, argv, 1, &resource_ok);
  if (ok && resource_ok && scope) {
    Permission *permission = &env_of(cx)->permission;
    bool both = strcmp(scope, "fs") == 0;
    int id = both ? PERMISSION_FS_READ : find_scope(scope);
    if (id >= 0)
      drop_one(permission, id, resource);
    if (both)
      drop_one(permission, PERMISSION_FS_WRITE, resource);
  }
  free(scope);
  free(resource);
  return ok && resource_ok ? JS_UNDEFINED : JS_EXCEPTION;
}

/* check(scope, resource): throws. For library code that decides before C is asked. */
static JsValue check(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  bool ok, resource_ok;
  char *scope = text_argument(cx, argc, argv, 0, &ok);
  char *resource = text_argument(cx, argc, argv, 1, &resource_ok);
  int id = scope ? find_scope(scope) : -1;
  bool done = ok && resource_ok && (id < 0 || permission_check(cx, (PermissionId)id, resource));
  free(scope);
  free(resource);
  return done ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue set_listener(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_keep(env_of(cx), &env_of(cx)->permission.on_denied, js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

/* Is there anything about permissions in the options? */
static bool is_asked(const CulmEnv *env)
{
  bool asked = env->permission.enabled;
  for (int id = 0; id < PERMISSION_COUNT; id++)
    asked |= env->options->values[table[id].option].set;
  return asked;
}

JsValue binding_permission(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"has", has, 2}, {"drop", drop, 2}, {"check", check, 2}, {"setListener", set_listener, 1}, {0},
  };
  JsValue binding = binding_new(cx, rows);
  if (js_is_exception(binding) || !js_set(cx, binding, "isEnabled", js_boolean(env->permission.enabled)) ||
      !js_set(cx, binding, "isAsked", js_boolean(is_asked(env))) ||
      !js_set(cx, binding, "isAudit", js_boolean(env->permission.audit)) ||
      !js_set(cx, binding, "deniedErrno", js_int32(PERMISSION_ERRNO)))
    return JS_EXCEPTION;
  return binding;
}
