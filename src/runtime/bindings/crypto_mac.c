// SPDX-License-Identifier: MIT
/*
 * Message authentication codes of internalBinding('crypto'): any MAC of OpenSSL's providers by name, fed and finished
 * once, what each of them can be told, and the list of names. lib/internal/crypto/mac.js checks the arguments.
 */
#include "runtime/crypto.h"

#include <stdlib.h>
#include <string.h>

typedef struct Mac {
  EVP_MAC_CTX *ctx; /* NULL once finished */
} Mac;

static void mac_finalise(void *native)
{
  Mac *mac = native;
  if (!mac)
    return;
  ossl->EVP_MAC_CTX_free(mac->ctx);
  free(mac);
}

static const JsHostClass mac_class = {"Mac", mac_finalise};

enum { MAC_NAME_CAP = 128 };

/* To be freed; NULL, with nothing thrown and OpenSSL's queue empty, when there is none of that name. */
static EVP_MAC *mac_fetch(JsContext *cx, JsValue name_val)
{
  char name[MAC_NAME_CAP];
  EVP_MAC *mac = crypto_name(cx, name_val, name, sizeof name) && *name ? ossl->EVP_MAC_fetch(NULL, name, NULL) : NULL;
  ossl->ERR_clear_error();
  return mac;
}

/* A MAC's options in the order of their arguments, as OpenSSL and lib/ call them. */
static const struct {
  const char *param, *option;
  unsigned type;
} mac_options[] = {
    {OSSL_MAC_PARAM_DIGEST, "digest", OSSL_PARAM_UTF8_STRING},
    {OSSL_MAC_PARAM_CIPHER, "cipher", OSSL_PARAM_UTF8_STRING},
    {OSSL_MAC_PARAM_IV, "iv", OSSL_PARAM_OCTET_STRING},
    {OSSL_MAC_PARAM_CUSTOM, "customization", OSSL_PARAM_OCTET_STRING},
    {OSSL_MAC_PARAM_SALT, "salt", OSSL_PARAM_OCTET_STRING},
    {OSSL_MAC_PARAM_SIZE, "outputLength", OSSL_PARAM_UNSIGNED_INTEGER},
};
enum { MAC_OPTIONS = sizeof mac_options / sizeof *mac_options };

static bool mac_takes(const OSSL_PARAM *settable, int option)
{
  for (; settable && settable->key; settable++)
    if (!strcmp(settable->key, mac_options[option].param))
      return settable->data_type == mac_options[option].type;
  return false;
}

/* describeMac(name) -> undefined when there is none, or an array: the family ('HMAC', 'CMAC', 'GMAC', '' for others),
 * then the names of the options that it takes. */
static JsValue crypto_describe_mac(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  static const char *const families[] = {"HMAC", "CMAC", "GMAC"};
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  EVP_MAC *mac = mac_fetch(cx, js_argument(argc, argv, 0));
  if (!mac)
    return JS_UNDEFINED;
  const char *family = "";
  for (size_t k = 0; k < sizeof families / sizeof *families; k++)
    if (ossl->EVP_MAC_is_a(mac, families[k]))
      family = families[k];
  const OSSL_PARAM *settable = ossl->EVP_MAC_settable_ctx_params(mac);
  JsValue list = js_array_new(cx, 0, NULL);
  bool done = !js_is_exception(list) && js_array_push(cx, list, js_string(cx, family));
  for (int k = 0; k < MAC_OPTIONS && done; k++)
    done = !mac_takes(settable, k) || js_array_push(cx, list, js_string(cx, mac_options[k].option));
  ossl->EVP_MAC_free(mac);
  return done ? list : JS_EXCEPTION;
}

/* CMAC is defined over block ciphers in CBC mode (NIST SP 800-38B); OpenSSL 3.0 starts with others, too, and fails or
 * gives nonsense later. A name that is none is left for EVP_MAC_init to tell. */
static bool cipher_fits(EVP_MAC *mac, const char *name)
{
  if (!ossl->EVP_MAC_is_a(mac, "CMAC"))
    return true;
  EVP_CIPHER *cipher = ossl->EVP_CIPHER_fetch(NULL, name, NULL);
  bool fits = !cipher || ossl->EVP_CIPHER_get_mode(cipher) == EVP_CIPH_CBC_MODE;
  ossl->EVP_CIPHER_free(cipher);
  ossl->ERR_clear_error();
  if (!fits)
    crypto_raise(ERR_LIB_PROV, PROV_R_INVALID_MODE);
  return fits;
}

typedef struct MacStart {
  char names[2][MAC_NAME_CAP]; /* digest and cipher */
  CryptoBlock bytes[3];        /* iv, customization, salt */
  size_t size;
  OSSL_PARAM params[MAC_OPTIONS + 1];
} MacStart;

/* Arguments from `first` on as parameters. False with an exception, or with OpenSSL's queue set. */
static bool mac_read_options(JsContext *cx, MacStart *start, EVP_MAC *mac, int argc, const JsValue *argv, int first)
{
  int count = 0;
  for (int k = 0; k < MAC_OPTIONS; k++) {
    JsValue val = js_argument(argc, argv, first + k);
    char *param = (char *)mac_options[k].param;
    if (js_is_undefined(val))
      continue;
    if (mac_options[k].type == OSSL_PARAM_UTF8_STRING) {
      if (!crypto_name(cx, val, start->names[k], MAC_NAME_CAP)) {
        crypto_raise(ERR_LIB_EVP, ERR_R_UNSUPPORTED); /* no algorithm has so long a name */
        return false;
      }
      if (k == 1 && !cipher_fits(mac, start->names[k]))
        return false;
      start->params[count++] = ossl->OSSL_PARAM_construct_utf8_string(param, start->names[k], 0);
    } else if (mac_options[k].type == OSSL_PARAM_OCTET_STRING) {
      CryptoBlock *block = &start->bytes[k - 2];
      if (!crypto_block_copy(cx, val, block))
        return false;
      start->params[count++] = ossl->OSSL_PARAM_construct_octet_string(param, block->data, block->size);
    } else {
      start->size = rt_size_argument(argc, argv, first + k);
      start->params[count++] = ossl->OSSL_PARAM_construct_size_t(param, &start->size);
    }
  }
  start->params[count] = ossl->OSSL_PARAM_construct_end();
  return true;
}

/* new Mac(name, key, digest, cipher, iv, customization, salt, outputLength): the key is a view or a secret key;
 * options that were not given are undefined. */
static JsValue mac_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  CryptoBytes bytes;
  if (!crypto_key_bytes(cx, js_argument(argc, argv, 1), &bytes))
    return JS_EXCEPTION;
  MacStart start = {0};
  EVP_MAC *type = mac_fetch(cx, js_argument(argc, argv, 0));
  Mac *mac = calloc(1, sizeof *mac);
  bool done = mac && type && (mac->ctx = ossl->EVP_MAC_CTX_new(type)) &&
              mac_read_options(cx, &start, type, argc, argv, 2) &&
              ossl->EVP_MAC_init(mac->ctx, bytes.data, bytes.size, start.params);
  for (size_t k = 0; k < sizeof start.bytes / sizeof *start.bytes; k++)
    crypto_block_free(&start.bytes[k]);
  crypto_bytes_free(&bytes);
  ossl->EVP_MAC_free(type);
  if (!done) {
    mac_finalise(mac);
    return js_exception_pending(cx) ? JS_EXCEPTION : crypto_throw_operation(cx, "Failed to initialize MAC");
  }
  ossl->ERR_clear_error();
  JsValue obj = js_host_new(cx, &mac_class, mac);
  if (js_is_exception(obj))
    mac_finalise(mac);
  return obj;
}

static Mac *mac_this(JsContext *cx, JsValue this_val)
{
  Mac *mac = js_host_native(this_val, &mac_class);
  if (!mac)
    js_throw_type_error(cx, "Illegal invocation");
  return mac;
}

/* size() -> of the result, in bytes */
static JsValue mac_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Mac *mac = mac_this(cx, this_val);
  if (!mac)
    return JS_EXCEPTION;
  return js_number(mac->ctx ? (double)ossl->EVP_MAC_CTX_get_mac_size(mac->ctx) : 0);
}

/* update(view or string as UTF-8) -> whether it was taken */
static JsValue mac_update(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CryptoBytes bytes;
  Mac *mac = mac_this(cx, this_val);
  if (!mac || !crypto_bytes(cx, js_argument(argc, argv, 0), &bytes))
    return JS_EXCEPTION;
  bool done = mac->ctx && ossl->EVP_MAC_update(mac->ctx, bytes.data, bytes.size);
  crypto_bytes_free(&bytes);
  ossl->ERR_clear_error();
  return js_boolean(done);
}

/* final() -> a Uint8Array; the state is spent, whatever comes of it. */
static JsValue mac_final(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Mac *mac = mac_this(cx, this_val);
  if (!mac)
    return JS_EXCEPTION;
  EVP_MAC_CTX *ctx = mac->ctx;
  mac->ctx = NULL;
  size_t size = ctx ? ossl->EVP_MAC_CTX_get_mac_size(ctx) : 0, written = 0;
  void *data;
  JsValue result = rt_typed_array_new(cx, JS_UINT8, size, &data);
  bool failed = !ctx || (!js_is_exception(result) && size && !ossl->EVP_MAC_final(ctx, data, &written, size));
  ossl->EVP_MAC_CTX_free(ctx);
  return failed ? crypto_throw_operation(cx, "Failed to finalize MAC") : result;
}

/* --- names ---------------------------------------------------------------------------------------------------------*/

typedef struct MacNames {
  JsContext *cx;
  JsValue array;
  bool failed;
} MacNames;

static void add_mac_name(const char *name, void *opaque)
{
  MacNames *names = opaque;
  if (!names->failed && !js_array_push(names->cx, names->array, js_string(names->cx, name)))
    names->failed = true;
}

static void add_mac(EVP_MAC *mac, void *opaque)
{
  ossl->EVP_MAC_names_do_all(mac, add_mac_name, opaque);
}

/* getMacs() -> every name of every MAC, object identifiers among them, in no order */
static JsValue crypto_get_macs(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  MacNames names = {cx, js_array_new(cx, 0, NULL), false};
  if (js_is_exception(names.array))
    return JS_EXCEPTION;
  ossl->EVP_MAC_do_all_provided(NULL, add_mac, &names);
  ossl->ERR_clear_error();
  return names.failed ? JS_EXCEPTION : names.array;
}

bool crypto_define_mac(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"describeMac", crypto_describe_mac, 1},
      {"getMacs", crypto_get_macs, 0},
      {0},
  };
  static const JsFunctionRow methods[] = {
      {"update", mac_update, 1},
      {"final", mac_final, 0},
      {"size", mac_size, 0},
      {0},
  };
  JsValue ctor = js_host_class_new(cx, &mac_class, mac_new, 8, methods);
  return !js_is_exception(ctor) && js_define_functions(cx, binding, rows) && js_set(cx, binding, "Mac", ctor);
}
