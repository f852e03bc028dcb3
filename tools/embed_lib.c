// SPDX-License-Identifier: MIT
/*
 * embed_lib LIB_DIR OUT_DIR ID...: compiles the files LIB_DIR/ID.js to code images and writes them as a table for
 * src/runtime/lib_table.h: OUT_DIR/lib_table.c, OUT_DIR/lib_bytes.S and the images OUT_DIR/lib_N.bin, which the
 * assembler takes in (.incbin), quicker than any compiler. A file that does not compile fails the build.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "culm/js.h"
#include "runtime/lib_wrapper.h"

static int by_id(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *read_file(const char *path, size_t *size)
{
  FILE *file = fopen(path, "rb");
  if (!file)
    return NULL;
  long length = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  char *text = length >= 0 ? malloc((size_t)length + 1) : NULL;
  rewind(file);
  if (text && fread(text, 1, (size_t)length, file) != (size_t)length) {
    free(text);
    text = NULL;
  }
  fclose(file);
  *size = (size_t)length;
  return text;
}

/* The image of one file, or NULL with a message. */
static void *compile(JsContext *cx, const char *id, const char *path, size_t *size)
{
  static const char *const names[] = {LIB_WRAPPER_PARAMS};
  enum { COUNT = sizeof names / sizeof *names };
  size_t length;
  char *text = read_file(path, &length);
  if (!text) {
    perror(path);
    return NULL;
  }
  char url[4096];
  snprintf(url, sizeof url, "node:%s", id);
  JsValue params[COUNT];
  for (int k = 0; k < COUNT; k++)
    params[k] = js_intern(cx, names[k]);
  JsValue fn =
      js_compile_function(cx, js_string_utf8(cx, text, length), js_string(cx, url), COUNT, params, JS_UNDEFINED);
  free(text);
  void *image = js_is_exception(fn) ? NULL : js_serialise_function(cx, fn, size);
  if (!image) {
    JsErrorLocation where;
    JsValue error = js_take_exception(cx);
    unsigned line = js_error_location(cx, error, &where) ? where.line : 0;
    size_t ignored;
    char *message = js_to_utf8(cx, error, &ignored);
    fprintf(stderr, "%s:%u: %s\n", path, line, message ? message : "cannot be compiled");
    free(message);
  }
  return image;
}

static FILE *open_output(const char *dir, const char *name)
{
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  FILE *file = fopen(path, "wb");
  if (!file)
    perror(path);
  return file;
}

/* What a small program loads: these lie together, so that it touches few pages. */
static const char *const first_ids[] = {
    "internal/bootstrap/realm",
    "internal/bootstrap/node",
    "internal/errors",
    "internal/validators",
    "events",
    "internal/async_context",
    "internal/process/promises",
    "internal/process/task_queues",
    "internal/process/per_thread",
    "internal/timers",
    "timers",
    "internal/process/stdio",
    "internal/process/env",
    "internal/options",
    "internal/main/run_main_module",
    "path",
    "internal/modules/package",
    "internal/modules/cjs/loader",
    "internal/modules/run_main",
    "internal/process/pre_execution",
    "internal/process/env_files",
    "console",
    "internal/console/global",
    "internal/console/console",
    "internal/util/format",
    "internal/util/inspect",
};

static bool is_first(const char *id)
{
  for (size_t k = 0; k < sizeof first_ids / sizeof *first_ids; k++)
    if (strcmp(first_ids[k], id) == 0)
      return true;
  return false;
}

static int embed(JsContext *cx, const char *lib, const char *out, char **ids, int count)
{
  FILE *table = open_output(out, "lib_table.c"), *bytes = open_output(out, "lib_bytes.S");
  if (!table || !bytes)
    return 1;
  fprintf(table, "#include \"runtime/lib_table.h\"\n");
  fprintf(bytes, ".section .rodata\n");
  for (int k = 0; k < count; k++)
    fprintf(table, "extern const char lib_bytes_%d[];\n", k);
  fprintf(table, "const LibFile lib_files[] = {\n");
  for (int k = 0; k < count; k++) {
    char path[4096], name[64];
    size_t size;
    snprintf(path, sizeof path, "%s/%s.js", lib, ids[k]);
    void *image = compile(cx, ids[k], path, &size);
    if (!image)
      return 1;
    snprintf(name, sizeof name, "lib_%d.bin", k);
    FILE *file = open_output(out, name);
    if (!file || fwrite(image, 1, size, file) != size || fclose(file))
      return 1;
    free(image);
    fprintf(table, "  {\"%s\", lib_bytes_%d, %zu},\n", ids[k], k, size);
  }
  for (int pass = 0; pass < 2; pass++) {
    for (int k = 0; k < count; k++)
      if (is_first(ids[k]) == (pass == 0))
        fprintf(bytes, ".globl lib_bytes_%d\n.balign 8\nlib_bytes_%d:\n.incbin \"%s/lib_%d.bin\"\n", k, k, out, k);
  }
  fprintf(bytes, ".section .note.GNU-stack,\"\",@progbits\n");
  fprintf(table, "};\nconst size_t lib_file_count = %d;\n", count);
  return fclose(table) || fclose(bytes);
}

int main(int argc, char **argv)
{
  if (argc < 4) {
    fprintf(stderr, "usage: embed_lib LIB_DIR OUT_DIR ID...\n");
    return 2;
  }
  qsort(argv + 3, (size_t)argc - 3, sizeof *argv, by_id);
  JsConfig config = {0};
  JsHost host = {0};
  JsVm *vm = js_vm_new(&config, &host);
  if (!vm)
    return 1;
  int result = embed(js_vm_context(vm), argv[1], argv[2], argv + 3, argc - 3);
  js_vm_free(vm);
  return result;
}
