// SPDX-License-Identifier: MIT
/*
 * RegExp objects: allocation, compiling with a cache, and execution (ecma262#sec-regexp-regular-expression-objects).
 * The methods are in regexp_proto.c and regexp_symbol.c, the matcher itself in src/regexp.
 */
#include "builtins/regexp.h"

#include <string.h>

/* --- cells ------------------------------------------------------------------------------------------------------- */

void regexp_program_trace(JsTracer *tracer, JsCell *cell);
void regexp_program_finalise(JsHeap *heap, JsCell *cell);
void regexp_state_trace(JsTracer *tracer, JsCell *cell);
void regexp_trace(JsTracer *tracer, JsCell *cell);

_Static_assert(sizeof(JsRegExpProgram) == 32, "update regexp_program_trace()");
void regexp_program_trace(JsTracer *tracer, JsCell *cell)
{
  gc_trace_ptr(tracer, ((JsRegExpProgram *)cell)->names);
}

void regexp_program_finalise(JsHeap *heap, JsCell *cell)
{
  JsRegExpProgram *compiled = (JsRegExpProgram *)cell;
  if (!compiled->program)
    return;
  gc_external_sub(heap, regexp_program_size(compiled->program));
  regexp_free(gc_heap_account(heap), compiled->program);
}

_Static_assert(sizeof(JsRegExpState) == 192 + 8 * REGEXP_WATCHED + 16 * REGEXP_CACHE_SIZE,
               "update regexp_state_trace()");
void regexp_state_trace(JsTracer *tracer, JsCell *cell)
{
  JsRegExpState *state = (JsRegExpState *)cell;
  gc_trace_ptr(tracer, state->shape);
  gc_trace_ptr(tracer, state->result_shape);
  gc_trace_ptr(tracer, state->last_input);
  gc_trace_ptr(tracer, state->input_override);
  gc_trace_ptr(tracer, state->validity);
  gc_trace_slots(tracer, state->watched_values, REGEXP_WATCHED);
  for (size_t k = 0; k < REGEXP_CACHE_SIZE; k++) {
    gc_trace_ptr(tracer, state->cache[k].source);
    gc_trace_ptr(tracer, state->cache[k].compiled);
  }
}

_Static_assert(sizeof(JsRegExp) == 40, "update regexp_trace()");
void regexp_trace(JsTracer *tracer, JsCell *cell)
{
  JsRegExp *regexp = (JsRegExp *)cell;
  object_trace(tracer, cell);
  gc_trace_ptr(tracer, regexp->source);
  gc_trace_ptr(tracer, regexp->compiled);
}

/* --- a realm's state --------------------------------------------------------------------------------------------- */

static JsRegExpState *make_state(JsContext *cx)
{
  JsHeap *heap = cx->heap;
  JsRegExpState *state = GC_NEW(heap, REGEXP_STATE, JsRegExpState);
  slot_set(heap, cx->realm, &cx->realm->regexp_state, js_from_cell(state));

  JsObject *proto = INTRINSIC_OBJECT(cx, REGEXP_PROTOTYPE);
  object_become_proto(heap, proto);
  JsShape *shape = shape_new_root(heap, CELL_REGEXP, sizeof(JsRegExp), 1, proto);
  shape = shape_add_property(heap, shape, KEY(heap, lastIndex), PROP_WRITABLE);
  ptr_slot_set(heap, state, &state->shape, shape);

  JsObject *array_proto = INTRINSIC_OBJECT(cx, ARRAY_PROTOTYPE);
  object_become_proto(heap, array_proto);
  shape = shape_new_root(heap, CELL_ARRAY, sizeof(JsArray), 4, array_proto);
  shape = shape_add_property(heap, shape, KEY(heap, index), PROP_ALL);
  shape = shape_add_property(heap, shape, KEY(heap, input), PROP_ALL);
  shape = shape_add_property(heap, shape, KEY(heap, groups), PROP_ALL);
  ptr_slot_set(heap, state, &state->result_shape, shape);
  return state;
}

JsRegExpState *regexp_state(JsContext *cx)
{
  JsValue state = slot_get(cx->realm->regexp_state);
  return js_likely(js_is_cell(state)) ? (JsRegExpState *)js_as_cell(state) : make_state(cx);
}

/* --- pristine objects -------------------------------------------------------------------------------------------- */

/* Own layout as regexp_alloc made it: lastIndex is slot 0 and writable. */
static bool has_initial_shape(JsContext *cx, JsObject *obj)
{
  return ((JsCell *)obj)->word == ptr_slot_get(regexp_state(cx)->shape)->id;
}

typedef struct Watched {
  uint16_t atom;
  int16_t magic;
  JsNativeFn fn;
} Watched;

static const Watched watched[REGEXP_WATCHED - 2] = {
    /* exec first: see regexp_exec_is_pristine */
    {ATOM_exec, 0, regexp_proto_exec},
    {ATOM_flags, 0, regexp_get_flags},
    {ATOM_hasIndices, REGEXP_HAS_INDICES, regexp_get_flag},
    {ATOM_global, REGEXP_GLOBAL, regexp_get_flag},
    {ATOM_ignoreCase, REGEXP_IGNORE_CASE, regexp_get_flag},
    {ATOM_multiline, REGEXP_MULTILINE, regexp_get_flag},
    {ATOM_dotAll, REGEXP_DOT_ALL, regexp_get_flag},
    {ATOM_unicode, REGEXP_UNICODE, regexp_get_flag},
    {ATOM_unicodeSets, REGEXP_UNICODE_SETS, regexp_get_flag},
    {ATOM_sticky, REGEXP_STICKY, regexp_get_flag},
};

static bool is_native(JsValue val, JsNativeFn fn, int magic)
{
  return js_is_kind(val, CELL_NATIVE_FUNCTION) && js_as_native_function(val)->fn == fn &&
         js_as_native_function(val)->magic == magic;
}

static bool slot_is_original(const Watched *expected, JsValue val)
{
  if (js_is_kind(val, CELL_ACCESSOR))
    val = slot_get(((JsAccessor *)js_as_cell(val))->getter);
  return is_native(val, expected->fn, expected->magic);
}

/* Looks the watched properties up anew, after the prototype's layout changed. What is there must be what it was in the
 * beginning. */
static bool watch_prototype(JsContext *cx, JsRegExpState *state, JsObject *proto)
{
  ptr_slot_init(&state->validity, NULL);
  for (size_t k = 0; k < JS_COUNTOF(watched); k++) {
    JsLookup lookup;
    if (!object_lookup(cx, proto, key_by_atom_id(cx->heap, watched[k].atom), &lookup)) {
      take_exception(cx);
      return false;
    }
    if (lookup.holder != proto || (lookup.kind != LOOKUP_DATA && lookup.kind != LOOKUP_ACCESSOR))
      return false;
    state->watched_slots[k] = lookup.slot;
    JsValue val = slot_get(*object_slot(object_shape(cx->heap, proto), proto, lookup.slot));
    if (!slot_is_original(&watched[k], val))
      return false;
    slot_set(cx->heap, state, &state->watched_values[k], val);
  }
  JsProtoInfo *validity = shape_proto_validity(cx->heap, proto);
  ptr_slot_set(cx->heap, state, &state->validity, validity);
  return validity != NULL;
}

/* Of the watched properties the first `count`. */
static bool prototype_is_pristine(JsContext *cx, JsRegExpState *state, JsObject *proto, size_t count)
{
  JsProtoInfo *validity = ptr_slot_get(state->validity);
  if (js_unlikely(!validity || !validity->valid) && !watch_prototype(cx, state, proto))
    return false;
  JsShape *shape = object_shape(cx->heap, proto);
  bool same = true;
  for (size_t k = 0; k < count; k++)
    same &=
        js_same_bits(slot_get(*object_slot(shape, proto, state->watched_slots[k])), slot_get(state->watched_values[k]));
  return same;
}

static bool is_pristine(JsContext *cx, JsObject *obj, size_t count)
{
  if (((JsCell *)obj)->kind != CELL_REGEXP || !has_initial_shape(cx, obj))
    return false;
  JsRegExpState *state = regexp_state(cx);
  return prototype_is_pristine(cx, state, ptr_slot_get(ptr_slot_get(state->shape)->proto), count);
}

bool regexp_is_pristine(JsContext *cx, JsObject *obj)
{
  return is_pristine(cx, obj, JS_COUNTOF(watched));
}

bool regexp_exec_is_pristine(JsContext *cx, JsObject *obj)
{
  return is_pristine(cx, obj, 1);
}

static JsValue get_species(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return this_val;
}

bool regexp_species_is_pristine(JsContext *cx, JsObject *obj)
{
  if (!regexp_is_pristine(cx, obj))
    return false;
  JsHeap *heap = cx->heap;
  JsObject *ctor = INTRINSIC_OBJECT(cx, REGEXP);
  JsPropertyDescriptor found, desc;
  bool has_ctor = false, has = false;
  if (!object_get_own_property(cx, INTRINSIC_OBJECT(cx, REGEXP_PROTOTYPE), KEY(heap, constructor), &found, &has_ctor) ||
      !object_get_own_property(cx, ctor, KEY_SYM(heap, species), &desc, &has)) {
    take_exception(cx);
    return false;
  }
  if (!has_ctor || !js_is_object(found.value) || js_as_object(found.value) != ctor)
    return false;
  return has && descriptor_is_accessor(&desc) && is_native(desc.getter, get_species, NATIVE_RETURNS_THIS_MAGIC);
}

/* --- allocation and compiling ------------------------------------------------------------------------------------ */

/* RegExpAlloc ( newTarget )  ecma262#sec-regexpalloc */
JsRegExp *regexp_alloc(JsContext *cx, JsValue new_target)
{
  JsHeap *heap = cx->heap;
  JsRegExpState *state = regexp_state(cx);
  bool own = js_is_undefined(new_target) ||
             (js_is_object(new_target) && js_as_object(new_target) == INTRINSIC_OBJECT(cx, REGEXP));
  if (own) { /* FAST: %RegExp%'s prototype property is read-only */
    JsShape *shape = ptr_slot_get(state->shape);
    JsRegExp *regexp = (JsRegExp *)object_new_with_shape(heap, shape);
    slot_set(heap, regexp, object_slot(shape, &regexp->obj, 0), js_int32(0));
    return regexp;
  }
  JsObject *obj = TRY_OR(NULL, ordinary_create_from_constructor(cx, new_target, JS_INTRINSIC_REGEXP_PROTOTYPE,
                                                                CELL_REGEXP, sizeof(JsRegExp)));
  object_define_direct(heap, obj, KEY(heap, lastIndex), JS_UNDEFINED, PROP_WRITABLE);
  return (JsRegExp *)obj;
}

static bool throw_malformed(JsContext *cx, JsString *source, JsString *flags, const RegexpError *error)
{
  if (error->kind == REGEXP_ERROR_MEMORY)
    throw_out_of_memory(cx);
  else
    throw_error(cx, JS_MSG_MALFORMED_REGEXP, source, flags, error->message);
  return false;
}

static JsElements *collect_names(JsContext *cx, const RegexpProgram *program)
{
  uint32_t count = regexp_name_count(program);
  JsElements *names = elements_new(cx->heap, count * 2);
  if (!names) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < count; k++) {
    RegexpName name = regexp_name(program, k);
    JsKey key = key_from_string(cx->heap, string_from_utf16(cx->heap, name.units, name.len));
    slot_set(cx->heap, names, &names->v[2 * k], key_raw_value(key));
    slot_set(cx->heap, names, &names->v[2 * k + 1], js_int32((int32_t)name.group));
    names->length = 2 * k + 2;
  }
  return names;
}

static JsString *flags_string(JsHeap *heap, uint32_t flags)
{
  static const char letters[] = "dgimsuvy"; /* in the order of RegexpFlag's bits */
  char text[sizeof letters];
  size_t len = 0;
  for (size_t k = 0; letters[k]; k++)
    if (flags & 1u << k)
      text[len++] = letters[k];
  return string_from_latin1(heap, text, len);
}

static bool compile(JsContext *cx, JsRegExpProgram *compiled, JsString *source)
{
  JsHeap *heap = cx->heap;
  StringView view = string_view(heap, source);
  RegexpError error;
  RegexpProgram *program = regexp_compile(gc_heap_account(heap), (RegexpSpan){view.units, view.length, view.is_wide},
                                          compiled->flags, cx->c_stack_limit, &error);
  js_keep_alive(js_from_cell(source));
  if (!program) {
    throw_malformed(cx, source, flags_string(heap, compiled->flags), &error);
    return false;
  }
  compiled->program = program;
  compiled->group_count = regexp_group_count(program);
  gc_external_add(heap, regexp_program_size(program));
  if (regexp_name_count(program)) {
    JsElements *names = TRY_OR(false, collect_names(cx, program));
    ptr_slot_set(heap, compiled, &compiled->names, names);
  }
  return true;
}

JsRegExpProgram *regexp_program(JsContext *cx, JsRegExp *regexp)
{
  JsRegExpProgram *compiled = ptr_slot_get(regexp->compiled);
  if (js_unlikely(!compiled->program))
    TRY_OR(NULL, compile(cx, compiled, ptr_slot_get(regexp->source)));
  return compiled;
}

/* The realm's cell for this pattern, compiled or not yet. */
static JsRegExpProgram *shared_program(JsContext *cx, JsString *source, uint32_t flags)
{
  JsRegExpState *state = regexp_state(cx);
  uint32_t hash = string_hash(cx->heap, source) * 31 + flags;
  JsRegExpCacheEntry *entry = &state->cache[(hash ^ hash >> 16) % REGEXP_CACHE_SIZE];
  JsRegExpProgram *known = ptr_slot_get(entry->compiled);
  if (known && known->flags == flags && string_equals(cx->heap, ptr_slot_get(entry->source), source))
    return known;
  JsRegExpProgram *compiled = GC_NEW(cx->heap, REGEXP_PROGRAM, JsRegExpProgram);
  compiled->flags = flags;
  ptr_slot_set(cx->heap, state, &entry->source, source);
  ptr_slot_set(cx->heap, state, &entry->compiled, compiled);
  return compiled;
}

static bool set_last_index(JsContext *cx, JsRegExp *regexp, int64_t index)
{
  JsValue val = js_number_i64(index);
  if (js_unlikely(!has_initial_shape(cx, &regexp->obj)))
    return set_property(cx, &regexp->obj, KEY(cx->heap, lastIndex), val);
  JsShape *shape = ptr_slot_get(regexp_state(cx)->shape);
  slot_set(cx->heap, regexp, object_slot(shape, &regexp->obj, 0), val);
  return true;
}

/* RegExpInitialize ( obj, pattern, flags )  ecma262#sec-regexpinitialize */
bool regexp_initialize(JsContext *cx, JsRegExp *regexp, JsValue pattern, JsValue flags)
{
  JsHeap *heap = cx->heap;
  JsString *source = js_is_undefined(pattern) ? string_empty(heap) : TRY_OR(false, to_string(cx, pattern));
  JsString *letters = js_is_undefined(flags) ? string_empty(heap) : TRY_OR(false, to_string(cx, flags));
  StringView view = string_view(heap, letters);
  uint32_t bits;
  if (!regexp_parse_flags((RegexpSpan){view.units, view.length, view.is_wide}, &bits)) {
    throw_error(cx, JS_MSG_INVALID_REGEXP_FLAGS, letters);
    return false;
  }
  JsRegExpProgram *compiled = shared_program(cx, source, bits);
  if (!compiled->program)
    TRY_OR(false, compile(cx, compiled, source));
  ptr_slot_set(heap, regexp, &regexp->source, source);
  ptr_slot_set(heap, regexp, &regexp->compiled, compiled);
  return set_last_index(cx, regexp, 0);
}

JsValue regexp_from_literal(JsContext *cx, JsString *source, JsString *flags)
{
  JsHeap *heap = cx->heap;
  StringView letters = string_view(heap, flags);
  uint32_t bits;
  JsRegExp *regexp = TRY(regexp_alloc(cx, JS_UNDEFINED));
  JS_CHECK(regexp_parse_flags((RegexpSpan){letters.units, letters.length, letters.is_wide}, &bits));
  ptr_slot_set(heap, regexp, &regexp->source, source);
  ptr_slot_set(heap, regexp, &regexp->compiled, shared_program(cx, source, bits));
  return js_from_object(&regexp->obj);
}

/* RegExpCreate ( P, F )  ecma262#sec-regexpcreate */
JsRegExp *regexp_create(JsContext *cx, JsValue pattern, JsValue flags)
{
  JsRegExp *regexp = TRY_OR(NULL, regexp_alloc(cx, JS_UNDEFINED));
  TRY_OR(NULL, regexp_initialize(cx, regexp, pattern, flags));
  return regexp;
}

/* RegExp ( pattern, flags )  ecma262#sec-regexp-pattern-flags */
static JsValue regexp_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsHeap *heap = cx->heap;
  JsValue pattern = js_arg(argc, argv, 0), flags = js_arg(argc, argv, 1), new_target = js_new_target(cx);
  bool pattern_is_regexp;
  TRY(is_regexp(cx, pattern, &pattern_is_regexp));
  if (js_is_undefined(new_target)) {
    new_target = js_from_object(js_callee(cx));
    if (pattern_is_regexp && js_is_undefined(flags)) {
      JsValue ctor = TRY(get_property(cx, js_as_object(pattern), KEY(heap, constructor)));
      if (same_value(heap, new_target, ctor))
        return pattern;
    }
  }
  JsValue source = pattern;
  if (js_is_regexp_object(pattern)) {
    JsRegExp *from = (JsRegExp *)js_as_object(pattern);
    source = js_from_cell(ptr_slot_get(from->source));
    if (js_is_undefined(flags))
      flags = js_from_cell(flags_string(heap, ptr_slot_get(from->compiled)->flags));
  } else if (pattern_is_regexp) {
    source = TRY(get_property(cx, js_as_object(pattern), KEY(heap, source)));
    if (js_is_undefined(flags))
      flags = TRY(get_property(cx, js_as_object(pattern), KEY(heap, flags)));
  }
  JsRegExp *regexp = TRY(regexp_alloc(cx, new_target));
  TRY(regexp_initialize(cx, regexp, source, flags));
  return js_from_object(&regexp->obj);
}

/* --- execution --------------------------------------------------------------------------------------------------- */

bool captures_init(JsContext *cx, RegExpCaptures *captures, uint32_t group_count)
{
  captures->cell = NULL;
  captures->at = captures->inline_at;
  size_t count = 2 * (size_t)group_count;
  if (count <= JS_COUNTOF(captures->inline_at))
    return true;
  /* A byte string nobody else sees: memory that goes away by itself whichever way the caller is left. */
  uint8_t *bytes;
  captures->cell = string_alloc_latin1(cx->heap, count * sizeof(int32_t), &bytes);
  if (!captures->cell) {
    throw_out_of_memory(cx);
    return false;
  }
  captures->at = (int32_t *)(void *)bytes;
  return true;
}

static bool interrupt(void *arg)
{
  enum { POLL_COST = 1 << 14 }; /* the backtracks between two polls, a dozen instructions each */
  return !js_poll(arg, POLL_COST);
}

static void remember_match(JsContext *cx, JsString *str, const int32_t *captures, uint32_t group_count)
{
  JsRegExpState *state = regexp_state(cx);
  if (ptr_slot_get(state->last_input) != str)
    ptr_slot_set(cx->heap, state, &state->last_input, str);
  ptr_slot_init(&state->input_override, NULL);
  state->last_group_count = group_count;
  uint32_t kept = group_count < REGEXP_LEGACY_GROUPS ? group_count : REGEXP_LEGACY_GROUPS;
  memcpy(state->last_captures, captures, kept * 2 * sizeof(int32_t));
  memcpy(state->last_paren, captures + 2 * (group_count - 1), 2 * sizeof(int32_t));
}

bool regexp_match(JsContext *cx, JsRegExpProgram *compiled, JsString *str, uint32_t start, bool sticky,
                  int32_t *captures, bool *matched)
{
  StringView view = string_view(cx->heap, str);
  RegexpInput input = {.text = {view.units, view.length, view.is_wide},
                       .start = start,
                       .sticky = sticky,
                       .account = gc_heap_account(cx->heap),
                       .interrupt = interrupt,
                       .interrupt_arg = cx};
  RegexpResult result = regexp_exec(compiled->program, &input, captures);
  js_keep_alive(js_from_cell(str));
  js_keep_alive(js_from_cell(compiled));
  *matched = result == REGEXP_MATCH;
  switch (result) {
  case REGEXP_MATCH: remember_match(cx, str, captures, compiled->group_count); return true;
  case REGEXP_NO_MATCH: return true;
  case REGEXP_TOO_COMPLEX: throw_stack_overflow(cx); return false;
  case REGEXP_OUT_OF_MEMORY: throw_out_of_memory(cx); return false;
  case REGEXP_INTERRUPTED: return false;
  }
  JS_UNREACHABLE();
}

static bool get_last_index(JsContext *cx, JsRegExp *regexp, int64_t *index)
{
  if (js_likely(has_initial_shape(cx, &regexp->obj))) {
    JsValue val = slot_get(*object_slot(ptr_slot_get(regexp_state(cx)->shape), &regexp->obj, 0));
    if (js_likely(js_is_int32(val) && js_as_int32(val) >= 0)) {
      *index = js_as_int32(val);
      return true;
    }
  }
  JsValue val = TRY_OR(false, get_property(cx, &regexp->obj, KEY(cx->heap, lastIndex)));
  return to_length(cx, val, index);
}

/* RegExpBuiltinExec ( R, S )  ecma262#sec-regexpbuiltinexec, up to the result array */
bool regexp_builtin_exec_raw(JsContext *cx, JsRegExp *regexp, JsString *str, RegExpCaptures *captures,
                             JsRegExpProgram **compiled_out, bool *matched)
{
  int64_t last_index;
  TRY_OR(false, get_last_index(cx, regexp, &last_index)); /* may run valueOf, which may compile() */
  JsRegExpProgram *compiled = TRY_OR(false, regexp_program(cx, regexp));
  bool advances = compiled->flags & (REGEXP_GLOBAL | REGEXP_STICKY), sticky = compiled->flags & REGEXP_STICKY;
  *compiled_out = compiled;
  *matched = false;
  if (!advances)
    last_index = 0;
  if (last_index <= str->length) {
    TRY_OR(false, captures_init(cx, captures, compiled->group_count));
    TRY_OR(false, regexp_match(cx, compiled, str, (uint32_t)last_index, sticky, captures->at, matched));
  }
  if (!advances)
    return true;
  return set_last_index(cx, regexp, *matched ? captures->at[1] : 0);
}

static JsValue capture_value(JsContext *cx, JsString *str, const int32_t *captures, uint32_t group)
{
  int32_t from = captures[2 * group], to = captures[2 * group + 1];
  return from < 0 ? JS_UNDEFINED : js_from_cell(string_substring(cx->heap, str, (uint32_t)from, (uint32_t)to));
}

/* The groups object with a value for each name; of groups sharing a name, the one that matched. */
static JsObject *make_groups(JsContext *cx, JsRegExpProgram *compiled, JsElements *values)
{
  JsElements *names = ptr_slot_get(compiled->names);
  JsObject *groups = object_new_with_proto(cx, NULL);
  for (uint32_t k = 0; k < names->length; k += 2) {
    JsKey key = key_from_raw_value(slot_get(names->v[k]));
    JsValue val = slot_get(values->v[js_as_int32(slot_get(names->v[k + 1]))]);
    if (!js_is_undefined(val) || js_is_hole(object_get_direct(cx->heap, groups, key)))
      object_define_direct(cx->heap, groups, key, val, PROP_ALL);
  }
  return groups;
}

/* MakeMatchIndicesIndexPairArray  ecma262#sec-makematchindicesindexpairarray */
static JsArray *make_indices(JsContext *cx, JsRegExpProgram *compiled, const int32_t *captures)
{
  JsHeap *heap = cx->heap;
  JsArray *indices = TRY_OR(NULL, array_new(cx, compiled->group_count));
  for (uint32_t k = 0; k < compiled->group_count; k++) {
    JsValue pair[2] = {js_int32(captures[2 * k]), js_int32(captures[2 * k + 1])}, val = JS_UNDEFINED;
    if (captures[2 * k] >= 0)
      val = js_from_object(&TRY_OR(NULL, array_from_values(cx, pair, 2))->obj);
    TRY_OR(NULL, array_push_direct(cx, indices, val));
  }
  JsValue groups = JS_UNDEFINED;
  if (ptr_slot_get(compiled->names))
    groups = js_from_object(make_groups(cx, compiled, ptr_slot_get(indices->obj.elements)));
  object_define_direct(heap, &indices->obj, KEY(heap, groups), groups, PROP_ALL);
  return indices;
}

JsValue regexp_make_result(JsContext *cx, JsRegExpProgram *compiled, JsString *str, const int32_t *captures)
{
  JsHeap *heap = cx->heap;
  uint32_t count = compiled->group_count;
  JsElements *elements = elements_new(heap, count);
  if (!elements)
    return throw_out_of_memory(cx);
  for (uint32_t k = 0; k < count; k++) {
    JsValue val = capture_value(cx, str, captures, k);
    slot_set(heap, elements, &elements->v[k], val);
    elements->length = k + 1;
  }
  JsShape *shape = ptr_slot_get(regexp_state(cx)->result_shape);
  JsArray *result = (JsArray *)object_new_with_shape(heap, shape);
  ptr_slot_set(heap, result, &result->obj.elements, elements);
  result->length = count;
  slot_set(heap, result, object_slot(shape, &result->obj, 0), js_int32(captures[0]));
  slot_set(heap, result, object_slot(shape, &result->obj, 1), js_from_cell(str));
  slot_set(heap, result, object_slot(shape, &result->obj, 2), JS_UNDEFINED);
  if (ptr_slot_get(compiled->names)) {
    JsObject *groups = make_groups(cx, compiled, elements);
    slot_set(heap, result, object_slot(shape, &result->obj, 2), js_from_object(groups));
  }
  if (compiled->flags & REGEXP_HAS_INDICES) {
    JsArray *indices = TRY(make_indices(cx, compiled, captures));
    object_define_direct(heap, &result->obj, KEY(heap, indices), js_from_object(&indices->obj), PROP_ALL);
  }
  return js_from_object(&result->obj);
}

JsValue regexp_builtin_exec(JsContext *cx, JsRegExp *regexp, JsString *str)
{
  RegExpCaptures captures;
  JsRegExpProgram *compiled;
  bool matched;
  TRY(regexp_builtin_exec_raw(cx, regexp, str, &captures, &compiled, &matched));
  return matched ? regexp_make_result(cx, compiled, str, captures.at) : JS_NULL;
}

/* RegExpExec ( R, S )  ecma262#sec-regexpexec */
JsValue regexp_exec_method(JsContext *cx, JsObject *obj, JsString *str)
{
  if (regexp_exec_is_pristine(cx, obj)) /* FAST: exec is the built-in one */
    return regexp_builtin_exec(cx, (JsRegExp *)obj, str);
  JsValue exec = TRY(get_property(cx, obj, KEY(cx->heap, exec)));
  if (js_is_callable(exec)) {
    JsValue result = TRY(js_call1(cx, exec, js_from_object(obj), js_from_cell(str)));
    if (!js_is_object(result) && !js_is_null(result))
      return throw_error(cx, JS_MSG_REGEXP_EXEC_RESULT);
    return result;
  }
  JsRegExp *regexp = (JsRegExp *)TRY(this_kind(cx, js_from_object(obj), CELL_REGEXP, "RegExp.prototype.exec"));
  return regexp_builtin_exec(cx, regexp, str);
}

/* AdvanceStringIndex ( S, index, unicode )  ecma262#sec-advancestringindex */
int64_t advance_string_index(JsContext *cx, JsString *str, int64_t index, bool unicode)
{
  if (!unicode || index + 1 >= str->length)
    return index + 1;
  StringView view = string_view(cx->heap, str);
  bool pair = (view_unit(view, (uint32_t)index) & 0xFC00) == 0xD800 &&
              (view_unit(view, (uint32_t)index + 1) & 0xFC00) == 0xDC00;
  return index + 1 + pair;
}

/* --- the constructor's table ------------------------------------------------------------------------------------- */

#define LEGACY(name_, magic_)                                                                                          \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_GETTER, .fn = regexp_get_legacy, .fn2 = regexp_set_legacy_nothing,                \
    .magic = (magic_), .attrs = PROP_CONFIGURABLE                                                                      \
  }
#define LEGACY_INPUT_ROW(name_)                                                                                        \
  {                                                                                                                    \
    .name = (name_), .type = BUILTIN_GETTER, .fn = regexp_get_legacy, .fn2 = regexp_set_legacy_input,                  \
    .magic = LEGACY_INPUT, .attrs = PROP_CONFIGURABLE                                                                  \
  }

static const JsBuiltin regexp_static[] = {
    LEGACY_INPUT_ROW("input"),
    LEGACY_INPUT_ROW("$_"),
    LEGACY("lastMatch", LEGACY_LAST_MATCH),
    LEGACY("$&", LEGACY_LAST_MATCH),
    LEGACY("lastParen", LEGACY_LAST_PAREN),
    LEGACY("$+", LEGACY_LAST_PAREN),
    LEGACY("leftContext", LEGACY_LEFT_CONTEXT),
    LEGACY("$`", LEGACY_LEFT_CONTEXT),
    LEGACY("rightContext", LEGACY_RIGHT_CONTEXT),
    LEGACY("$'", LEGACY_RIGHT_CONTEXT),
    LEGACY("$1", 1),
    LEGACY("$2", 2),
    LEGACY("$3", 3),
    LEGACY("$4", 4),
    LEGACY("$5", 5),
    LEGACY("$6", 6),
    LEGACY("$7", 7),
    LEGACY("$8", 8),
    LEGACY("$9", 9),
    FN("escape", regexp_escape, 1),
    GETTER_SYM(species, get_species, .magic = NATIVE_RETURNS_THIS_MAGIC),
};

const JsIntrinsicTable regexp_constructor_table = {CONSTRUCTOR_TABLE("RegExp", regexp_constructor, 2, REGEXP_PROTOTYPE),
                                                   ROWS(regexp_static)};
