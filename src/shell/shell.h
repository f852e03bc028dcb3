// SPDX-License-Identifier: MIT
/* What the shell's files share. */
#ifndef SHELL_SHELL_H
#define SHELL_SHELL_H

#include <stdio.h>

#include "object/operations.h"

/* print, console, $262 in the current realm. False: exception. */
JS_MUST_USE bool shell_define_globals(JsContext *cx);
void shell_write_string(JsContext *cx, JsString *str, FILE *out);
JsString *shell_read_source(JsContext *cx, const char *path);
/* modules.c: the loader; cache lives as long as the Vm. */
void shell_modules_start(JsContext *cx, JsRoot *cache);
/* Evaluates the module: its promise. */
JS_MUST_USE JsValue shell_run_module(JsContext *cx, const char *name);
/* An uncaught error's text on stderr. */
void shell_report_value(JsContext *cx, JsValue error, const char *prefix);

#endif
