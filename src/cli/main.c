// SPDX-License-Identifier: MIT
/* The command `culm`: options, one environment, its exit code. */
#include "runtime/env.h"

#include <signal.h>
#include <stdio.h>

int main(int argc, char **argv)
{
  /* A closed pipe is an error of write(), not a signal. */
  signal(SIGPIPE, SIG_IGN);
  argv = uv_setup_args(argc, argv);
  Options options;
  int exit_code;
  if (!options_parse(&options, argc, argv, &exit_code))
    return exit_code;
  if (options.values[OPT_HELP].set) {
    options_print_help();
    return 0;
  }
  if (options.values[OPT_VERSION].set) {
    printf("%s\n", CULM_NODE_VERSION);
    return 0;
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
