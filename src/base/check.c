// SPDX-License-Identifier: MIT
/* The one way out for a broken invariant: say where, then abort so that a core or a sanitizer report follows. */
#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void check_fail(const char *file, int line, const char *what)
{
  fprintf(stderr, "culm: internal error: %s:%d: %s\n", file, line, what);
  abort();
}
