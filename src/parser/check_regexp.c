// SPDX-License-Identifier: MIT
/* See check_regexp.h. */
#include "parser/check_regexp.h"

#include "regexp/regexp.h"

static RegexpSpan span_of(const ParseSource *source, uint32_t start, uint32_t end)
{
  const char *units = (const char *)source->units + (size_t)start * (source->is_wide ? 2 : 1);
  return (RegexpSpan){units, end - start, source->is_wide};
}

bool check_regexp_literal(void *opaque, const ParseSource *source, uint32_t body_start, uint32_t body_end,
                          uint32_t flags_start, uint32_t flags_end, const char **message)
{
  uint32_t flags;
  if (!regexp_parse_flags(span_of(source, flags_start, flags_end), &flags)) {
    *message = "Invalid regular expression flags";
    return false;
  }
  const CheckRegexp *check = opaque;
  RegexpError error;
  if (regexp_check_syntax(check ? check->account : NULL, span_of(source, body_start, body_end), flags,
                          check ? check->stack_limit : 0, &error))
    return true;
  *message = error.message;
  return false;
}
