// SPDX-License-Identifier: MIT
/*
 * ICU objects in cells, and what a realm keeps of them: the caches behind toLocaleString and localeCompare, and the
 * symbol of legacy constructors. See intl.h.
 */
#include "builtins/intl/intl_state.h"

void intl_trace(JsTracer *tracer, JsCell *cell);
void intl_state_trace(JsTracer *tracer, JsCell *cell);
void icu_handle_finalise(JsHeap *heap, JsCell *cell);

_Static_assert(sizeof(JsIntl) == 24 + 8 * INTL_SLOTS, "update intl_trace()");
void intl_trace(JsTracer *tracer, JsCell *cell)
{
  object_trace(tracer, cell);
  gc_trace_slots(tracer, ((JsIntl *)cell)->slots, INTL_SLOTS);
}

_Static_assert(sizeof(JsIntlState) == 8 + 32 + 16 * INTL_CACHE_SIZE + 24 * INTL_SHARED_SIZE + 8,
               "update intl_state_trace()");
void intl_state_trace(JsTracer *tracer, JsCell *cell)
{
  JsIntlState *state = (JsIntlState *)cell;
  gc_trace_slot(tracer, &state->fallback_symbol);
  gc_trace_slot(tracer, &state->default_locale);
  gc_trace_slot(tracer, &state->zone);
  gc_trace_slot(tracer, &state->zone_setting);
  for (int k = 0; k < INTL_CACHE_SIZE; k++) {
    gc_trace_slot(tracer, &state->cache[k].key);
    gc_trace_slot(tracer, &state->cache[k].handle);
  }
  for (int k = 0; k < INTL_SHARED_SIZE; k++) {
    gc_trace_slot(tracer, &state->shared[k].locales);
    gc_trace_slot(tracer, &state->shared[k].object);
  }
}

void icu_handle_finalise(JsHeap *heap, JsCell *cell)
{
  JsIcuHandle *handle = (JsIcuHandle *)cell;
  if (!handle->icu)
    return;
  handle->close(handle->icu);
  gc_external_sub(heap, handle->bytes);
}

JsIcuHandle *intl_handle_new(JsContext *cx, void *icu, void *close, uint32_t bytes)
{
  if (!icu) {
    intl_throw_icu(cx);
    return NULL;
  }
  JsIcuHandle *handle = GC_NEW(cx->heap, ICU_HANDLE, JsIcuHandle);
  handle->icu = icu;
  *(void **)&handle->close = close;
  handle->bytes = bytes;
  gc_external_add(cx->heap, bytes);
  return handle;
}

JsIntlState *intl_state(JsContext *cx)
{
  JsValue known = slot_get(cx->realm->intl);
  if (js_is_cell(known))
    return (JsIntlState *)js_as_cell(known);
  JsIntlState *state = GC_NEW(cx->heap, INTL_STATE, JsIntlState);
  slot_set(cx->heap, cx->realm, &cx->realm->intl, js_from_cell(state));
  return state;
}

JsIcuHandle *intl_cache_find(JsContext *cx, const char *key)
{
  JsIntlState *state = intl_state(cx);
  for (int k = 0; k < INTL_CACHE_SIZE; k++) {
    JsValue held = slot_get(state->cache[k].key);
    if (js_is_string(held) && string_equals_ascii(cx->heap, js_as_string(held), key))
      return (JsIcuHandle *)js_as_cell(slot_get(state->cache[k].handle));
  }
  return NULL;
}

void intl_cache_add(JsContext *cx, const char *key, JsIcuHandle *handle)
{
  JsIntlState *state = intl_state(cx);
  JsString *text = intl_ascii(cx, key);
  uint32_t at = state->next_cache++ % INTL_CACHE_SIZE;
  slot_set(cx->heap, state, &state->cache[at].key, js_from_cell(text));
  slot_set(cx->heap, state, &state->cache[at].handle, js_from_cell(handle));
}

JsValue intl_shared_find(JsContext *cx, int kind, JsValue locales)
{
  JsIntlState *state = intl_state(cx);
  for (int k = 0; k < INTL_SHARED_SIZE; k++) {
    if (state->shared[k].kind != kind)
      continue;
    JsValue held = slot_get(state->shared[k].locales);
    if (js_same_bits(held, locales) || (js_is_string(held) && js_is_string(locales) &&
                                        string_equals(cx->heap, js_as_string(held), js_as_string(locales))))
      return slot_get(state->shared[k].object);
  }
  return JS_HOLE;
}

void intl_shared_add(JsContext *cx, int kind, JsValue locales, JsValue object)
{
  JsIntlState *state = intl_state(cx);
  uint32_t at = state->next_shared++ % INTL_SHARED_SIZE;
  state->shared[at].kind = kind;
  slot_set(cx->heap, state, &state->shared[at].locales, locales);
  slot_set(cx->heap, state, &state->shared[at].object, object);
}

JsSymbol *intl_fallback_symbol(JsContext *cx)
{
  JsIntlState *state = intl_state(cx);
  JsValue known = slot_get(state->fallback_symbol);
  if (js_is_cell(known))
    return (JsSymbol *)js_as_cell(known);
  JsSymbol *symbol = symbol_new(cx->heap, intl_ascii(cx, "IntlLegacyConstructedSymbol"), 0);
  slot_set(cx->heap, state, &state->fallback_symbol, js_from_cell(symbol));
  return symbol;
}

JsValue intl_chain_legacy(JsContext *cx, JsObject *constructor, JsValue this_val, JsValue made)
{
  bool is_instance;
  TRY(ordinary_has_instance(cx, js_from_object(constructor), this_val, &is_instance));
  if (!is_instance)
    return made;
  JsPropertyDescriptor desc = descriptor_data(made, 0);
  TRY(define_property_or_throw(cx, js_as_object(this_val), key_from_symbol(intl_fallback_symbol(cx)), &desc));
  return this_val;
}

JsIntl *intl_unwrap_legacy(JsContext *cx, JsObject *constructor, JsCellKind kind, JsValue this_val, const char *method)
{
  if (js_is_object(this_val) && !js_is_kind(this_val, kind)) {
    bool is_instance;
    TRY_OR(NULL, ordinary_has_instance(cx, js_from_object(constructor), this_val, &is_instance));
    if (is_instance)
      this_val = TRY_OR(NULL, get_property(cx, js_as_object(this_val), key_from_symbol(intl_fallback_symbol(cx))));
  }
  return (JsIntl *)this_kind(cx, this_val, kind, method);
}

JsString *intl_default_locale(JsContext *cx, const Icu *icu)
{
  JsIntlState *state = intl_state(cx);
  JsValue known = slot_get(state->default_locale);
  if (js_is_cell(known))
    return js_as_string(known);
  char text[LOCALE_TAG_MAX + 1];
  locale_default(icu, text);
  /* What ICU has no data for is no locale to fall back on. */
  while (!locale_is_available(icu, text)) {
    char *hyphen = strrchr(text, '-');
    if (!hyphen) {
      memcpy(text, "en-US", 6);
      break;
    }
    *hyphen = 0;
  }
  JsString *tag = intl_ascii(cx, text);
  slot_set(cx->heap, state, &state->default_locale, js_from_cell(tag));
  return tag;
}

const Icu *intl_icu(JsContext *cx)
{
  const Icu *icu = icu_load();
  if (!icu)
    throw_error(cx, JS_MSG_ICU_NOT_AVAILABLE);
  return icu;
}

JsValue intl_throw_icu(JsContext *cx)
{
  return throw_error(cx, JS_MSG_ICU_FAILED);
}

/* --- text --------------------------------------------------------------------------------------------------------- */

const uint16_t *intl_units(JsContext *cx, JsString *str, JsString **keep)
{
  StringView view = string_view(cx->heap, str);
  *keep = str;
  if (view.is_wide)
    return view.units;
  uint16_t *units;
  JsString *copy = string_alloc_wide(cx->heap, view.length ? view.length : 1, &units);
  if (!copy) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < view.length; k++)
    units[k] = ((const uint8_t *)view.units)[k];
  js_keep_alive(js_from_cell(str));
  *keep = copy;
  return units;
}

char *intl_c_string(JsContext *cx, JsString *str)
{
  StringView view = string_view(cx->heap, str);
  uint8_t *units;
  JsString *copy = string_alloc_latin1(cx->heap, (size_t)view.length + 1, &units);
  if (!copy) {
    throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < view.length; k++) {
    uint16_t unit = view_unit(view, k);
    units[k] = unit && unit < 0x100 ? (uint8_t)unit : '?';
  }
  units[view.length] = 0;
  js_keep_alive(js_from_cell(str));
  return (char *)units;
}

int intl_find_name(const char *const *names, const char *text)
{
  for (int k = 0; names[k]; k++)
    if (!strcmp(names[k], text))
      return k;
  return -1;
}

/* --- results ------------------------------------------------------------------------------------------------------ */

bool intl_put(JsContext *cx, JsObject *obj, const char *name, JsValue val)
{
  return create_data_property_or_throw(cx, obj, key_from_c_string(cx->heap, name), val);
}

bool intl_add_part(JsContext *cx, JsArray *parts, const char *type, JsString *value, const char *extra_name,
                   JsValue extra)
{
  JsObject *part = object_new(cx);
  TRY_OR(false, intl_put_ascii(cx, part, "type", type));
  TRY_OR(false, intl_put(cx, part, "value", js_from_cell(value)));
  if (extra_name)
    TRY_OR(false, intl_put(cx, part, extra_name, extra));
  return array_push_direct(cx, parts, js_from_object(part));
}

JsString *intl_value_string(JsContext *cx, const Icu *icu, const IcuFormattedValue *value)
{
  IcuError error = 0;
  int32_t len = 0;
  const uint16_t *text = icu->ufmtval_getString(value, &len, &error);
  if (error > 0) {
    intl_throw_icu(cx);
    return NULL;
  }
  return string_from_utf16(cx->heap, text, (size_t)len);
}

/* Room for fields in a cell, with what `old` has. */
static IntlField *grow_fields(JsContext *cx, IntlField *old, int count, int capacity)
{
  uint8_t *room;
  JsString *cell = string_alloc_latin1(cx->heap, (size_t)capacity * sizeof(IntlField) + 8, &room);
  if (!cell) {
    throw_out_of_memory(cx);
    return NULL;
  }
  IntlField *fields = (IntlField *)(((uintptr_t)room + 7) & ~(uintptr_t)7);
  if (count)
    memcpy(fields, old, (size_t)count * sizeof(IntlField));
  return fields;
}

IntlField *intl_fields(JsContext *cx, const Icu *icu, const IcuFormattedValue *value, int *count)
{
  IcuError error = 0;
  int capacity = 32;
  IntlField *fields = TRY_OR(NULL, grow_fields(cx, NULL, 0, capacity));
  *count = 0;
  IcuFieldPosition *opened = icu->ucfpos_open(&error);
  JsIcuHandle *position = TRY_OR(NULL, intl_handle_new(cx, opened, *(void *const *)&icu->ucfpos_close, 64));
  while (error <= 0 && icu->ufmtval_nextPosition(value, opened, &error)) {
    if (*count == capacity) {
      fields = TRY_OR(NULL, grow_fields(cx, fields, *count, capacity * 2));
      capacity *= 2;
    }
    IntlField *field = &fields[(*count)++];
    field->category = icu->ucfpos_getCategory(opened, &error);
    field->field = icu->ucfpos_getField(opened, &error);
    icu->ucfpos_getIndexes(opened, &field->start, &field->limit, &error);
  }
  js_keep_alive(js_from_cell(position));
  if (error > 0) {
    intl_throw_icu(cx);
    return NULL;
  }
  return fields;
}
