// SPDX-License-Identifier: MIT
/*
 * Decryption of RSAES-PKCS1-v1_5 with implicit rejection (draft-irtf-cfrg-rsa-guidance, "Side channel resistant
 * implementation"): what is not padded well decrypts to bytes that look like any message and are always the same for a
 * key and ciphertext, so that nobody learns from an answer whether the padding was right (Bleichenbacher's attack).
 * OpenSSL does so itself since 3.2. Nothing here branches on secret bytes.
 */
#include "runtime/crypto.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
  HMAC_SIZE = 32,     /* of SHA-256 */
  LENGTH_COUNT = 128, /* candidates for the length of the message that is made up */
  PADDING_MIN = 8,    /* bytes of padding there must be */
  PREFIX = 2,         /* the two bytes before the padding */
};

static bool hmac_sha256(const uint8_t *key, size_t key_size, const uint8_t *data, size_t size, uint8_t out[HMAC_SIZE])
{
  unsigned written;
  EVP_MD *md = crypto_digest_named("sha256");
  bool done = md && ossl->HMAC(md, key, (int)key_size, data, size, out, &written);
  ossl->EVP_MD_free(md);
  return done;
}

/* IRPRF: `size` bytes of HMAC(kdk, counter || label || size in bits). */
static bool derive_bytes(const uint8_t kdk[HMAC_SIZE], const char *label, uint8_t *out, size_t size)
{
  uint8_t input[32], block[HMAC_SIZE];
  size_t label_size = strlen(label), bits = size * 8;
  for (size_t at = 0, k = 0; at < size; at += HMAC_SIZE, k++) {
    input[0] = (uint8_t)(k >> 8);
    input[1] = (uint8_t)k;
    memcpy(input + 2, label, label_size);
    input[2 + label_size] = (uint8_t)(bits >> 8);
    input[3 + label_size] = (uint8_t)bits;
    if (!hmac_sha256(kdk, HMAC_SIZE, input, 4 + label_size, block))
      return false;
    memcpy(out + at, block, size - at < HMAC_SIZE ? size - at : HMAC_SIZE);
  }
  return true;
}

/* The key from which the made-up message comes: of the private exponent and the ciphertext. */
static bool derive_kdk(EVP_PKEY *pkey, const uint8_t *data, size_t size, size_t width, uint8_t kdk[HMAC_SIZE])
{
  BIGNUM *d = NULL;
  uint8_t *padded = calloc(1, width);
  uint8_t hash[EVP_MAX_MD_SIZE];
  EVP_MD *md = crypto_digest_named("sha256");
  bool done = padded && md && ossl->EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_D, &d) &&
              ossl->BN_bn2binpad(d, padded, (int)width) > 0 && ossl->EVP_Digest(padded, width, hash, NULL, md, NULL);
  if (done) {
    memset(padded, 0, width - size);
    memcpy(padded + (width - size), data, size);
    done = hmac_sha256(hash, HMAC_SIZE, padded, width, kdk);
  }
  if (padded)
    explicit_bzero(padded, width);
  explicit_bzero(hash, sizeof hash);
  free(padded);
  ossl->BN_clear_free(d);
  ossl->EVP_MD_free(md);
  return done;
}

/* All ones when a < b (both below 2^31), else zero. */
static uint32_t less_mask(uint32_t a, uint32_t b)
{
  return 0u - ((a - b) >> 31);
}

static uint32_t zero_mask(uint32_t a)
{
  return 0u - ((~a & (a - 1)) >> 31);
}

static uint32_t choose(uint32_t mask, uint32_t a, uint32_t b)
{
  return (a & mask) | (b & ~mask);
}

/* The length of the message that is made up: the last candidate that fits. */
static uint32_t made_up_length(const uint8_t candidates[2 * LENGTH_COUNT], uint32_t max)
{
  uint32_t mask = max, length = 0;
  for (int shift = 1; shift < 16; shift *= 2)
    mask |= mask >> shift;
  for (int k = 0; k < LENGTH_COUNT; k++) {
    uint32_t candidate = ((uint32_t)candidates[2 * k] << 8 | candidates[2 * k + 1]) & mask;
    length = choose(less_mask(candidate, max), candidate, length);
  }
  return length;
}

/* Where the message begins in a decrypted block: 00 02, at least eight bytes that are not zero, 00, message. *good is
 * all ones when it is like that. */
static uint32_t message_start(const uint8_t *block, size_t width, uint32_t *good)
{
  uint32_t found = 0, separator = 0;
  *good = zero_mask(block[0]) & zero_mask((uint32_t)block[1] ^ 2);
  for (uint32_t k = PREFIX; k < width; k++) {
    uint32_t is_zero = zero_mask(block[k]);
    separator = choose(is_zero & ~found, k, separator);
    found |= is_zero;
  }
  *good &= found & ~less_mask(separator, PREFIX + PADDING_MIN);
  return separator + 1;
}

static bool raw_decrypt(EVP_PKEY *pkey, const uint8_t *data, size_t size, uint8_t *out, size_t width)
{
  EVP_PKEY_CTX *ctx = ossl->EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
  size_t written = width;
  bool done = ctx && ossl->EVP_PKEY_decrypt_init(ctx) > 0 &&
              ossl->EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING) > 0 &&
              ossl->EVP_PKEY_decrypt(ctx, out, &written, data, size) > 0 && written == width;
  ossl->EVP_PKEY_CTX_free(ctx);
  return done;
}

bool crypto_pkcs1_decrypt(EVP_PKEY *pkey, const CryptoBlock *data, CryptoBlock *out, size_t *out_size)
{
  size_t width = (size_t)ossl->EVP_PKEY_get_size(pkey);
  uint8_t kdk[HMAC_SIZE], candidates[2 * LENGTH_COUNT];
  CryptoBlock block = {0};
  if (!data->size) {
    crypto_raise(ERR_LIB_RSA, RSA_R_DATA_TOO_SMALL);
    return false;
  }
  if (data->size > width || width < PREFIX + PADDING_MIN + 1 || width > UINT16_MAX / 8) {
    crypto_raise(ERR_LIB_RSA, RSA_R_DATA_GREATER_THAN_MOD_LEN);
    return false;
  }
  bool done = crypto_block_alloc(&block, width) && crypto_block_alloc(out, width) &&
              raw_decrypt(pkey, data->data, data->size, block.data, width) &&
              derive_kdk(pkey, data->data, data->size, width, kdk) &&
              derive_bytes(kdk, "length", candidates, sizeof candidates) &&
              derive_bytes(kdk, "message", out->data, width);
  if (done) {
    uint32_t good, start = message_start(block.data, width, &good);
    uint32_t length = made_up_length(candidates, (uint32_t)width - PREFIX - PADDING_MIN);
    start = choose(good, start, (uint32_t)width - length);
    for (size_t k = 0; k < width; k++)
      out->data[k] = (uint8_t)choose(good, block.data[k], out->data[k]);
    *out_size = width - start;
    memmove(out->data, out->data + start, *out_size);
  }
  explicit_bzero(kdk, sizeof kdk);
  explicit_bzero(candidates, sizeof candidates);
  crypto_block_free(&block);
  return done;
}
