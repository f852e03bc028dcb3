// SPDX-License-Identifier: MIT
/*
 * What the processor can do beyond the baseline, asked for at run time.
 *
 * The C library has asked already when the program starts. The compiler's own question (__builtin_cpu_supports) brings
 * a constructor that executes CPUID a dozen times, and each traps where the machine is virtual: 0.1 ms at every start.
 */
#ifndef BASE_CPU_H
#define BASE_CPU_H

#include <stdbool.h>
#include <stdint.h> /* __GLIBC__ */

#ifdef __x86_64__
#if defined(__GLIBC__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>

/* The header's own function shifts into the sign. */
static inline bool cpu_is_active(unsigned feature)
{
  const struct cpuid_feature *leaf = __x86_get_cpuid_feature_leaf(feature / 128);
  return leaf->active_array[feature % 128 / 32] >> feature % 32 & 1;
}

#define CPU_HAS_SSSE3() cpu_is_active(x86_cpu_SSSE3)
#define CPU_HAS_AVX2()  cpu_is_active(x86_cpu_AVX2)
#define CPU_HAS_AVX512_VBMI2()                                                                                         \
  (cpu_is_active(x86_cpu_AVX512_VBMI2) && cpu_is_active(x86_cpu_AVX512_VBMI) && cpu_is_active(x86_cpu_AVX512BW) &&     \
   cpu_is_active(x86_cpu_AVX512VL) && cpu_is_active(x86_cpu_BMI2))
#else
#define CPU_HAS_SSSE3() __builtin_cpu_supports("ssse3")
#define CPU_HAS_AVX2()  __builtin_cpu_supports("avx2")
#define CPU_HAS_AVX512_VBMI2()                                                                                         \
  (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") &&                                    \
   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2"))
#endif
#endif

#endif
