// SPDX-License-Identifier: MIT
/* Reading a module's bytes: see reader.h. */
#include "wasm/reader.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf.h"

bool wasm_error(WasmError *error, uint32_t offset, const char *format, ...)
{
  if (error->text[0])
    return false;
  va_list args;
  va_start(args, format);
  vsnprintf(error->text, sizeof error->text, format, args);
  va_end(args);
  error->offset = offset;
  return false;
}

bool read_bytes(WasmReader *r, uint32_t count, const uint8_t **out, const char *what)
{
  *out = r->p;
  if ((size_t)(r->end - r->p) < count)
    return reader_fail(r, "expected %u bytes, fell off end", count);
  r->p += count;
  return true;
}

bool read_leb_slow(WasmReader *r, int bits, bool is_signed, uint64_t *out, const char *what)
{
  const uint8_t *from = r->p;
  uint64_t val = 0;
  int shift = 0;
  for (;;) {
    if (r->p == r->end)
      return reader_fail(r, from == r->p ? "reached end while decoding %s" : "expected more bytes in LEB128: %s", what);
    uint8_t byte = *r->p;
    int room = bits - shift; /* bits that this byte may still fill */
    if (room < 8) {
      if (byte & 0x80)
        return wasm_error(r->error, reader_offset(r), "length overflow while decoding leb128: %s", what);
      uint8_t extra = (uint8_t)(0x7F & ~((1 << room) - 1));
      uint8_t sign = is_signed && (byte >> (room - 1) & 1) ? extra : 0;
      if ((byte & extra) != sign)
        return wasm_error(r->error, reader_offset(r), "extra bits in varint");
    }
    r->p++;
    val |= (uint64_t)(byte & 0x7F) << shift;
    shift += 7;
    if (!(byte & 0x80)) {
      if (is_signed && shift < 64 && (byte & 0x40))
        val |= ~UINT64_C(0) << shift;
      *out = val;
      return true;
    }
  }
}

bool read_count(WasmReader *r, uint32_t *out, uint32_t limit, const char *what)
{
  uint32_t at = reader_offset(r);
  READ(read_u32(r, out, what));
  if (*out > limit)
    return wasm_error(r->error, at, "%s of %u exceeds internal limit of %u", what, *out, limit);
  if (*out > (size_t)(r->end - r->p))
    return wasm_error(r->error, at, "%s of %u exceeds the remaining bytes", what, *out);
  return true;
}

bool read_name(WasmReader *r, WasmName *out, const char *what)
{
  const uint8_t *bytes;
  uint32_t length;
  READ(read_u32(r, &length, what));
  uint32_t at = reader_offset(r);
  READ(read_bytes(r, length, &bytes, what));
  if (utf8_well_formed_prefix(bytes, length) != length)
    return wasm_error(r->error, at, "invalid UTF-8 string for %s", what);
  *out = (WasmName){(const char *)bytes, length};
  return true;
}

bool read_heap_type(WasmReader *r, uint32_t type_count, uint32_t *out)
{
  uint32_t at = reader_offset(r);
  int64_t code;
  uint64_t raw;
  READ(read_leb_slow(r, 33, true, &raw, "heap type"));
  code = (int64_t)raw;
  if (code >= 0) {
    if (code >= type_count)
      return wasm_error(r->error, at, "Type index %u is out of bounds", (uint32_t)code);
    *out = (uint32_t)code;
    return true;
  }
  *out = WASM_ABSTRACT | (uint32_t)(code & 0x7F);
  switch (*out) {
  case WASM_HEAP_EXN:
  case WASM_HEAP_NOEXN:
  case WASM_HEAP_EXTERN:
  case WASM_HEAP_FUNC:
  case WASM_HEAP_NOEXTERN:
  case WASM_HEAP_NOFUNC: return true;
  default: return wasm_error(r->error, at, "Unknown heap type %d", (int)code);
  }
}

bool read_value_type(WasmReader *r, uint32_t type_count, WasmType *out)
{
  uint32_t at = reader_offset(r);
  uint8_t code;
  READ(read_u8(r, &code, "value type"));
  switch (code) {
  case WASM_I32:
  case WASM_I64:
  case WASM_F32:
  case WASM_F64:
  case WASM_V128: *out = code; return true;
  case WASM_REF:
  case WASM_REF_NULL: {
    uint32_t heap;
    READ(read_heap_type(r, type_count, &heap));
    *out = WASM_REF_TYPE(code == WASM_REF_NULL, heap);
    return true;
  }
  default:
    switch (WASM_ABSTRACT | code) {
    case WASM_HEAP_EXN:
    case WASM_HEAP_NOEXN:
    case WASM_HEAP_EXTERN:
    case WASM_HEAP_FUNC:
    case WASM_HEAP_NOEXTERN:
    case WASM_HEAP_NOFUNC: *out = WASM_REF_TYPE(true, WASM_ABSTRACT | code); return true;
    default: return wasm_error(r->error, at, "invalid value type 0x%x", code);
    }
  }
}

bool read_ref_type(WasmReader *r, uint32_t type_count, WasmType *out)
{
  uint32_t at = reader_offset(r);
  READ(read_value_type(r, type_count, out));
  if (!wasm_is_ref(*out))
    return wasm_error(r->error, at, "Unexpected type 0x%x", *out & 0xFF);
  return true;
}
