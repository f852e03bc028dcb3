// SPDX-License-Identifier: MIT
/* Runs the registered unit cases whose name or file contains argv[1], each in a child process; prints "N passed, N
 * failed". */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static UnitCase *unit_cases;

void unit_register(UnitCase *unit_case)
{
  unit_case->next = unit_cases;
  unit_cases = unit_case;
}

void unit_fail(const char *file, int line, const char *what)
{
  fprintf(stderr, "%s:%d: expected %s\n", file, line, what);
  exit(1);
}

static bool unit_passes(const UnitCase *unit_case)
{
  fflush(NULL);
  pid_t pid = fork();
  if (pid == 0) {
    alarm(60); /* seconds; a case that hangs fails */
    unit_case->run();
    exit(0);
  }
  int status = 0;
  return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv)
{
  int passed = 0, failed = 0;
  for (UnitCase *c = unit_cases; c; c = c->next) {
    if (argc > 1 && !strstr(c->name, argv[1]) && !strstr(c->file, argv[1]))
      continue;
    if (unit_passes(c)) {
      passed++;
    } else {
      failed++;
      printf("FAIL %s (%s)\n", c->name, c->file);
    }
  }
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
