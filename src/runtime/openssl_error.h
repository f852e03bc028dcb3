// SPDX-License-Identifier: MIT
/* OpenSSL's error queue as an Error with library, reason, code and, when there are several, opensslErrorStack. */
#ifndef RUNTIME_OPENSSL_ERROR_H
#define RUNTIME_OPENSSL_ERROR_H

#include "base/check.h"
#include "culm/js.h"
#include "runtime/openssl.h"

/* Of the oldest entry; `fallback` is the message when the queue is empty. Empties the queue. Not thrown. */
JsValue openssl_error_new(JsContext *cx, const char *fallback);
JsValue openssl_error_throw(JsContext *cx, const char *fallback);
/* Of a failed TLS operation: the message is the whole queue as OpenSSL prints it, the code is ERR_SSL_*. */
JsValue openssl_tls_error_new(JsContext *cx);

/* Gives an Error library, reason and code of one entry of a queue. */
JS_MUST_USE bool openssl_error_describe(JsContext *cx, const OpenSsl *ssl, JsValue error, unsigned long entry,
                                        bool is_tls);

#endif
