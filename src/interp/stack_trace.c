// SPDX-License-Identifier: MIT
/* Capturing and formatting stack traces in V8's form: see stack_trace.h. */
#include "interp/stack_trace.h"

#include <stdio.h>

#include "interp/call_site.h"
#include "interp/generator.h"
#include "interp/interp.h"
#include "object/error_object.h"

/* Flags packed below the pc in a frame's third value. */
enum {
  SITE_CONSTRUCT = 1,
  SITE_ASYNC = 2,
  SITE_TOPLEVEL = 4,
  SITE_NATIVE = 8,
  SITE_EVAL = 16,
  SITE_COMBINATOR = 32, /* the pc is an index, this an element function's magic */
  SITE_SHIFT = 64
};
enum { FRAME_VALUES = 4 };
/* A function of WebAssembly has its instance for code, and its number above the place as pc. */
enum { WASM_UNIT_BITS = 27 };
/* Error.stackTraceLimit's initial value, as in V8. */
enum { STACK_TRACE_LIMIT_DEFAULT = 10, STACK_TRACE_LIMIT_MAX = 1000 };

void call_site_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_slots(tracer, &((JsCallSite *)cell)->fn, FRAME_VALUES);
}

/* --- capture ----------------------------------------------------------------------------------------------------- */

typedef struct Capture {
  JsContext *cx;
  JsElements *list;
  uint32_t limit, count;
  JsObject *skip_until; /* still to be met; NULL: recording */
} Capture;

static bool capture_frame(Capture *c, JsObject *fn, JsValue code, uint64_t pc, unsigned flags, JsValue this_val)
{
  if (c->skip_until) {
    if (fn == c->skip_until)
      c->skip_until = NULL;
    return true;
  }
  if (c->count >= c->limit)
    return true;
  c->count++;
  JsValue values[FRAME_VALUES] = {fn ? js_from_object(fn) : JS_UNDEFINED, code,
                                  js_number((double)pc * SITE_SHIFT + flags), this_val};
  for (int k = 0; k < FRAME_VALUES; k++)
    c->list = TRY_OR(false, elements_push(c->cx, c->list, js_is_hole(values[k]) ? JS_UNDEFINED : values[k]));
  return true;
}

/* The functions of WebAssembly that run for a call of an exported one. */
static bool capture_wasm(Capture *c, const JsNativeFrame *native)
{
  JsVm *vm = c->cx->vm;
  JsWasmSite site;
  for (uint32_t k = 0; vm->wasm_site && c->count < c->limit && vm->wasm_site(vm, native, k, &site); k++)
    TRY_OR(false, capture_frame(c, NULL, js_from_cell(site.instance),
                                (uint64_t)site.function << WASM_UNIT_BITS | site.unit, 0, JS_UNDEFINED));
  return true;
}

static unsigned code_flags(const JsCode *code)
{
  return (code->flags & (CODE_SCRIPT | CODE_MODULE) ? SITE_TOPLEVEL : 0) | (code->flags & CODE_EVAL ? SITE_EVAL : 0);
}

static bool capture_interpreted(Capture *c, JsFrame *frame)
{
  JsCode *code = frame->code;
  unsigned flags = code_flags(code);
  if (!js_is_undefined(frame->new_target) && js_is_object(frame->new_target) && !(code->flags & CODE_ARROW))
    flags |= SITE_CONSTRUCT;
  return capture_frame(c, js_as_object(frame->callee), js_from_cell(code), (uint32_t)(frame->pc - code->units), flags,
                       frame_registers(frame)[0]);
}

/* The emit whose window the listener's frame has taken. */
static bool capture_emit(Capture *c, JsFrame *frame)
{
  JsNativeFunction *emit = (JsNativeFunction *)c->cx->vm->emit_function;
  if (!emit)
    return true;
  return capture_frame(c, &emit->obj, JS_UNDEFINED, 0, SITE_NATIVE, frame_registers(frame)[0]);
}

static JsPromise *promise_of(JsCell *suspended)
{
  if (suspended->kind == CELL_ASYNC_STATE)
    return ptr_slot_get(((JsAsyncState *)suspended)->promise);
  if (suspended->kind == CELL_ASYNC_GENERATOR) {
    JsAsyncRequest *request = ptr_slot_get(((JsGenerator *)suspended)->queue);
    return request ? js_as_promise(slot_get(request->promise)) : NULL;
  }
  return NULL;
}

/* The promise that a resolve or reject function settles; NULL: none of ours. */
static JsPromise *settled_by(JsValue fn)
{
  if (!js_is_kind(fn, CELL_NATIVE_FUNCTION) || ((JsNativeFunction *)js_as_cell(fn))->magic != NATIVE_SETTLES_MAGIC)
    return NULL;
  JsValue promise = slot_get(((JsNativeFunction *)js_as_cell(fn))->data[0]);
  return js_is_promise(promise) ? js_as_promise(promise) : NULL;
}

static bool capture_suspended(Capture *c, JsCell *suspended)
{
  JsSavedFrame *saved = suspended->kind == CELL_ASYNC_STATE ? ptr_slot_get(((JsAsyncState *)suspended)->saved)
                                                            : ptr_slot_get(((JsGenerator *)suspended)->saved);
  if (!saved)
    return true;
  JsFunction *fn = js_as_function(slot_get(saved->callee));
  JsCode *code = ptr_slot_get(fn->code);
  return capture_frame(c, &fn->obj, js_from_cell(code), saved->pc, SITE_ASYNC | code_flags(code),
                       slot_get(saved->registers[0]));
}

/* Follows a reaction to the promise that depends on it (NULL: nobody's), noting what waits on the way. */
static bool follow_reaction(Capture *c, JsReaction *reaction, JsPromise **next)
{
  JsValue data = slot_get(reaction->data);
  *next = js_is_promise(data) ? js_as_promise(data) : NULL;
  if (reaction->cell.aux == REACTION_RESUME) {
    JsCell *suspended = js_as_cell(data);
    *next = promise_of(suspended);
    return capture_suspended(c, suspended);
  }
  if (reaction->cell.aux != REACTION_THEN)
    return true;
  JsValue handlers[2] = {slot_get(reaction->on_fulfilled), slot_get(reaction->on_rejected)};
  for (int k = 0; k < 2; k++) {
    JsNativeFunction *fn =
        js_is_kind(handlers[k], CELL_NATIVE_FUNCTION) ? (JsNativeFunction *)js_as_cell(handlers[k]) : NULL;
    if (!fn || fn->magic < NATIVE_ELEMENT_OF_ALL_MAGIC || fn->magic > NATIVE_ELEMENT_OF_ANY_MAGIC)
      continue;
    JsElements *state = (JsElements *)js_as_cell(slot_get(fn->data[0]));
    *next = settled_by(slot_get(state->v[0]));
    return capture_frame(c, NULL, JS_UNDEFINED, (uint32_t)js_number_value(slot_get(fn->data[1])),
                         SITE_ASYNC | SITE_COMBINATOR, js_int32(fn->magic));
  }
  JsPromise *settled = settled_by(handlers[0]); /* race, and resolving with a promise */
  *next = settled ? settled : *next;
  return true;
}

/* `at async f` lines: who waits for what the running job is about, and who for them, and so on. */
static bool capture_async(Capture *c, JsCell *job)
{
  JsPromise *promise = NULL;
  if (job->kind == CELL_REACTION) {
    JsReaction *reaction = (JsReaction *)job;
    JsValue data = slot_get(reaction->data);
    promise = reaction->cell.aux == REACTION_RESUME ? promise_of(js_as_cell(data))
              : js_is_promise(data)                 ? js_as_promise(data)
                                                    : NULL;
  } else if (job->kind == CELL_PROMISE) {
    promise = (JsPromise *)job;
  } else {
    promise = promise_of(job);
  }
  while (promise && c->count < c->limit && promise->state == PROMISE_PENDING) {
    JsReaction *reaction = ptr_slot_get(promise->reactions);
    if (!reaction || ptr_slot_get(reaction->next))
      return true;
    TRY_OR(false, follow_reaction(c, reaction, &promise));
  }
  return true;
}

/* Error.stackTraceLimit as V8 reads it: an own data property of %Error% that is a number; anything else captures
 * nothing. */
static bool trace_limit(JsContext *cx, uint32_t *limit)
{
  JsObject *error = INTRINSIC_OBJECT(cx, ERROR);
  JsValue val = object_get_direct(cx->heap, error, KEY(cx->heap, stackTraceLimit));
  if (js_is_hole(val)) {
    JsPropertyDescriptor desc;
    bool found;
    TRY_OR(false, ordinary_get_own_property(cx, error, KEY(cx->heap, stackTraceLimit), &desc, &found));
    val = found ? desc.value : JS_HOLE;
  }
  if (!js_is_number(val)) {
    *limit = UINT32_MAX;
    return true;
  }
  double d = js_number_value(val);
  *limit = d > 0 ? d < STACK_TRACE_LIMIT_MAX ? (uint32_t)d : STACK_TRACE_LIMIT_MAX : 0;
  return true;
}

static JsValue resolve_stack(JsContext *cx, JsObject *obj, JsLazyValue *lazy);

static bool runs_wasm(const JsObject *callee)
{
  return callee->cell.kind == CELL_NATIVE_FUNCTION &&
         ((const JsNativeFunction *)callee)->magic == NATIVE_RUNS_WASM_MAGIC;
}

/* C functions that V8 does not show: the host's, those that only pass a call on, and emit when its JavaScript half
 * stands for it. */
static bool is_hidden(JsObject *callee, const JsObject *above)
{
  if (callee->cell.kind != CELL_NATIVE_FUNCTION)
    return false;
  JsNativeFunction *native = (JsNativeFunction *)callee;
  if ((native->obj.cell.aux & NATIVE_OF_HOST) || runs_wasm(callee))
    return true;
  if (!native_passes_call(native))
    return false;
  return native->magic != NATIVE_IS_EMIT_MAGIC || js_as_object(slot_get(native->data[0])) == above;
}

bool stack_trace_capture(JsContext *cx, JsObject *target, JsObject *skip_until)
{
  uint32_t limit;
  TRY_OR(false, trace_limit(cx, &limit));
  if (limit == UINT32_MAX)
    return true;
  Capture capture = {.cx = cx, .limit = limit, .skip_until = skip_until};
  capture.list = TRY_OR(false, elements_new(cx->heap, 1 + FRAME_VALUES * (limit < 16 ? limit : 16)));
  capture.list = TRY_OR(false, elements_push(cx, capture.list, JS_UNDEFINED));
  JsFrame *frame = cx->frame;
  JsNativeFrame *native = cx->native_frame;
  JsObject *above = NULL;
  while (frame || native) {
    if (native && native->caller == frame) {
      bool construct = js_is_object(native->new_target);
      bool hidden = capture.skip_until != native->callee && is_hidden(native->callee, above);
      if (js_unlikely(runs_wasm(native->callee)))
        TRY_OR(false, capture_wasm(&capture, native));
      if (!hidden)
        TRY_OR(false, capture_frame(&capture, native->callee, JS_UNDEFINED, 0,
                                    SITE_NATIVE | (construct ? SITE_CONSTRUCT : 0), native->this_val));
      native = native->older;
    } else if (frame) {
      TRY_OR(false, capture_interpreted(&capture, frame));
      above = js_as_object(frame->callee);
      if (js_unlikely(frame->flags & FRAME_EMIT))
        TRY_OR(false, capture_emit(&capture, frame));
      if (js_unlikely(frame->flags & FRAME_WALK))
        TRY_OR(false, capture_frame(&capture, js_as_object(frame_walk(frame)->callee), JS_UNDEFINED, 0, SITE_NATIVE,
                                    frame_walk(frame)->receiver));
      frame = frame->caller;
    } else {
      native = native->older;
    }
  }
  if (cx->vm->running_job && !capture.skip_until)
    TRY_OR(false, capture_async(&capture, cx->vm->running_job));
  JsLazyValue *lazy = lazy_value_new(cx->heap, resolve_stack, js_from_cell(capture.list), JS_HOLE);
  if ((target->cell.flags & OBJECT_EXOTIC) && target->cell.kind == CELL_PROXY) {
    JsValue text = TRY_OR(false, resolve_stack(cx, target, lazy));
    return create_data_property_or_throw(cx, target, KEY(cx->heap, stack), text);
  }
  error_set_stack(cx, target, js_from_cell(lazy));
  return true;
}

bool stack_trace_caller_position(JsContext *cx, JsString **url, uint32_t *line, uint32_t *column)
{
  for (JsFrame *frame = cx->frame; frame; frame = frame->caller) {
    JsValue script = slot_get(frame->code->script);
    if (!js_is_kind(script, CELL_SCRIPT))
      continue;
    *url = ptr_slot_get(((JsScript *)js_as_cell(script))->url);
    script_line_column(cx->heap, (JsScript *)js_as_cell(script),
                       code_position(frame->code, (uint32_t)(frame->pc - frame->code->units)), line, column);
    return true;
  }
  return false;
}

/* --- one frame's facts ------------------------------------------------------------------------------------------- */

typedef struct Site {
  JsObject *fn;
  JsCode *code; /* NULL: native, or WebAssembly */
  uint32_t pc;
  unsigned flags;
  JsValue this_val;
  JsWasmSite wasm; /* instance NULL: none */
} Site;

static Site site_from_values(JsValue fn, JsValue code, JsValue position, JsValue this_val)
{
  uint64_t word = (uint64_t)js_number_value(position), pc = word / SITE_SHIFT;
  Site site = {.fn = js_is_object(fn) ? js_as_object(fn) : NULL,
               .pc = (uint32_t)pc,
               .flags = (unsigned)(word % SITE_SHIFT),
               .this_val = this_val};
  if (js_is_kind(code, CELL_CODE))
    site.code = (JsCode *)js_as_cell(code);
  else if (js_is_kind(code, CELL_WASM_INSTANCE))
    site.wasm = (JsWasmSite){js_as_cell(code), (uint32_t)(pc >> WASM_UNIT_BITS), pc & ((1u << WASM_UNIT_BITS) - 1)};
  return site;
}

static JsScript *site_script(const Site *site)
{
  JsValue script = site->code ? slot_get(site->code->script) : JS_HOLE;
  return js_is_kind(script, CELL_SCRIPT) ? (JsScript *)js_as_cell(script) : NULL;
}

static bool site_position(JsContext *cx, const Site *site, uint32_t *line, uint32_t *column)
{
  JsScript *script = site_script(site);
  if (!script)
    return false;
  script_line_column(cx->heap, script, code_position(site->code, site->pc), line, column);
  return true;
}

/* What `new Function` made is shown as the eval it was parsed by. */
static bool is_dynamic_function(JsContext *cx, const Site *site, JsString *name)
{
  JsScript *script = site_script(site);
  return script && ptr_slot_get(script->eval_code) && string_equals_ascii(cx->heap, name, "anonymous");
}

static JsString *site_function_name(JsContext *cx, const Site *site)
{
  if (!site->fn || (site->flags & (SITE_TOPLEVEL)))
    return string_empty(cx->heap);
  if (site->flags & SITE_EVAL)
    return string_from_c_string(cx->heap, "eval");
  JsString *name = function_debug_name(cx, site->fn);
  if (is_dynamic_function(cx, site, name))
    return string_from_c_string(cx->heap, "eval");
  if (!name->length && site->code) {
    JsString *inferred = inferred_function_name(cx, site->code);
    name = inferred ? inferred : name;
  }
  return name;
}

/* The constructor's name of the receiver, without user code; NULL: no type name (undefined, global). */
static JsString *site_type_name(JsContext *cx, const Site *site)
{
  JsHeap *heap = cx->heap;
  if (!js_is_object(site->this_val))
    return js_is_nullish(site->this_val)  ? NULL
           : js_is_string(site->this_val) ? string_from_c_string(heap, "String")
           : js_is_number(site->this_val) ? string_from_c_string(heap, "Number")
                                          : string_from_c_string(heap, "Object");
  JsObject *obj = js_as_object(site->this_val);
  if (obj->cell.kind == CELL_PROXY)
    return string_from_c_string(heap, "Proxy");
  if (js_is_callable(site->this_val)) {
    JsString *name = function_debug_name(cx, obj);
    return name->length ? name : string_from_c_string(heap, "Function");
  }
  JsLookup found;
  if (obj->cell.kind == CELL_GENERATOR) { /* V8: its constructor is the function */
    JsSavedFrame *saved = ptr_slot_get(((JsGenerator *)obj)->saved);
    JsValue callee = saved ? slot_get(saved->callee) : JS_UNDEFINED;
    JsString *name = js_is_function(callee) ? function_debug_name(cx, js_as_object(callee)) : NULL;
    if (name && name->length)
      return name;
  }
  if (!object_lookup(cx, obj, KEY(heap, constructor), &found)) {
    (void)take_exception(cx);
  } else if (found.holder && found.holder != obj && !(found.attrs & (PROP_ACCESSOR | PROP_LAZY))) {
    JsValue ctor = slot_get(*object_slot(object_shape(heap, found.holder), found.holder, found.slot));
    JsString *name = js_is_callable(ctor) ? function_debug_name(cx, js_as_object(ctor)) : NULL;
    if (name && name->length && !string_equals(heap, name, ATOM(heap, Object)))
      return name;
  }
  /* JSON, Math and their like */
  for (JsObject *holder = obj; holder; holder = object_proto(heap, holder)) {
    JsValue tag = object_get_direct(heap, holder, KEY_SYM(heap, toStringTag));
    if (js_is_string(tag))
      return js_as_string(tag);
  }
  return string_from_c_string(heap, "Object");
}

/* The name under which the receiver (or its prototypes) holds the function, when that is a plain data property. */
static JsString *site_method_name(JsContext *cx, const Site *site)
{
  JsHeap *heap = cx->heap;
  if (!js_is_object(site->this_val) || !site->fn)
    return NULL;
  JsString *name = function_debug_name(cx, site->fn);
  JsObject *start = js_as_object(site->this_val);
  JsString *found = NULL;
  for (JsObject *holder = start; holder; holder = object_proto(heap, holder)) {
    if (holder->cell.kind == CELL_PROXY)
      return NULL;
    JsShape *shape = object_shape(heap, holder);
    JsPropertyTable *table = ptr_slot_get(shape->table);
    for (uint32_t k = 0; table && k < shape->count; k++) {
      const JsPropertyEntry *entry = &table->entries[k];
      JsValue key = slot_get(entry->key);
      if (!js_is_string(key))
        continue;
      JsValue val = slot_get(*object_slot(shape, holder, entry->slot));
      bool same = js_same_bits(val, js_from_object(site->fn));
      if (!same)
        continue;
      if (string_equals(heap, js_as_string(key), name))
        return js_as_string(key);
      if (!found)
        found = js_as_string(key);
    }
  }
  return found;
}

static bool site_is_toplevel(JsContext *cx, const Site *site)
{
  return js_is_nullish(site->this_val) ||
         js_same_bits(site->this_val, js_from_object(ptr_slot_get(cx->realm->global_this))) ||
         js_same_bits(site->this_val, js_from_object(ptr_slot_get(cx->realm->global)));
}

/* --- text -------------------------------------------------------------------------------------------------------- */

/* "eval at f (file:1:2)": where a text was evaluated; evals within evals nest. NULL: not by eval. */
static JsString *eval_origin(JsContext *cx, JsScript *script)
{
  JsCode *code = ptr_slot_get(script->eval_code);
  JsValue outer_val = code ? slot_get(code->script) : JS_HOLE;
  if (!js_is_kind(outer_val, CELL_SCRIPT) || !js_check_c_stack(cx)) {
    if (has_exception(cx))
      (void)take_exception(cx);
    return NULL;
  }
  JsScript *outer = (JsScript *)js_as_cell(outer_val);
  JsString *name = ptr_slot_get(code->name), *url = ptr_slot_get(outer->url), *inner = NULL;
  if (code->flags & CODE_EVAL)
    name = NULL;
  else if (!name->length && !(code->flags & (CODE_SCRIPT | CODE_MODULE)))
    name = inferred_function_name(cx, code);
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_ascii(&b, "eval at ");
  if (name && name->length)
    builder_add_string(&b, name);
  else
    builder_add_ascii(&b, "<anonymous>");
  builder_add_ascii(&b, " (");
  if (!url || !url->length)
    inner = eval_origin(cx, outer);
  if (inner) {
    builder_add_string(&b, inner);
  } else {
    uint32_t line, column;
    char text[32];
    script_line_column(cx->heap, outer, code_position(code, script->eval_pc), &line, &column);
    if (url && url->length)
      builder_add_string(&b, url);
    else
      builder_add_ascii(&b, "<anonymous>");
    snprintf(text, sizeof text, ":%u:%u", line, column);
    builder_add_ascii(&b, text);
  }
  builder_add_unit(&b, ')');
  JsString *origin = builder_finish(&b);
  if (!origin)
    (void)take_exception(cx);
  return origin;
}

static void add_location(JsContext *cx, StringBuilder *b, const Site *site)
{
  JsScript *script = site_script(site);
  if (!script) {
    builder_add_ascii(b, site->flags & SITE_NATIVE ? "<anonymous>" : "native");
    return;
  }
  JsString *url = ptr_slot_get(script->url), *origin = url && url->length ? NULL : eval_origin(cx, script);
  uint32_t line = 0, column = 0;
  if (origin) {
    builder_add_string(b, origin);
    builder_add_ascii(b, ", ");
  }
  (void)site_position(cx, site, &line, &column);
  if (url && url->length)
    builder_add_string(b, url);
  else
    builder_add_ascii(b, "<anonymous>");
  char text[32];
  snprintf(text, sizeof text, ":%u:%u", line, column);
  builder_add_ascii(b, text);
}

/* Accessors, private methods, symbols, numbers and inferred names are shown by themselves. */
static bool names_itself(JsContext *cx, JsString *name)
{
  StringView view = string_view(cx->heap, name);
  uint16_t first = view.length ? view_unit(view, 0) : 0;
  if (first == '#' || first == '[' || (first >= '0' && first <= '9'))
    return true;
  for (uint32_t k = 0; k < view.length; k++)
    if (view_unit(view, k) == '.')
      return true;
  return view.length > 4 && view_unit(view, 3) == ' ' && view_unit(view, 1) == 'e' && view_unit(view, 2) == 't' &&
         (view_unit(view, 0) == 'g' || view_unit(view, 0) == 's');
}

static bool ends_computed(JsContext *cx, JsString *name)
{
  static const char tail[] = ".<computed>";
  uint32_t len = sizeof tail - 1;
  return name->length > len &&
         string_equals_ascii(cx->heap, string_substring(cx->heap, name, name->length - len, name->length), tail);
}

/* "module.name (wasm://wasm/<hash>:wasm-function[i]:0x..)" */
static void add_wasm_site(JsContext *cx, StringBuilder *b, const Site *site)
{
  JsWasmPlace place;
  char text[64];
  cx->vm->wasm_place(cx->vm, &site->wasm, &place);
  if (place.name) {
    if (place.module) {
      builder_add_string(b, place.module);
      builder_add_unit(b, '.');
    }
    builder_add_string(b, place.name);
    builder_add_ascii(b, " (");
  }
  builder_add_string(b, place.url);
  snprintf(text, sizeof text, ":wasm-function[%u]:0x%x", site->wasm.function, place.offset);
  builder_add_ascii(b, text);
  if (place.name)
    builder_add_unit(b, ')');
}

/* One frame as V8 shows it. */
static void add_site(JsContext *cx, StringBuilder *b, const Site *site)
{
  JsHeap *heap = cx->heap;
  if (js_unlikely(site->wasm.instance)) {
    add_wasm_site(cx, b, site);
    return;
  }
  JsString *name = site_function_name(cx, site);
  bool construct = site->flags & SITE_CONSTRUCT;
  bool method = !construct && !(site->flags & SITE_EVAL) && !site_is_toplevel(cx, site) && !names_itself(cx, name);
  if (site->flags & SITE_ASYNC)
    builder_add_ascii(b, "async ");
  if (site->flags & SITE_COMBINATOR) {
    static const char *const names[] = {"all", "allSettled", "any"};
    char text[48];
    snprintf(text, sizeof text, "Promise.%s (index %u)",
             names[js_as_int32(site->this_val) - NATIVE_ELEMENT_OF_ALL_MAGIC], site->pc);
    builder_add_ascii(b, text);
    return;
  }
  if (method) {
    JsString *type = site_type_name(cx, site), *method_name = site_method_name(cx, site);
    if (name->length) {
      bool has_prefix = false;
      if (type) {
        StringView full = string_view(heap, name), start = string_view(heap, type);
        has_prefix =
            full.length >= start.length && view_equals((StringView){full.units, start.length, full.is_wide}, start);
      }
      if (type && !has_prefix) {
        builder_add_string(b, type);
        builder_add_unit(b, '.');
      }
      builder_add_string(b, name);
      if (method_name && !string_equals(heap, name, method_name)) {
        builder_add_ascii(b, " [as ");
        builder_add_string(b, method_name);
        builder_add_unit(b, ']');
      }
    } else {
      if (type) {
        builder_add_string(b, type);
        builder_add_unit(b, '.');
      }
      if (method_name)
        builder_add_string(b, method_name);
      else
        builder_add_ascii(b, "<anonymous>");
    }
  } else if (construct) {
    builder_add_ascii(b, "new ");
    if (name->length)
      builder_add_string(b, name);
    else
      builder_add_ascii(b, "<anonymous>");
  } else if (name->length) {
    builder_add_string(b, name);
    JsString *method_name = site_is_toplevel(cx, site) ? NULL : site_method_name(cx, site);
    if (method_name && method_name->length && ends_computed(cx, name)) {
      builder_add_ascii(b, " [as ");
      builder_add_string(b, method_name);
      builder_add_unit(b, ']');
    }
  } else {
    add_location(cx, b, site);
    return;
  }
  builder_add_ascii(b, " (");
  add_location(cx, b, site);
  builder_add_unit(b, ')');
}

static Site list_site(JsElements *list, uint32_t at)
{
  return site_from_values(slot_get(list->v[at]), slot_get(list->v[at + 1]), slot_get(list->v[at + 2]),
                          slot_get(list->v[at + 3]));
}

/* A part of the first line; an object whose own code throws gets V8's stand-in. */
static JsString *header_part(JsContext *cx, JsObject *obj, JsKey key, const char *absent)
{
  JsValue val = get_property(cx, obj, key);
  if (js_is_undefined(val))
    return string_from_c_string(cx->heap, absent);
  JsString *text = js_is_exception(val) ? NULL : to_string(cx, val);
  if (text)
    return text;
  if (!cx->terminating)
    (void)take_exception(cx);
  return string_from_c_string(cx->heap, "<error>");
}

/* The first line is made at the first touch, as V8 does it: Error.prototype.toString of the object as it is then. */
static void add_header(JsContext *cx, StringBuilder *b, JsObject *obj)
{
  JsString *name = header_part(cx, obj, KEY(cx->heap, name), "Error");
  JsString *message = header_part(cx, obj, KEY(cx->heap, message), "");
  builder_add_string(b, name);
  if (name->length && message->length)
    builder_add_ascii(b, ": ");
  builder_add_string(b, message);
}

static JsValue format_text(JsContext *cx, JsObject *obj, JsElements *list)
{
  StringBuilder b;
  builder_init(&b, cx);
  add_header(cx, &b, obj);
  for (uint32_t k = 1; k + FRAME_VALUES <= list->length; k += FRAME_VALUES) {
    Site site = list_site(list, k);
    builder_add_ascii(&b, "\n    at ");
    add_site(cx, &b, &site);
  }
  JsString *text = TRY(builder_finish(&b));
  return js_from_cell(text);
}

static JsArray *make_call_sites(JsContext *cx, JsElements *list)
{
  JsArray *sites = TRY_OR(NULL, array_new(cx, (list->length - 1) / FRAME_VALUES));
  for (uint32_t k = 1; k + FRAME_VALUES <= list->length; k += FRAME_VALUES) {
    JsObject *obj = object_new_kind(cx, CELL_CALL_SITE, sizeof(JsCallSite), INTRINSIC_OBJECT(cx, CALL_SITE_PROTOTYPE));
    JsSlot *slots = &((JsCallSite *)obj)->fn;
    for (int v = 0; v < FRAME_VALUES; v++)
      slot_set(cx->heap, obj, &slots[v], slot_get(list->v[k + v]));
    TRY_OR(NULL, array_push_direct(cx, sites, js_from_object(obj)));
  }
  return sites;
}

/* The text with its positions in the sources that the code was made of. */
static JsValue mapped_text(JsContext *cx, JsObject *obj, JsElements *list, JsValue text)
{
  JsArray *sites = TRY(make_call_sites(cx, list));
  JsValue mapped = js_call2(cx, cx->vm->stack_mapped, JS_UNDEFINED, text, js_from_cell(sites));
  if (js_is_exception(mapped)) {
    if (cx->terminating)
      return mapped;
    (void)take_exception(cx);
  }
  return js_is_string(mapped) ? mapped : text;
}

/* First touch of `stack`: the host's hook, Error.prepareStackTrace, or the text. */
static JsValue resolve_stack(JsContext *cx, JsObject *obj, JsLazyValue *lazy)
{
  JsElements *list = (JsElements *)js_as_cell(slot_get(lazy->a));
  JsHostHooks *hooks = &cx->vm->hooks;
  if (hooks->prepare_stack_trace) {
    JsArray *sites = TRY(make_call_sites(cx, list));
    JsValue made = hooks->prepare_stack_trace(cx, js_from_object(obj), js_from_cell(sites), hooks->opaque);
    if (!js_is_hole(made))
      return made;
  }
  JsObject *error = INTRINSIC_OBJECT(cx, ERROR);
  JsValue prepare = TRY(get_property(cx, error, KEY(cx->heap, prepareStackTrace)));
  if (js_is_callable(prepare) && !cx->vm->preparing_stack) {
    JsArray *sites = TRY(make_call_sites(cx, list));
    cx->vm->preparing_stack = true;
    JsValue made = js_call2(cx, prepare, js_from_object(error), js_from_object(obj), js_from_cell(sites));
    cx->vm->preparing_stack = false;
    return made;
  }
  JsValue text = TRY(format_text(cx, obj, list));
  return js_is_undefined(cx->vm->stack_mapped) ? text : mapped_text(cx, obj, list, text);
}

/* --- CallSite objects -------------------------------------------------------------------------------------------- */

static JsValue string_or_null(JsString *str)
{
  return str && str->length ? js_from_cell(str) : JS_NULL;
}

/* What is different for a function of WebAssembly; the hole: nothing. */
static JsValue wasm_site_get(JsContext *cx, const Site *site, JsCallSiteField field)
{
  JsWasmPlace place;
  cx->vm->wasm_place(cx->vm, &site->wasm, &place);
  switch (field) {
  case CALL_SITE_FUNCTION_NAME: return string_or_null(place.name);
  case CALL_SITE_TYPE_NAME:
  case CALL_SITE_METHOD_NAME: return JS_NULL;
  case CALL_SITE_FILE_NAME:
  case CALL_SITE_SCRIPT_NAME: return js_from_cell(place.url);
  case CALL_SITE_LINE:
  case CALL_SITE_ENCLOSING_LINE: return js_int32(1);
  case CALL_SITE_COLUMN: return js_number_u32(place.offset + 1);
  case CALL_SITE_ENCLOSING_COLUMN: return js_number_u32(place.function_start);
  case CALL_SITE_POSITION: return js_number_u32(place.offset);
  case CALL_SITE_IS_TOPLEVEL: return JS_FALSE;
  default: return JS_HOLE;
  }
}

JsValue call_site_get(JsContext *cx, JsCallSite *call_site, JsCallSiteField field)
{
  Site site = site_from_values(slot_get(call_site->fn), slot_get(call_site->code), slot_get(call_site->position),
                               slot_get(call_site->this_val));
  JsScript *script = site_script(&site);
  uint32_t line, column;
  JsValue of_wasm = site.wasm.instance ? wasm_site_get(cx, &site, field) : JS_HOLE;
  if (!js_is_hole(of_wasm))
    return of_wasm;
  bool strict = site.code && (site.code->flags & CODE_STRICT);
  switch (field) {
  case CALL_SITE_THIS: return strict || !site.code ? JS_UNDEFINED : site.this_val;
  case CALL_SITE_FUNCTION: return strict || !site.code || !site.fn ? JS_UNDEFINED : js_from_object(site.fn);
  case CALL_SITE_TYPE_NAME:
    return string_or_null(site_is_toplevel(cx, &site) || (site.flags & SITE_CONSTRUCT) ? NULL
                                                                                       : site_type_name(cx, &site));
  case CALL_SITE_FUNCTION_NAME: return string_or_null(site_function_name(cx, &site));
  case CALL_SITE_METHOD_NAME: return string_or_null(site.flags & SITE_CONSTRUCT ? NULL : site_method_name(cx, &site));
  case CALL_SITE_FILE_NAME:
    if (script && ptr_slot_get(script->eval_code) && ptr_slot_get(script->url)->length == 0)
      return JS_UNDEFINED;
    return script && ptr_slot_get(script->url) ? js_from_cell(ptr_slot_get(script->url)) : JS_NULL;
  case CALL_SITE_SCRIPT_NAME:
    if (script && ptr_slot_get(script->eval_code) && ptr_slot_get(script->url)->length == 0)
      return JS_UNDEFINED;
    return script && ptr_slot_get(script->url) ? js_from_cell(ptr_slot_get(script->url)) : JS_NULL;
  case CALL_SITE_LINE: return site_position(cx, &site, &line, &column) ? js_number_u32(line) : JS_NULL;
  case CALL_SITE_COLUMN: return site_position(cx, &site, &line, &column) ? js_number_u32(column) : JS_NULL;
  case CALL_SITE_POSITION: return js_number_u32(site.code ? code_position(site.code, site.pc) : 0);
  case CALL_SITE_EVAL_ORIGIN: {
    JsString *origin = script ? eval_origin(cx, script) : NULL;
    return origin ? js_from_cell(origin) : JS_UNDEFINED;
  }
  case CALL_SITE_IS_TOPLEVEL: return js_boolean(site_is_toplevel(cx, &site));
  case CALL_SITE_IS_EVAL: return js_boolean(site.flags & SITE_EVAL);
  case CALL_SITE_IS_NATIVE: return JS_FALSE; /* V8's natives were scripts; built-ins are not */
  case CALL_SITE_IS_CONSTRUCTOR: return js_boolean(site.flags & SITE_CONSTRUCT);
  case CALL_SITE_IS_ASYNC: return js_boolean(site.flags & SITE_ASYNC);
  case CALL_SITE_IS_PROMISE_ALL:
    return js_boolean((site.flags & SITE_COMBINATOR) && js_as_int32(site.this_val) == NATIVE_ELEMENT_OF_ALL_MAGIC);
  case CALL_SITE_PROMISE_INDEX: return site.flags & SITE_COMBINATOR ? js_number_u32(site.pc) : JS_NULL;
  case CALL_SITE_SCRIPT_HASH: return js_from_cell(string_empty(cx->heap));
  case CALL_SITE_ENCLOSING_LINE:
  case CALL_SITE_ENCLOSING_COLUMN:
    if (!script)
      return JS_NULL;
    script_line_column(cx->heap, script, site.code->source_start, &line, &column);
    return js_number_u32(field == CALL_SITE_ENCLOSING_LINE ? line : column);
  case CALL_SITE_TO_STRING: {
    StringBuilder b;
    builder_init(&b, cx);
    add_site(cx, &b, &site);
    JsString *text = TRY(builder_finish(&b));
    return js_from_cell(text);
  }
  default: return JS_UNDEFINED;
  }
}
