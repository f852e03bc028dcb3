// SPDX-License-Identifier: MIT
/* Growth and formatting of the byte buffer: see strbuf.h. */
#include "base/strbuf.h"

#include "base/utf.h"

#include <stdio.h>

/* First allocation, in bytes: a line of text fits. */
#define STRBUF_FIRST_CAP 64

void strbuf_init(StrBuf *buf, MemAccount *account, MemTag tag)
{
  *buf = (StrBuf){.account = account, .tag = tag};
}

void strbuf_free(StrBuf *buf)
{
  mem_free(buf->account, buf->tag, buf->data, buf->cap);
  *buf = (StrBuf){.account = buf->account, .tag = buf->tag};
}

bool strbuf_reserve(StrBuf *buf, size_t more)
{
  if (buf->failed)
    return false;
  if (buf->cap - buf->len >= more)
    return true;
  size_t cap = buf->cap ? buf->cap : STRBUF_FIRST_CAP;
  while (cap - buf->len < more) {
    if (cap > SIZE_MAX / 2) {
      buf->failed = true;
      return false;
    }
    cap *= 2;
  }
  char *data = mem_realloc(buf->account, buf->tag, buf->data, buf->cap, cap);
  if (!data) {
    buf->failed = true;
    return false;
  }
  buf->data = data;
  buf->cap = cap;
  return true;
}

void strbuf_vprintf(StrBuf *buf, const char *format, va_list args)
{
  va_list again;
  va_copy(again, args);
  size_t room = buf->cap - buf->len;
  int len = vsnprintf(buf->data ? buf->data + buf->len : NULL, room, format, args);
  if (len < 0) {
    buf->failed = true;
  } else if ((size_t)len < room) {
    buf->len += (size_t)len;
  } else if (strbuf_reserve(buf, (size_t)len + 1)) {
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
    buf->len += (size_t)len;
  }
  va_end(again);
}

void strbuf_printf(StrBuf *buf, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  strbuf_vprintf(buf, format, args);
  va_end(args);
}

void strbuf_append_code_point(StrBuf *buf, uint32_t code_point)
{
  uint8_t bytes[4];
  strbuf_append(buf, bytes, utf8_encode(code_point, bytes));
}

const char *strbuf_cstr(StrBuf *buf)
{
  if (buf->len == buf->cap && !strbuf_reserve(buf, 1))
    return "";
  buf->data[buf->len] = 0;
  return buf->data;
}
