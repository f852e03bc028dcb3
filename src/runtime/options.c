// SPDX-License-Identifier: MIT
/*
 * Parsing the command line. `--name=value`, `--name value`, `-n value`; underscores in names stand for dashes; the
 * first word that is no option is the script, and everything behind it is the program's own. `--` ends the options.
 */
#include "runtime/options.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

static const struct {
  const char *name, *short_name, *help;
  OptionKind kind;
} table[] = {
#define OPTION(id, kind, name, short_name, help) [OPT_##id] = {name, short_name, help, kind},
#include "runtime/options.def"
#undef OPTION
};

const char *option_name(OptionId id)
{
  return table[id].name;
}

OptionKind option_kind(OptionId id)
{
  return table[id].kind;
}

/* Is `word`, up to an '=', this name? Underscores count as dashes. */
static bool names_option(const char *word, size_t length, const char *name)
{
  if (strlen(name) != length)
    return false;
  for (size_t i = 0; i < length; i++) {
    char c = word[i] == '_' && i >= 2 ? '-' : word[i];
    if (c != name[i])
      return false;
  }
  return true;
}

static int find_option(const char *word, const char **value)
{
  const char *equals = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
  size_t length = equals ? (size_t)(equals - word) : strlen(word);
  *value = equals ? equals + 1 : NULL;
  for (int id = 0; id < OPT_COUNT; id++) {
    if (names_option(word, length, table[id].name) ||
        (table[id].short_name && names_option(word, length, table[id].short_name)))
      return id;
  }
  return -1;
}

static void add_to_list(OptionValue *value, const char *text, size_t most)
{
  if (!value->list) {
    value->list = mem_alloc(NULL, MEM_RUNTIME, most * sizeof *value->list);
    if (!value->list)
      return;
  }
  value->list[value->count++] = text;
}

static char *find_exec_path(void)
{
  size_t size = 4096;
  char *path = malloc(size);
  if (path && uv_exepath(path, &size) != 0)
    path[0] = '\0';
  return path;
}

bool options_parse(Options *options, int argc, char **argv, int *exit_code)
{
  memset(options, 0, sizeof *options);
  options->argv0 = argv[0];
  options->exec_path = find_exec_path();
  int i = 1;
  for (; i < argc; i++) {
    const char *word = argv[i];
    if (strcmp(word, "--") == 0) {
      i++;
      break;
    }
    if (word[0] != '-' || word[1] == '\0')
      break;
    const char *text;
    int id = find_option(word, &text);
    /* -pe is -p. */
    if (id < 0 && strcmp(word, "-pe") == 0)
      id = OPT_PRINT;
    if (id < 0) {
      fprintf(stderr, "%s: bad option: %s\n", argv[0], word);
      *exit_code = 9;
      return false;
    }
    OptionValue *value = &options->values[id];
    if (table[id].kind == OPTION_BOOLEAN) {
      if (text) {
        fprintf(stderr, "%s: %s does not take an argument\n", argv[0], word);
        *exit_code = 9;
        return false;
      }
      value->set = true;
      continue;
    }
    if (!text) {
      if (i + 1 >= argc) {
        fprintf(stderr, "%s: %s requires an argument\n", argv[0], word);
        *exit_code = 9;
        return false;
      }
      text = argv[++i];
    }
    value->set = true;
    value->text = text;
    if (table[id].kind == OPTION_LIST)
      add_to_list(value, text, (size_t)argc);
  }
  options->exec_argc = i - 1;
  options->exec_argv = argv + 1;
  options->argc = argc - i;
  options->argv = argv + i;
  return true;
}

void options_free(Options *options)
{
  free(options->exec_path);
  /* The lists were sized by argc, which is gone; they live as long as the process. */
  memset(options, 0, sizeof *options);
}

void options_print_help(void)
{
  printf("Usage: culm [options] [script.js] [arguments]\n"
         "       culm [options] -e source [arguments]\n\n"
         "  -                            the program comes from standard input\n"
         "  --                           end of the options\n");
  for (int id = 0; id < OPT_COUNT; id++) {
    char left[64];
    snprintf(left, sizeof left, "%s%s%s%s", table[id].short_name ? table[id].short_name : "",
             table[id].short_name ? ", " : "", table[id].name, table[id].kind == OPTION_BOOLEAN ? "" : "=...");
    printf("  %-28s %s\n", left, table[id].help);
  }
}
