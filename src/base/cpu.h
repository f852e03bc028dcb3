// SPDX-License-Identifier: MIT
/*
 * What the processor can do beyond the baseline, asked for at run time.
 *
 * The C library has asked already when the program starts. The compiler's own question (__builtin_cpu_supports) brings
 * a constructor that executes CPUID a dozen times, and each traps where the machine is virtual: 0.1 ms at every start.
 */
#ifndef BASE_CPU_H
#define BASE_CPU_H

#include <stdint.h> /* __GLIBC__ */

#ifdef __x86_64__
#if defined(__GLIBC__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#define CPU_HAS_SSSE3() CPU_FEATURE_ACTIVE(SSSE3)
#define CPU_HAS_AVX2()  CPU_FEATURE_ACTIVE(AVX2)
#define CPU_HAS_AVX512_VBMI2()                                                                                         \
  (CPU_FEATURE_ACTIVE(AVX512_VBMI2) && CPU_FEATURE_ACTIVE(AVX512_VBMI) && CPU_FEATURE_ACTIVE(AVX512BW) &&              \
   CPU_FEATURE_ACTIVE(AVX512VL) && CPU_FEATURE_ACTIVE(BMI2))
#else
#define CPU_HAS_SSSE3() __builtin_cpu_supports("ssse3")
#define CPU_HAS_AVX2()  __builtin_cpu_supports("avx2")
#define CPU_HAS_AVX512_VBMI2()                                                                                         \
  (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") &&                                    \
   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2"))
#endif
#endif

#endif
