// SPDX-License-Identifier: MIT
/*
 * A configuration file is an object of namespaces, each an object of options without their dashes. An engine of its own
 * reads it, since the one that runs the program is made as the options say.
 */
#include "runtime/config_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/json_file.h"
#include "runtime/options.h"

typedef struct Reader {
  JsContext *cx;
  const char *path;
  StrBuf *words;
} Reader;

static const struct {
  const char *name;
  const char *implied;     /* the option that its presence gives */
  const char *prefixes[3]; /* of the options it may have; none: any */
} namespaces[] = {
    {"nodeOptions", NULL, {NULL}},
    {"permission", "permission", {"allow-", "permission", NULL}},
    {"test", "test", {"test", "experimental-test-", NULL}},
    {"watch", "watch", {"watch", NULL}},
};

static bool is_plain_object(JsValue val)
{
  return js_value_is_object(val) && !js_value_is_array(val);
}

/* Calls back for each property with its name in UTF-8. */
typedef bool (*EachProperty)(Reader *reader, const char *name, JsValue val, const char *space);

static bool each_property(Reader *reader, JsValue obj, const char *space, EachProperty call)
{
  JsContext *cx = reader->cx;
  JsValue object = js_get(cx, js_global(cx), "Object");
  JsValue names = js_is_exception(object) ? object : js_invoke(cx, object, "keys", 1, &obj);
  int64_t count;
  if (js_is_exception(names) || !js_length(cx, names, &count))
    return false;
  bool ok = true;
  for (int64_t k = 0; k < count && ok; k++) {
    JsValue key = js_get_index(cx, names, (uint32_t)k);
    size_t length;
    char *name = js_is_exception(key) ? NULL : js_to_utf8(cx, key, &length);
    JsValue val = name ? js_get_key(cx, obj, key) : JS_EXCEPTION;
    ok = !js_is_exception(val) && call(reader, name, val, space);
    free(name);
  }
  return ok;
}

static void add_word(Reader *reader, const char *name, const char *value)
{
  strbuf_append_str(reader->words, "--");
  strbuf_append_str(reader->words, name);
  if (value) {
    strbuf_append_char(reader->words, '=');
    strbuf_append_str(reader->words, value);
  }
  strbuf_append_char(reader->words, '\0');
}

static bool add_text(Reader *reader, const char *name, JsValue val)
{
  size_t length;
  char *text = js_to_utf8(reader->cx, val, &length);
  bool ok = text && strlen(text) == length && length > 0;
  if (ok)
    add_word(reader, name, text);
  free(text);
  return ok;
}

static bool add_list(Reader *reader, const char *name, JsValue list)
{
  int64_t count;
  if (!js_length(reader->cx, list, &count))
    return false;
  for (int64_t k = 0; k < count; k++) {
    JsValue each = js_get_index(reader->cx, list, (uint32_t)k);
    if (!js_value_is_string(each) || !add_text(reader, name, each))
      return false;
  }
  return true;
}

static bool add_option(Reader *reader, const char *name, JsValue val, OptionKind kind)
{
  char opposite[128];
  switch (kind) {
  case OPTION_BOOLEAN:
  case OPTION_STATE:
    if (!js_is_boolean(val))
      return false;
    snprintf(opposite, sizeof opposite, "no-%s", name);
    add_word(reader, js_to_boolean(val) ? name : opposite, NULL);
    return true;
  case OPTION_NUMBER: return js_is_number(val) && add_text(reader, name, val);
  case OPTION_STRING: return js_value_is_string(val) && add_text(reader, name, val);
  case OPTION_LIST:
    return js_value_is_array(val) ? add_list(reader, name, val)
                                  : js_value_is_string(val) && add_text(reader, name, val);
  }
  return false;
}

static bool is_of_namespace(const char *name, const char *space)
{
  for (size_t k = 0; k < JS_COUNTOF(namespaces); k++) {
    const char *const *prefix = namespaces[k].prefixes;
    if (strcmp(namespaces[k].name, space) != 0)
      continue;
    if (!*prefix)
      return true;
    for (; *prefix; prefix++) {
      if (strncmp(name, *prefix, strlen(*prefix)) == 0)
        return true;
    }
  }
  return false;
}

static bool read_option(Reader *reader, const char *name, JsValue val, const char *space)
{
  char word[128];
  OptionId id;
  bool fits = snprintf(word, sizeof word, "--%s", name) < (int)sizeof word;
  if (!fits || strchr(word, '=') || strncmp(name, "no-", 3) == 0 || !option_find(word, &id) ||
      !is_of_namespace(name, space) || (!option_is_environment(id) && strcmp(space, "nodeOptions") == 0)) {
    fprintf(stderr, "Unknown or not allowed option %s for namespace %s\n", name, space);
    return false;
  }
  if (add_option(reader, name, val, option_kind(id)))
    return true;
  fprintf(stderr, "Invalid value for --%s\n", name);
  return false;
}

static bool read_namespace(Reader *reader, const char *name, JsValue val, const char *space)
{
  if (strcmp(name, "$schema") == 0)
    return true;
  size_t at = 0;
  while (at < JS_COUNTOF(namespaces) && strcmp(namespaces[at].name, name) != 0)
    at++;
  if (at == JS_COUNTOF(namespaces)) {
    fprintf(stderr, "Unknown namespace %s\n", name);
    return false;
  }
  if (!is_plain_object(val)) {
    fprintf(stderr, "\"%s\" value unexpected for %s (should be an object)\n", name, reader->path);
    return false;
  }
  if (namespaces[at].implied)
    add_word(reader, namespaces[at].implied, NULL);
  return each_property(reader, val, name, read_option);
}

bool config_file_read(const char *path, StrBuf *words, bool *is_missing)
{
  StrBuf text;
  strbuf_init(&text, NULL, MEM_RUNTIME);
  *is_missing = !json_file_read(path, &text);
  if (*is_missing) {
    fprintf(stderr, "Cannot read configuration from %s: %s\n", path,
            errno == ENOENT ? "no such file or directory" : strerror(errno));
    strbuf_free(&text);
    return false;
  }
  JsConfig config = {0};
  JsHost host = {0};
  JsVm *vm = js_vm_new(&config, &host);
  Reader reader = {vm ? js_vm_context(vm) : NULL, path, words};
  JsValue root = vm ? json_file_parse(reader.cx, &text) : JS_EXCEPTION;
  strbuf_free(&text);
  bool ok = false;
  if (js_is_exception(root))
    fprintf(stderr, "Can't parse %s\n", path);
  else if (!is_plain_object(root))
    fprintf(stderr, "Root value unexpected not an object for %s\n\n", path);
  else
    ok = each_property(&reader, root, NULL, read_namespace) && !words->failed;
  if (vm)
    js_vm_free(vm);
  return ok;
}
