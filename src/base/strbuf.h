// SPDX-License-Identifier: MIT
/*
 * A growable byte buffer on the tagged allocator.
 *
 * Errors are sticky: when the system refuses memory, buf->failed is set, the contents stay as they were and every later
 * append does nothing; a caller checks once at the end. strbuf_cstr gives a NUL-terminated view (never NULL).
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include "base/mem.h"

#include <stdarg.h>
#include <string.h>

typedef struct StrBuf {
  char *data; /* NULL until the first append */
  size_t len, cap;
  MemAccount *account;
  MemTag tag;
  bool failed;
} StrBuf;

void strbuf_init(StrBuf *buf, MemAccount *account, MemTag tag);
void strbuf_free(StrBuf *buf);

/* Room for at least more bytes behind len; false when out of memory. */
bool strbuf_reserve(StrBuf *buf, size_t more);
void strbuf_printf(StrBuf *buf, const char *format, ...) JS_PRINTF(2, 3);
void strbuf_vprintf(StrBuf *buf, const char *format, va_list args) JS_PRINTF(2, 0);
/* One code point as UTF-8; a lone surrogate as its three-byte WTF-8 form. */
void strbuf_append_code_point(StrBuf *buf, uint32_t code_point);
/* The contents with a NUL behind them; "" when nothing could be allocated. Valid until the next append. */
const char *strbuf_cstr(StrBuf *buf);

static inline void strbuf_clear(StrBuf *buf)
{
  buf->len = 0;
}

static inline void strbuf_append(StrBuf *buf, const void *bytes, size_t len)
{
  if (len && (js_likely(buf->cap - buf->len >= len) || strbuf_reserve(buf, len))) {
    memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
  }
}

static inline void strbuf_append_str(StrBuf *buf, const char *str)
{
  strbuf_append(buf, str, strlen(str));
}

static inline void strbuf_append_char(StrBuf *buf, char c)
{
  if (js_likely(buf->len < buf->cap) || strbuf_reserve(buf, 1))
    buf->data[buf->len++] = c;
}

#endif
