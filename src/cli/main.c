// SPDX-License-Identifier: MIT
/* The command `culm`: options, one environment, its exit code. */
#include "cli/run_script.h"
#include "runtime/env.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

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

/* Memory that was given back to the system has to be had page by page again. The C library learns that by itself for
 * what it maps, but gives back the end of its heap as soon as 128 KB are free there: a program that makes strings of
 * 200 KB spent most of its time on page faults. What is kept for the moment goes back when the loop rests (loop.c). */
static void keep_freed_memory(void)
{
#ifdef __GLIBC__
  enum { MAPPED_FROM = 16 << 20, KEPT_AT_MOST = 24 << 20 };
  mallopt(M_MMAP_THRESHOLD, MAPPED_FROM);
  mallopt(M_TRIM_THRESHOLD, KEPT_AT_MOST);
#endif
}

int main(int argc, char **argv)
{
  keep_freed_memory();
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
