// SPDX-License-Identifier: MIT
/* Any bytes are a program, a syntax error or too deep, in each goal and width; what parses can be dumped. */
#include <stdio.h>
#include <string.h>

#include "base/stack.h"
#include "parser/ast_dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1 || size > 1 << 20)
    return 0;
  uint8_t mode = data[0];
  bool is_wide = mode & 8;
  uint16_t *copy = NULL; /* exactly as long as the source, so that reading past it is caught */
  size_t len = is_wide ? (size - 1) / 2 : size - 1;
  copy = mem_alloc(NULL, MEM_SCRATCH, is_wide ? len * 2 : len);
  if (!copy)
    return 0;
  memcpy(copy, data + 1, is_wide ? len * 2 : len);
  ParseSource source = {copy, (uint32_t)len, is_wide};
  ParseOptions options = {.goal = mode & 1   ? PARSE_MODULE
                                  : mode & 2 ? PARSE_EVAL
                                             : PARSE_SCRIPT,
                          .is_strict = mode & 4,
                          .stack_limit = stack_pointer() - 200 * 1024};
  ParseResult result;
  Arena arena;
  arena_init(&arena, NULL, MEM_PARSER);
  if (parse_program(&arena, &source, &options, &result)) {
    FILE *out = fopen("/dev/null", "w");
    if (out) {
      ast_dump(out, &result.root->base, &(AstDumpOptions){.positions = true, .scopes = true});
      fclose(out);
    }
  }
  arena_free(&arena);
  mem_free(NULL, MEM_SCRATCH, copy, is_wide ? len * 2 : len);
  return 0;
}
