// SPDX-License-Identifier: MIT
/* What JavaScript is told of an X.509 certificate. The library must be there (openssl_get). */
#ifndef RUNTIME_X509_H
#define RUNTIME_X509_H

#include "base/check.h"
#include "culm/js.h"
#include "runtime/openssl.h"

/* The object of tls' getPeerCertificate and X509Certificate's toLegacyObject, without the issuer's; bytes are
 * Uint8Arrays. */
JS_MUST_USE JsValue x509_legacy_object(JsContext *cx, const OpenSsl *ssl, X509 *cert);
/* { CN: 'name', O: ['a', 'b'] } without a prototype. */
JS_MUST_USE JsValue x509_name_object(JsContext *cx, const OpenSsl *ssl, const X509_NAME *name);
/* 'DNS:a, IP Address:1.2.3.4'; undefined when there is no such extension. Values that could be mistaken are quoted. */
JS_MUST_USE JsValue x509_alt_name(JsContext *cx, const OpenSsl *ssl, X509 *cert);
/* 'OCSP - URI:http://x\n...'; undefined when there is none. */
JS_MUST_USE JsValue x509_info_access(JsContext *cx, const OpenSsl *ssl, X509 *cert);
/* 'AA:BB:...' */
JS_MUST_USE JsValue x509_fingerprint(JsContext *cx, const OpenSsl *ssl, X509 *cert, const char *digest);
JS_MUST_USE JsValue x509_serial(JsContext *cx, const OpenSsl *ssl, X509 *cert);
JS_MUST_USE JsValue x509_key_usage(JsContext *cx, const OpenSsl *ssl, X509 *cert); /* array of OIDs or undefined */
JS_MUST_USE JsValue x509_time(JsContext *cx, const OpenSsl *ssl, const ASN1_TIME *time);
JS_MUST_USE JsValue x509_der(JsContext *cx, const OpenSsl *ssl, X509 *cert);

#endif
