// SPDX-License-Identifier: MIT
/* OpenSSL's error queue as Error objects: see openssl_error.h. Codes are made of the names of library and reason. */
#include "runtime/openssl_error.h"

#include "runtime/openssl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The part of a code that names the library; the libraries that have none add nothing. */
static const char *library_tag(int library)
{
  static const struct {
    int library;
    const char *tag;
  } tags[] = {
      {ERR_LIB_SYS, "SYS_"},       {ERR_LIB_BN, "BN_"},         {ERR_LIB_RSA, "RSA_"},   {ERR_LIB_DH, "DH_"},
      {ERR_LIB_EVP, "EVP_"},       {ERR_LIB_BUF, "BUF_"},       {ERR_LIB_OBJ, "OBJ_"},   {ERR_LIB_PEM, "PEM_"},
      {ERR_LIB_DSA, "DSA_"},       {ERR_LIB_X509, "X509_"},     {ERR_LIB_ASN1, "ASN1_"}, {ERR_LIB_CONF, "CONF_"},
      {ERR_LIB_CRYPTO, "CRYPTO_"}, {ERR_LIB_EC, "EC_"},         {ERR_LIB_BIO, "BIO_"},   {ERR_LIB_PKCS7, "PKCS7_"},
      {ERR_LIB_X509V3, "X509V3_"}, {ERR_LIB_PKCS12, "PKCS12_"}, {ERR_LIB_RAND, "RAND_"}, {ERR_LIB_DSO, "DSO_"},
      {ERR_LIB_ENGINE, "ENGINE_"}, {ERR_LIB_OCSP, "OCSP_"},     {ERR_LIB_UI, "UI_"},     {ERR_LIB_COMP, "COMP_"},
      {ERR_LIB_ECDSA, "ECDSA_"},   {ERR_LIB_ECDH, "ECDH_"},     {ERR_LIB_FIPS, "FIPS_"}, {ERR_LIB_CMS, "CMS_"},
      {ERR_LIB_TS, "TS_"},         {ERR_LIB_HMAC, "HMAC_"},     {ERR_LIB_CT, "CT_"},     {ERR_LIB_ASYNC, "ASYNC_"},
      {ERR_LIB_KDF, "KDF_"},       {ERR_LIB_SM2, "SM2_"},       {ERR_LIB_USER, "USER_"},
  };
  for (size_t k = 0; k < sizeof tags / sizeof *tags; k++)
    if (tags[k].library == library)
      return tags[k].tag;
  return "";
}

bool openssl_error_describe(JsContext *cx, const OpenSsl *ssl, JsValue error, unsigned long entry, bool is_tls)
{
  const char *library = ssl->ERR_lib_error_string(entry), *reason = ssl->ERR_reason_error_string(entry);
  if (library && !js_set(cx, error, "library", js_string(cx, library)))
    return false;
  if (!reason)
    return true;
  if (!js_set(cx, error, "reason", js_string(cx, reason)))
    return false;
  char code[192];
  bool is_ssl = is_tls || ERR_GET_LIB(entry) == ERR_LIB_SSL;
  int length = snprintf(code, sizeof code, "ERR_%s%s%s", is_ssl ? "SSL_" : "OSSL_",
                        is_ssl ? "" : library_tag(ERR_GET_LIB(entry)), reason);
  for (int k = 0; k < length && code[k]; k++)
    code[k] = code[k] == ' ' ? '_' : (char)toupper((unsigned char)code[k]);
  return js_set(cx, error, "code", js_string(cx, code));
}

static bool add_stack(JsContext *cx, const OpenSsl *ssl, JsValue error)
{
  char text[256];
  JsValue stack = JS_UNDEFINED;
  for (unsigned long entry; (entry = ssl->ERR_get_error());) {
    if (js_is_undefined(stack))
      stack = js_array_new(cx, 0, NULL);
    ssl->ERR_error_string_n(entry, text, sizeof text);
    if (js_is_exception(stack) || !js_array_push(cx, stack, js_string(cx, text)))
      return false;
  }
  return js_is_undefined(stack) || js_set(cx, error, "opensslErrorStack", stack);
}

JsValue openssl_error_new(JsContext *cx, const char *fallback)
{
  const OpenSsl *ssl = openssl_get();
  unsigned long entry = ssl ? ssl->ERR_get_error() : 0;
  char text[256];
  if (entry)
    ssl->ERR_error_string_n(entry, text, sizeof text);
  JsValue error = js_error_new(cx, "Error", js_string(cx, entry ? text : fallback));
  if (!js_is_exception(error) && entry &&
      (!openssl_error_describe(cx, ssl, error, entry, false) || !add_stack(cx, ssl, error)))
    return JS_EXCEPTION;
  return error;
}

JsValue openssl_error_throw(JsContext *cx, const char *fallback)
{
  JsValue error = openssl_error_new(cx, fallback);
  return js_is_exception(error) ? error : js_throw(cx, error);
}

typedef struct Text {
  char *bytes;
  size_t length;
} Text;

static int append(const char *line, size_t length, void *opaque)
{
  Text *text = opaque;
  char *bytes = realloc(text->bytes, text->length + length + 1);
  if (!bytes)
    return 0;
  memcpy(bytes + text->length, line, length);
  text->bytes = bytes;
  text->length += length;
  return 1;
}

JsValue openssl_tls_error_new(JsContext *cx)
{
  const OpenSsl *ssl = openssl_get();
  unsigned long entry = ssl ? ssl->ERR_peek_error() : 0;
  Text text = {0};
  if (ssl)
    ssl->ERR_print_errors_cb(append, &text);
  JsValue message = text.length ? js_string_utf8(cx, text.bytes, text.length) : js_string(cx, "TLS failure");
  free(text.bytes);
  JsValue error = js_error_new(cx, "Error", message);
  if (!js_is_exception(error) && entry && !openssl_error_describe(cx, ssl, error, entry, true))
    return JS_EXCEPTION;
  return error;
}
