// SPDX-License-Identifier: MIT
/*
 * Intl.Segmenter  ecma402#segmenter-objects, its Segments objects and their iterators.
 *
 * A break iterator looks at one text; each Segments object and each iterator has a clone of the segmenter's, and holds
 * the text it looks at as a string of 16-bit units.
 */
#include "builtins/intl/intl.h"
#include "unicode/unicode.h"

extern const JsIntrinsicTable intl_segmenter_constructor_table, intl_segmenter_prototype_table,
    intl_segments_prototype_table, intl_segment_iterator_prototype_table;

enum { SEGMENTER_ICU = 1 };
/* Of Segments and iterators; slot 0 holds the segmenter. */
enum { SEGMENTS_SEGMENTER = 0, SEGMENTS_ICU, SEGMENTS_STRING, SEGMENTS_UNITS };

typedef struct JsSegmenter {
  JsIntl intl;
  uint8_t granularity; /* as UBreakIteratorType, but sentence */
} JsSegmenter;

typedef struct JsSegments {
  JsIntl intl;
  int32_t position; /* of an iterator */
  bool done;
} JsSegments;

enum { BY_GRAPHEME, BY_WORD, BY_SENTENCE };
static const char *const granularities[] = {"grapheme", "word", "sentence", NULL};
enum { BREAKER_BYTES = 2048 };

/* Intl.Segmenter ( [ locales [ , options ] ] )  ecma402#sec-intl.segmenter */
static JsValue intl_segmenter_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (js_is_undefined(js_new_target(cx)))
    return throw_constructor_requires_new(cx, "Intl.Segmenter");
  JsSegmenter *segmenter = TRY(INTL_NEW(cx, js_new_target(cx), SEGMENTER, JsSegmenter));
  JsElements *requested = TRY(intl_locale_list(cx, js_arg(argc, argv, 0)));
  IntlOptions options;
  IntlLocale locale;
  int granularity;
  TRY(intl_get_options_object(cx, js_arg(argc, argv, 1), "Intl.Segmenter", &options));
  TRY(intl_read_matcher(cx, options));
  TRY(intl_resolve_locale(cx, requested, NULL, 0, &locale));
  TRY(intl_enum_option(cx, options, "granularity", granularities, BY_GRAPHEME, &granularity));
  segmenter->granularity = (uint8_t)granularity;
  const Icu *icu = TRY(intl_icu(cx));
  static const int types[] = {0, 1, 3}; /* UBreakIteratorType */
  IcuError error = 0;
  IcuBreaker *opened = icu->ubrk_open(types[granularity], locale.icu, NULL, 0, &error);
  JsIcuHandle *handle =
      TRY(intl_handle_new(cx, error > 0 ? NULL : opened, *(void *const *)&icu->ubrk_close, BREAKER_BYTES));
  intl_set(cx, &segmenter->intl, SEGMENTER_ICU, handle);
  intl_set(cx, &segmenter->intl, INTL_LOCALE, locale.tag);
  return js_from_object(&segmenter->intl.obj);
}

/* Intl.Segmenter.prototype.resolvedOptions ( )  ecma402#sec-intl.segmenter.prototype.resolvedoptions */
static JsValue intl_segmenter_proto_resolved_options(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsSegmenter *segmenter = INTL_THIS(cx, this_val, SEGMENTER, JsSegmenter, "Intl.Segmenter.prototype.resolvedOptions");
  JsObject *out = object_new(cx);
  TRY(intl_put(cx, out, "locale", slot_get(segmenter->intl.slots[INTL_LOCALE])));
  TRY(intl_put_ascii(cx, out, "granularity", granularities[segmenter->granularity]));
  return js_from_object(out);
}

/* --- Segments ----------------------------------------------------------------------------------------------------- */

/* Gives an object its own break iterator over a string. */
static bool set_text(JsContext *cx, JsSegments *segments, JsSegmenter *segmenter, JsString *string, JsString *units)
{
  const Icu *icu = TRY_OR(false, intl_icu(cx));
  IcuError error = 0;
  IcuBreaker *breaker = icu->ubrk_clone(intl_handle(&segmenter->intl, SEGMENTER_ICU), &error);
  JsIcuHandle *handle =
      TRY_OR(false, intl_handle_new(cx, error > 0 ? NULL : breaker, *(void *const *)&icu->ubrk_close, BREAKER_BYTES));
  JsString *keep;
  const uint16_t *text = TRY_OR(false, intl_units(cx, units, &keep));
  icu->ubrk_setText(breaker, text, (int32_t)string->length, &error);
  icu->ubrk_first(breaker);
  intl_set(cx, &segments->intl, SEGMENTS_ICU, handle);
  intl_set(cx, &segments->intl, SEGMENTS_SEGMENTER, segmenter);
  intl_set(cx, &segments->intl, SEGMENTS_STRING, string);
  intl_set(cx, &segments->intl, SEGMENTS_UNITS, keep);
  return true;
}

/* Intl.Segmenter.prototype.segment ( string )  ecma402#sec-intl.segmenter.prototype.segment */
static JsValue intl_segmenter_proto_segment(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsSegmenter *segmenter = INTL_THIS(cx, this_val, SEGMENTER, JsSegmenter, "Intl.Segmenter.prototype.segment");
  JsString *string = TRY(to_string(cx, js_arg(argc, argv, 0)));
  JsSegments *segments = (JsSegments *)object_new_kind(cx, CELL_INTL_SEGMENTS, sizeof(JsSegments),
                                                       INTRINSIC_OBJECT(cx, INTL_SEGMENTS_PROTOTYPE));
  TRY(set_text(cx, segments, segmenter, string, string));
  return js_from_object(&segments->intl.obj);
}

/* CreateSegmentDataObject ( segmenter, string, startIndex, endIndex )  ecma402#sec-createsegmentdataobject
 * the break iterator stands at the end */
static JsValue segment_data(JsContext *cx, JsSegments *segments, int32_t from, int32_t to)
{
  enum { ICU_WORD_NONE_LIMIT = 100 };
  const Icu *icu = TRY(intl_icu(cx));
  JsString *string = intl_string(&segments->intl, SEGMENTS_STRING);
  JsSegmenter *segmenter = (JsSegmenter *)js_as_object(slot_get(segments->intl.slots[SEGMENTS_SEGMENTER]));
  bool is_word = segmenter->granularity == BY_WORD &&
                 icu->ubrk_getRuleStatus(intl_handle(&segments->intl, SEGMENTS_ICU)) >= ICU_WORD_NONE_LIMIT;
  JsObject *out = object_new(cx);
  JsString *segment = string_substring(cx->heap, string, (uint32_t)from, (uint32_t)to);
  TRY(intl_put(cx, out, "segment", js_from_cell(segment)));
  TRY(intl_put(cx, out, "index", js_int32(from)));
  TRY(intl_put(cx, out, "input", js_from_cell(string)));
  if (segmenter->granularity == BY_WORD)
    TRY(intl_put(cx, out, "isWordLike", js_boolean(is_word)));
  return js_from_object(out);
}

/* %IntlSegmentsPrototype%.containing ( index )  ecma402#sec-%intlsegmentsprototype%.containing */
static JsValue intl_segments_proto_containing(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsSegments *segments = INTL_THIS(cx, this_val, SEGMENTS, JsSegments, "%SegmentsPrototype%.containing");
  double index;
  TRY(to_integer_or_infinity(cx, js_arg(argc, argv, 0), &index));
  JsString *string = intl_string(&segments->intl, SEGMENTS_STRING);
  if (!(index >= 0 && index < string->length))
    return JS_UNDEFINED;
  const Icu *icu = TRY(intl_icu(cx));
  IcuBreaker *breaker = intl_handle(&segments->intl, SEGMENTS_ICU);
  int32_t at = (int32_t)index;
  /* ICU takes an index within a surrogate pair for the pair's. */
  if (at && unicode_is_trail_surrogate(string_unit_at(cx->heap, string, (uint32_t)at)) &&
      unicode_is_lead_surrogate(string_unit_at(cx->heap, string, (uint32_t)at - 1)))
    at--;
  int32_t from = icu->ubrk_isBoundary(breaker, at) ? at : icu->ubrk_preceding(breaker, at);
  int32_t to = icu->ubrk_following(breaker, at);
  if (from < 0)
    from = 0;
  return segment_data(cx, segments, from, to < 0 ? (int32_t)string->length : to);
}

/* %IntlSegmentsPrototype% [ %Symbol.iterator% ] ( )  ecma402#sec-%intlsegmentsprototype%-%symbol.iterator% */
static JsValue intl_segments_proto_iterator(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsSegments *segments = INTL_THIS(cx, this_val, SEGMENTS, JsSegments, "%SegmentsPrototype%[Symbol.iterator]");
  JsSegments *iterator = (JsSegments *)object_new_kind(cx, CELL_INTL_SEGMENT_ITERATOR, sizeof(JsSegments),
                                                       INTRINSIC_OBJECT(cx, INTL_SEGMENT_ITERATOR_PROTOTYPE));
  TRY(set_text(cx, iterator, (JsSegmenter *)js_as_object(slot_get(segments->intl.slots[SEGMENTS_SEGMENTER])),
               intl_string(&segments->intl, SEGMENTS_STRING), intl_string(&segments->intl, SEGMENTS_UNITS)));
  return js_from_object(&iterator->intl.obj);
}

/* %IntlSegmentIteratorPrototype%.next ( )  ecma402#sec-%intlsegmentiteratorprototype%.next */
static JsValue intl_segment_iterator_next(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsSegments *iterator = INTL_THIS(cx, this_val, SEGMENT_ITERATOR, JsSegments, "%SegmentIterator.prototype%.next");
  const Icu *icu = TRY(intl_icu(cx));
  int32_t from = iterator->position;
  int32_t to = iterator->done ? -1 : icu->ubrk_next(intl_handle(&iterator->intl, SEGMENTS_ICU));
  if (to < 0) {
    iterator->done = true;
    return create_iter_result_object(cx, JS_UNDEFINED, true);
  }
  iterator->position = to;
  JsValue data = TRY(segment_data(cx, iterator, from, to));
  return create_iter_result_object(cx, data, false);
}

static const JsBuiltin intl_segmenter_static[] = {
    FN_MAGIC("supportedLocalesOf", intl_supported_locales_of, 1, INTL_SERVICE_SEGMENTER),
};
static const JsBuiltin intl_segmenter_proto[] = {
    FN("resolvedOptions", intl_segmenter_proto_resolved_options, 0),
    FN("segment", intl_segmenter_proto_segment, 1),
    STRING_SYM(toStringTag, "Intl.Segmenter"),
};
static const JsBuiltin intl_segments_proto[] = {
    FN("containing", intl_segments_proto_containing, 1),
    FN_SYM(iterator, "[Symbol.iterator]", intl_segments_proto_iterator, 0),
};
static const JsBuiltin intl_segment_iterator_proto[] = {
    FN("next", intl_segment_iterator_next, 0),
    STRING_SYM(toStringTag, "Segmenter String Iterator"),
};
const JsIntrinsicTable intl_segmenter_constructor_table = {
    CONSTRUCTOR_TABLE("Segmenter", intl_segmenter_constructor, 0, INTL_SEGMENTER_PROTOTYPE),
    ROWS(intl_segmenter_static)};
const JsIntrinsicTable intl_segmenter_prototype_table = {PROTOTYPE_TABLE(INTL_SEGMENTER), ROWS(intl_segmenter_proto)};
const JsIntrinsicTable intl_segments_prototype_table = {NAMESPACE_TABLE(), ROWS(intl_segments_proto)};
const JsIntrinsicTable intl_segment_iterator_prototype_table = {.make = INTRINSIC_PLAIN,
                                                                .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
                                                                .prototype = -1,
                                                                .constructor = -1,
                                                                ROWS(intl_segment_iterator_proto)};
