// SPDX-License-Identifier: MIT
/*
 * Environment variables as threads see them: those of the process, or a set of a thread's own, which other threads may
 * share (worker_threads' SHARE_ENV). All functions may be called by any thread.
 */
#ifndef RUNTIME_VARIABLES_H
#define RUNTIME_VARIABLES_H

#include <stdbool.h>

typedef struct RtVariables RtVariables;

/* words: "NAME=value", NULL at the end, taken over (as are its strings, all malloced) also in failure; NULL stands for
 * the variables of the process. One reference is the caller's. NULL: out of memory. */
RtVariables *variables_new(char **words);
RtVariables *variables_retain(RtVariables *vars);
/* vars may be NULL. */
void variables_release(RtVariables *vars);
bool variables_are_of_process(const RtVariables *vars);
/* False: out of memory. */
bool variables_set(RtVariables *vars, const char *name, const char *value);
void variables_unset(RtVariables *vars, const char *name);
/* Counts changes made through this interface. */
unsigned variables_version(const RtVariables *vars);
/* "NAME=value", NULL at the end, malloced in all its parts (variables_free_words). NULL: out of memory. */
char **variables_words(RtVariables *vars);
void variables_free_words(char **words);

#endif
