// SPDX-License-Identifier: MIT
/* What a realm keeps for Intl. */
#ifndef BUILTINS_INTL_STATE_H
#define BUILTINS_INTL_STATE_H

#include "builtins/intl/intl.h"

enum { INTL_CACHE_SIZE = 16, INTL_SHARED_SIZE = 8 };

typedef struct JsIntlState {
  JsCell cell;
  JsSlot fallback_symbol; /* IntlLegacyConstructedSymbol, once needed */
  JsSlot default_locale;  /* its tag */
  JsSlot zone;            /* the system's time zone, as TZ said when */
  JsSlot zone_setting;    /* it was this; undefined: not set */
  struct {
    JsSlot key, handle;
  } cache[INTL_CACHE_SIZE];
  struct {
    int64_t kind; /* 0: free */
    JsSlot locales, object;
  } shared[INTL_SHARED_SIZE];
  uint32_t next_cache, next_shared;
} JsIntlState;

JsIntlState *intl_state(JsContext *cx);
JsSymbol *intl_fallback_symbol(JsContext *cx);
/* ChainNumberFormat, ChainDateTimeFormat: what the constructor returns when it was called without new. */
JS_MUST_USE JsValue intl_chain_legacy(JsContext *cx, JsObject *constructor, JsValue this_val, JsValue made);
/* UnwrapNumberFormat, UnwrapDateTimeFormat. NULL: TypeError. */
JS_MUST_USE JsIntl *intl_unwrap_legacy(JsContext *cx, JsObject *constructor, JsCellKind kind, JsValue this_val,
                                       const char *method);
JsString *intl_default_locale(JsContext *cx, const Icu *icu);

#endif
