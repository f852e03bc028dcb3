// SPDX-License-Identifier: MIT
/* Throwing: messages from errors.def, rendered as V8 words them; making error objects. */
#include "object/exception.h"

#include <stdarg.h>
#include <stdio.h>

#include "object/error_object.h"
#include "object/operations.h"
#include "object/property.h"
#include "object/vm.h"

static const struct {
  JsErrorType type;
  const char *format;
} messages[] = {
#define ERROR_ROW(id, type, format) {type, format},
#include "object/errors.def"
#undef ERROR_ROW
};

static const struct {
  const char *name;
  JsIntrinsicId prototype;
} error_types[JS_ERROR_TYPE_COUNT] = {
#define ERROR_TYPE(id, name) {name, JS_INTRINSIC_##id##_PROTOTYPE},
#include "object/error_types.def"
#undef ERROR_TYPE
};

const char *error_type_name(JsErrorType type)
{
  return error_types[type].name;
}

JsIntrinsicId error_type_prototype(JsErrorType type)
{
  return error_types[type].prototype;
}

_Static_assert(sizeof(JsErrorObject) == 32, "update error_trace()");
void error_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_slot(tracer, &((JsErrorObject *)cell)->stack);
}

bool has_exception(JsContext *cx)
{
  return !js_is_hole(cx->exception);
}

JsValue take_exception(JsContext *cx)
{
  JsValue val = cx->exception;
  cx->exception = JS_HOLE;
  cx->vm->throw_recorded = false;
  return val;
}

JsValue throw_value(JsContext *cx, JsValue val)
{
  cx->exception = val;
  return JS_EXCEPTION;
}

bool error_capture_stack(JsContext *cx, JsObject *target, JsObject *skip_until)
{
  return cx->vm->capture_stack(cx, target, skip_until);
}

JsValue error_new(JsContext *cx, JsErrorType type, JsString *message)
{
  JsObject *proto = realm_intrinsic(cx, cx->realm, error_types[type].prototype);
  JsObject *error = object_new_kind(cx, CELL_ERROR, sizeof(JsErrorObject), proto);
  /* `stack` is the first own property, as V8 has it; its first line needs the message, so that is stored before. */
  JsValue pending = cx->exception;
  cx->exception = JS_HOLE;
  error_begin_stack(cx, error);
  if (message)
    object_define_direct(cx->heap, error, KEY(cx->heap, message), js_from_cell(message), PROP_METHOD);
  if (!error_capture_stack(cx, error, NULL))
    return JS_EXCEPTION;
  cx->exception = pending;
  return js_from_object(error);
}

JsValue throw_error_string(JsContext *cx, JsErrorType type, JsString *message)
{
  JsValue error = error_new(cx, type, message);
  return js_is_exception(error) ? error : throw_value(cx, error);
}

/* --- rendering --------------------------------------------------------------------------------------------------- */

/* An own data property `constructor`, or the hole. One that names an intrinsic not made yet makes it: no user code. */
static JsValue own_constructor(JsContext *cx, JsObject *obj)
{
  JsHeap *heap = cx->heap;
  JsKey key = KEY(heap, constructor);
  const JsPropertyEntry *entry = shape_lookup(heap, object_shape(heap, obj), key);
  if (!entry || !(entry->attrs & PROP_LAZY))
    return object_get_direct(heap, obj, key);
  if (!property_resolve_lazy(cx, obj, key)) {
    if (!cx->terminating)
      (void)take_exception(cx);
    return JS_HOLE;
  }
  JsShape *shape = object_shape(heap, obj);
  entry = shape_lookup(heap, shape, key);
  return entry ? slot_get(*object_slot(shape, obj, entry->slot)) : JS_HOLE;
}

JsString *object_constructor_name(JsContext *cx, JsObject *obj)
{
  JsHeap *heap = cx->heap;
  for (int depth = 0; obj && depth < 100; depth++, obj = object_proto(heap, obj)) {
    JsValue ctor = own_constructor(cx, obj);
    if (!js_is_object(ctor))
      continue;
    JsString *name = js_is_callable(ctor) ? function_debug_name(cx, js_as_object(ctor)) : NULL;
    if (name && name->length)
      return name;
  }
  return ATOM(heap, Object);
}

static void add_value(StringBuilder *b, JsValue val, bool short_form);

/* The name of the first `constructor` along the prototypes; NULL: it is no function, or has no name. */
static JsString *message_constructor_name(JsContext *cx, JsObject *obj)
{
  for (int depth = 0; obj && depth < 100; depth++, obj = object_proto(cx->heap, obj)) {
    JsValue ctor = own_constructor(cx, obj);
    if (js_is_hole(ctor))
      continue;
    JsString *name = js_is_callable(ctor) ? function_debug_name(cx, js_as_object(ctor)) : NULL;
    return name && name->length ? name : NULL;
  }
  return NULL;
}

/* NODE: V8 names the constructor of what prints with Object.prototype.toString, the rest by its tag. */
static bool has_plain_to_string(JsContext *cx, JsObject *obj)
{
  JsObject *plain = ptr_slot_get(cx->realm->intrinsics[JS_INTRINSIC_OBJECT_PROTOTYPE]);
  for (int depth = 0; obj && depth < 100; depth++, obj = object_proto(cx->heap, obj))
    if (!js_is_hole(object_get_direct(cx->heap, obj, KEY(cx->heap, toString))))
      return obj == plain;
  return false;
}

static void add_object(StringBuilder *b, JsObject *obj)
{
  JsContext *cx = b->cx;
  if (obj->cell.kind == CELL_PROXY) {
    builder_add_ascii(b, "#<Object>");
  } else if (obj->cell.flags & OBJECT_CALLABLE) {
    JsString *text = function_source_text(cx, obj);
    if (text)
      builder_add_string(b, text);
    else {
      builder_add_ascii(b, "function ");
      builder_add_string(b, function_debug_name(cx, obj));
      builder_add_ascii(b, "() { [native code] }");
    }
  } else if (obj->cell.kind == CELL_ERROR) {
    JsValue name = object_data_property(cx->heap, obj, KEY(cx->heap, name)),
            message = object_data_property(cx->heap, obj, KEY(cx->heap, message));
    bool named = js_is_string(name) && js_as_string(name)->length;
    builder_add_string(b, named ? js_as_string(name) : ATOM(cx->heap, Error));
    if (js_is_string(message) && js_as_string(message)->length) {
      builder_add_ascii(b, ": ");
      builder_add_string(b, js_as_string(message));
    }
  } else {
    bool is_view = obj->cell.kind == CELL_TYPED_ARRAY; /* its tag is an accessor */
    JsString *constructor = has_plain_to_string(cx, obj) || is_view ? message_constructor_name(cx, obj) : NULL;
    JsValue tag = object_data_property(cx->heap, obj, KEY_SYM(cx->heap, toStringTag));
    JsCellKind kind = obj->cell.kind;
    builder_add_ascii(b, constructor && !is_view ? "#<" : "[object ");
    if (constructor)
      builder_add_string(b, constructor);
    else if (js_is_string(tag))
      builder_add_string(b, js_as_string(tag));
    else
      builder_add_ascii(b, kind == CELL_ARRAY    ? "Array"
                           : kind == CELL_REGEXP ? "RegExp"
                           : kind == CELL_DATE   ? "Date"
                                                 : "Object");
    builder_add_unit(b, constructor && !is_view ? '>' : ']');
  }
}

static void add_value(StringBuilder *b, JsValue val, bool quoted)
{
  JsContext *cx = b->cx;
  if (js_is_string(val)) {
    if (quoted)
      builder_add_ascii(b, "\"");
    builder_add_string(b, js_as_string(val));
    if (quoted)
      builder_add_ascii(b, "\"");
  } else if (js_is_symbol(val)) {
    builder_add_string(b, symbol_descriptive_string(cx->heap, js_as_symbol(val)));
  } else if (js_is_bigint(val)) {
    JsString *digits = bigint_to_string(cx, js_as_bigint(val), 10);
    if (digits)
      builder_add_string(b, digits);
    else
      (void)take_exception(cx);
  } else if (js_is_object(val)) {
    add_object(b, js_as_object(val));
  } else if (js_is_hole(val)) {
    builder_add_ascii(b, "undefined");
  } else {
    builder_add_string(b, MUST(to_string(cx, val)));
  }
}

/* NODE: what V8 26 says for a value when the source text of the call is not at hand: number 1, string "a", object null,
 * object. */
static void add_call_site(StringBuilder *b, JsValue val)
{
  builder_add_string(b, type_of(b->cx->heap, val));
  if (js_is_string(val) || js_is_number(val) || js_is_null(val) || js_is_boolean(val)) {
    builder_add_unit(b, ' ');
    add_value(b, val, true);
  }
}

JsString *value_to_message_string(JsContext *cx, JsValue val)
{
  StringBuilder b;
  builder_init(&b, cx);
  add_value(&b, val, false);
  JsString *s = builder_finish(&b);
  if (s)
    return s;
  (void)take_exception(cx);
  return string_empty(cx->heap);
}

static void add_key(StringBuilder *b, JsKey key)
{
  if (key_is_symbol(key) && !key_is_private(key))
    builder_add_string(b, symbol_descriptive_string(b->cx->heap, (JsSymbol *)key_cell(key)));
  else if (key_is_private(key))
    builder_add_string(b, ptr_slot_get(((JsSymbol *)key_cell(key))->description));
  else
    builder_add_string(b, js_as_string(key_to_value(b->cx->heap, key)));
}

static void add_utf8(StringBuilder *b, const char *utf8)
{
  builder_add_string(b, string_from_utf8(b->cx->heap, utf8, strlen(utf8)));
}

static void render(StringBuilder *b, const char *format, va_list args)
{
  char digits[24];
  for (const char *p = format; *p; p++) {
    if (*p != '%') {
      builder_add_unit(b, (uint8_t)*p);
      continue;
    }
    switch (*++p) {
    case 's': add_utf8(b, va_arg(args, const char *)); break;
    case 'd':
      snprintf(digits, sizeof digits, "%d", va_arg(args, int));
      builder_add_ascii(b, digits);
      break;
    case 'u':
      snprintf(digits, sizeof digits, "%u", va_arg(args, uint32_t));
      builder_add_ascii(b, digits);
      break;
    case 'S': builder_add_string(b, va_arg(args, JsString *)); break;
    case 'k': add_key(b, va_arg(args, JsKey)); break;
    case 'v': add_value(b, va_arg(args, JsValue), false); break;
    case 't': builder_add_string(b, type_of(b->cx->heap, va_arg(args, JsValue))); break;
    case 'c': add_call_site(b, va_arg(args, JsValue)); break;
    default: builder_add_unit(b, (uint8_t)*p); break;
    }
  }
}

JsValue throw_error(JsContext *cx, JsMessageId id, ...)
{
  StringBuilder b;
  builder_init(&b, cx);
  va_list args;
  va_start(args, id);
  render(&b, messages[id].format, args);
  va_end(args);
  JsString *text = builder_finish(&b);
  if (!text) {
    (void)take_exception(cx);
    text = string_from_c_string(cx->heap, messages[id].format);
  }
  return throw_error_string(cx, messages[id].type, text);
}

JsValue throw_stack_overflow(JsContext *cx)
{
  /* Making the error needs some stack itself: lend it the reserve. */
  uintptr_t limit = cx->c_stack_limit;
  cx->c_stack_limit = limit - (64 << 10);
  JsValue failed = throw_error(cx, JS_MSG_CALL_STACK_EXCEEDED);
  cx->c_stack_limit = limit;
  return failed;
}

JsValue throw_out_of_memory(JsContext *cx)
{
  gc_fail_if_refused(cx->heap);
  return throw_error(cx, JS_MSG_INVALID_ARRAY_LENGTH);
}

JsValue throw_constructor_requires_new(JsContext *cx, const char *name)
{
  return throw_error(cx, JS_MSG_CONSTRUCTOR_REQUIRES_NEW, name);
}
