// SPDX-License-Identifier: MIT
/*
 * Answers the requests of tools/test262: each test runs in a Vm of its own within this process.
 *
 * A request is one line on stdin, its fields separated by tabs: flags, the test's path, and the paths of harness
 * files, which run before it as scripts. Flags: `s` the test is strict, `m` a module, `b` the thread cannot block,
 * `-` none. The answer is a line `PHASE ERROR BYTES` and then so many bytes of what was printed, an uncaught error's
 * text at the end. PHASE says where an error was thrown: harness, parse, resolution, runtime; `ok` when none was.
 * ERROR is the name of its constructor, or `-`.
 */
#include "shell/shell.h"

#include <stdlib.h>
#include <string.h>

#include "bytecode/code.h"
#include "interp/eval.h"
#include "interp/promise.h"
#include "module/module.h"

/* Fields of a request: flags, path, harness files. */
enum { FIELDS_MAX = 64 };

typedef struct Answer {
  const char *phase;
  JsValue error;
} Answer;

/* error.constructor.name, without tabs and newlines in it; "-" for anything else. */
static void constructor_name(JsContext *cx, JsValue error, char *name, size_t size)
{
  snprintf(name, size, "-");
  if (!js_is_object(error))
    return;
  JsValue ctor = get_property(cx, js_as_object(error), KEY(cx->heap, constructor)), val = JS_UNDEFINED;
  if (js_is_object(ctor))
    val = get_property(cx, js_as_object(ctor), KEY(cx->heap, name));
  if (has_exception(cx))
    (void)take_exception(cx);
  else if (js_is_string(val) && js_as_string(val)->length > 0)
    name[string_to_utf8(cx->heap, js_as_string(val), name, size - 1)] = 0;
  for (char *at = name; *at; at++)
    if (*at <= ' ')
      *at = '?';
}

static JsString *strict_source(JsContext *cx, JsString *source)
{
  return string_concat(cx, string_from_c_string(cx->heap, "\"use strict\";\n"), source);
}

/* The phase in which it failed with an exception pending, NULL when it did not. */
static const char *run_script(JsContext *cx, const char *path, bool strict)
{
  JsString *source = shell_read_source(cx, path);
  if (!source) {
    (void)throw_error_string(cx, JS_ERROR, string_from_c_string(cx->heap, "the file cannot be read"));
    return "harness";
  }
  if (strict && !(source = strict_source(cx, source)))
    return "harness";
  JsString *url = string_from_utf8(cx->heap, path, strlen(path));
  JsCompileOptions options = {.kind = COMPILE_SCRIPT, .first_line = 1, .host_defined = js_from_cell(url)};
  JsCode *code = compile_source(cx, source, url, &options, NULL);
  if (!code)
    return "parse";
  JsValue this_val = js_from_object(ptr_slot_get(cx->realm->global_this));
  return js_is_exception(eval_run_code(cx, code, NULL, this_val)) ? "runtime" : NULL;
}

static const char *run_module(Shell *shell, const char *path)
{
  JsContext *cx = &shell->vm->cx;
  bool parsed;
  JsModule *module = shell_load_module(cx, path, &parsed);
  if (!module)
    return parsed ? "resolution" : "parse";
  if (!module_link(cx, module))
    return "resolution";
  JsValue promise = module_evaluate(cx, module);
  if (js_is_exception(promise))
    return "runtime";
  (void)shell_run_loop(shell, shell->out);
  JsPromise *settled = js_as_promise(promise);
  if (settled->state != PROMISE_REJECTED)
    return NULL;
  (void)throw_value(cx, slot_get(settled->result));
  return "runtime";
}

static Answer run_test(Shell *shell, int count, char **fields)
{
  JsContext *cx = &shell->vm->cx;
  const char *flags = fields[0], *path = fields[1], *phase = NULL;
  for (int k = 2; k < count && !phase; k++) {
    if (run_script(cx, fields[k], false))
      phase = "harness";
  }
  JsString *url = string_from_utf8(cx->heap, path, strlen(path));
  slot_set(cx->heap, cx->realm, &cx->realm->host_defined, js_from_cell(url));
  if (!phase)
    phase = strchr(flags, 'm') ? run_module(shell, path) : run_script(cx, path, strchr(flags, 's') != NULL);
  if (!phase && !shell_run_loop(shell, shell->out))
    return (Answer){"runtime", JS_UNDEFINED};
  if (!phase)
    return (Answer){"ok", JS_UNDEFINED};
  return (Answer){phase, take_exception(cx)};
}

static void answer(const JsVmOptions *options, int count, char **fields)
{
  Shell shell = {0};
  char *text = NULL, name[128] = "-";
  size_t length = 0;
  FILE *out = open_memstream(&text, &length);
  JsVmOptions vm_options = *options;
  vm_options.cannot_block = strchr(fields[0], 'b') != NULL;
  if (!out || !shell_start(&shell, &vm_options, out)) {
    fprintf(stderr, "culm-shell: out of memory\n");
    exit(1);
  }
  Answer result = run_test(&shell, count, fields);
  if (strcmp(result.phase, "ok") != 0 && !shell.vm->cx.terminating) {
    constructor_name(&shell.vm->cx, result.error, name, sizeof name);
    shell_report_value(&shell.vm->cx, result.error, out);
  }
  shell_end(&shell);
  fclose(out);
  printf("%s %s %zu\n", result.phase, name, length);
  fwrite(text, 1, length, stdout);
  fflush(stdout);
  free(text);
}

int shell_serve_tests(const JsVmOptions *options)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  while ((length = getline(&line, &size, stdin)) > 0) {
    char *fields[FIELDS_MAX], *rest = line;
    line[length - 1] = 0;
    int count = 0;
    while (count < FIELDS_MAX && (fields[count] = strsep(&rest, "\t")))
      count++;
    if (count < 2) {
      fprintf(stderr, "culm-shell: not a request: %s\n", line);
      free(line);
      return 1;
    }
    answer(options, count, fields);
  }
  free(line);
  return 0;
}
