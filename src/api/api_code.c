// SPDX-License-Identifier: MIT
/* js.h: promises, where errors were found, what util.inspect may see of an object without running code. */
#include "culm/js.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/build_id.h"
#include "base/strbuf.h"
#include "builtins/collection.h"
#include "bytecode/code.h"
#include "interp/promise.h"
#include "module/module.h"
#include "object/vm.h"
#include "parser/parse.h"
#include "parser/typescript/strip.h"

/* --- promises ---------------------------------------------------------------------------------------------------- */

JsValue js_promise_new(JsContext *cx, JsValue *resolve, JsValue *reject)
{
  JsPromise *promise = promise_new(cx);
  JsValue ignored;
  promise_create_resolving_functions(cx, promise, resolve ? resolve : &ignored, reject ? reject : &ignored);
  return js_from_cell(promise);
}

void js_set_promise_hook(JsContext *cx, JsValue fn)
{
  cx->vm->promise_hook = fn;
  cx->vm->promise_parent = JS_UNDEFINED;
}

void js_set_source_map_hooks(JsContext *cx, JsValue found, JsValue stack)
{
  cx->vm->source_map_found = found;
  cx->vm->stack_mapped = stack;
}

JsPromiseState js_promise_state(JsValue val, JsValue *result)
{
  static const JsPromiseState states[] = {
      [PROMISE_PENDING] = JS_PROMISE_PENDING,
      [PROMISE_FULFILLED] = JS_PROMISE_FULFILLED,
      [PROMISE_REJECTED] = JS_PROMISE_REJECTED,
  };
  if (!js_is_promise(val))
    return JS_PROMISE_PENDING;
  JsPromise *promise = js_as_promise(val);
  if (result)
    *result = promise->state == PROMISE_PENDING ? JS_UNDEFINED : slot_get(promise->result);
  return states[promise->state];
}

/* --- source text ------------------------------------------------------------------------------------------------- */

bool js_parses_as_module(JsContext *cx, JsValue source)
{
  StringView view = string_view(cx->heap, js_as_string(source));
  Arena arena;
  arena_init(&arena, &cx->vm->account, MEM_PARSER);
  ParseSource text = {view.units, view.length, view.is_wide};
  ParseOptions options = {.goal = PARSE_MODULE, .stack_limit = cx->c_stack_limit};
  ParseResult result;
  bool ok = parse_program(&arena, &text, &options, &result);
  arena_free(&arena);
  js_keep_alive(source);
  return ok;
}

JsValue js_strip_types(JsContext *cx, JsValue source, bool transform, JsTypescriptError *error)
{
  StringView view = string_view(cx->heap, js_as_string(source));
  Arena arena;
  arena_init(&arena, &cx->vm->account, MEM_PARSER);
  ParseSource text = {view.units, view.length, view.is_wide};
  TypescriptOptions options = {.transform = transform, .stack_limit = cx->c_stack_limit};
  TypescriptResult result;
  JsValue out = JS_UNDEFINED;
  TypescriptStatus status = typescript_strip(&arena, &text, &options, &result);
  switch (status) {
  case TYPESCRIPT_OK:
    out = js_from_cell(view.is_wide ? string_from_utf16(cx->heap, result.units, result.len)
                                    : string_from_latin1(cx->heap, result.units, result.len));
    break;
  case TYPESCRIPT_STACK_OVERFLOW: out = throw_stack_overflow(cx); break;
  case TYPESCRIPT_OUT_OF_MEMORY: out = throw_out_of_memory(cx); break;
  case TYPESCRIPT_UNSUPPORTED:
  case TYPESCRIPT_INVALID:
    error->is_unsupported = status == TYPESCRIPT_UNSUPPORTED;
    error->message = js_from_cell(string_from_utf8(cx->heap, result.message, strlen(result.message)));
    error->start = result.error_start;
    error->end = result.error_end;
    break;
  }
  arena_free(&arena);
  js_keep_alive(source);
  return out;
}

/* What was written as malloc'ed bytes; NULL: an exception. */
static void *copy_out(JsContext *cx, StrBuf *out, bool ok, size_t *size)
{
  void *copy = ok ? malloc(out->len) : NULL;
  *size = out->len;
  if (copy)
    memcpy(copy, out->data, out->len);
  else if (ok)
    (void)throw_out_of_memory(cx);
  strbuf_free(out);
  return copy;
}

void *js_serialise_function(JsContext *cx, JsValue fn, size_t *size)
{
  StrBuf out;
  if (!js_is_kind(fn, CELL_FUNCTION)) {
    (void)throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, fn);
    return NULL;
  }
  strbuf_init(&out, NULL, MEM_API);
  return copy_out(cx, &out, code_serialise(cx, ptr_slot_get(js_as_function(fn)->code), &out), size);
}

void *js_code_cache(JsContext *cx, JsValue compiled, size_t *size)
{
  JsCode *code = NULL;
  JsModuleInfo *info = NULL;
  if (js_is_kind(compiled, CELL_FUNCTION))
    code = ptr_slot_get(js_as_function(compiled)->code);
  else if (js_is_kind(compiled, CELL_CODE))
    code = (JsCode *)js_as_cell(compiled);
  else if (js_is_module(compiled))
    info = ptr_slot_get(js_as_module(compiled)->info);
  if (!code && !info) {
    (void)throw_error(cx, JS_MSG_NOT_CALLABLE_VALUE, compiled);
    return NULL;
  }
  StrBuf out;
  strbuf_init(&out, NULL, MEM_API);
  return copy_out(cx, &out, code_cache_write(cx, code, info, &out), size);
}

uint32_t js_code_cache_tag(void)
{
  uint64_t id = build_id();
  return (uint32_t)(id ^ id >> 32);
}

JsValue js_load_function(JsContext *cx, const void *bytes, size_t size)
{
  JsCode *code = TRY(code_load(cx, bytes, size));
  return js_from_cell(function_new(cx, code, NULL));
}

bool js_error_location(JsContext *cx, JsValue error, JsErrorLocation *out)
{
  JsString *url, *source_line;
  if (!syntax_error_location(cx, error, &url, &out->line, &out->column, &out->end_column, &source_line))
    return false;
  out->url = url ? js_from_cell(url) : JS_UNDEFINED;
  out->source_line = source_line ? js_from_cell(source_line) : JS_UNDEFINED;
  return true;
}

bool js_thrown_location(JsContext *cx, JsValue error, JsErrorLocation *out)
{
  JsVm *vm = cx->vm;
  if (!vm->thrown_code || !js_same_bits(vm->thrown_value, error))
    return false;
  JsCode *code = (JsCode *)vm->thrown_code;
  if (!js_is_cell(slot_get(code->script)))
    return false;
  JsScript *script = (JsScript *)js_as_cell(slot_get(code->script));
  JsString *url = ptr_slot_get(script->url);
  script_line_column(cx->heap, script, code_position(code, vm->thrown_pc), &out->line, &out->column);
  out->end_column = out->column--; /* 1-based there, 0-based here */
  out->url = url ? js_from_cell(url) : JS_UNDEFINED;
  JsString *text = script_source_line(cx->heap, script, out->line);
  out->source_line = text ? js_from_cell(text) : JS_UNDEFINED;
  return true;
}

/* --- looking into objects ---------------------------------------------------------------------------------------- */

static JsValue preview(JsContext *cx, JsCollectionCursor cursor, bool keys, bool values)
{
  JsArray *array = TRY(array_new(cx, 0));
  JsOrderedEntry *entry;
  while ((entry = collection_cursor_next(&cursor)) != NULL) {
    JsValue key = slot_get(entry->key), val = slot_get(entry->value);
    if (keys)
      TRY(array_push_direct(cx, array, key));
    if (values)
      TRY(array_push_direct(cx, array, val));
  }
  return js_from_cell(array);
}

JsValue js_preview_entries(JsContext *cx, JsValue obj, bool *pairs)
{
  *pairs = false;
  if (js_is_kind(obj, CELL_MAP)) {
    *pairs = true;
    return preview(cx, collection_cursor((JsCollection *)js_as_cell(obj)), true, true);
  }
  if (js_is_kind(obj, CELL_SET))
    return preview(cx, collection_cursor((JsCollection *)js_as_cell(obj)), true, false);
  if (js_is_kind(obj, CELL_WEAK_MAP) || js_is_kind(obj, CELL_WEAK_SET)) {
    *pairs = js_is_kind(obj, CELL_WEAK_MAP);
    return js_from_cell(TRY(weak_collection_preview(cx, js_as_object(obj))));
  }
  bool is_map = js_is_kind(obj, CELL_MAP_ITERATOR);
  if (is_map || js_is_kind(obj, CELL_SET_ITERATOR)) {
    JsCollectionIterator *iterator = (JsCollectionIterator *)js_as_cell(obj);
    JsOrderedTable *table = ptr_slot_get(iterator->table);
    if (!table)
      return js_array_new(cx, 0, NULL);
    JsCollectionCursor cursor = {table, iterator->index};
    *pairs = iterator->obj.cell.aux == OWN_ENTRIES;
    if (is_map)
      return preview(cx, cursor, iterator->obj.cell.aux != OWN_VALUES, iterator->obj.cell.aux != OWN_KEYS);
    if (!*pairs)
      return preview(cx, cursor, true, false);
    JsArray *array = TRY(array_new(cx, 0));
    JsOrderedEntry *entry;
    while ((entry = collection_cursor_next(&cursor)) != NULL) { /* a Set's entries are [value, value] */
      JsValue val = slot_get(entry->key);
      TRY(array_push_direct(cx, array, val));
      TRY(array_push_direct(cx, array, val));
    }
    return js_from_cell(array);
  }
  return JS_UNDEFINED;
}

JsValue js_constructor_name(JsContext *cx, JsValue obj)
{
  return js_from_cell(js_is_object(obj) ? object_constructor_name(cx, js_as_object(obj)) : string_empty(cx->heap));
}
