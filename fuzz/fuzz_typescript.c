// SPDX-License-Identifier: MIT
/* Any bytes are TypeScript or an error inside the text, in each mode and width; stripping keeps the length. */
#include <string.h>

#include "base/stack.h"
#include "parser/typescript/strip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1 || size > 1 << 20)
    return 0;
  bool is_wide = data[0] & 8;
  size_t len = is_wide ? (size - 1) / 2 : size - 1, bytes = is_wide ? len * 2 : len;
  /* exactly as long as the source, so that reading past it is caught */
  uint16_t *copy = mem_alloc(NULL, MEM_SCRATCH, bytes);
  if (!copy)
    return 0;
  memcpy(copy, data + 1, bytes);
  ParseSource source = {copy, (uint32_t)len, is_wide};
  TypescriptOptions options = {.transform = data[0] & 1, .stack_limit = stack_pointer() - 200 * 1024};
  TypescriptResult result;
  Arena arena;
  arena_init(&arena, NULL, MEM_PARSER);
  switch (typescript_strip(&arena, &source, &options, &result)) {
  case TYPESCRIPT_OK:
    if (!options.transform && result.len != len)
      __builtin_trap();
    break;
  case TYPESCRIPT_INVALID:
  case TYPESCRIPT_UNSUPPORTED:
    if (!result.message || result.error_start > result.error_end || result.error_end > len)
      __builtin_trap();
    break;
  default: break;
  }
  arena_free(&arena);
  mem_free(NULL, MEM_SCRATCH, copy, bytes);
  return 0;
}
