// SPDX-License-Identifier: MIT
/* internalBinding('trace_events'): what the library's own events go through. */
#include "runtime/trace.h"

#include <stdlib.h>

/* enable(categories, separated by commas): errno of opening the log. */
static JsValue enable(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char *categories = js_to_utf8(cx, js_argument(argc, argv, 0), NULL);
  if (!categories)
    return JS_EXCEPTION;
  int error = trace_enable(env_of(cx), categories);
  free(categories);
  return js_int32(error);
}

/* isOn(category); without one: is anything? */
static JsValue is_on(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int32_t category = arg_int32(argc, argv, 0, -1);
  if (argc == 0)
    return js_boolean(atomic_load(&env_of(cx)->shared->trace_mask) != 0);
  return js_boolean(category >= 0 && category < TRACE_CATEGORY_COUNT &&
                    trace_is_on(env_of(cx), (TraceCategory)category));
}

/* emit(category, phase, name, id or undefined, JSON of args or undefined, milliseconds since the thread's start or
 * undefined for now, duration in milliseconds) */
static JsValue emit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  int32_t category = arg_int32(argc, argv, 0, -1);
  if (category < 0 || category >= TRACE_CATEGORY_COUNT)
    return js_throw_range_error(cx, "No such category");
  JsValue id = js_argument(argc, argv, 3), args = js_argument(argc, argv, 4), at = js_argument(argc, argv, 5);
  char *phase = js_to_utf8(cx, js_argument(argc, argv, 1), NULL);
  char *name = phase ? js_to_utf8(cx, js_argument(argc, argv, 2), NULL) : NULL;
  char *text = name && js_value_is_string(args) ? js_to_utf8(cx, args, NULL) : NULL;
  bool ok = name && (text || !js_value_is_string(args));
  if (ok) {
    double duration = arg_double(argc, argv, 6, 0);
    TraceEvent event = {.category = (TraceCategory)category,
                        .phase = phase[0],
                        .name = name,
                        .has_id = !js_is_undefined(id),
                        .id = (uint64_t)arg_double(argc, argv, 3, 0),
                        .args = text,
                        .duration_ns = (uint64_t)(duration * 1e6),
                        .duration_cpu_ns = (uint64_t)(duration * 1e6)};
    if (!js_is_undefined(at))
      event.at_ns = env->start_ns + (uint64_t)(arg_double(argc, argv, 5, 0) * 1e6);
    trace_write(env->shared, &event);
  }
  free(phase);
  free(name);
  free(text);
  return ok ? JS_UNDEFINED : JS_EXCEPTION;
}

JsValue binding_trace_events(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {{"enable", enable, 1}, {"isOn", is_on, 1}, {"emit", emit, 7}, {0}};
  static const char *const names[] = {
#define TRACE_CATEGORY(id, groups) #id,
#include "runtime/trace_categories.def"
#undef TRACE_CATEGORY
  };
  JsValue binding = binding_new(cx, rows), categories = js_object_new(cx);
  if (js_is_exception(binding) || js_is_exception(categories))
    return JS_EXCEPTION;
  for (int k = 0; k < TRACE_CATEGORY_COUNT; k++) {
    if (!js_set(cx, categories, names[k], js_int32(k)))
      return JS_EXCEPTION;
  }
  return js_set(cx, binding, "categories", categories) ? binding : JS_EXCEPTION;
}
