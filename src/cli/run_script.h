// SPDX-License-Identifier: MIT
/*
 * culm --run NAME: a script of the nearest package.json, run by the shell. No environment is made for it: a Vm reads
 * the JSON, and that is all the JavaScript there is.
 */
#ifndef CLI_RUN_SCRIPT_H
#define CLI_RUN_SCRIPT_H

/* Runs the script; the exit code. args: what the shell gets behind the script's text, each quoted. */
int run_script(const char *name, int arg_count, char **args);
/* What --run without a name answers: the scripts there are, on stderr. The exit code. */
int run_script_list(void);

#endif
