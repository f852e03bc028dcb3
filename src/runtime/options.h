// SPDX-License-Identifier: MIT
/*
 * The command line: which options there are, and what was said of each. options.def lists them.
 */
#ifndef RUNTIME_OPTIONS_H
#define RUNTIME_OPTIONS_H

#include "base/check.h"

typedef enum { OPTION_BOOLEAN, OPTION_STRING, OPTION_LIST } OptionKind;

typedef enum {
#define OPTION(id, kind, name, short_name, help) OPT_##id,
#include "runtime/options.def"
#undef OPTION
  OPT_COUNT
} OptionId;

typedef struct OptionValue {
  bool set;          /* boolean: on; string: given */
  const char *text;  /* string: points into argv */
  const char **list; /* list: pointers into argv */
  size_t count;
} OptionValue;

typedef struct Options {
  OptionValue values[OPT_COUNT];
  int argc; /* of the program: argv[0] is the binary, argv[1] the script if there is one */
  char **argv;
  int exec_argc; /* options that were given */
  char **exec_argv;
  const char *argv0;
  char *exec_path; /* absolute, owned */
} Options;

/* Sorts out argv, whose strings must stay. False: the complaint has been printed; *exit_code says how to end. */
JS_MUST_USE bool options_parse(Options *options, int argc, char **argv, int *exit_code);
void options_free(Options *options);
const char *option_name(OptionId id);
OptionKind option_kind(OptionId id);
void options_print_help(void);

#endif
