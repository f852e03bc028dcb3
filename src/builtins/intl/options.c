// SPDX-License-Identifier: MIT
/* Reading options bags: see intl.h. */
#include "builtins/intl/intl.h"

#include <math.h>

bool intl_get_options_object(JsContext *cx, JsValue val, const char *service, IntlOptions *out)
{
  *out = (IntlOptions){NULL, service};
  if (js_is_undefined(val))
    return true;
  if (!js_is_object(val)) {
    throw_error(cx, JS_MSG_INTL_INVALID_ARGUMENT);
    return false;
  }
  out->obj = js_as_object(val);
  return true;
}

bool intl_coerce_options(JsContext *cx, JsValue val, const char *service, IntlOptions *out)
{
  *out = (IntlOptions){NULL, service};
  if (!js_is_undefined(val))
    out->obj = TRY_OR(false, to_object(cx, val));
  return true;
}

bool intl_option_value(JsContext *cx, IntlOptions options, const char *name, JsValue *out)
{
  *out = options.obj ? TRY_OR(false, get_property(cx, options.obj, key_from_c_string(cx->heap, name))) : JS_UNDEFINED;
  return true;
}

JsValue intl_throw_option(JsContext *cx, IntlOptions options, const char *name, JsString *value)
{
  return throw_error(cx, JS_MSG_INVALID_OPTION, value, options.service, name);
}

bool intl_text_option(JsContext *cx, IntlOptions options, const char *name, JsString **out)
{
  JsValue val;
  *out = NULL;
  TRY_OR(false, intl_option_value(cx, options, name, &val));
  if (!js_is_undefined(val))
    *out = TRY_OR(false, to_string(cx, val));
  return true;
}

bool intl_enum_option(JsContext *cx, IntlOptions options, const char *name, const char *const *values, int missing,
                      int *out)
{
  JsString *text;
  TRY_OR(false, intl_text_option(cx, options, name, &text));
  *out = missing;
  if (!text)
    return true;
  for (int k = 0; values[k]; k++) {
    if (string_equals_ascii(cx->heap, text, values[k])) {
      *out = k;
      return true;
    }
  }
  intl_throw_option(cx, options, name, text);
  return false;
}

bool intl_boolean_option(JsContext *cx, IntlOptions options, const char *name, int missing, int *out)
{
  JsValue val;
  TRY_OR(false, intl_option_value(cx, options, name, &val));
  *out = js_is_undefined(val) ? missing : to_boolean(val);
  return true;
}

bool intl_number_value(JsContext *cx, JsValue val, const char *name, int min, int max, int missing, int *out)
{
  *out = missing;
  if (js_is_undefined(val))
    return true;
  double number;
  TRY_OR(false, to_number_double(cx, val, &number));
  if (!(number >= min && number <= max)) {
    throw_error(cx, JS_MSG_INTL_OUT_OF_RANGE, name);
    return false;
  }
  *out = (int)floor(number);
  return true;
}

bool intl_number_option(JsContext *cx, IntlOptions options, const char *name, int min, int max, int missing, int *out)
{
  JsValue val;
  TRY_OR(false, intl_option_value(cx, options, name, &val));
  return intl_number_value(cx, val, name, min, max, missing, out);
}

bool intl_read_matcher(JsContext *cx, IntlOptions options)
{
  static const char *const matchers[] = {"lookup", "best fit", NULL};
  int which;
  return intl_enum_option(cx, options, "localeMatcher", matchers, 1, &which);
}

bool intl_key_option(JsContext *cx, IntlOptions options, const char *name, IntlKey *key)
{
  JsString *text;
  TRY_OR(false, intl_text_option(cx, options, name, &text));
  if (!text)
    return true;
  char *type = TRY_OR(false, intl_c_string(cx, text));
  if (!locale_is_type(type)) {
    throw_error(cx, JS_MSG_INTL_INVALID_CODE, name, text);
    return false;
  }
  for (char *c = type; *c; c++)
    if (*c >= 'A' && *c <= 'Z')
      *c += 'a' - 'A';
  const Icu *icu = TRY_OR(false, intl_icu(cx));
  const char *canonical = locale_canonical_type(icu, key->key, type);
  key->has_option = strlen(canonical) < sizeof key->option; /* what is longer is nothing that ICU knows */
  if (key->has_option)
    memcpy(key->option, canonical, strlen(canonical) + 1);
  return true;
}
