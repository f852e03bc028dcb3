// SPDX-License-Identifier: MIT
/* What the shell's files share. */
#ifndef SHELL_SHELL_H
#define SHELL_SHELL_H

#include <stdio.h>

#include "object/operations.h"

/* print, console, $262 in the current realm. False: exception. */
JS_MUST_USE bool shell_define_globals(JsContext *cx);
void shell_write_string(JsContext *cx, JsString *str, FILE *out);
/* An uncaught error's text on stderr. */
void shell_report_value(JsContext *cx, JsValue error, const char *prefix);

#endif
