// SPDX-License-Identifier: MIT
/* Files read before there is an environment: package.json for --run, configuration files. */
#ifndef RUNTIME_JSON_FILE_H
#define RUNTIME_JSON_FILE_H

#include "base/strbuf.h"
#include "culm/js.h"

/* Appends the file's bytes. False: errno. */
JS_MUST_USE bool json_file_read(const char *path, StrBuf *text);
JS_MUST_USE JsValue json_file_parse(JsContext *cx, const StrBuf *text);

#endif
