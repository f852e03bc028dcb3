// SPDX-License-Identifier: MIT
/*
 * The command line: which options there are, and what was said of each. options.def lists them.
 */
#ifndef RUNTIME_OPTIONS_H
#define RUNTIME_OPTIONS_H

#include "base/check.h"

/* A state is a boolean that is always on: asking for the opposite is refused. */
typedef enum { OPTION_BOOLEAN, OPTION_STRING, OPTION_NUMBER, OPTION_LIST, OPTION_STATE } OptionKind;

typedef enum {
#define OPTION(id, kind, where, name, short_name, help) OPT_##id,
#include "runtime/options.def"
#undef OPTION
  OPT_COUNT
} OptionId;

typedef struct OptionValue {
  bool set;          /* boolean: on; string: given */
  const char *text;  /* string: points into argv */
  const char **list; /* list: owned, of pointers into argv */
  size_t count;
} OptionValue;

typedef struct Options {
  OptionValue values[OPT_COUNT];
  int argc; /* of the program: argv[0] is the script if there is one */
  char **argv;
  int exec_argc; /* options that were given */
  char **exec_argv;
  const char *argv0;
  char *exec_path;        /* absolute, owned */
  char *environment_text; /* the words of NODE_OPTIONS, owned */
  char *config_text;      /* and those of the configuration file */
} Options;

/* Who is told of a bad word; opaque is handed on. */
typedef void (*OptionComplaint)(void *opaque, const char *message);

/* Sorts out argv, whose strings must stay, and NODE_OPTIONS. False: the complaint has been printed; *exit_code says how
 * to end. */
JS_MUST_USE bool options_parse(Options *options, int argc, char **argv, int *exit_code);
/* Adds words such as a thread's execArgv; only those that NODE_OPTIONS may have, when `environment`. False: complained.
 */
JS_MUST_USE bool options_add(Options *options, int count, char **words, bool environment, OptionComplaint complain,
                             void *opaque);
/* A deep copy; texts stay shared. */
JS_MUST_USE bool options_copy(Options *to, const Options *from);
void options_free(Options *options);
const char *option_name(OptionId id);
OptionKind option_kind(OptionId id);
bool option_is_environment(OptionId id);
/* The option that a word such as --name, or its opposite, means. */
bool option_find(const char *word, OptionId *id);
/* The number of an OPTION_NUMBER or digits of a string; `fallback` when it was not given. */
double option_number(const Options *options, OptionId id, double fallback);
void options_print_help(void);
/* --v8-options: those that concern the engine. */
void options_print_engine_help(void);
/* --completion-bash */
void options_print_completion(void);

#endif
