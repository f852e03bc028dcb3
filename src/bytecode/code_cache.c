// SPDX-License-Identifier: MIT
/*
 * [DOC] Cached code
 *
 *   CacheHeader | a code image without the source text
 *
 * What was compiled of a text, for another process of the same build. It comes from files and from programs, so
 * everything is checked before a byte of the image is believed: the build (its linker's hash), what was compiled (kind
 * and parameters), the text and the image itself by their hashes. Functions that had not run when it was written are
 * not in it but stay lazy.
 */
#include "culm/js.h"

#include <stdlib.h>

#include "base/build_id.h"
#include "base/hash.h"
#include "base/strbuf.h"
#include "bytecode/image.h"
#include "bytecode/module_info.h"
#include "object/coverage.h"
#include "object/vm.h"

typedef struct CacheHeader {
  uint64_t magic, build, compile_key, source_hash, image_hash, image_size;
} CacheHeader;
#define CACHE_MAGIC 0x656863614375434aull

uint64_t code_cache_key(JsCompileKind kind, bool allow_await, JsString *const *params, uint32_t param_count,
                        JsHeap *heap)
{
  uint64_t key = hash_combine(kind, allow_await | param_count << 1);
  for (uint32_t k = 0; k < param_count; k++) {
    StringView view = string_view(heap, params[k]);
    key = hash_combine(key, hash_bytes(view.units, (size_t)view.length << view.is_wide, view.is_wide));
  }
  return key;
}

static uint64_t source_hash(JsHeap *heap, JsString *source)
{
  StringView view = string_view(heap, source);
  return hash_bytes(view.units, (size_t)view.length << view.is_wide, view.is_wide);
}

static uint64_t build_of(JsVm *vm)
{
  if (!vm->build_id)
    vm->build_id = build_id();
  return vm->build_id;
}

/* Code that counts what it runs is another. */
static bool counts(JsContext *cx)
{
  return cx->vm->coverage && cx->vm->coverage->is_on;
}

bool code_cache_write(JsContext *cx, JsCode *code, JsModuleInfo *info, StrBuf *out)
{
  JsScript *script = (JsScript *)js_as_cell(slot_get((info ? ptr_slot_get(info->body) : code)->script));
  JsString *source = script_source(cx->heap, script);
  CacheHeader header = {.magic = CACHE_MAGIC,
                        .build = build_of(cx->vm),
                        .compile_key = script->compile_key,
                        .source_hash = source ? source_hash(cx->heap, source) : 0};
  size_t start = out->len;
  if (!source || !header.build || counts(cx)) {
    (void)throw_error(cx, JS_MSG_CODE_NOT_SERIALISABLE, ptr_slot_get(script->url));
    return false;
  }
  strbuf_append(out, &header, sizeof header);
  TRY_OR(false, code_serialise_bare(cx, code, info, out));
  size_t image = start + sizeof header;
  header.image_size = out->len - image;
  header.image_hash = hash_bytes(out->data + image, header.image_size, 0);
  memcpy(out->data + start, &header, sizeof header);
  return true;
}

static JsCacheStatus check(JsContext *cx, JsScript *script, const void *bytes, size_t size)
{
  CacheHeader header;
  if (size < sizeof header)
    return JS_CACHE_DAMAGED;
  memcpy(&header, bytes, sizeof header);
  if (header.magic != CACHE_MAGIC)
    return JS_CACHE_DAMAGED;
  if (header.build != build_of(cx->vm) || !header.build || header.compile_key != script->compile_key || counts(cx))
    return JS_CACHE_OTHER_BUILD;
  if (header.source_hash != source_hash(cx->heap, ptr_slot_get(script->source)))
    return JS_CACHE_OTHER_SOURCE;
  if (header.image_size != size - sizeof header ||
      header.image_hash != hash_bytes((const char *)bytes + sizeof header, header.image_size, 0))
    return JS_CACHE_DAMAGED;
  return JS_CACHE_ACCEPTED;
}

JsCode *code_cache_read(JsContext *cx, JsScript *script, JsCodeCache *cache, JsModuleInfo **info)
{
  cache->status = check(cx, script, cache->bytes, cache->size);
  if (cache->status != JS_CACHE_ACCEPTED)
    return NULL;
  script->image_owned = cache->bytes;
  script->image_size = cache->size;
  gc_external_add(cx->heap, cache->size);
  return code_load_bare(cx, script, (const char *)cache->bytes + sizeof(CacheHeader), cache->size - sizeof(CacheHeader),
                        info);
}
