// SPDX-License-Identifier: MIT
/*
 * Compiles the input as a pattern and runs it, in both widths, over the rest of the input; both must agree.
 * Layout: one byte of flags, one byte of pattern length, pattern, text. Units are bytes; some are spread beyond
 * Latin-1.
 */
#include "regexp/regexp.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A long run is of no interest here. */
static bool stop(void *arg)
{
  return ++*(int *)arg > 4;
}

static void check(bool ok)
{
  if (!ok)
    abort();
}

static void run(const RegexpProgram *program, const uint8_t *text, uint32_t len, MemAccount *account)
{
  uint32_t groups = regexp_group_count(program);
  int32_t *narrow = calloc(groups * 2, sizeof *narrow), *wide = calloc(groups * 2, sizeof *wide);
  uint16_t *units = malloc((len + 1) * 2);
  for (uint32_t k = 0; k < len; k++)
    units[k] = text[k];
  int calls = 0;
  RegexpInput input = {.text = {text, len, false}, .account = account, .interrupt = stop, .interrupt_arg = &calls};
  RegexpResult first = regexp_exec(program, &input, narrow);
  calls = 0;
  input.text = (RegexpSpan){units, len, true};
  RegexpResult second = regexp_exec(program, &input, wide);
  check(first == second && (first != REGEXP_MATCH || !memcmp(narrow, wide, groups * 2 * sizeof *narrow)));
  for (uint32_t k = 0; first == REGEXP_MATCH && k < groups; k++)
    check(narrow[2 * k] <= narrow[2 * k + 1] && narrow[2 * k + 1] <= (int32_t)len &&
          (narrow[2 * k] < 0) == (narrow[2 * k + 1] < 0));
  for (uint32_t k = 0; k < len; k++) /* surrogates and others out of the upper half */
    units[k] = text[k] < 0x80 ? text[k] : text[k] < 0xA0 ? 0xD83D : text[k] < 0xC0 ? 0xDE00 : (uint16_t)(text[k] * 40);
  calls = 0;
  RegexpResult third = regexp_exec(program, &input, wide);
  for (uint32_t k = 0; third == REGEXP_MATCH && k < groups; k++)
    check(wide[2 * k] <= wide[2 * k + 1] && wide[2 * k + 1] <= (int32_t)len);
  free(narrow);
  free(wide);
  free(units);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 2)
    return 0;
  uint32_t flags = data[0], pattern_len = data[1];
  if ((flags & REGEXP_UNICODE) && (flags & REGEXP_UNICODE_SETS))
    return 0;
  data += 2;
  size -= 2;
  if (pattern_len > size)
    pattern_len = (uint32_t)size;
  MemAccount account = {0};
  RegexpError error;
  RegexpSpan pattern = {data, pattern_len, false};
  RegexpProgram *program = regexp_compile(&account, pattern, flags, 0, &error);
  check(regexp_check_syntax(&account, pattern, flags, 0, &error) == (program != NULL));
  if (program)
    run(program, data + pattern_len, (uint32_t)(size - pattern_len), &account);
  regexp_free(&account, program);
  check(account.total == 0);
  return 0;
}
