// SPDX-License-Identifier: MIT
/*
 * Symmetric ciphers of internalBinding('crypto'): objects that are fed step by step, and whole messages on the thread
 * pool. Modes that authenticate (GCM, CCM, OCB, ChaCha20-Poly1305) have a tag: its length is fixed before the first
 * byte, and while deciphering it is given to OpenSSL before the data.
 */
#include "runtime/crypto.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { TAG_MAX = 16, TAG_UNKNOWN = -1 };

typedef struct Cipher {
  EVP_CIPHER_CTX *ctx; /* NULL: finished */
  int mode;            /* EVP_CIPH_* */
  bool is_encrypting, is_aead, is_chacha;
  int tag_length; /* TAG_UNKNOWN: not said */
  uint8_t tag[TAG_MAX];
  bool has_tag, tag_is_passed, has_failed;
  size_t message_max; /* of CCM, by the length of its nonce */
} Cipher;

static void cipher_finalise(void *native)
{
  Cipher *cipher = native;
  if (!cipher)
    return;
  ossl->EVP_CIPHER_CTX_free(cipher->ctx);
  explicit_bzero(cipher, sizeof *cipher);
  free(cipher);
}

static const JsHostClass cipher_class = {"CipherBase", cipher_finalise};

static EVP_CIPHER *cipher_named(const char *name)
{
  EVP_CIPHER *cipher = ossl->EVP_CIPHER_fetch(NULL, name, NULL);
  const EVP_CIPHER *alias = cipher ? NULL : ossl->EVP_get_cipherbyname(name);
  if (alias)
    cipher = ossl->EVP_CIPHER_fetch(NULL, ossl->EVP_CIPHER_get0_name(alias), NULL);
  ossl->ERR_clear_error();
  return cipher;
}

/* To be freed; NULL, with nothing thrown, when there is none of that name. */
static EVP_CIPHER *cipher_fetch(JsContext *cx, JsValue name_val)
{
  char name[64];
  return crypto_name(cx, name_val, name, sizeof name) ? cipher_named(name) : NULL;
}

static bool is_chacha(const EVP_CIPHER *cipher)
{
  return ossl->EVP_CIPHER_get_nid(cipher) == NID_chacha20_poly1305;
}

static bool is_aead(const EVP_CIPHER *cipher)
{
  int mode = ossl->EVP_CIPHER_get_mode(cipher);
  return mode == EVP_CIPH_GCM_MODE || mode == EVP_CIPH_CCM_MODE || mode == EVP_CIPH_OCB_MODE || is_chacha(cipher);
}

/* CBC with an HMAC in one is made for TLS records alone. */
static bool is_for_tls(const EVP_CIPHER *cipher)
{
  return ossl->EVP_CIPHER_get_mode(cipher) == EVP_CIPH_CBC_MODE &&
         (ossl->EVP_CIPHER_get_flags(cipher) & EVP_CIPH_FLAG_AEAD_CIPHER) != 0;
}

static bool gcm_tag_is_valid(int length)
{
  return length == 4 || length == 8 || (length >= 12 && length <= TAG_MAX);
}

static JsValue throw_tag_length(JsContext *cx, unsigned length)
{
  js_throw_type_error(cx, "Invalid authentication tag length: %u", length);
  JsValue error = js_take_exception(cx);
  return js_set(cx, error, "code", js_string(cx, "ERR_CRYPTO_INVALID_AUTH_TAG")) ? js_throw(cx, error) : JS_EXCEPTION;
}

static bool throw_iv(JsContext *cx)
{
  crypto_throw_coded(cx, "TypeError", "ERR_CRYPTO_INVALID_IV", "Invalid initialization vector");
  return false;
}

/* Lengths of nonce and tag of an authenticating mode. */
static bool prepare_aead(JsContext *cx, Cipher *self, const char *name, int iv_length, int tag_length)
{
  if (ossl->EVP_CIPHER_CTX_ctrl(self->ctx, EVP_CTRL_AEAD_SET_IVLEN, iv_length, NULL) <= 0)
    return throw_iv(cx);
  if (self->mode == EVP_CIPH_GCM_MODE) {
    if (tag_length != TAG_UNKNOWN && !gcm_tag_is_valid(tag_length)) {
      throw_tag_length(cx, (unsigned)tag_length);
      return false;
    }
    self->tag_length = tag_length;
    return true;
  }
  if (tag_length == TAG_UNKNOWN) {
    if (!self->is_chacha) {
      js_throw_type_error(cx, "authTagLength required for %s", name);
      JsValue error = js_take_exception(cx);
      if (js_set(cx, error, "code", js_string(cx, "ERR_CRYPTO_INVALID_AUTH_TAG")))
        js_throw(cx, error);
      return false;
    }
    tag_length = TAG_MAX;
  }
  if (self->mode == EVP_CIPH_CCM_MODE)
    self->message_max = iv_length == 12 ? 16777215 : iv_length == 13 ? 65535 : INT_MAX;
  if (ossl->EVP_CIPHER_CTX_ctrl(self->ctx, EVP_CTRL_AEAD_SET_TAG, tag_length, NULL) <= 0) {
    throw_tag_length(cx, (unsigned)tag_length);
    return false;
  }
  self->tag_length = tag_length;
  return true;
}

static bool check_iv(JsContext *cx, const Cipher *self, int wanted, bool has_iv, size_t length)
{
  if (!has_iv)
    return wanted == 0 || throw_iv(cx);
  if (self->is_aead ? (length == 0 || length > INT_MAX) : (int)length != wanted)
    return throw_iv(cx);
  return !self->is_chacha || length <= 12 || throw_iv(cx);
}

typedef struct CipherInput {
  CryptoBytes key, iv;
  bool has_iv;
  int tag_length;
} CipherInput;

static bool cipher_init(JsContext *cx, Cipher *self, const EVP_CIPHER *cipher, const char *name,
                        const CipherInput *input)
{
  self->mode = ossl->EVP_CIPHER_get_mode(cipher);
  self->is_aead = is_aead(cipher);
  self->is_chacha = is_chacha(cipher);
  self->tag_length = TAG_UNKNOWN;
  self->message_max = INT_MAX;
  if (!check_iv(cx, self, ossl->EVP_CIPHER_get_iv_length(cipher), input->has_iv, input->iv.size))
    return false;
  if (self->mode == EVP_CIPH_WRAP_MODE)
    ossl->EVP_CIPHER_CTX_set_flags(self->ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  if (!ossl->EVP_CipherInit_ex(self->ctx, cipher, NULL, NULL, NULL, self->is_encrypting)) {
    crypto_throw_whole(cx, "Failed to initialize cipher");
    return false;
  }
  if (self->is_aead && !prepare_aead(cx, self, name, (int)input->iv.size, input->tag_length))
    return false;
  if (input->key.size > INT_MAX || ossl->EVP_CIPHER_CTX_set_key_length(self->ctx, (int)input->key.size) <= 0) {
    crypto_throw_coded(cx, "RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
    return false;
  }
  if (!ossl->EVP_CipherInit_ex(self->ctx, NULL, NULL, input->key.data, input->has_iv ? input->iv.data : NULL,
                               self->is_encrypting)) {
    crypto_throw_whole(cx, "Failed to initialize cipher");
    return false;
  }
  return true;
}

/* new CipherBase(isEncrypting, name, key, iv or null, authTagLength or undefined) */
static JsValue cipher_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char name[64] = "";
  CipherInput input = {.tag_length = TAG_UNKNOWN};
  if (!crypto_ready(cx) || !crypto_key_bytes(cx, js_argument(argc, argv, 2), &input.key))
    return JS_EXCEPTION;
  JsValue iv = js_argument(argc, argv, 3);
  input.has_iv = !js_is_null(iv) && !js_is_undefined(iv);
  if (argc > 4 && js_is_number(argv[4]))
    input.tag_length = rt_int_argument(argc, argv, 4);
  EVP_CIPHER *cipher = crypto_name(cx, js_argument(argc, argv, 1), name, sizeof name) ? cipher_named(name) : NULL;
  Cipher *self = calloc(1, sizeof *self);
  bool done = false;
  if (!cipher && name[0] && ossl->EVP_get_cipherbyname(name)) {
    crypto_raise(ERR_LIB_EVP, ERR_R_UNSUPPORTED); /* it is in a provider that is not loaded */
    crypto_throw_whole(cx, "Unknown cipher");
  } else if (!cipher)
    crypto_throw_coded(cx, "Error", "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
  else if (!self || !(self->ctx = ossl->EVP_CIPHER_CTX_new()))
    crypto_throw_memory(cx);
  else if (!input.has_iv || crypto_bytes(cx, iv, &input.iv)) {
    self->is_encrypting = js_to_boolean(js_argument(argc, argv, 0));
    done = cipher_init(cx, self, cipher, name, &input);
  }
  crypto_bytes_free(&input.key);
  crypto_bytes_free(&input.iv);
  ossl->EVP_CIPHER_free(cipher);
  JsValue obj = done ? js_host_new(cx, &cipher_class, self) : JS_EXCEPTION;
  if (js_is_exception(obj))
    cipher_finalise(self);
  return obj;
}

static Cipher *cipher_this(JsContext *cx, JsValue this_val)
{
  Cipher *cipher = js_host_native(this_val, &cipher_class);
  if (!cipher)
    js_throw_type_error(cx, "Illegal invocation");
  return cipher;
}

/* The tag goes to OpenSSL once, when it is known. */
static bool pass_tag(Cipher *self)
{
  if (self->is_encrypting || !self->has_tag || self->tag_is_passed)
    return true;
  self->tag_is_passed = true;
  return ossl->EVP_CIPHER_CTX_ctrl(self->ctx, EVP_CTRL_AEAD_SET_TAG, self->tag_length, self->tag) > 0;
}

static JsValue throw_state(JsContext *cx)
{
  return crypto_throw_coded(cx, "Error", NULL, "Trying to add data in unsupported state");
}

/* update(data) -> Uint8Array */
static JsValue cipher_update(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Cipher *self = cipher_this(cx, this_val);
  CryptoBytes bytes;
  if (!self || !crypto_bytes(cx, js_argument(argc, argv, 0), &bytes))
    return JS_EXCEPTION;
  if (!self->ctx || bytes.size > INT_MAX - 2 * EVP_MAX_BLOCK_LENGTH || bytes.size > self->message_max) {
    bool is_finished = !self->ctx;
    crypto_bytes_free(&bytes);
    return is_finished ? throw_state(cx)
           : self->mode == EVP_CIPH_CCM_MODE
               ? crypto_throw_coded(cx, "RangeError", "ERR_CRYPTO_INVALID_MESSAGELEN", "Invalid message length")
               : js_throw_range_error(cx, "The input is too long");
  }
  uint8_t *out = malloc(bytes.size + 2 * EVP_MAX_BLOCK_LENGTH);
  int size = 0;
  bool done = out && pass_tag(self);
  if (done)
    done = ossl->EVP_CipherUpdate(self->ctx, out, &size, bytes.data, (int)bytes.size) == 1;
  crypto_bytes_free(&bytes);
  if (out && !done && self->mode == EVP_CIPH_CCM_MODE && !self->is_encrypting) {
    /* CCM checks the tag here already; final() says so. */
    self->has_failed = true;
    ossl->ERR_clear_error();
    size = 0;
    done = true;
  }
  JsValue result = done ? rt_bytes_new(cx, out, size > 0 ? (size_t)size : 0) : JS_UNDEFINED;
  free(out);
  return done ? result : throw_state(cx);
}

/* final() -> Uint8Array; the state is spent. */
static JsValue cipher_final(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Cipher *self = cipher_this(cx, this_val);
  if (!self)
    return JS_EXCEPTION;
  if (!self->ctx)
    return crypto_throw_coded(cx, "Error", "ERR_CRYPTO_INVALID_STATE", "Invalid state");
  uint8_t out[EVP_MAX_BLOCK_LENGTH];
  int size = 0;
  bool done;
  if (self->is_chacha && !self->is_encrypting && !self->has_tag)
    done = false;
  else if (self->mode == EVP_CIPH_CCM_MODE && !self->is_encrypting)
    done = self->has_tag && !self->has_failed; /* checked with the data */
  else
    done = pass_tag(self) && ossl->EVP_CipherFinal_ex(self->ctx, out, &size) == 1;
  if (done && self->is_aead && self->is_encrypting) {
    if (self->tag_length == TAG_UNKNOWN)
      self->tag_length = TAG_MAX;
    self->has_tag = ossl->EVP_CIPHER_CTX_ctrl(self->ctx, EVP_CTRL_AEAD_GET_TAG, self->tag_length, self->tag) > 0;
    done = self->has_tag;
  }
  bool is_aead_failure = self->is_aead;
  ossl->EVP_CIPHER_CTX_free(self->ctx);
  self->ctx = NULL;
  if (done)
    return rt_bytes_new(cx, out, size > 0 ? (size_t)size : 0);
  if (is_aead_failure)
    return crypto_throw_coded(cx, "Error", NULL, "Unsupported state or unable to authenticate data");
  return crypto_throw_whole(cx, "Unsupported state");
}

/* setAutoPadding(on) -> whether that was possible */
static JsValue cipher_set_auto_padding(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Cipher *self = cipher_this(cx, this_val);
  if (!self)
    return JS_EXCEPTION;
  return js_boolean(self->ctx &&
                    ossl->EVP_CIPHER_CTX_set_padding(self->ctx, js_to_boolean(js_argument(argc, argv, 0))));
}

/* getAuthTag() -> Uint8Array, undefined when there is none (yet) */
static JsValue cipher_get_auth_tag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Cipher *self = cipher_this(cx, this_val);
  if (!self)
    return JS_EXCEPTION;
  if (self->ctx || !self->is_encrypting || !self->has_tag)
    return JS_UNDEFINED;
  return rt_bytes_new(cx, self->tag, (size_t)self->tag_length);
}

/* setAuthTag(view) -> false when there cannot be one (now) */
static JsValue cipher_set_auth_tag(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Cipher *self = cipher_this(cx, this_val);
  CryptoBytes bytes;
  if (!self || !crypto_bytes(cx, js_argument(argc, argv, 0), &bytes))
    return JS_EXCEPTION;
  bool fits = bytes.size <= TAG_MAX && bytes.size > 0 &&
              (self->tag_length == TAG_UNKNOWN || (int)bytes.size == self->tag_length) &&
              (self->tag_length != TAG_UNKNOWN || bytes.size == TAG_MAX);
  unsigned length = (unsigned)bytes.size;
  bool can = self->ctx && self->is_aead && !self->is_encrypting && !self->has_tag;
  if (can && fits) {
    memcpy(self->tag, bytes.data, bytes.size);
    self->tag_length = (int)bytes.size;
    self->has_tag = true;
  }
  crypto_bytes_free(&bytes);
  return can && !fits ? throw_tag_length(cx, length) : js_boolean(can);
}

/* setAAD(view, plaintextLength or -1) -> whether that was possible */
static JsValue cipher_set_aad(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Cipher *self = cipher_this(cx, this_val);
  CryptoBytes bytes;
  if (!self || !crypto_bytes(cx, js_argument(argc, argv, 0), &bytes))
    return JS_EXCEPTION;
  int size, message = argc > 1 && js_is_number(argv[1]) ? rt_int_argument(argc, argv, 1) : -1;
  bool can = self->ctx && self->is_aead && bytes.size <= INT_MAX;
  if (can && self->mode == EVP_CIPH_CCM_MODE) {
    if (message < 0 || (size_t)message > self->message_max || (!self->is_encrypting && !self->has_tag)) {
      crypto_bytes_free(&bytes);
      if (message < 0)
        return crypto_throw_coded(cx, "TypeError", "ERR_MISSING_ARGS",
                                  "options.plaintextLength required for CCM mode with AAD");
      return (size_t)message > self->message_max
                 ? crypto_throw_coded(cx, "RangeError", "ERR_CRYPTO_INVALID_MESSAGELEN", "Invalid message length")
                 : JS_FALSE;
    }
    can = pass_tag(self) && ossl->EVP_CipherUpdate(self->ctx, NULL, &size, NULL, message) == 1;
  }
  can = can && pass_tag(self) && ossl->EVP_CipherUpdate(self->ctx, NULL, &size, bytes.data, (int)bytes.size) == 1;
  crypto_bytes_free(&bytes);
  ossl->ERR_clear_error();
  return js_boolean(can);
}

/* --- a whole message -----------------------------------------------------------------------------------------------*/

typedef struct CipherJob {
  CryptoJob job;
  EVP_CIPHER *cipher;
  bool is_encrypting, has_aad;
  CryptoBlock secret, iv, aad, data, out;
  size_t out_size;
  int tag_length;
} CipherJob;

static bool message_run(CryptoJob *base)
{
  CipherJob *job = (CipherJob *)base;
  bool aead = is_aead(job->cipher);
  size_t tag = aead ? (size_t)job->tag_length : 0, size = job->data.size;
  if (!job->is_encrypting) {
    if (size < tag)
      return false;
    size -= tag;
  }
  if (size > INT_MAX - 64 || job->aad.size > INT_MAX ||
      !crypto_block_alloc(&job->out, size + tag + 2 * EVP_MAX_BLOCK_LENGTH))
    return false;
  EVP_CIPHER_CTX *ctx = ossl->EVP_CIPHER_CTX_new();
  int part = 0, rest = 0;
  if (ctx)
    ossl->EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  bool done = ctx && ossl->EVP_CipherInit_ex(ctx, job->cipher, NULL, NULL, NULL, job->is_encrypting);
  if (done && aead)
    done = ossl->EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)job->iv.size, NULL) > 0;
  done = done && (int)job->secret.size == ossl->EVP_CIPHER_CTX_get_key_length(ctx) &&
         ossl->EVP_CipherInit_ex(ctx, NULL, NULL, job->secret.data, job->iv.data, job->is_encrypting);
  if (done && aead && !job->is_encrypting)
    done = ossl->EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, (int)tag, job->data.data + size) > 0;
  if (done && job->has_aad)
    done = ossl->EVP_CipherUpdate(ctx, NULL, &part, job->aad.data, (int)job->aad.size);
  done = done && ossl->EVP_CipherUpdate(ctx, job->out.data, &part, job->data.data, (int)size) &&
         ossl->EVP_CipherFinal_ex(ctx, job->out.data + part, &rest);
  job->out_size = (size_t)part + (size_t)rest;
  if (done && aead && job->is_encrypting) {
    done = ossl->EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, (int)tag, job->out.data + job->out_size) > 0;
    job->out_size += tag;
  }
  ossl->EVP_CIPHER_CTX_free(ctx);
  return done;
}

static JsValue message_result(JsContext *cx, CryptoJob *base)
{
  CipherJob *job = (CipherJob *)base;
  return rt_bytes_new(cx, job->out.data, job->out_size);
}

static void message_free(CryptoJob *base)
{
  CipherJob *job = (CipherJob *)base;
  ossl->EVP_CIPHER_free(job->cipher);
  CryptoBlock *blocks[] = {&job->secret, &job->iv, &job->aad, &job->data, &job->out};
  for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
    crypto_block_free(blocks[k]);
}

static const CryptoJobKind message_kind = {sizeof(CipherJob), "Cipher job failed", message_run, message_result,
                                           message_free};

/* cipher(isEncrypting, name, key, iv or undefined, aad or undefined, tagLength, data, req) -> Uint8Array; the tag of an
 * authenticating mode stands behind the text */
static JsValue crypto_cipher(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CipherJob *job = crypto_job_new(cx, &message_kind);
  CryptoKey *key = crypto_key_argument(cx, argc, argv, 2, true);
  if (!job || !key) {
    if (job)
      crypto_job_free(&job->job);
    return JS_EXCEPTION;
  }
  job->is_encrypting = js_to_boolean(js_argument(argc, argv, 0));
  job->cipher = cipher_fetch(cx, js_argument(argc, argv, 1));
  job->tag_length = rt_int_argument(argc, argv, 5);
  bool done = false;
  if (!job->cipher)
    crypto_throw_coded(cx, "Error", "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
  else if (job->tag_length < 0 || job->tag_length > TAG_MAX || !crypto_block_alloc(&job->secret, key->secret.size))
    crypto_throw_memory(cx);
  else
    done = crypto_block_copy(cx, js_argument(argc, argv, 3), &job->iv) &&
           crypto_block_copy(cx, js_argument(argc, argv, 4), &job->aad) &&
           crypto_block_copy(cx, js_argument(argc, argv, 6), &job->data);
  if (done && !is_aead(job->cipher) && ossl->EVP_CIPHER_get_iv_length(job->cipher) > 0 && job->iv.data)
    done = job->iv.size == (size_t)ossl->EVP_CIPHER_get_iv_length(job->cipher) || throw_iv(cx);
  if (done) {
    memcpy(job->secret.data, key->secret.data, key->secret.size);
    job->has_aad = job->aad.data != NULL;
    return crypto_job_start(cx, &job->job, js_argument(argc, argv, 7));
  }
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

/* --- what there is -------------------------------------------------------------------------------------------------*/

/* hasCipher(name) */
static JsValue crypto_has_cipher(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  EVP_CIPHER *cipher = cipher_fetch(cx, js_argument(argc, argv, 0));
  ossl->EVP_CIPHER_free(cipher);
  return js_boolean(cipher != NULL);
}

static const char *mode_name(int mode)
{
  switch (mode) {
  case EVP_CIPH_ECB_MODE: return "ecb";
  case EVP_CIPH_CBC_MODE: return "cbc";
  case EVP_CIPH_CFB_MODE: return "cfb";
  case EVP_CIPH_OFB_MODE: return "ofb";
  case EVP_CIPH_CTR_MODE: return "ctr";
  case EVP_CIPH_GCM_MODE: return "gcm";
  case EVP_CIPH_CCM_MODE: return "ccm";
  case EVP_CIPH_XTS_MODE: return "xts";
  case EVP_CIPH_WRAP_MODE: return "wrap";
  case EVP_CIPH_OCB_MODE: return "ocb";
  case EVP_CIPH_SIV_MODE: return "siv";
  case EVP_CIPH_STREAM_CIPHER: return "stream";
  default: return NULL;
  }
}

static bool cipher_takes(const EVP_CIPHER *cipher, int key_length, int iv_length)
{
  EVP_CIPHER_CTX *ctx = ossl->EVP_CIPHER_CTX_new();
  bool takes = ctx && ossl->EVP_CipherInit_ex(ctx, cipher, NULL, NULL, NULL, 1);
  if (takes && key_length >= 0)
    takes = ossl->EVP_CIPHER_CTX_set_key_length(ctx, key_length) > 0;
  if (takes && iv_length >= 0) {
    if (!is_aead(cipher))
      takes = iv_length == ossl->EVP_CIPHER_get_iv_length(cipher);
    else
      takes = ossl->EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, iv_length, NULL) > 0;
  }
  ossl->EVP_CIPHER_CTX_free(ctx);
  ossl->ERR_clear_error();
  return takes;
}

/* getCipherInfo(nameOrNid, keyLength or -1, ivLength or -1) -> { mode, name, nid, blockSize, ivLength, keyLength };
 * undefined when there is none or it does not take these lengths */
static JsValue crypto_get_cipher_info(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  EVP_CIPHER *cipher;
  if (argc > 0 && js_is_number(argv[0])) {
    const char *name = ossl->OBJ_nid2sn(rt_int_argument(argc, argv, 0));
    cipher = name ? cipher_named(name) : NULL;
  } else {
    cipher = cipher_fetch(cx, js_argument(argc, argv, 0));
  }
  if (!cipher)
    return JS_UNDEFINED;
  int key_length = argc > 1 ? rt_int_argument(argc, argv, 1) : -1,
      iv_length = argc > 2 ? rt_int_argument(argc, argv, 2) : -1;
  JsValue obj = JS_UNDEFINED;
  if (cipher_takes(cipher, key_length, iv_length)) {
    int mode = ossl->EVP_CIPHER_get_mode(cipher), nid = ossl->EVP_CIPHER_get_nid(cipher);
    bool chacha = is_chacha(cipher);
    const char *name = nid == NID_undef ? ossl->EVP_CIPHER_get0_name(cipher) : ossl->OBJ_nid2sn(nid);
    int iv = iv_length >= 0 ? iv_length : ossl->EVP_CIPHER_get_iv_length(cipher);
    obj = js_object_new_with_proto(cx, JS_NULL);
    const char *mode_text = chacha ? "stream" : mode_name(mode);
    bool has_block = mode != EVP_CIPH_STREAM_CIPHER && !chacha;
    if (js_is_exception(obj) || !js_set(cx, obj, "mode", mode_text ? js_string(cx, mode_text) : JS_UNDEFINED) ||
        !js_set(cx, obj, "name", js_string(cx, name)) ||
        !js_set(cx, obj, "nid", nid == NID_undef ? JS_UNDEFINED : js_int32(nid)) ||
        !js_set(cx, obj, "keyLength",
                js_int32(key_length >= 0 ? key_length : ossl->EVP_CIPHER_get_key_length(cipher))) ||
        !js_set(cx, obj, "blockSize", has_block ? js_int32(ossl->EVP_CIPHER_get_block_size(cipher)) : JS_UNDEFINED) ||
        !js_set(cx, obj, "ivLength", iv != 0 ? js_int32(iv) : JS_UNDEFINED))
      obj = JS_EXCEPTION;
  }
  ossl->EVP_CIPHER_free(cipher);
  return obj;
}

typedef struct NameList {
  JsContext *cx;
  JsValue array;
  bool failed;
} NameList;

static void add_cipher_name(const OBJ_NAME *name, void *opaque)
{
  NameList *list = opaque;
  EVP_CIPHER *cipher = list->failed ? NULL : cipher_named(name->name);
  if (cipher && !is_for_tls(cipher) && !js_array_push(list->cx, list->array, js_string(list->cx, name->name)))
    list->failed = true;
  ossl->EVP_CIPHER_free(cipher);
}

/* getCiphers() -> names as OpenSSL's table has them */
static JsValue crypto_get_ciphers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  if (!crypto_ready(cx))
    return JS_EXCEPTION;
  NameList list = {cx, js_array_new(cx, 0, NULL), false};
  if (js_is_exception(list.array))
    return JS_EXCEPTION;
  ossl->OPENSSL_init_crypto(OPENSSL_INIT_ADD_ALL_CIPHERS, NULL);
  ossl->OBJ_NAME_do_all_sorted(OBJ_NAME_TYPE_CIPHER_METH, add_cipher_name, &list);
  ossl->ERR_clear_error();
  return list.failed ? JS_EXCEPTION : list.array;
}

bool crypto_define_cipher(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"hasCipher", crypto_has_cipher, 1},
      {"cipher", crypto_cipher, 8},
      {"getCipherInfo", crypto_get_cipher_info, 3},
      {"getCiphers", crypto_get_ciphers, 0},
      {0},
  };
  static const JsFunctionRow methods[] = {
      {"update", cipher_update, 1},
      {"final", cipher_final, 0},
      {"setAutoPadding", cipher_set_auto_padding, 1},
      {"getAuthTag", cipher_get_auth_tag, 0},
      {"setAuthTag", cipher_set_auth_tag, 1},
      {"setAAD", cipher_set_aad, 2},
      {0},
  };
  JsValue ctor = js_host_class_new(cx, &cipher_class, cipher_new, 5, methods);
  return !js_is_exception(ctor) && js_define_functions(cx, binding, rows) && js_set(cx, binding, "CipherBase", ctor);
}
