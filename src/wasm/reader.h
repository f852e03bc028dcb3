// SPDX-License-Identifier: MIT
/*
 * Reading a module's bytes: every read is checked against the end, the first error is noted and false returned.
 * https://webassembly.github.io/spec/core/binary/values.html
 */
#ifndef WASM_READER_H
#define WASM_READER_H

#include "wasm/module.h"

typedef struct WasmReader {
  const uint8_t *p, *end;
  const uint8_t *start; /* of the module: errors are told by offset */
  WasmError *error;
} WasmReader;

JS_INLINE uint32_t reader_offset(const WasmReader *r)
{
  return (uint32_t)(r->p - r->start);
}
/* Notes an error at the reader's place. */
#define reader_fail(r, ...) wasm_error((r)->error, reader_offset(r), __VA_ARGS__)
#define READ(expr)                                                                                                     \
  do {                                                                                                                 \
    if (js_unlikely(!(expr)))                                                                                          \
      return false;                                                                                                    \
  } while (0)

JS_MUST_USE bool read_bytes(WasmReader *r, uint32_t count, const uint8_t **out, const char *what);
JS_MUST_USE bool read_leb_slow(WasmReader *r, int bits, bool is_signed, uint64_t *out, const char *what);
JS_MUST_USE JS_INLINE bool read_u8(WasmReader *r, uint8_t *out, const char *what)
{
  *out = 0;
  if (js_unlikely(r->p == r->end))
    return reader_fail(r, "expected 1 byte (%s)", what);
  *out = *r->p++;
  return true;
}
JS_MUST_USE JS_INLINE bool read_u32(WasmReader *r, uint32_t *out, const char *what)
{
  if (js_likely(r->p != r->end && *r->p < 0x80)) {
    *out = *r->p++;
    return true;
  }
  uint64_t val = 0;
  bool ok = read_leb_slow(r, 32, false, &val, what);
  *out = (uint32_t)val;
  return ok;
}
JS_MUST_USE JS_INLINE bool read_s32(WasmReader *r, int32_t *out, const char *what)
{
  uint64_t val = 0;
  bool ok = read_leb_slow(r, 32, true, &val, what);
  *out = (int32_t)val;
  return ok;
}
JS_MUST_USE JS_INLINE bool read_s64(WasmReader *r, int64_t *out, const char *what)
{
  uint64_t val = 0;
  bool ok = read_leb_slow(r, 64, true, &val, what);
  *out = (int64_t)val;
  return ok;
}
JS_MUST_USE JS_INLINE bool read_u64(WasmReader *r, uint64_t *out, const char *what)
{
  return read_leb_slow(r, 64, false, out, what);
}
/* A count of things, each at least a byte long. */
JS_MUST_USE bool read_count(WasmReader *r, uint32_t *out, uint32_t limit, const char *what);
/* A name: its length and its text, which is UTF-8. */
JS_MUST_USE bool read_name(WasmReader *r, WasmName *out, const char *what);
/* A value type; indices are below type_count. */
JS_MUST_USE bool read_value_type(WasmReader *r, uint32_t type_count, WasmType *out);
JS_MUST_USE bool read_ref_type(WasmReader *r, uint32_t type_count, WasmType *out);
JS_MUST_USE bool read_heap_type(WasmReader *r, uint32_t type_count, uint32_t *out);

#endif
