// SPDX-License-Identifier: MIT
/* Cached code on its way into the engine: from a file or from a program's bytes. */
#ifndef RUNTIME_CODE_CACHE_H
#define RUNTIME_CODE_CACHE_H

#include "runtime/env.h"

typedef struct CodeCache {
  JsCodeCache cache;
  JsValue holder; /* { data } or undefined */
  int error;      /* errno of reading the file */
} CodeCache;

/* holder: undefined, or an object whose `data` is a file's path or a view. *origin: told of the bytes, if there are
 * any. */
JS_MUST_USE bool code_cache_open(JsContext *cx, CodeCache *cache, JsValue holder, JsOrigin *origin);
/* After compiling, with its result: the holder gets a `status`, a JsCacheStatus or a negative errno, and `size`. Gives
 * the result, or an exception. */
JS_MUST_USE JsValue code_cache_close(JsContext *cx, CodeCache *cache, JsValue result);
/* What was compiled of a function, script or module as a Uint8Array; undefined where code cannot be kept. */
JS_MUST_USE JsValue code_cache_bytes(JsContext *cx, JsValue compiled);

#endif
