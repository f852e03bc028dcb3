// SPDX-License-Identifier: MIT
/*
 * What the files of internalBinding('crypto') share: bytes out of arguments, OpenSSL's errors as JavaScript's, jobs
 * that run at once or on the thread pool, keys.
 *
 * Functions of the binding that end in `req` work at once when it is undefined: they return their result or throw. With
 * an object they work on the thread pool and call req.oncomplete(error) or req.oncomplete(null, result).
 */
#ifndef RUNTIME_CRYPTO_H
#define RUNTIME_CRYPTO_H

#include "runtime/binding.h"
#include "runtime/env.h"
#include "runtime/openssl.h"

/* Loads OpenSSL; false with an exception when there is none. */
JS_MUST_USE bool crypto_ready(JsContext *cx);

/* --- bytes ---------------------------------------------------------------------------------------------------------*/

/* A view's bytes or a string's UTF-8, borrowed from the value or malloc'ed (`owned`). */
typedef struct CryptoBytes {
  const uint8_t *data; /* never NULL */
  size_t size;
  char *owned;
} CryptoBytes;
JS_MUST_USE bool crypto_bytes(JsContext *cx, JsValue val, CryptoBytes *out);
void crypto_bytes_free(CryptoBytes *bytes);

/* Bytes of one's own, wiped when freed. */
typedef struct CryptoBlock {
  uint8_t *data; /* NULL: absent; with size 0 still something */
  size_t size;
} CryptoBlock;
JS_MUST_USE bool crypto_block_copy(JsContext *cx, JsValue val, CryptoBlock *out); /* undefined and null: absent */
JS_MUST_USE bool crypto_block_alloc(CryptoBlock *out, size_t size);               /* zeroed; throws nothing */
void crypto_block_free(CryptoBlock *block);
JS_MUST_USE JsValue crypto_block_array(JsContext *cx, const CryptoBlock *block); /* a Uint8Array */

/* A native object of a class that the binding has under its own name, outside that class's constructor. */
JS_MUST_USE JsValue crypto_object(JsContext *cx, const JsHostClass *cls, void *native);

/* An ASCII name into a buffer; false (nothing thrown) when val is no string or is too long. */
bool crypto_name(JsContext *cx, JsValue val, char *out, size_t cap);

/* --- errors --------------------------------------------------------------------------------------------------------*/

enum { CRYPTO_ERROR_MAX = 8 };
/* What was in OpenSSL's queue of a thread, oldest first. */
typedef struct CryptoError {
  unsigned long codes[CRYPTO_ERROR_MAX];
  int count;
} CryptoError;
/* Empties this thread's queue. */
void crypto_error_take(CryptoError *error);
/* `error:...` with library, reason, code and opensslErrorStack; a plain Error(fallback) when the queue was empty. */
JS_MUST_USE JsValue crypto_error_new(JsContext *cx, const CryptoError *error, const char *fallback);
/* Adds an error of ours to this thread's queue. */
void crypto_raise(int library, int reason);
/* Takes this thread's queue and throws. */
JsValue crypto_throw(JsContext *cx, const char *fallback);
/* The same with the first error in opensslErrorStack, too. */
JsValue crypto_throw_whole(JsContext *cx, const char *fallback);
/* And with a message of our own. */
JsValue crypto_throw_named(JsContext *cx, const char *message);
/* The first entry of the queue and nothing of the others; ERR_CRYPTO_OPERATION_FAILED when it was empty. */
JsValue crypto_throw_operation(JsContext *cx, const char *message);
/* Throws an error of this type ("TypeError") with a code. */
JsValue crypto_throw_coded(JsContext *cx, const char *type, const char *code, const char *message);
JsValue crypto_throw_memory(JsContext *cx);

/* --- jobs ----------------------------------------------------------------------------------------------------------*/

typedef struct CryptoJob CryptoJob;
typedef struct CryptoJobKind {
  size_t size; /* of the struct that begins with a CryptoJob */
  const char *failure;
  bool (*run)(CryptoJob *job);                      /* on any thread, without JavaScript */
  JsValue (*result)(JsContext *cx, CryptoJob *job); /* after run was true */
  void (*free)(CryptoJob *job);                     /* what the struct owns */
  bool plain_failure;                               /* the message is `failure` whatever OpenSSL says */
  const char *resource;                             /* what async hooks call it; NULL: no name of its own */
} CryptoJobKind;
struct CryptoJob {
  uv_work_t work; /* first: the request's address is the job's */
  const CryptoJobKind *kind;
  CulmEnv *env;
  CryptoError error;
  const char *code, *message; /* set by run instead of OpenSSL's error: static texts; code may be NULL */
  bool done;
  JsRef *req, *context;
};
/* Zeroed; NULL with an exception. */
JS_MUST_USE void *crypto_job_new(JsContext *cx, const CryptoJobKind *kind);
void crypto_job_free(CryptoJob *job);
/* Takes the job. */
JsValue crypto_job_start(JsContext *cx, CryptoJob *job, JsValue req);

/* --- digests -------------------------------------------------------------------------------------------------------*/

/* To be freed; NULL, with nothing thrown and OpenSSL's queue empty, when there is none of that name. */
EVP_MD *crypto_digest_fetch(JsContext *cx, JsValue name);
EVP_MD *crypto_digest_named(const char *name);

/* --- keys ----------------------------------------------------------------------------------------------------------*/

typedef enum CryptoKeyKind { CRYPTO_KEY_SECRET, CRYPTO_KEY_PUBLIC, CRYPTO_KEY_PRIVATE } CryptoKeyKind;

extern const JsHostClass crypto_key_class;
typedef struct CryptoKey {
  CryptoKeyKind kind;
  CryptoBlock secret; /* of a secret key */
  EVP_PKEY *pkey;     /* of the others */
} CryptoKey;
/* Argument k's key; NULL with an exception when it is none or of another kind. */
CryptoKey *crypto_key_argument(JsContext *cx, int argc, const JsValue *argv, int k, bool is_secret);
/* A secret key's bytes, borrowed from it, or what crypto_bytes gives of another value. */
JS_MUST_USE bool crypto_key_bytes(JsContext *cx, JsValue val, CryptoBytes *out);
/* The methods that read and export keys (crypto_key_export.c). */
extern const JsFunctionRow crypto_key_methods[];
CryptoKey *crypto_key_this(JsContext *cx, JsValue this_val);
/* Takes a reference of pkey away from the caller, also on failure. */
JS_MUST_USE JsValue crypto_key_object(JsContext *cx, CryptoKeyKind kind, EVP_PKEY *pkey);
/* As lib/ names it ("rsa", "ec", "x25519"); NULL for others. */
const char *crypto_key_type_name(const EVP_PKEY *pkey);
/* A big-endian number, to be freed with BN_free; NULL with an exception. */
BIGNUM *crypto_bignum(JsContext *cx, JsValue view);
/* Big-endian, at least `size` bytes. */
JS_MUST_USE JsValue crypto_bignum_array(JsContext *cx, const BIGNUM *bn, size_t size);
/* What was written into a memory BIO, as a string or a Uint8Array. */
JS_MUST_USE JsValue crypto_bio_string(JsContext *cx, BIO *bio);
JS_MUST_USE JsValue crypto_bio_array(JsContext *cx, BIO *bio);

/* --- RSA -----------------------------------------------------------------------------------------------------------*/

/* Decrypts with PKCS #1 v1.5 padding; bad padding gives made-up bytes, not an error (crypto_pkcs1.c). False with
 * OpenSSL's queue set when the data cannot be decrypted at all. */
bool crypto_pkcs1_decrypt(EVP_PKEY *pkey, const CryptoBlock *data, CryptoBlock *out, size_t *out_size);

/* --- Diffie-Hellman ------------------------------------------------------------------------------------------------*/

/* The prime of a group ("modp14"), to be freed; NULL when there is none of that name. */
BIGNUM *crypto_dh_group_prime(const char *name);

/* --- the parts -----------------------------------------------------------------------------------------------------*/

#define CRYPTO_PARTS(V)                                                                                                \
  V(hash)                                                                                                              \
  V(mac)                                                                                                               \
  V(kdf)                                                                                                               \
  V(random)                                                                                                            \
  V(keys)                                                                                                              \
  V(keygen)                                                                                                            \
  V(cipher)                                                                                                            \
  V(rsa)                                                                                                               \
  V(sign)                                                                                                              \
  V(dh)                                                                                                                \
  V(ecdh)                                                                                                              \
  V(x509)
#define CRYPTO_PART(name) JS_MUST_USE bool crypto_define_##name(JsContext *cx, JsValue binding);
CRYPTO_PARTS(CRYPTO_PART)
#undef CRYPTO_PART

#endif
