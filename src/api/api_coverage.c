// SPDX-License-Identifier: MIT
/* js.h: code coverage, as values. */
#include "culm/js.h"

#include "bytecode/code.h"
#include "interp/call_site.h"
#include "object/elements.h"
#include "object/coverage.h"

bool js_coverage_start(JsContext *cx)
{
  return coverage_start(cx);
}

void js_coverage_stop(JsContext *cx)
{
  coverage_stop(cx->vm);
}

static JsValue function_name(JsContext *cx, JsCode *code)
{
  JsString *name = ptr_slot_get(code->name);
  if (!name || !name->length)
    name = inferred_function_name(cx, code);
  if (!name && has_exception(cx))
    (void)take_exception(cx);
  return js_from_cell(name ? name : string_empty(cx->heap));
}

static JsValue function_entry(JsContext *cx, const JsCoverage *coverage, uint32_t index)
{
  JsCoverageFunction function = coverage->functions[index];
  JsCode *code = (JsCode *)js_as_cell(slot_get(coverage->codes->v[index]));
  JsArray *ranges = TRY(array_new(cx, 0));
  for (uint32_t k = 0; k < function.range_count; k++) {
    JsCoverageRange range = coverage->ranges[function.first + k];
    TRY(array_push_direct(cx, ranges, js_number(range.start)));
    TRY(array_push_direct(cx, ranges, range.end == COVERAGE_OPEN_END ? js_int32(-1) : js_number(range.end)));
    TRY(array_push_direct(cx, ranges, js_number(coverage->counters[range.counter])));
  }
  JsArray *entry = TRY(array_new(cx, 0));
  JsValue values[] = {function_name(cx, code), js_number(function.start), js_number(function.end),
                      js_number(coverage->counters[function.counter]), js_from_object(&ranges->obj)};
  for (uint32_t k = 0; k < JS_COUNTOF(values); k++)
    TRY(array_push_direct(cx, entry, values[k]));
  return js_from_object(&entry->obj);
}

JsValue js_coverage_take(JsContext *cx, bool reset)
{
  const JsCoverage *coverage = cx->vm->coverage;
  if (!coverage || !coverage->is_on)
    return JS_UNDEFINED;
  JsArray *scripts = TRY(array_new(cx, 0))
  , *functions = NULL;
  JsScript *current = NULL;
  for (uint32_t k = 0; k < coverage->function_count; k++) {
    JsCode *code = (JsCode *)js_as_cell(slot_get(coverage->codes->v[k]));
    JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
    if (script != current) {
      current = script;
      functions = TRY(array_new(cx, 0));
      JsString *source = ptr_slot_get(script->source);
      JsArray *entry = TRY(array_new(cx, 0));
      TRY(array_push_direct(cx, entry, js_from_cell(ptr_slot_get(script->url))));
      TRY(array_push_direct(cx, entry, source ? js_from_cell(source) : JS_UNDEFINED));
      TRY(array_push_direct(cx, entry, js_from_object(&functions->obj)));
      TRY(array_push_direct(cx, scripts, js_from_object(&entry->obj)));
    }
    TRY(array_push_direct(cx, functions, TRY(function_entry(cx, coverage, k))));
  }
  for (uint32_t k = 0; reset && k < coverage->counter_count; k++)
    coverage->counters[k] = 0;
  return js_from_object(&scripts->obj);
}
