// SPDX-License-Identifier: MIT
/* Uint8Array as text: base64 and hex (ecma262#sec-uint8array-objects). The coding itself is base/base64.h. */
#include "base/base64.h"
#include "builtins/typed_array_builtin.h"

#include <stdlib.h>

extern const JsBuiltin uint8_array_static[3], uint8_array_proto[5];

typedef struct TextOptions {
  Base64Alphabet alphabet;
  Base64LastChunk last_chunk;
  bool omit_padding;
} TextOptions;

/* ValidateUint8Array ( ta )  ecma262#sec-validateuint8array */
static JsTypedArray *validate_uint8_array(JsContext *cx, JsValue val, const char *method)
{
  if (js_is_typed_array(val) && typed_array_type(js_as_typed_array(val)) == ELEMENT_UINT8)
    return js_as_typed_array(val);
  throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, method, val);
  return NULL;
}

static bool one_of(JsContext *cx, JsValue val, const char *const *words, int count, int *out)
{
  if (js_is_undefined(val))
    return true;
  for (int k = 0; js_is_string(val) && k < count; k++) {
    if (string_equals_ascii(cx->heap, js_as_string(val), words[k])) {
      *out = k;
      return true;
    }
  }
  throw_error(cx, JS_MSG_BASE64_OPTION, val);
  return false;
}

/* GetOptionsObject, then the options that the direction knows. */
static bool text_options(JsContext *cx, JsValue val, bool decoding, TextOptions *options)
{
  static const char *const alphabets[] = {"base64", "base64url"};
  static const char *const last_chunks[] = {"loose", "strict", "stop-before-partial"};
  *options = (TextOptions){BASE64_STANDARD, BASE64_LOOSE, false};
  if (js_is_undefined(val))
    return true;
  if (!js_is_object(val)) {
    throw_error(cx, JS_MSG_NOT_AN_OBJECT, val);
    return false;
  }
  JsObject *obj = js_as_object(val);
  int alphabet = 0, last_chunk = 0;
  JsValue option = TRY_OR(false, get_property(cx, obj, KEY(cx->heap, alphabet)));
  TRY_OR(false, one_of(cx, option, alphabets, 2, &alphabet));
  options->alphabet = (Base64Alphabet)alphabet;
  if (decoding) {
    option = TRY_OR(false, get_property(cx, obj, KEY(cx->heap, lastChunkHandling)));
    TRY_OR(false, one_of(cx, option, last_chunks, 3, &last_chunk));
    options->last_chunk = (Base64LastChunk)last_chunk;
  } else {
    option = TRY_OR(false, get_property(cx, obj, KEY(cx->heap, omitPadding)));
    options->omit_padding = to_boolean(option);
  }
  return true;
}

static bool still_in_bounds(JsContext *cx, JsTypedArray *array, const char *method)
{
  if (!typed_array_is_out_of_bounds(array))
    return true;
  throw_error(cx, JS_MSG_DETACHED_BUFFER, method);
  return false;
}

/* Room for a text of `length` Latin-1 units, or an exception. */
static JsString *text_of_length(JsContext *cx, size_t length, uint8_t **units)
{
  if (length > JS_MAX_STRING_LENGTH) {
    throw_error(cx, JS_MSG_INVALID_STRING_LENGTH);
    return NULL;
  }
  JsString *text = string_alloc_latin1(cx->heap, length, units);
  if (!text)
    throw_out_of_memory(cx);
  return text;
}

/* Uint8Array.prototype.toBase64 ( [ options ] )  ecma262#sec-uint8array.prototype.tobase64 */
static JsValue uint8_array_proto_to_base64(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const name = "Uint8Array.prototype.toBase64";
  JsTypedArray *array = TRY(validate_uint8_array(cx, this_val, name));
  TextOptions options;
  TRY(text_options(cx, js_arg(argc, argv, 0), false, &options));
  TRY(still_in_bounds(cx, array, name));
  size_t len = typed_array_length(array);
  if (len == 0)
    return js_from_cell(string_empty(cx->heap));
  uint8_t *units;
  JsString *text = TRY(text_of_length(cx, base64_encoded_length(len, !options.omit_padding), &units));
  base64_encode(typed_array_data(array), len, options.alphabet, !options.omit_padding, (char *)units);
  return js_from_cell(text);
}

/* Uint8Array.prototype.toHex ( )  ecma262#sec-uint8array.prototype.tohex */
static JsValue uint8_array_proto_to_hex(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const name = "Uint8Array.prototype.toHex";
  JsTypedArray *array = TRY(validate_uint8_array(cx, this_val, name));
  TRY(still_in_bounds(cx, array, name));
  size_t len = typed_array_length(array);
  if (len == 0)
    return js_from_cell(string_empty(cx->heap));
  uint8_t *units;
  JsString *text = TRY(text_of_length(cx, len * 2, &units));
  hex_encode(typed_array_data(array), len, (char *)units);
  return js_from_cell(text);
}

static Base64Result decode_base64(JsHeap *heap, JsString *str, const TextOptions *options, uint8_t *out, size_t max)
{
  StringView view = string_view(heap, str);
  if (view.is_wide)
    return base64_decode_strict_utf16(view.units, view.length, options->alphabet, options->last_chunk, out, max);
  return base64_decode_strict_latin1(view.units, view.length, options->alphabet, options->last_chunk, out, max);
}

/* FromHex: bytes stored; *bad when the text is not hex. */
static Base64Result decode_hex(JsHeap *heap, JsString *str, uint8_t *out, size_t max)
{
  StringView view = string_view(heap, str);
  Base64Result result = {0, 0, BASE64_OK};
  if (view.length % 2) {
    result.error = BASE64_BAD_CHARACTER;
    return result;
  }
  size_t wanted = view.length / 2 < max ? view.length / 2 : max;
  result.written = view.is_wide ? hex_decode_utf16(view.units, view.length, false, out, wanted)
                                : hex_decode_latin1(view.units, view.length, out, wanted);
  result.read = result.written * 2;
  if (result.written != wanted)
    result.error = BASE64_BAD_CHARACTER;
  return result;
}

typedef enum { TEXT_BASE64, TEXT_HEX } TextKind;

/* Uint8Array.fromBase64 ( string [ , options ] ), fromHex ( string )  ecma262#sec-uint8array.frombase64; magic:
 * TextKind
 */
static JsValue uint8_array_from_text(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TextKind kind = (TextKind)js_callee_magic(cx);
  if (!js_is_string(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_ARGUMENT_NOT_STRING);
  JsString *str = js_as_string(argv[0]);
  TextOptions options = {BASE64_STANDARD, BASE64_LOOSE, false};
  if (kind == TEXT_BASE64)
    TRY(text_options(cx, js_arg(argc, argv, 1), true, &options));
  MemAccount *account = gc_heap_account(cx->heap);
  size_t room = kind == TEXT_HEX ? str->length / 2 : ((size_t)str->length / 4 + 1) * 3;
  uint8_t *bytes = mem_alloc(account, MEM_SCRATCH, room);
  if (!bytes)
    return throw_out_of_memory(cx);
  Base64Result result =
      kind == TEXT_HEX ? decode_hex(cx->heap, str, bytes, room) : decode_base64(cx->heap, str, &options, bytes, room);
  JsTypedArray *array = NULL;
  if (result.error != BASE64_OK)
    throw_error(cx, kind == TEXT_HEX ? JS_MSG_HEX_SYNTAX : JS_MSG_BASE64_SYNTAX);
  else
    array = typed_array_new_length(cx, ELEMENT_UINT8, result.written);
  if (array && result.written)
    memcpy(typed_array_data(array), bytes, result.written);
  mem_free(account, MEM_SCRATCH, bytes, room);
  return array ? js_from_object(&array->obj) : JS_EXCEPTION;
}

/* Uint8Array.prototype.setFromBase64 ( string [ , options ] ), setFromHex ( string )
 * ecma262#sec-uint8array.prototype.setfrombase64; magic: TextKind */
static JsValue uint8_array_proto_set_from_text(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TextKind kind = (TextKind)js_callee_magic(cx);
  const char *name = kind == TEXT_HEX ? "Uint8Array.prototype.setFromHex" : "Uint8Array.prototype.setFromBase64";
  JsTypedArray *array = TRY(validate_uint8_array(cx, this_val, name));
  if (!js_is_string(js_arg(argc, argv, 0)))
    return throw_error(cx, JS_MSG_ARGUMENT_NOT_STRING);
  JsString *str = js_as_string(argv[0]);
  TextOptions options = {BASE64_STANDARD, BASE64_LOOSE, false};
  if (kind == TEXT_BASE64)
    TRY(text_options(cx, js_arg(argc, argv, 1), true, &options));
  TRY(still_in_bounds(cx, array, name));
  string_view(cx->heap, str); /* flattens; from here on nothing is allocated */
  size_t len = typed_array_length(array);
  Base64Result result = kind == TEXT_HEX ? decode_hex(cx->heap, str, typed_array_data(array), len)
                                         : decode_base64(cx->heap, str, &options, typed_array_data(array), len);
  /* What was decoded before an error has been written, as the specification wants it. */
  if (result.error != BASE64_OK)
    return throw_error(cx, kind == TEXT_HEX ? JS_MSG_HEX_SYNTAX : JS_MSG_BASE64_SYNTAX);
  JsObject *report = object_new(cx);
  object_define_direct(cx->heap, report, key_from_c_string(cx->heap, "read"), js_number_i64((int64_t)result.read),
                       PROP_ALL);
  object_define_direct(cx->heap, report, key_from_c_string(cx->heap, "written"), js_number_i64((int64_t)result.written),
                       PROP_ALL);
  return js_from_object(report);
}

const JsBuiltin uint8_array_static[3] = {
    NUMBER("BYTES_PER_ELEMENT", 1),
    FN_MAGIC("fromBase64", uint8_array_from_text, 1, TEXT_BASE64),
    FN_MAGIC("fromHex", uint8_array_from_text, 1, TEXT_HEX),
};

const JsBuiltin uint8_array_proto[5] = {
    NUMBER("BYTES_PER_ELEMENT", 1),
    FN("toBase64", uint8_array_proto_to_base64, 0),
    FN_MAGIC("setFromBase64", uint8_array_proto_set_from_text, 1, TEXT_BASE64),
    FN("toHex", uint8_array_proto_to_hex, 0),
    FN_MAGIC("setFromHex", uint8_array_proto_set_from_text, 1, TEXT_HEX),
};
