// SPDX-License-Identifier: MIT
/*
 * culm-shell: the engine alone, for its tests and for test262.
 *
 *   culm-shell [options] FILE...      scripts, in one realm
 *   culm-shell [options] -e CODE      a piece of source
 *
 *   culm-shell --serve-tests          requests of tools/test262 on stdin (conformance.c)
 *
 * Globals beside the language's: print, console.log (plain text), setTimeout, $262. Jobs and timers run to the end
 * after each file. An uncaught error is printed with its stack on stderr; the exit code is 1.
 */
#include <stdio.h>
#include <stdlib.h>

#include "shell/shell.h"

#include "base/strbuf.h"
#include "builtins/setup.h"
#include "bytecode/code.h"
#include "interp/eval.h"

typedef struct ShellOptions {
  JsVmOptions vm;
  const char *code; /* -e */
  bool is_module, stats, allow_rejections, serve_tests;
} ShellOptions;

/* --- options: one table ------------------------------------------------------------------------------------------ */

typedef enum { OPTION_FLAG, OPTION_NUMBER, OPTION_MEGABYTES, OPTION_KILOBYTES } OptionKind;
typedef struct Option {
  const char *name;
  OptionKind kind;
  size_t offset;
  const char *help;
} Option;

static const Option option_table[] = {
    {"--gc-stress", OPTION_NUMBER, offsetof(ShellOptions, vm.heap.stress), "collect at every N-th allocation"},
    {"--trace-gc", OPTION_FLAG, offsetof(ShellOptions, vm.heap.trace), "a line per collection on stderr"},
    {"--verify-heap", OPTION_FLAG, offsetof(ShellOptions, vm.heap.verify), "check the heap after each collection"},
    {"--gc-scribble", OPTION_FLAG, offsetof(ShellOptions, vm.heap.scribble), "fill freed cells"},
    {"--dump-bytecode", OPTION_FLAG, offsetof(ShellOptions, vm.dump_bytecode), "print the code of what is compiled"},
    {"--dump-ast", OPTION_FLAG, offsetof(ShellOptions, vm.dump_ast), "print the trees of what is compiled"},
    {"--stack-size", OPTION_KILOBYTES, offsetof(ShellOptions, vm.stack_bytes), "size of the VM stack, KiB"},
    {"--max-old-space-size", OPTION_MEGABYTES, offsetof(ShellOptions, vm.heap.max_old_bytes), "heap limit, MiB"},
    {"-m", OPTION_FLAG, offsetof(ShellOptions, is_module), "the files are modules"},
    {"--allow-rejections", OPTION_FLAG, offsetof(ShellOptions, allow_rejections), "unhandled rejections are no errors"},
    {"--serve-tests", OPTION_FLAG, offsetof(ShellOptions, serve_tests), "answer tools/test262 on stdin"},
    {"--stats", OPTION_FLAG, offsetof(ShellOptions, stats), "heap figures at the end, on stderr"},
};

static void usage(FILE *out)
{
  fprintf(out, "usage: culm-shell [options] FILE... | -e CODE\n");
  for (size_t k = 0; k < JS_COUNTOF(option_table); k++)
    fprintf(out, "  %-24s%s\n", option_table[k].name, option_table[k].help);
}

static bool set_option(ShellOptions *options, const Option *option, const char *value)
{
  char *field = (char *)options + option->offset;
  if (option->kind == OPTION_FLAG) {
    *(bool *)field = true;
    return value == NULL;
  }
  char *end = NULL;
  unsigned long long number = value ? strtoull(value, &end, 10) : 0;
  if (!value || !*value || *end)
    return false;
  if (option->kind == OPTION_NUMBER)
    *(uint32_t *)field = (uint32_t)number;
  else
    *(size_t *)field = (size_t)number * (option->kind == OPTION_MEGABYTES ? 1024 * 1024 : 1024);
  return true;
}

/* False: unknown or malformed option, said on stderr. */
static bool parse_option(ShellOptions *options, const char *arg)
{
  size_t name_length = strcspn(arg, "=");
  for (size_t k = 0; k < JS_COUNTOF(option_table); k++) {
    const Option *option = &option_table[k];
    if (strlen(option->name) == name_length && memcmp(option->name, arg, name_length) == 0) {
      if (set_option(options, option, arg[name_length] ? arg + name_length + 1 : NULL))
        return true;
      fprintf(stderr, "culm-shell: bad value: %s\n", arg);
      return false;
    }
  }
  fprintf(stderr, "culm-shell: bad option: %s\n", arg);
  return false;
}

/* --- running ----------------------------------------------------------------------------------------------------- */

static bool run_source(Shell *shell, JsString *source, const char *name, bool is_module)
{
  JsContext *cx = &shell->vm->cx;
  JsString *url = string_from_utf8(cx->heap, name, strlen(name));
  /* import() in a script is relative to it */
  slot_set(cx->heap, cx->realm, &cx->realm->host_defined, js_from_cell(url));
  JsValue result = is_module ? shell_run_module(cx, name) : eval_script(cx, source, url);
  bool ok = true;
  if (js_is_exception(result)) {
    shell_report_value(cx, take_exception(cx), stderr);
    ok = false;
  }
  return shell_run_loop(shell, stderr) && ok;
}

/* NULL with a message when it cannot be read. */
JsString *shell_read_source(JsContext *cx, const char *path)
{
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    return NULL;
  }
  StrBuf text;
  strbuf_init(&text, NULL, MEM_SCRATCH);
  char chunk[65536];
  size_t got;
  while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
    strbuf_append(&text, chunk, got);
  fclose(file);
  JsString *source = string_from_utf8(cx->heap, text.data ? text.data : "", text.len);
  strbuf_free(&text);
  return source;
}

static void print_stats(JsContext *cx)
{
  JsHeapStats stats;
  gc_heap_stats(cx->heap, &stats);
  fprintf(stderr, "live %zu committed %zu external %zu minor %llu major %llu pause-max %lluus\n", stats.live_bytes,
          stats.committed_bytes, stats.external_bytes, (unsigned long long)stats.minor_count,
          (unsigned long long)stats.major_count, (unsigned long long)(stats.pause_ns_max / 1000));
}

bool shell_start(Shell *shell, const JsVmOptions *options, FILE *out)
{
  struct ShellAgents *agents = shell->agents;
  struct ShellAgent *self = shell->self;
  *shell = (Shell){.out = out, .agents = agents, .self = self};
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&shell->woken_up, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_mutex_init(&shell->mutex, NULL);
  JsHostHooks hooks = {.opaque = shell, .promise_rejection = shell_promise_rejection, .wake = shell_wake};
  shell->vm = vm_new(options, &hooks);
  if (!shell->vm)
    return false;
  shell_modules_start(shell);
  return shell_define_globals(&shell->vm->cx);
}

void shell_end(Shell *shell)
{
  shell_stop_agents(shell);
  if (shell->vm) {
    shell_report_rejections(shell, NULL);
    shell_free_timers(shell);
    gc_root_remove(shell->vm->heap, &shell->modules);
    vm_free(shell->vm);
  }
  pthread_cond_destroy(&shell->woken_up);
  pthread_mutex_destroy(&shell->mutex);
}

static int run(const ShellOptions *options, const char **files, int file_count)
{
  Shell shell = {0};
  if (!shell_start(&shell, &options->vm, stdout)) {
    fprintf(stderr, "culm-shell: out of memory\n");
    return 1;
  }
  JsContext *cx = &shell.vm->cx;
  bool ok = true;
  if (options->code)
    ok = run_source(&shell, string_from_utf8(cx->heap, options->code, strlen(options->code)), "[eval]",
                    options->is_module);
  for (int k = 0; ok && k < file_count; k++) {
    JsString *source = shell_read_source(cx, files[k]);
    ok = source && run_source(&shell, source, files[k], options->is_module);
  }
  if (shell_report_rejections(&shell, options->allow_rejections ? NULL : stderr) && !options->allow_rejections)
    ok = false;
  if (options->stats)
    print_stats(cx);
  fflush(stdout);
  shell_end(&shell);
  return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
  ShellOptions options = {0};
  int file_count = 0;
  const char **files = (const char **)argv + 1; /* arguments are compacted in place */
  for (int k = 1; k < argc; k++) {
    const char *arg = argv[k];
    if (strcmp(arg, "--help") == 0) {
      usage(stdout);
      return 0;
    }
    if (strcmp(arg, "-e") == 0 && k + 1 < argc) {
      options.code = argv[++k];
    } else if (arg[0] == '-' && arg[1]) {
      if (!parse_option(&options, arg))
        return 9; /* Node's exit code for a bad option */
    } else {
      files[file_count++] = arg;
    }
  }
  if (options.serve_tests)
    return shell_serve_tests(&options.vm);
  if (!file_count && !options.code) {
    usage(stderr);
    return 9;
  }
  return run(&options, files, file_count);
}
