// SPDX-License-Identifier: MIT
/* Numbers as people of locale en-US read them: digits in groups of three. What toLocaleString gives without Intl. */
#ifndef BUILTINS_NUMBER_FORMAT_H
#define BUILTINS_NUMBER_FORMAT_H

#include "base/check.h"

/* 309 digits, their commas, sign, point and three digits */
#define NUMBER_FORMAT_MAX 448

/* Finite x with at most three fraction digits, the shortest decimal rounded half away from zero as Intl does; "-0"
 * keeps its sign. */
size_t number_format_en_us(double x, char *out);
/* Puts commas into a string of len digits; returns the new length (len + (len - 1) / 3). */
size_t number_group_digits(const char *digits, size_t len, char *out);

#endif
