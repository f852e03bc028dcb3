// SPDX-License-Identifier: MIT
/*
 * RegExp objects, between the files of the built-in (regexp*.c) and for String's methods.
 *
 * [DOC] RegExp fast paths. The specification routes every use of a regular expression through user-visible properties
 * (exec, flags, lastIndex, constructor). As long as a RegExp object has its initial shape and nobody has changed what
 * %RegExp.prototype% had in the beginning (regexp_is_pristine), none of that can be observed, so the methods run the
 * matcher directly and build only what they return.
 */
#ifndef BUILTINS_REGEXP_H
#define BUILTINS_REGEXP_H

#include "builtins/builtin.h"
#include "regexp/regexp.h"

/* A compiled pattern, shared by RegExp objects with the same source and flags. Of a literal it is made at the first
 * match (regexp_program): the parser has checked its syntax. */
typedef struct JsRegExpProgram {
  JsCell cell;
  RegexpProgram *program; /* NULL: not yet; group_count and names are not known then */
  uint32_t flags;         /* REGEXP_* */
  uint32_t group_count;
  JS_PTR_SLOT(JsElements) names; /* raw key and group number in turn, or NULL: no named groups */
} JsRegExpProgram;

typedef struct JsRegExp {
  JsObject obj;
  JS_PTR_SLOT(JsString) source;          /* [[OriginalSource]] */
  JS_PTR_SLOT(JsRegExpProgram) compiled; /* [[RegExpMatcher]]; NULL before RegExpInitialize */
} JsRegExp;                              /* lastIndex is inline slot 0 */

enum { REGEXP_CACHE_SIZE = 64, REGEXP_LEGACY_GROUPS = 10, REGEXP_WATCHED = 12 };

typedef struct JsRegExpCacheEntry {
  JS_PTR_SLOT(JsString) source;
  JS_PTR_SLOT(JsRegExpProgram) compiled;
} JsRegExpCacheEntry;

/* What a realm remembers about regular expressions. */
typedef struct JsRegExpState {
  JsCell cell;
  JS_PTR_SLOT(JsShape) shape;        /* of new RegExp objects: lastIndex */
  JS_PTR_SLOT(JsShape) result_shape; /* of exec's arrays: index, input, groups */
  /* RegExp.input and $1 .. (Annex B's static properties): the last successful match of a built-in exec. */
  JS_PTR_SLOT(JsString) last_input;
  JS_PTR_SLOT(JsString) input_override; /* assigned to RegExp.input since; NULL: none */
  uint32_t last_group_count;            /* groups of the pattern, 0 included; only REGEXP_LEGACY_GROUPS are kept */
  int32_t last_captures[2 * REGEXP_LEGACY_GROUPS];
  int32_t last_paren[2]; /* the last group of all */
  /* regexp_is_pristine's memory: valid while the prototype keeps its layout, and where the watched properties are. */
  JS_PTR_SLOT(JsProtoInfo) validity;
  uint32_t watched_slots[REGEXP_WATCHED];
  JsSlot watched_values[REGEXP_WATCHED];
  JsRegExpCacheEntry cache[REGEXP_CACHE_SIZE];
} JsRegExpState;

JS_INLINE bool js_is_regexp_object(JsValue v)
{
  return js_is_kind(v, CELL_REGEXP);
}

JsRegExpState *regexp_state(JsContext *cx);

/* True when using this object through exec, flags and lastIndex is unobservable; see [DOC] above. */
bool regexp_is_pristine(JsContext *cx, JsObject *obj);
/* The same of `exec` alone: all that RegExpExec asks the object for. */
bool regexp_exec_is_pristine(JsContext *cx, JsObject *obj);
/* The same for constructing a copy of it by SpeciesConstructor. */
bool regexp_species_is_pristine(JsContext *cx, JsObject *obj);

/* RegExpAlloc with new_target undefined: %RegExp%. */
JS_MUST_USE JsRegExp *regexp_alloc(JsContext *cx, JsValue new_target);
/* RegExpInitialize */
JS_MUST_USE bool regexp_initialize(JsContext *cx, JsRegExp *regexp, JsValue pattern, JsValue flags);
/* A literal's object: its syntax is known to be right. */
JS_MUST_USE JsValue regexp_from_literal(JsContext *cx, JsString *source, JsString *flags);
/* What matches; NULL: exception. */
JS_MUST_USE JsRegExpProgram *regexp_program(JsContext *cx, JsRegExp *regexp);
/* RegExpCreate */
JS_MUST_USE JsRegExp *regexp_create(JsContext *cx, JsValue pattern, JsValue flags);

/* Scratch for one match's captures, alive as long as the structure is on the stack: small ones inside, others in a
 * cell. */
typedef struct RegExpCaptures {
  int32_t *at; /* 2 * group_count */
  JsString *cell;
  int32_t inline_at[24];
} RegExpCaptures;
JS_MUST_USE bool captures_init(JsContext *cx, RegExpCaptures *captures, uint32_t group_count);

/* Runs the matcher at `start` and on success records the match for RegExp.$1 and friends. False: exception. */
JS_MUST_USE bool regexp_match(JsContext *cx, JsRegExpProgram *compiled, JsString *str, uint32_t start, bool sticky,
                              int32_t *captures, bool *matched);
/* RegExpBuiltinExec: an array or null. */
JS_MUST_USE JsValue regexp_builtin_exec(JsContext *cx, JsRegExp *regexp, JsString *str);
/* The same without making the result: *matched and captures. */
JS_MUST_USE bool regexp_builtin_exec_raw(JsContext *cx, JsRegExp *regexp, JsString *str, RegExpCaptures *captures,
                                         JsRegExpProgram **compiled, bool *matched);
/* RegExpExec: through a user's exec if there is one. */
JS_MUST_USE JsValue regexp_exec_method(JsContext *cx, JsObject *obj, JsString *str);
/* The array that exec returns. */
JS_MUST_USE JsValue regexp_make_result(JsContext *cx, JsRegExpProgram *compiled, JsString *str,
                                       const int32_t *captures);

/* AdvanceStringIndex */
int64_t advance_string_index(JsContext *cx, JsString *str, int64_t index, bool unicode);

/* The replacement text of a match, appended: GetSubstitution  ecma262#sec-getsubstitution. Captures either as units
 * (ranges; pairs of group 1 .. count) or as values (strings or undefined). named: groups object or undefined. */
typedef struct Substitution {
  JsString *str;
  uint32_t position, matched_length;
  JsString *matched;
  uint32_t count;
  const int32_t *ranges;
  const JsSlot *values;
  JsValue named;
  JsRegExpProgram *compiled; /* with ranges: where names are; or NULL */
} Substitution;
JS_MUST_USE bool get_substitution(JsContext *cx, StringBuilder *out, const Substitution *sub, JsString *replacement);

/* Methods that String.prototype calls without a detour when they are the ones found. */
JsValue regexp_proto_exec(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_proto_match(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_proto_match_all(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_proto_replace(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_proto_search(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_proto_split(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_escape(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_get_flag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_get_flags(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_get_source(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_get_legacy(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_set_legacy_input(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
JsValue regexp_set_legacy_nothing(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
/* magic of regexp_get_legacy: 1 .. 9 are $1 .. $9 */
enum { LEGACY_INPUT = 10, LEGACY_LAST_MATCH, LEGACY_LAST_PAREN, LEGACY_LEFT_CONTEXT, LEGACY_RIGHT_CONTEXT };

typedef struct JsRegExpStringIterator {
  JsObject obj;
  JS_PTR_SLOT(JsObject) matcher; /* NULL: done */
  JS_PTR_SLOT(JsString) str;
  bool global, unicode;
} JsRegExpStringIterator;

extern const JsIntrinsicTable regexp_constructor_table;
extern const JsIntrinsicTable regexp_prototype_table;
extern const JsIntrinsicTable regexp_string_iterator_prototype_table;

#endif
