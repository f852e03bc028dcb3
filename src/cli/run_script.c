// SPDX-License-Identifier: MIT
/*
 * Finding the package, its script, the folders of commands, and the shell.
 */
#include "cli/run_script.h"

#include "base/strbuf.h"
#include "runtime/json_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

typedef struct Package {
  JsVm *vm;
  JsContext *cx;
  JsRef *scripts;
  char start[4096];  /* the current folder, as folder is */
  char folder[4096]; /* without a `/` at its end, so "" is the root */
  char file[4096 + 16];
} Package;

static bool exists(const char *path)
{
  struct stat info;
  return stat(path, &info) == 0;
}

/* Cuts the last name off; false at the root. */
static bool go_up(char *folder)
{
  char *slash = strrchr(folder, '/');
  if (!slash)
    return false;
  *slash = '\0';
  return true;
}

static bool find_package(Package *package)
{
  if (!getcwd(package->folder, sizeof package->folder))
    package->folder[0] = '\0';
  if (strcmp(package->folder, "/") == 0)
    package->folder[0] = '\0';
  memcpy(package->start, package->folder, sizeof package->start);
  do {
    snprintf(package->file, sizeof package->file, "%s/package.json", package->folder);
    if (exists(package->file))
      return true;
  } while (go_up(package->folder));
  fprintf(stderr, "Can't find package.json for directory %s\n", *package->start ? package->start : "/");
  return false;
}

static bool read_package(Package *package)
{
  StrBuf text;
  strbuf_init(&text, NULL, MEM_RUNTIME);
  JsConfig config = {0};
  JsHost host = {0};
  package->vm = json_file_read(package->file, &text) ? js_vm_new(&config, &host) : NULL;
  package->cx = package->vm ? js_vm_context(package->vm) : NULL;
  JsValue root = package->cx ? json_file_parse(package->cx, &text) : JS_EXCEPTION;
  strbuf_free(&text);
  if (js_is_exception(root) || !js_value_is_object(root)) {
    fprintf(stderr, "Can't parse %s\n", package->file);
    return false;
  }
  JsValue scripts = js_get(package->cx, root, "scripts");
  if (js_is_exception(scripts) || !js_value_is_object(scripts) || js_value_is_array(scripts)) {
    fprintf(stderr, "Can't find \"scripts\" field in %s\n", package->file);
    return false;
  }
  package->scripts = js_ref_new(package->cx, scripts);
  return package->scripts != NULL;
}

static bool open_package(Package *package)
{
  memset(package, 0, sizeof *package);
  return find_package(package) && read_package(package);
}

static void close_package(Package *package)
{
  js_ref_free(package->scripts);
  if (package->vm)
    js_vm_free(package->vm);
}

static void list_scripts(Package *package)
{
  JsContext *cx = package->cx;
  JsValue scripts = js_ref_get(package->scripts);
  JsValue names = js_own_keys(cx, scripts, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE_ONLY);
  int64_t count = 0;
  fprintf(stderr, "Available scripts are:\n");
  if (js_is_exception(names) || !js_length(cx, names, &count))
    return;
  for (int64_t k = 0; k < count; k++) {
    JsValue name = js_get_index(cx, names, (uint32_t)k);
    JsValue text = js_is_exception(name) ? name : js_get_key(cx, scripts, name);
    if (js_is_exception(text) || !js_value_is_string(text))
      continue;
    char *name_utf8 = js_to_utf8(cx, name, NULL), *text_utf8 = js_to_utf8(cx, text, NULL);
    if (name_utf8 && text_utf8)
      fprintf(stderr, "  %s: %s\n", name_utf8, text_utf8);
    free(name_utf8);
    free(text_utf8);
  }
}

int run_script_list(void)
{
  Package package;
  if (open_package(&package))
    list_scripts(&package);
  close_package(&package);
  return 9;
}

/* One word for a POSIX shell. */
static void append_quoted(StrBuf *out, const char *word)
{
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=./:,@";
  if (word[0] && word[strspn(word, plain)] == '\0') {
    strbuf_append_str(out, word);
    return;
  }
  strbuf_append_char(out, '\'');
  for (; *word; word++) {
    if (*word == '\'')
      strbuf_append_str(out, "'\"'\"'");
    else
      strbuf_append_char(out, *word);
  }
  strbuf_append_char(out, '\'');
}

/* PATH: the commands of the packages installed here and in the folders above, nearest first, then what it was. */
static void set_path(const Package *package)
{
  StrBuf path;
  strbuf_init(&path, NULL, MEM_RUNTIME);
  char folder[sizeof package->folder], commands[sizeof package->folder + 32];
  memcpy(folder, package->start, sizeof folder);
  do {
    snprintf(commands, sizeof commands, "%s/node_modules/.bin", folder);
    if (exists(commands))
      strbuf_printf(&path, "%s%s", path.len ? ":" : "", commands);
  } while (go_up(folder));
  const char *was = getenv("PATH");
  if (was && *was)
    strbuf_printf(&path, "%s%s", path.len ? ":" : "", was);
  if (path.len && !path.failed)
    setenv("PATH", strbuf_cstr(&path), 1);
  strbuf_free(&path);
}

typedef struct Child {
  uv_process_t process;
  int64_t status;
  int signal;
} Child;

static void on_child_exit(uv_process_t *process, int64_t status, int signal)
{
  Child *child = (Child *)process;
  child->status = status;
  child->signal = signal;
  uv_close((uv_handle_t *)process, NULL);
}

/* The exit code: 0, or 1 whatever the shell failed with, as Node has it. */
static int run_in_shell(const char *folder, const char *command)
{
  char shell[] = "/bin/sh", flag[] = "-c";
  char *words[] = {shell, flag, (char *)command, NULL};
  uv_stdio_container_t stdio[3];
  for (int fd = 0; fd < 3; fd++)
    stdio[fd] = (uv_stdio_container_t){.flags = UV_INHERIT_FD, .data.fd = fd};
  uv_process_options_t options = {.file = shell,
                                  .args = words,
                                  .exit_cb = on_child_exit,
                                  .stdio_count = 3,
                                  .stdio = stdio,
                                  .cwd = *folder ? folder : "/"};
  uv_loop_t loop;
  Child child = {.status = 1};
  if (uv_loop_init(&loop) != 0)
    return 1;
  int error = uv_spawn(&loop, &child.process, &options);
  if (error)
    fprintf(stderr, "Error: %s\n", uv_strerror(error));
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
  return error || child.status || child.signal ? 1 : 0;
}

static int run_command(const Package *package, const char *name, const char *text, int arg_count, char **args)
{
  StrBuf command;
  strbuf_init(&command, NULL, MEM_RUNTIME);
  strbuf_append_str(&command, text);
  for (int k = 0; k < arg_count; k++) {
    strbuf_append_char(&command, ' ');
    append_quoted(&command, args[k]);
  }
  setenv("NODE_RUN_SCRIPT_NAME", name, 1);
  setenv("NODE_RUN_PACKAGE_JSON_PATH", package->file, 1);
  set_path(package);
  int code = command.failed ? 1 : run_in_shell(package->folder, strbuf_cstr(&command));
  strbuf_free(&command);
  return code;
}

int run_script(const char *name, int arg_count, char **args)
{
  Package package;
  int code = 1;
  if (open_package(&package)) {
    JsContext *cx = package.cx;
    bool is_own = false;
    JsValue key = js_string(cx, name), scripts = js_ref_get(package.scripts), text = JS_UNDEFINED;
    if (js_has_own_key(cx, scripts, key, &is_own) && is_own)
      text = js_get_key(cx, scripts, key);
    if (!is_own) {
      fprintf(stderr, "Missing script: \"%s\" for %s\n\n", name, package.file);
      list_scripts(&package);
    } else if (js_is_exception(text) || !js_value_is_string(text)) {
      fprintf(stderr, "Script \"%s\" is unexpectedly not a string for %s\n\n", name, package.file);
    } else {
      char *utf8 = js_to_utf8(cx, text, NULL);
      if (utf8)
        code = run_command(&package, name, utf8, arg_count, args);
      free(utf8);
    }
  }
  close_package(&package);
  return code;
}
