// SPDX-License-Identifier: MIT
/* Date objects, for other built-ins and the API. */
#ifndef BUILTINS_DATE_H
#define BUILTINS_DATE_H

#include "builtins/builtin.h"

typedef struct JsDate {
  JsObject obj;
  double time; /* time value: integral, |time| <= 8.64e15, or NaN */
} JsDate;

JS_INLINE bool js_is_date(JsValue v)
{
  return js_is_kind(v, CELL_DATE);
}
/* A Date of the current realm; time is clipped. */
JsObject *date_new(JsContext *cx, double time);

/* Milliseconds since 1970 by the host's clock. */
double date_current_time(JsContext *cx);

#endif
