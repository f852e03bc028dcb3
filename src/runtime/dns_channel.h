// SPDX-License-Identifier: MIT
/* What sends queries to DNS servers: the class behind dns.Resolver. */
#ifndef RUNTIME_DNS_CHANNEL_H
#define RUNTIME_DNS_CHANNEL_H

#include "base/check.h"
#include "culm/js.h"

typedef struct CulmEnv CulmEnv;

/* The constructor of ChannelWrap. */
JS_MUST_USE JsValue dns_channel_class_new(JsContext *cx);
/* The values of an answer to a query for `type` as Node's dns gives them; *code is c-ares's status when there are none,
 * and the value undefined then. JS_EXCEPTION: out of memory. */
JS_MUST_USE JsValue dns_answer_values(JsContext *cx, int type, const unsigned char *bytes, size_t length, bool ttl,
                                      int *code);
/* The environment ends, after its loop: queries under way are forgotten. */
void dns_env_free(CulmEnv *env);

#endif
