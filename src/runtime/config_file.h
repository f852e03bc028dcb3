// SPDX-License-Identifier: MIT
/* --experimental-config-file: options written down as JSON. */
#ifndef RUNTIME_CONFIG_FILE_H
#define RUNTIME_CONFIG_FILE_H

#include "base/strbuf.h"

/* Options as the words of a command line, each ended by a NUL. False: the complaint is on standard error; is_missing
 * says whether the file could not be read or does not say what it may. */
JS_MUST_USE bool config_file_read(const char *path, StrBuf *words, bool *is_missing);

#endif
