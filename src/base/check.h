// SPDX-License-Identifier: MIT
/*
 * Assertions and compiler hints.
 *
 * JS_ASSERT  our own invariants, in asserting builds only; never on anything a script, file or peer can cause.
 * JS_CHECK   always on: invariants whose breach would be a memory-safety hole.
 */
#ifndef BASE_CHECK_H
#define BASE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define js_likely(x)    __builtin_expect(!!(x), 1)
#define js_unlikely(x)  __builtin_expect(!!(x), 0)
#define JS_MUST_USE     __attribute__((warn_unused_result))
#define JS_NOINLINE     __attribute__((noinline))
#define JS_COLD         __attribute__((cold, noinline))
#define JS_INLINE       static inline __attribute__((always_inline))
#define JS_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define JS_COUNTOF(a)   (sizeof(a) / sizeof((a)[0]))
#define JS_FALLTHROUGH  __attribute__((fallthrough))

_Noreturn void check_fail(const char *file, int line, const char *what);

#define JS_CHECK(cond) (js_likely(cond) ? (void)0 : check_fail(__FILE__, __LINE__, #cond))
#ifdef JS_ASSERTIONS
#define JS_ASSERT(cond)  JS_CHECK(cond)
#define JS_UNREACHABLE() check_fail(__FILE__, __LINE__, "unreachable")
#else
#define JS_ASSERT(cond)  ((void)sizeof(cond))
#define JS_UNREACHABLE() __builtin_unreachable()
#endif

#endif
