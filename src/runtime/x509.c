// SPDX-License-Identifier: MIT
/*
 * What JavaScript is told of an X.509 certificate (RFC 5280). Certificates come from the other side: strings in them
 * hold anything, so names in lists are quoted where a comma or quote could make two of one.
 */
#include "runtime/x509.h"

#include "runtime/env.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text under construction; after a failed allocation nothing is added any more. */
typedef struct Text {
  char *bytes;
  size_t length, cap;
  bool failed;
} Text;

static void add(Text *text, const void *bytes, size_t length)
{
  if (text->failed)
    return;
  if (text->cap - text->length < length) {
    size_t cap = (text->cap + length) * 2;
    char *grown = realloc(text->bytes, cap);
    if (!grown) {
      text->failed = true;
      return;
    }
    text->bytes = grown;
    text->cap = cap;
  }
  if (length)
    memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
}

static void add_string(Text *text, const char *string)
{
  add(text, string, strlen(string));
}

static void __attribute__((format(printf, 2, 3))) add_format(Text *text, const char *format, ...)
{
  char line[64];
  va_list args;
  va_start(args, format);
  int length = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  add(text, line, length > 0 && length < (int)sizeof line ? (size_t)length : 0);
}

static JsValue finish(JsContext *cx, Text *text)
{
  JsValue string =
      text->failed ? js_throw_range_error(cx, "Out of memory") : js_string_utf8(cx, text->bytes, text->length);
  free(text->bytes);
  *text = (Text){0};
  return string;
}

/* --- names ------------------------------------------------------------------------------------------------------- */

static bool is_plain(const char *name, size_t length, bool is_utf8)
{
  for (size_t k = 0; k < length; k++) {
    unsigned char c = (unsigned char)name[k];
    if (c == '"' || c == '\\' || c == ',' || c == '\'' || c < ' ' || (c > '~' && !is_utf8) || c == 0x7f)
      return false;
  }
  return true;
}

/* As it is when it cannot be mistaken, else as a JSON string without commas. */
static void add_name(Text *text, const char *name, size_t length, bool is_utf8, const char *prefix)
{
  if (is_plain(name, length, is_utf8)) {
    add_string(text, prefix);
    add(text, name, length);
    return;
  }
  add_string(text, "\"");
  add_string(text, prefix);
  for (size_t k = 0; k < length; k++) {
    unsigned char c = (unsigned char)name[k];
    if (c == '"' || c == '\\')
      add_format(text, "\\%c", c);
    else if ((c >= ' ' && c != ',' && c <= '~') || (is_utf8 && c > 0x7f))
      add(text, &c, 1);
    else
      add_format(text, "\\u%04x", c);
  }
  add_string(text, "\"");
}

static void add_asn1_name(const OpenSsl *ssl, Text *text, const ASN1_STRING *string, bool is_utf8, const char *prefix)
{
  add_name(text, (const char *)ssl->ASN1_STRING_get0_data(string), (size_t)ssl->ASN1_STRING_length(string), is_utf8,
           prefix);
}

static void add_directory_name(const OpenSsl *ssl, Text *text, const X509_NAME *name)
{
  BIO *bio = ssl->BIO_new(ssl->BIO_s_mem());
  enum { FLAGS = (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) };
  char *bytes = NULL;
  if (bio && ssl->X509_NAME_print_ex(bio, name, 0, FLAGS) >= 0) {
    long length = ssl->BIO_ctrl(bio, BIO_CTRL_INFO, 0, &bytes);
    add_name(text, bytes, length > 0 ? (size_t)length : 0, true, "");
  }
  ssl->BIO_free_all(bio);
}

static void add_other_name(const OpenSsl *ssl, Text *text, const OTHERNAME *other)
{
  static const struct {
    int nid, type;
    const char *prefix;
  } known[] = {
      {NID_id_on_SmtpUTF8Mailbox, V_ASN1_UTF8STRING, "SmtpUTF8Mailbox:"},
      {NID_XmppAddr, V_ASN1_UTF8STRING, "XmppAddr:"},
      {NID_SRVName, V_ASN1_IA5STRING, "SRVName:"},
      {NID_ms_upn, V_ASN1_UTF8STRING, "UPN:"},
      {NID_NAIRealm, V_ASN1_UTF8STRING, "NAIRealm:"},
  };
  add_string(text, "othername:");
  int nid = ssl->OBJ_obj2nid(other->type_id);
  for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
    if (known[k].nid == nid && other->value->type == known[k].type) {
      add_asn1_name(ssl, text, other->value->value.asn1_string, known[k].type == V_ASN1_UTF8STRING, known[k].prefix);
      return;
    }
  }
  add_string(text, "<unsupported>");
}

static void add_ip(Text *text, const unsigned char *bytes, int length)
{
  if (length == 4) {
    add_format(text, "IP Address:%d.%d.%d.%d", bytes[0], bytes[1], bytes[2], bytes[3]);
  } else if (length == 16) {
    add_string(text, "IP Address:");
    for (int k = 0; k < 16; k += 2)
      add_format(text, "%s%X", k ? ":" : "", bytes[k] << 8 | bytes[k + 1]);
  } else {
    add_string(text, "IP Address:<invalid>");
  }
}

static void add_general_name(const OpenSsl *ssl, Text *text, const GENERAL_NAME *name)
{
  char oid[256];
  switch (name->type) {
  case GEN_EMAIL:
    add_string(text, "email:");
    add_asn1_name(ssl, text, name->d.rfc822Name, false, "");
    break;
  case GEN_DNS:
    add_string(text, "DNS:");
    add_asn1_name(ssl, text, name->d.dNSName, false, "");
    break;
  case GEN_URI:
    add_string(text, "URI:");
    add_asn1_name(ssl, text, name->d.uniformResourceIdentifier, false, "");
    break;
  case GEN_DIRNAME:
    add_string(text, "DirName:");
    add_directory_name(ssl, text, name->d.directoryName);
    break;
  case GEN_IPADD:
    add_ip(text, ssl->ASN1_STRING_get0_data(name->d.iPAddress), ssl->ASN1_STRING_length(name->d.iPAddress));
    break;
  case GEN_RID:
    ssl->OBJ_obj2txt(oid, sizeof oid, name->d.registeredID, 1);
    add_string(text, "Registered ID:");
    add_string(text, oid);
    break;
  case GEN_OTHERNAME: add_other_name(ssl, text, name->d.otherName); break;
  case GEN_X400: add_string(text, "X400Name:<unsupported>"); break;
  default: add_string(text, "EdiPartyName:<unsupported>");
  }
}

JsValue x509_alt_name(JsContext *cx, const OpenSsl *ssl, X509 *cert)
{
  GENERAL_NAMES *names = ssl->X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
  if (!names)
    return JS_UNDEFINED;
  Text text = {0};
  int count = ssl->OPENSSL_sk_num((const OPENSSL_STACK *)names);
  for (int k = 0; k < count; k++) {
    if (k)
      add_string(&text, ", ");
    add_general_name(ssl, &text, ssl->OPENSSL_sk_value((const OPENSSL_STACK *)names, k));
  }
  ssl->GENERAL_NAMES_free(names);
  return finish(cx, &text);
}

/* Text of one access description, up to the colon and behind it. */
static void add_access_method(const OpenSsl *ssl, Text *text, const ACCESS_DESCRIPTION *access)
{
  char oid[256];
  int nid = ssl->OBJ_obj2nid(access->method);
  if (nid == NID_undef)
    ssl->OBJ_obj2txt(oid, sizeof oid, access->method, 1);
  add_string(text, nid == NID_undef ? oid : ssl->OBJ_nid2ln(nid));
  add_string(text, " - ");
}

JsValue x509_info_access(JsContext *cx, const OpenSsl *ssl, X509 *cert)
{
  AUTHORITY_INFO_ACCESS *list = ssl->X509_get_ext_d2i(cert, NID_info_access, NULL, NULL);
  if (!list)
    return JS_UNDEFINED;
  Text text = {0};
  int count = ssl->OPENSSL_sk_num((const OPENSSL_STACK *)list);
  for (int k = 0; k < count; k++) {
    const ACCESS_DESCRIPTION *access = ssl->OPENSSL_sk_value((const OPENSSL_STACK *)list, k);
    if (k)
      add_string(&text, "\n");
    add_access_method(ssl, &text, access);
    add_general_name(ssl, &text, access->location);
  }
  ssl->AUTHORITY_INFO_ACCESS_free(list);
  return finish(cx, &text);
}

/* { 'OCSP - URI': ['http://x'] } */
static JsValue info_access_object(JsContext *cx, const OpenSsl *ssl, X509 *cert)
{
  AUTHORITY_INFO_ACCESS *list = ssl->X509_get_ext_d2i(cert, NID_info_access, NULL, NULL);
  if (!list)
    return JS_UNDEFINED;
  JsValue out = js_object_new_with_proto(cx, JS_NULL);
  int count = ssl->OPENSSL_sk_num((const OPENSSL_STACK *)list);
  for (int k = 0; k < count && !js_is_exception(out); k++) {
    const ACCESS_DESCRIPTION *access = ssl->OPENSSL_sk_value((const OPENSSL_STACK *)list, k);
    Text text = {0};
    add_access_method(ssl, &text, access);
    size_t method = text.length;
    add_general_name(ssl, &text, access->location);
    char *colon = text.failed ? NULL : memchr(text.bytes + method, ':', text.length - method);
    size_t name_length = colon ? (size_t)(colon - text.bytes) : text.length;
    JsValue key = js_string_utf8(cx, text.bytes, name_length);
    JsValue value = js_string_utf8(cx, colon ? colon + 1 : "", colon ? text.length - name_length - 1 : 0);
    free(text.bytes);
    JsValue values = js_get_key(cx, out, key);
    if (js_is_undefined(values))
      values = js_array_new(cx, 0, NULL);
    if (js_is_exception(values) || !js_array_push(cx, values, value) || !js_set_key(cx, out, key, values))
      out = JS_EXCEPTION;
  }
  ssl->AUTHORITY_INFO_ACCESS_free(list);
  return out;
}

static bool add_name_entry(JsContext *cx, const OpenSsl *ssl, JsValue out, X509_NAME_ENTRY *entry)
{
  char oid[256];
  ASN1_OBJECT *object = ssl->X509_NAME_ENTRY_get_object(entry);
  int nid = ssl->OBJ_obj2nid(object);
  if (nid == NID_undef)
    ssl->OBJ_obj2txt(oid, sizeof oid, object, 1);
  JsValue key = js_string(cx, nid == NID_undef ? oid : ssl->OBJ_nid2sn(nid));
  unsigned char *utf8 = NULL;
  int length = ssl->ASN1_STRING_to_UTF8(&utf8, ssl->X509_NAME_ENTRY_get_data(entry));
  if (length < 0) {
    ssl->ERR_clear_error();
    return true;
  }
  JsValue value = js_string_utf8(cx, (const char *)utf8, (size_t)length);
  ssl->CRYPTO_free(utf8, __FILE__, __LINE__);
  JsValue before = js_get_key(cx, out, key);
  if (js_is_exception(before))
    return false;
  if (js_value_is_array(before))
    return js_array_push(cx, before, value);
  if (!js_is_undefined(before)) {
    JsValue both[2] = {before, value};
    value = js_array_new(cx, 2, both);
    if (js_is_exception(value))
      return false;
  }
  return js_set_key(cx, out, key, value);
}

JsValue x509_name_object(JsContext *cx, const OpenSsl *ssl, const X509_NAME *name)
{
  JsValue out = js_object_new_with_proto(cx, JS_NULL);
  int count = ssl->X509_NAME_entry_count(name);
  for (int k = 0; k < count && !js_is_exception(out); k++)
    if (!add_name_entry(cx, ssl, out, ssl->X509_NAME_get_entry(name, k)))
      return JS_EXCEPTION;
  return out;
}

/* --- facts ------------------------------------------------------------------------------------------------------- */

JsValue x509_fingerprint(JsContext *cx, const OpenSsl *ssl, X509 *cert, const char *digest)
{
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  char text[3 * EVP_MAX_MD_SIZE + 1];
  if (!ssl->X509_digest(cert, ssl->EVP_get_digestbyname(digest), bytes, &length))
    return JS_UNDEFINED;
  for (unsigned k = 0; k < length; k++)
    snprintf(text + 3 * k, 4, "%02X:", bytes[k]);
  return js_string_latin1(cx, text, length ? 3 * length - 1 : 0);
}

static JsValue number_hex(JsContext *cx, const OpenSsl *ssl, const BIGNUM *number)
{
  char *hex = number ? ssl->BN_bn2hex(number) : NULL;
  JsValue text = hex ? js_string(cx, hex) : JS_UNDEFINED;
  ssl->CRYPTO_free(hex, __FILE__, __LINE__);
  return text;
}

JsValue x509_serial(JsContext *cx, const OpenSsl *ssl, X509 *cert)
{
  BIGNUM *number = ssl->ASN1_INTEGER_to_BN(ssl->X509_get0_serialNumber(cert), NULL);
  JsValue text = number_hex(cx, ssl, number);
  ssl->BN_free(number);
  return text;
}

JsValue x509_key_usage(JsContext *cx, const OpenSsl *ssl, X509 *cert)
{
  EXTENDED_KEY_USAGE *usage = ssl->X509_get_ext_d2i(cert, NID_ext_key_usage, NULL, NULL);
  if (!usage)
    return JS_UNDEFINED;
  JsValue out = js_array_new(cx, 0, NULL);
  int count = ssl->OPENSSL_sk_num((const OPENSSL_STACK *)usage);
  for (int k = 0; k < count && !js_is_exception(out); k++) {
    char oid[256];
    int length = ssl->OBJ_obj2txt(oid, sizeof oid, ssl->OPENSSL_sk_value((const OPENSSL_STACK *)usage, k), 1);
    if (length >= 0 && !js_array_push(cx, out, js_string(cx, oid)))
      out = JS_EXCEPTION;
  }
  ssl->EXTENDED_KEY_USAGE_free(usage);
  return out;
}

JsValue x509_time(JsContext *cx, const OpenSsl *ssl, const ASN1_TIME *time)
{
  BIO *bio = ssl->BIO_new(ssl->BIO_s_mem());
  char *bytes = NULL;
  JsValue text = JS_UNDEFINED;
  if (bio && ssl->ASN1_TIME_print(bio, time)) {
    long length = ssl->BIO_ctrl(bio, BIO_CTRL_INFO, 0, &bytes);
    text = js_string_latin1(cx, bytes, length > 0 ? (size_t)length : 0);
  }
  ssl->BIO_free_all(bio);
  return text;
}

JsValue x509_der(JsContext *cx, const OpenSsl *ssl, X509 *cert)
{
  unsigned char *der = NULL;
  int length = ssl->i2d_X509(cert, &der);
  JsValue out = length > 0 ? rt_bytes_new(cx, der, (size_t)length) : JS_UNDEFINED;
  ssl->CRYPTO_free(der, __FILE__, __LINE__);
  return out;
}

typedef struct KeyFacts {
  JsValue modulus, exponent, pubkey, bits, asn1_curve, nist_curve;
} KeyFacts;

static void rsa_facts(JsContext *cx, const OpenSsl *ssl, const EVP_PKEY *key, KeyFacts *out)
{
  BIGNUM *n = NULL, *e = NULL;
  unsigned char *der = NULL;
  if (ssl->EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) &&
      ssl->EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e)) {
    char text[32];
    snprintf(text, sizeof text, "0x%llx", (unsigned long long)ssl->BN_get_word(e));
    out->modulus = number_hex(cx, ssl, n);
    out->exponent = js_string(cx, text);
    out->bits = js_int32(ssl->BN_num_bits(n));
  }
  int length = ssl->i2d_PUBKEY(key, &der);
  if (length > 0)
    out->pubkey = rt_bytes_new(cx, der, (size_t)length);
  ssl->CRYPTO_free(der, __FILE__, __LINE__);
  ssl->BN_free(n);
  ssl->BN_free(e);
}

static void ec_facts(JsContext *cx, const OpenSsl *ssl, const EVP_PKEY *key, KeyFacts *out)
{
  char name[80];
  size_t length = 0;
  unsigned char point[512];
  if (ssl->EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &length))
    out->pubkey = rt_bytes_new(cx, point, length);
  out->bits = js_int32(ssl->EVP_PKEY_get_bits(key));
  if (!ssl->EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name, sizeof name, &length))
    return;
  int nid = ssl->OBJ_sn2nid(name);
  out->asn1_curve = js_string(cx, name);
  const char *nist = nid == NID_undef ? NULL : ssl->EC_curve_nid2nist(nid);
  if (nist)
    out->nist_curve = js_string(cx, nist);
}

static KeyFacts key_facts(JsContext *cx, const OpenSsl *ssl, X509 *cert)
{
  KeyFacts facts = {JS_UNDEFINED, JS_UNDEFINED, JS_UNDEFINED, JS_UNDEFINED, JS_UNDEFINED, JS_UNDEFINED};
  const EVP_PKEY *key = ssl->X509_get0_pubkey(cert);
  int id = key ? ssl->EVP_PKEY_get_base_id(key) : 0;
  if (id == EVP_PKEY_RSA || id == EVP_PKEY_RSA_PSS)
    rsa_facts(cx, ssl, key, &facts);
  else if (id == EVP_PKEY_EC)
    ec_facts(cx, ssl, key, &facts);
  ssl->ERR_clear_error();
  return facts;
}

JsValue x509_legacy_object(JsContext *cx, const OpenSsl *ssl, X509 *cert)
{
  KeyFacts key = key_facts(cx, ssl, cert);
  struct {
    const char *name;
    JsValue value;
  } rows[] = {
      {"subject", x509_name_object(cx, ssl, ssl->X509_get_subject_name(cert))},
      {"issuer", x509_name_object(cx, ssl, ssl->X509_get_issuer_name(cert))},
      {"subjectaltname", x509_alt_name(cx, ssl, cert)},
      {"infoAccess", info_access_object(cx, ssl, cert)},
      {"ca", js_boolean(ssl->X509_check_ca(cert) == 1)},
      {"modulus", key.modulus},
      {"exponent", key.exponent},
      {"pubkey", key.pubkey},
      {"bits", key.bits},
      {"valid_from", x509_time(cx, ssl, ssl->X509_get0_notBefore(cert))},
      {"valid_to", x509_time(cx, ssl, ssl->X509_get0_notAfter(cert))},
      {"fingerprint", x509_fingerprint(cx, ssl, cert, "SHA1")},
      {"fingerprint256", x509_fingerprint(cx, ssl, cert, "SHA256")},
      {"fingerprint512", x509_fingerprint(cx, ssl, cert, "SHA512")},
      {"ext_key_usage", x509_key_usage(cx, ssl, cert)},
      {"serialNumber", x509_serial(cx, ssl, cert)},
      {"raw", x509_der(cx, ssl, cert)},
      {"asn1Curve", key.asn1_curve},
      {"nistCurve", key.nist_curve},
  };
  ssl->ERR_clear_error(); /* an extension that could not be read is as if absent */
  JsValue out = js_object_new(cx);
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
    if (js_is_exception(rows[k].value) || !js_set(cx, out, rows[k].name, rows[k].value))
      return JS_EXCEPTION;
  return out;
}
