// SPDX-License-Identifier: MIT
/* Sets of environment variables: see variables.h. Small and seldom changed, so a list is searched. */
#include "runtime/variables.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

extern char **environ;

struct RtVariables {
  atomic_uint references, version;
  uv_mutex_t mutex;
  char **words; /* NULL: the process's */
  size_t count;
};

void variables_free_words(char **words)
{
  for (char **word = words; word && *word; word++)
    free(*word);
  free(words);
}

RtVariables *variables_new(char **words)
{
  RtVariables *vars = calloc(1, sizeof *vars);
  if (!vars) {
    variables_free_words(words);
    return NULL;
  }
  atomic_init(&vars->references, 1);
  atomic_init(&vars->version, 0);
  uv_mutex_init(&vars->mutex);
  vars->words = words;
  while (words && words[vars->count])
    vars->count++;
  return vars;
}

RtVariables *variables_retain(RtVariables *vars)
{
  atomic_fetch_add(&vars->references, 1);
  return vars;
}

void variables_release(RtVariables *vars)
{
  if (!vars || atomic_fetch_sub(&vars->references, 1) != 1)
    return;
  uv_mutex_destroy(&vars->mutex);
  variables_free_words(vars->words);
  free(vars);
}

bool variables_are_of_process(const RtVariables *vars)
{
  return !vars->words;
}

/* Where `name` stands; the number of words when it does not. */
static size_t find(const RtVariables *vars, const char *name)
{
  size_t len = strlen(name), k = 0;
  while (k < vars->count && (strncmp(vars->words[k], name, len) != 0 || vars->words[k][len] != '='))
    k++;
  return k;
}

static bool put(RtVariables *vars, const char *name, const char *value)
{
  size_t name_len = strlen(name), value_len = strlen(value), at = find(vars, name);
  char *word = malloc(name_len + value_len + 2);
  if (!word)
    return false;
  memcpy(word, name, name_len);
  word[name_len] = '=';
  memcpy(word + name_len + 1, value, value_len + 1);
  if (at < vars->count) {
    free(vars->words[at]);
    vars->words[at] = word;
    return true;
  }
  char **words = realloc(vars->words, (vars->count + 2) * sizeof *words);
  if (!words) {
    free(word);
    return false;
  }
  words[vars->count++] = word;
  words[vars->count] = NULL;
  vars->words = words;
  return true;
}

bool variables_set(RtVariables *vars, const char *name, const char *value)
{
  uv_mutex_lock(&vars->mutex);
  /* The system takes no name that is empty or has '=' in it; what it refuses only the program's own object keeps. */
  bool ok = true;
  if (variables_are_of_process(vars))
    (void)setenv(name, value, 1);
  else
    ok = put(vars, name, value);
  atomic_fetch_add(&vars->version, 1);
  uv_mutex_unlock(&vars->mutex);
  return ok;
}

void variables_unset(RtVariables *vars, const char *name)
{
  uv_mutex_lock(&vars->mutex);
  if (variables_are_of_process(vars)) {
    (void)unsetenv(name);
  } else {
    size_t at = find(vars, name);
    if (at < vars->count) {
      free(vars->words[at]);
      memmove(vars->words + at, vars->words + at + 1, (vars->count - at) * sizeof *vars->words);
      vars->count--;
    }
  }
  atomic_fetch_add(&vars->version, 1);
  uv_mutex_unlock(&vars->mutex);
}

unsigned variables_version(const RtVariables *vars)
{
  return atomic_load_explicit(&vars->version, memory_order_acquire);
}

char **variables_words(RtVariables *vars)
{
  uv_mutex_lock(&vars->mutex);
  char **words = variables_are_of_process(vars) ? environ : vars->words;
  size_t count = 0;
  while (words && words[count])
    count++;
  char **copy = calloc(count + 1, sizeof *copy);
  for (size_t k = 0; copy && k < count; k++) {
    copy[k] = strdup(words[k]);
    if (!copy[k]) {
      variables_free_words(copy);
      copy = NULL;
    }
  }
  uv_mutex_unlock(&vars->mutex);
  return copy;
}
