// SPDX-License-Identifier: MIT
/*
 * Random bytes and primes of internalBinding('crypto'). Random bytes are the kernel's, by libuv: they need no OpenSSL,
 * so that a program that only wants an identifier does not load it.
 */
#include "runtime/crypto.h"

#include <string.h>

/* --- bytes ---------------------------------------------------------------------------------------------------------*/

typedef struct RandomJob {
  CryptoJob job;
  CryptoBlock out;
  size_t offset;
  JsRef *view;
} RandomJob;

static bool random_run(CryptoJob *base)
{
  RandomJob *job = (RandomJob *)base;
  return uv_random(NULL, NULL, job->out.data, job->out.size, 0, NULL) == 0;
}

static JsValue random_result(JsContext *cx, CryptoJob *base)
{
  RandomJob *job = (RandomJob *)base;
  JsValue target = env_ref(job->view);
  JsView view; /* may have been detached or shrunk since */
  if (js_view(target, &view) && view.data && job->offset <= view.byte_length &&
      job->out.size <= view.byte_length - job->offset)
    memcpy(view.data + job->offset, job->out.data, job->out.size);
  return target;
}

static void random_free(CryptoJob *base)
{
  RandomJob *job = (RandomJob *)base;
  crypto_block_free(&job->out);
  js_ref_free(job->view);
}

static const CryptoJobKind random_kind = {
    sizeof(RandomJob),   "Random bytes are not available", random_run, random_result, random_free, false,
    "RANDOMBYTESREQUEST"};

/* randomFill(view, offset, size, req): bytes -> the view */
static JsValue crypto_random_fill(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  size_t offset = rt_size_argument(argc, argv, 1), size = rt_size_argument(argc, argv, 2);
  if (offset > view.byte_length || size > view.byte_length - offset)
    return js_throw_range_error(cx, "Bad range of random bytes");
  if (!js_value_is_object(js_argument(argc, argv, 3))) {
    int error = size ? uv_random(NULL, NULL, view.data + offset, size, 0, NULL) : 0;
    return error ? uv_error_throw(cx, error, "random", NULL, NULL) : argv[0];
  }
  RandomJob *job = crypto_job_new(cx, &random_kind);
  if (!job)
    return JS_EXCEPTION;
  if (!crypto_block_alloc(&job->out, size)) {
    crypto_job_free(&job->job);
    return crypto_throw_memory(cx);
  }
  job->offset = offset;
  env_keep(job->job.env, &job->view, argv[0]);
  return crypto_job_start(cx, &job->job, argv[3]);
}

/* --- primes --------------------------------------------------------------------------------------------------------*/

typedef struct PrimeJob {
  CryptoJob job;
  BIGNUM *prime, *add, *rem;
  int bits, checks;
  bool is_check, is_safe, answer;
} PrimeJob;

static bool prime_run(CryptoJob *base)
{
  PrimeJob *job = (PrimeJob *)base;
  if (!job->is_check)
    return ossl->BN_generate_prime_ex(job->prime, job->bits, job->is_safe, job->add, job->rem, NULL) == 1;
  BN_CTX *ctx = ossl->BN_CTX_new();
  int answer = ctx ? ossl->BN_is_prime_ex(job->prime, job->checks, ctx, NULL) : -1;
  ossl->BN_CTX_free(ctx);
  job->answer = answer == 1;
  return answer >= 0;
}

static JsValue prime_result(JsContext *cx, CryptoJob *base)
{
  PrimeJob *job = (PrimeJob *)base;
  return job->is_check ? js_boolean(job->answer) : crypto_bignum_array(cx, job->prime, ((size_t)job->bits + 7) / 8);
}

static void prime_free(CryptoJob *base)
{
  PrimeJob *job = (PrimeJob *)base;
  ossl->BN_clear_free(job->prime);
  ossl->BN_clear_free(job->add);
  ossl->BN_clear_free(job->rem);
}

static const CryptoJobKind prime_kind = {
    sizeof(PrimeJob), "Prime generation failed", prime_run, prime_result, prime_free, false, "RANDOMPRIMEREQUEST"};

static bool optional_bignum(JsContext *cx, JsValue val, BIGNUM **out)
{
  *out = js_is_undefined(val) ? NULL : crypto_bignum(cx, val);
  return *out || js_is_undefined(val);
}

/* generatePrime(bits, safe, add, rem, req) -> Uint8Array; add and rem are big-endian views or undefined */
static JsValue crypto_generate_prime(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  PrimeJob *job = crypto_job_new(cx, &prime_kind);
  if (!job)
    return JS_EXCEPTION;
  job->bits = rt_int_argument(argc, argv, 0);
  job->is_safe = js_to_boolean(js_argument(argc, argv, 1));
  job->prime = ossl->BN_new();
  if (!job->prime) {
    crypto_throw_memory(cx);
  } else if (optional_bignum(cx, js_argument(argc, argv, 2), &job->add) &&
             optional_bignum(cx, js_argument(argc, argv, 3), &job->rem)) {
    /* Beyond these OpenSSL would search without end. */
    if (job->add && (ossl->BN_num_bits(job->add) > job->bits || ossl->BN_is_zero(job->add)))
      crypto_throw_coded(cx, "RangeError", "ERR_OUT_OF_RANGE", "invalid options.add");
    else if (job->add && job->rem && ossl->BN_cmp(job->add, job->rem) != 1)
      crypto_throw_coded(cx, "RangeError", "ERR_OUT_OF_RANGE", "invalid options.rem");
    else
      return crypto_job_start(cx, &job->job, js_argument(argc, argv, 4));
  }
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

/* checkPrime(candidate, checks, req) -> boolean */
static JsValue crypto_check_prime(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  PrimeJob *job = crypto_job_new(cx, &prime_kind);
  if (!job)
    return JS_EXCEPTION;
  job->is_check = true;
  job->checks = rt_int_argument(argc, argv, 1);
  if ((job->prime = crypto_bignum(cx, js_argument(argc, argv, 0))))
    return crypto_job_start(cx, &job->job, js_argument(argc, argv, 2));
  crypto_job_free(&job->job);
  return JS_EXCEPTION;
}

bool crypto_define_random(JsContext *cx, JsValue binding)
{
  static const JsFunctionRow rows[] = {
      {"randomFill", crypto_random_fill, 4},
      {"generatePrime", crypto_generate_prime, 5},
      {"checkPrime", crypto_check_prime, 3},
      {0},
  };
  return js_define_functions(cx, binding, rows);
}
