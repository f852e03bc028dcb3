// SPDX-License-Identifier: MIT
/*
 * LegacyDecoder of internalBinding('encoding'): the multi-byte encodings of https://encoding.spec.whatwg.org/ on ICU's
 * converters, which keep what a chunk left unfinished. Converters stop at what they cannot read, and what becomes of it
 * is decided here: U+FFFD, with an ASCII byte after a lead byte read again, as the standard has it.
 */
#include "runtime/legacy_decoder.h"
#include "runtime/binding.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf.h"
#include "unicode/icu.h"

enum { FLUSH = 1, FATAL = 2 }; /* as in encoding.c */
enum { EURO_SIGN = 0x20AC, ESCAPE = 0x1B };

typedef struct LegacyDecoder {
  const Icu *icu;
  IcuConverter *converter;
  bool is_gb18030, is_iso_2022;
} LegacyDecoder;

static void legacy_decoder_finalise(void *native)
{
  LegacyDecoder *decoder = native;
  if (!decoder)
    return;
  decoder->icu->ucnv_close(decoder->converter);
  free(decoder);
}

static const JsHostClass legacy_decoder_class = {"LegacyDecoder", legacy_decoder_finalise};

/* The standard's names with ICU's of the same index. */
static const char *converter_name(const char *name)
{
  static const char *const rows[][2] = {
      {"gbk", "gb18030"},        {"gb18030", "gb18030"},         {"big5", "Big5-HKSCS"},
      {"euc-jp", "euc-jp-2007"}, {"iso-2022-jp", "ISO-2022-JP"}, {"shift_jis", "ibm-943_P15A-2003"},
      {"euc-kr", "windows-949"}};
  for (size_t k = 0; k < JS_COUNTOF(rows); k++)
    if (strcmp(rows[k][0], name) == 0)
      return rows[k][1];
  return NULL;
}

/* new LegacyDecoder ( name ): throws a RangeError when there is no such converter, or no ICU */
static JsValue legacy_decoder_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue name;
  if (!rt_string_argument(cx, argc, argv, 0, &name))
    return JS_EXCEPTION;
  char *text = js_to_utf8(cx, name, NULL);
  if (!text)
    return JS_EXCEPTION;
  const char *wanted = converter_name(text);
  free(text);
  const Icu *icu = wanted ? icu_load() : NULL;
  LegacyDecoder *decoder = icu ? calloc(1, sizeof *decoder) : NULL;
  if (!decoder)
    return js_throw_range_error(cx, "no decoder for this encoding");
  IcuError error = 0;
  decoder->icu = icu;
  decoder->is_gb18030 = strcmp(wanted, "gb18030") == 0;
  decoder->is_iso_2022 = strcmp(wanted, "ISO-2022-JP") == 0;
  decoder->converter = icu->ucnv_open(wanted, &error);
  if (error <= 0)
    icu->ucnv_setToUCallBack(decoder->converter, *(void *const *)&icu->UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL,
                             &error);
  if (error > 0) {
    if (decoder->converter)
      icu->ucnv_close(decoder->converter);
    free(decoder);
    return js_throw_range_error(cx, "no decoder for this encoding");
  }
  JsValue obj = js_host_new(cx, &legacy_decoder_class, decoder);
  if (js_is_exception(obj))
    legacy_decoder_finalise(decoder);
  return obj;
}

typedef struct Output {
  uint16_t *units;
  size_t length, capacity;
} Output;

static bool output_reserve(Output *out, size_t more)
{
  if (out->capacity - out->length >= more)
    return true;
  size_t capacity = out->capacity * 2 + more;
  uint16_t *units = realloc(out->units, capacity * sizeof *units);
  if (!units)
    return false;
  out->units = units;
  out->capacity = capacity;
  return true;
}

/* Where the standard's gb18030 index, of 2022, has a character and ICU's, of 2005, a private one. */
static void update_gb18030(uint16_t *units, size_t length)
{
  static const uint16_t newer[][2] = {{0xE5E5, 0x3000}, {0xE78D, 0xFE10}, {0xE78E, 0xFE12}, {0xE78F, 0xFE11},
                                      {0xE790, 0xFE13}, {0xE791, 0xFE14}, {0xE792, 0xFE15}, {0xE793, 0xFE16},
                                      {0xE794, 0xFE17}, {0xE795, 0xFE18}, {0xE796, 0xFE19}, {0xE81E, 0x9FB4},
                                      {0xE826, 0x9FB5}, {0xE82B, 0x9FB6}, {0xE82C, 0x9FB7}, {0xE832, 0x9FB8},
                                      {0xE843, 0x9FB9}, {0xE854, 0x9FBA}, {0xE864, 0x9FBB}};
  for (size_t k = 0; k < length; k++)
    if (units[k] >= 0xE5E5 && units[k] <= 0xE864)
      for (size_t n = 0; n < JS_COUNTOF(newer); n++)
        if (units[k] == newer[n][0])
          units[k] = newer[n][1];
}

typedef enum { CONVERTED, MALFORMED, NO_MEMORY } ConvertResult;

static ConvertResult convert(LegacyDecoder *decoder, const char *source, const char *end, int flags, Output *out)
{
  const Icu *icu = decoder->icu;
  for (;;) {
    if (!output_reserve(out, (size_t)(end - source) + 8))
      return NO_MEMORY;
    IcuError error = 0;
    uint16_t *target = out->units + out->length;
    icu->ucnv_toUnicode(decoder->converter, &target, out->units + out->capacity, &source, end, NULL,
                        (flags & FLUSH) != 0, &error);
    out->length = (size_t)(target - out->units);
    if (error <= 0)
      return CONVERTED;
    if (error == ICU_BUFFER_OVERFLOW)
      continue;
    char invalid[16];
    int8_t count = sizeof invalid;
    IcuError ignored = 0;
    icu->ucnv_getInvalidChars(decoder->converter, invalid, &count, &ignored);
    if (!output_reserve(out, 1))
      return NO_MEMORY;
    /* The standard reads the byte 0x80 as Microsoft's encodings do. */
    bool is_euro = decoder->is_gb18030 && count == 1 && (uint8_t)invalid[0] == 0x80;
    if ((flags & FATAL) && !is_euro)
      return MALFORMED;
    out->units[out->length++] = is_euro ? EURO_SIGN : UTF_REPLACEMENT;
    bool reads_again = count == 2 && !(invalid[1] & 0x80) && (!decoder->is_iso_2022 || invalid[0] == ESCAPE);
    if (ignored <= 0 && reads_again && error != ICU_TRUNCATED_CHAR)
      source--;
  }
}

/* decode ( view, flags ): a string; undefined for bad input when fatal */
static JsValue legacy_decoder_decode(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  LegacyDecoder *decoder = js_host_native(this_val, &legacy_decoder_class);
  JsView view;
  if (!decoder)
    return js_throw_type_error(cx, "not a LegacyDecoder");
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  int flags = rt_int_argument(argc, argv, 1);
  Output out = {0};
  const char *source = view.byte_length ? (const char *)view.data : "";
  ConvertResult result = convert(decoder, source, source + view.byte_length, flags, &out);
  if ((flags & FLUSH) || result != CONVERTED)
    decoder->icu->ucnv_reset(decoder->converter);
  if (decoder->is_gb18030)
    update_gb18030(out.units, out.length);
  JsValue text = result == CONVERTED   ? js_string_utf16(cx, out.units, out.length)
                 : result == MALFORMED ? JS_UNDEFINED
                                       : js_throw_range_error(cx, "Array buffer allocation failed");
  free(out.units);
  return text;
}

bool rt_add_legacy_decoder(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow methods[] = {{"decode", legacy_decoder_decode, 2}, {NULL, NULL, 0}};
  JsValue ctor = js_host_class_new(cx, &legacy_decoder_class, legacy_decoder_new, 1, methods);
  return !js_is_exception(ctor) && js_set(cx, binding, "LegacyDecoder", ctor);
}
