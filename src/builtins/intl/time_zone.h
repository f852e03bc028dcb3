// SPDX-License-Identifier: MIT
/* Time zone identifiers for Intl.DateTimeFormat and Date. */
#ifndef BUILTINS_INTL_TIME_ZONE_H
#define BUILTINS_INTL_TIME_ZONE_H

#include "builtins/intl/intl.h"

/* SystemTimeZoneIdentifier ( ): follows TZ when it changes. NULL: no ICU. */
JS_MUST_USE JsString *intl_system_zone(JsContext *cx);
/* The canonical identifier of a named zone or an offset ("+01:00"). NULL: RangeError. */
JS_MUST_USE JsString *intl_named_zone(JsContext *cx, JsString *text);
/* ICU's name of such an identifier. */
JS_MUST_USE JsString *intl_icu_zone(JsContext *cx, JsString *zone);

#endif
