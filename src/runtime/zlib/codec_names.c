// SPDX-License-Identifier: MIT
/* Errors' names: those of the numbers in zlib.constants, which newer and older libraries spell differently. */
#include "runtime/zlib/codec.h"

#include <math.h>
#include <string.h>

static const struct {
  const char *name;
  double number;
} constants[] = {
#define C(name)
#define V(name, value) {#name, value},
#include "runtime/bindings/constants_zlib.def"
};

const char *codec_constant_name(const char *prefix, int number)
{
  size_t length = strlen(prefix);
  for (size_t k = 0; k < sizeof constants / sizeof constants[0]; k++)
    if (constants[k].number == number && strncmp(constants[k].name, prefix, length) == 0)
      return constants[k].name;
  return NULL;
}
