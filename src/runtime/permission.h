// SPDX-License-Identifier: MIT
/*
 * The permission model: with --permission a thread may do only what --allow-* options give it. What enters the system
 * (files, processes, threads, the network) asks here first, in C, so that no JavaScript can go around it. Paths are
 * compared as they are written, made absolute; symbolic links are not looked through.
 */
#ifndef RUNTIME_PERMISSION_H
#define RUNTIME_PERMISSION_H

#include "runtime/binding.h"
#include "runtime/options.h"

typedef enum {
#define PERMISSION(id, name, scope, option) PERMISSION_##id,
#include "runtime/permissions.def"
#undef PERMISSION
  PERMISSION_COUNT
} PermissionId;

/* What a handle's operation answers instead of an errno: it became an error with code ERR_ACCESS_DENIED in lib/. */
#define PERMISSION_ERRNO (-9901)

typedef struct PermissionPath {
  char *text;     /* absolute, without a `/` at its end but for the root; "" allows everything */
  bool is_prefix; /* of any path, as told by `*` at the end */
  bool is_folder; /* what is below it too */
} PermissionPath;

typedef struct Permission {
  bool enabled;
  bool audit; /* nothing is refused, but listeners are told */
  bool granted[PERMISSION_COUNT];
  PermissionPath *paths[2]; /* of fs.read and fs.write */
  size_t counts[2];
  JsRef *on_denied; /* function(name, resource), for the diagnostics channels */
} Permission;

/* What the options say; parent: of the thread that started this one, whose permissions it has, or NULL. */
JS_MUST_USE bool permission_init(Permission *permission, const Options *options, const Permission *parent);
void permission_free(Permission *permission);

/* May this be done? resource: a path for files, else any name, or NULL for all of it. Tells on_denied when not. */
bool permission_has(CulmEnv *env, PermissionId id, const char *resource);
/* The same when the answer "yes" must be cheap, and audit mode lets everything through. */
bool permission_allows(CulmEnv *env, PermissionId id, const char *resource);
/* Error ERR_ACCESS_DENIED for it, not thrown. */
JS_MUST_USE JsValue permission_error_new(JsContext *cx, PermissionId id, const char *resource);
/* With a text of its own, and neither permission nor resource. */
JS_MUST_USE JsValue permission_error_text(JsContext *cx, const char *text);
/* False: thrown. */
JS_MUST_USE bool permission_check(JsContext *cx, PermissionId id, const char *resource);

#endif
