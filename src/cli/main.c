// SPDX-License-Identifier: MIT
/* The command `culm`: options, one environment, its exit code. */
#include "cli/run_script.h"
#include "runtime/env.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* --run: its script's arguments are the words behind the first `--`. */
static int run_named_script(const Options *options, int argc, char **argv)
{
  const char *name = options->values[OPT_RUN].text;
  if (!*name)
    return run_script_list();
  int first = 1;
  while (first < argc && strcmp(argv[first], "--") != 0)
    first++;
  return run_script(name, argc > first ? argc - first - 1 : 0, argv + first + 1);
}

/* What needs no environment. False: nothing of that is asked for. */
static bool run_without_env(const Options *options, int argc, char **argv, int *exit_code)
{
  *exit_code = 0;
  if (options->values[OPT_HELP].set) {
    options_print_help();
    return true;
  }
  if (options->values[OPT_COMPLETION_BASH].set) {
    options_print_completion();
    return true;
  }
  if (options->values[OPT_V8_OPTIONS].set) {
    options_print_engine_help();
    return true;
  }
  if (options->values[OPT_VERSION].set) {
    printf("%s\n", CULM_NODE_VERSION);
    return true;
  }
  if (options->values[OPT_RUN].set) {
    *exit_code = run_named_script(options, argc, argv);
    return true;
  }
  return false;
}

int main(int argc, char **argv)
{
  /* A closed pipe is an error of write(), not a signal. */
  signal(SIGPIPE, SIG_IGN);
  argv = uv_setup_args(argc, argv);
  Options options;
  int exit_code;
  if (!options_parse(&options, argc, argv, &exit_code))
    return exit_code;
  if (run_without_env(&options, argc, argv, &exit_code)) {
    options_free(&options);
    return exit_code;
  }
  if (options.values[OPT_TITLE].set)
    uv_set_process_title(options.values[OPT_TITLE].text);
  CulmEnv *env = rt_env_new(&options, NULL, NULL);
  if (!env) {
    fprintf(stderr, "%s: out of memory\n", argv[0]);
    return 1;
  }
  env_exit(env, rt_env_run(env));
}
