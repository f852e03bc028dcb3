// SPDX-License-Identifier: MIT
/*
 * internalBinding('buffer_numbers'): Buffer.prototype's readUInt8 ... writeDoubleBE for what they are nearly always
 * given: a Uint8Array, an offset in bounds, a value in range. Anything else goes to the JavaScript function of the same
 * name, which converts, or says what is wrong.
 */
#include "runtime/binding.h"

#include <math.h>
#include <string.h>

/* Function magic: size in bytes in the low four bits, then these. */
enum {
  NUMBER_SIZE = 15,
  NUMBER_SIGNED = 16,
  NUMBER_BIG_ENDIAN = 32,
  NUMBER_FLOAT = 64,
  NUMBER_BIG = 128, /* BigInt */
};
/* Data of the functions. */
enum { DATA_FALLBACK };

static JsValue fall_back(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_call(cx, js_function_data(cx, DATA_FALLBACK), this_val, argc, argv);
}

/* The bytes in question, or NULL. */
static uint8_t *number_at(JsValue this_val, JsValue offset, int size, int32_t *at)
{
  JsView view;
  if (!js_view(this_val, &view) || view.type != JS_UINT8)
    return NULL;
  if (!js_is_int32(offset) && !js_is_undefined(offset))
    return NULL;
  *at = js_is_int32(offset) ? js_as_int32(offset) : 0;
  if (*at < 0 || (size_t)*at + (size_t)size > view.byte_length)
    return NULL;
  return view.data + *at;
}

static JsValue number_read(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int magic = js_function_magic(cx), size = magic & NUMBER_SIZE;
  int32_t at;
  const uint8_t *bytes = number_at(this_val, js_argument(argc, argv, 0), size, &at);
  if (!bytes)
    return fall_back(cx, this_val, argc, argv);
  uint64_t bits = 0;
  for (int k = 0; k < size; k++)
    bits |= (uint64_t)bytes[k] << (8 * (magic & NUMBER_BIG_ENDIAN ? size - 1 - k : k));
  if (magic & NUMBER_FLOAT) {
    double d;
    float f;
    uint32_t low = (uint32_t)bits;
    if (size == 8)
      memcpy(&d, &bits, 8);
    else
      memcpy(&f, &low, 4), d = f;
    return js_number(d);
  }
  if (magic & NUMBER_BIG)
    return magic & NUMBER_SIGNED ? js_bigint_from_int64(cx, (int64_t)bits) : js_bigint_from_uint64(cx, bits);
  int unused = 64 - 8 * size;
  if (magic & NUMBER_SIGNED)
    return js_int32((int32_t)((int64_t)(bits << unused) >> unused));
  return js_number((double)bits);
}

/* The bits of a value that an integer of `size` bytes holds; false: none, or not a whole number. */
static bool integer_bits(JsValue value, int size, bool is_signed, uint64_t *bits)
{
  int64_t i;
  if (js_is_int32(value)) {
    i = js_as_int32(value);
  } else if (js_is_number(value)) {
    double d = js_number_value(value);
    if (!(fabs(d) < 9e15) || d != trunc(d))
      return false;
    i = (int64_t)d;
  } else {
    return false;
  }
  int64_t range = (int64_t)1 << (8 * size), low = is_signed ? -range / 2 : 0;
  *bits = (uint64_t)i;
  return i >= low && i < low + range;
}

static JsValue number_write(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int magic = js_function_magic(cx), size = magic & NUMBER_SIZE;
  int32_t at;
  JsValue value = js_argument(argc, argv, 0);
  uint8_t *bytes = number_at(this_val, js_argument(argc, argv, 1), size, &at);
  uint64_t bits = 0;
  bool known = bytes != NULL;
  if (known && (magic & NUMBER_FLOAT)) {
    known = js_is_number(value);
    double d = known ? js_number_value(value) : 0;
    float f = (float)d;
    uint32_t low;
    memcpy(&low, &f, 4);
    if (size == 8)
      memcpy(&bits, &d, 8);
    else
      bits = low;
  } else if (known) {
    known = integer_bits(value, size, magic & NUMBER_SIGNED, &bits);
  }
  if (!known)
    return fall_back(cx, this_val, argc, argv);
  for (int k = 0; k < size; k++)
    bytes[k] = (uint8_t)(bits >> (8 * (magic & NUMBER_BIG_ENDIAN ? size - 1 - k : k)));
  return js_int32(at + size);
}

/* The magic of a method by its name: read or write, [Big][U]Int or Float or Double, bits, LE or BE. */
static bool parse_name(const char *name, bool *is_write, int *magic)
{
  *is_write = strncmp(name, "write", 5) == 0;
  if (!*is_write && strncmp(name, "read", 4) != 0)
    return false;
  const char *type = name + (*is_write ? 5 : 4);
  size_t len = strlen(type);
  bool big_endian = len > 2 && strcmp(type + len - 2, "BE") == 0;
  *magic = big_endian ? NUMBER_BIG_ENDIAN : 0;
  if (strncmp(type, "Double", 6) == 0) {
    *magic |= NUMBER_FLOAT | 8;
    return true;
  }
  if (strncmp(type, "Float", 5) == 0) {
    *magic |= NUMBER_FLOAT | 4;
    return true;
  }
  if (strncmp(type, "Big", 3) == 0) {
    *magic |= NUMBER_BIG;
    type += 3;
  }
  bool is_unsigned = *type == 'U';
  type += is_unsigned;
  if (strncmp(type, "Int", 3) != 0 || (*is_write && (*magic & NUMBER_BIG)))
    return false;
  int bits = 0;
  for (type += 3; *type >= '0' && *type <= '9'; type++)
    bits = bits * 10 + (*type - '0');
  *magic |= (is_unsigned ? 0 : NUMBER_SIGNED) | bits / 8;
  return bits >= 8 && bits <= 64 && bits % 8 == 0;
}

/* method ( name, fallback, arity ): the function that serves the common case of a method, or fallback itself. */
static JsValue numbers_method(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char name[32] = "";
  bool is_write;
  int magic;
  JsValue fallback = js_argument(argc, argv, 1);
  int arity = js_same_bits(js_argument(argc, argv, 2), js_int32(1));
  if (js_value_is_string(js_argument(argc, argv, 0)))
    js_string_write_utf8(cx, argv[0], name, sizeof name - 1);
  if (!parse_name(name, &is_write, &magic))
    return fallback;
  return js_closure_new(cx, is_write ? number_write : number_read, name, arity, magic, 1, &fallback);
}

static const JsFunctionRow numbers_functions[] = {
    {"method", numbers_method, 3},
    {NULL, NULL, 0},
};

JsValue binding_buffer_numbers(CulmEnv *env, JsContext *cx)
{
  return rt_functions_object(cx, numbers_functions);
}
