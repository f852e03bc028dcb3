// SPDX-License-Identifier: MIT
/*
 * Parsing the command line. `--name=value`, `--name value`, `-n value`; underscores in names stand for dashes; the
 * first word that is no option is the script, and everything behind it is the program's own. `--` ends the options.
 * NODE_OPTIONS is read first, so that the command line has the last word.
 */
#include "runtime/options.h"

#include "base/mem.h"
#include "runtime/config_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { CLI, ENV };

static const struct {
  const char *name, *short_name, *help;
  OptionKind kind;
  int where;
} table[] = {
#define OPTION(id, kind, where, name, short_name, help) [OPT_##id] = {name, short_name, help, kind, where},
#include "runtime/options.def"
#undef OPTION
};

const char *option_name(OptionId id)
{
  return table[id].name;
}

OptionKind option_kind(OptionId id)
{
  return table[id].kind;
}

bool option_is_environment(OptionId id)
{
  return table[id].where == ENV;
}

double option_number(const Options *options, OptionId id, double fallback)
{
  const char *text = options->values[id].text;
  return text ? strtod(text, NULL) : fallback;
}

/* Is `word`, up to `length`, this name? Underscores count as dashes. */
static bool names_option(const char *word, size_t length, const char *name)
{
  if (strlen(name) != length)
    return false;
  for (size_t i = 0; i < length; i++) {
    char c = word[i] == '_' && i >= 2 ? '-' : word[i];
    if (c != name[i])
      return false;
  }
  return true;
}

static int find_name(const char *word, size_t length)
{
  for (int id = 0; id < OPT_COUNT; id++) {
    if (names_option(word, length, table[id].name) ||
        (table[id].short_name && names_option(word, length, table[id].short_name)))
      return id;
  }
  return -1;
}

/* The option that `word` names; *negated when it says the opposite of the option's name. */
static int find_option(const char *word, const char **value, bool *negated)
{
  const char *equals = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
  size_t length = equals ? (size_t)(equals - word) : strlen(word);
  *value = equals ? equals + 1 : NULL;
  *negated = false;
  int id = find_name(word, length);
  char opposite[128];
  if (id >= 0 || length < 4 || length > 100 || strncmp(word, "--", 2) != 0)
    return id;
  *negated = true;
  if (strncmp(word, "--no", 4) == 0 && (word[4] == '-' || word[4] == '_'))
    snprintf(opposite, sizeof opposite, "--%.*s", (int)(length - 5), word + 5);
  else
    snprintf(opposite, sizeof opposite, "--no-%.*s", (int)(length - 2), word + 2);
  return find_name(opposite, strlen(opposite));
}

bool option_find(const char *word, OptionId *id)
{
  const char *value;
  bool negated;
  int found = find_option(word, &value, &negated);
  *id = found < 0 ? OPT_COUNT : (OptionId)found;
  return found >= 0;
}

static bool add_to_list(OptionValue *value, const char *text)
{
  const char **list = realloc(value->list, (value->count + 1) * sizeof *list);
  if (!list)
    return false;
  value->list = list;
  list[value->count++] = text;
  return true;
}

static bool is_number(const char *text)
{
  char *end;
  strtod(text, &end);
  return end != text && *end == '\0';
}

typedef struct Parse {
  Options *options;
  OptionComplaint complain;
  void *opaque;
  bool environment, failed;
  int exit_code; /* where it is not 9 */
} Parse;

static void complain(Parse *parse, const char *format, const char *word)
{
  char message[512];
  snprintf(message, sizeof message, format, word);
  parse->complain(parse->opaque, message);
  parse->failed = true;
}

/* Takes the option at words[i]; the index of the last word it used. */
static int take_option(Parse *parse, int count, char **words, int i)
{
  const char *word = words[i], *text;
  bool negated;
  int id = find_option(word, &text, &negated);
  bool print_eval = strcmp(word, "-pe") == 0;
  if (print_eval)
    id = OPT_PRINT;
  if (parse->environment && (id < 0 || !option_is_environment((OptionId)id))) {
    complain(parse, "%s is not allowed in NODE_OPTIONS", word);
    return i;
  }
  if (id < 0 || (table[id].kind == OPTION_STATE && negated)) {
    complain(parse, "bad option: %s", word);
    return i;
  }
  OptionValue *value = &parse->options->values[id];
  bool is_flag = table[id].kind == OPTION_BOOLEAN || table[id].kind == OPTION_STATE;
  if (is_flag) {
    if (text)
      complain(parse, "%s does not take an argument", word);
    value->set = !negated;
    if (id != OPT_PRINT)
      return i;
    /* The program of -p is the word behind it, unless -e has it. */
    bool follows = i + 1 < count && words[i + 1][0] != '-';
    if (!follows && print_eval)
      complain(parse, "%s requires an argument", word);
    if (!follows)
      return i;
    value = &parse->options->values[OPT_EVAL];
    value->set = true;
    value->text = words[i + 1];
    return i + 1;
  }
  if (negated) {
    complain(parse, "%s is an invalid negation because it is not a boolean option", word);
    return i;
  }
  if (id == OPT_RUN && (!text || !*text) && (i + 1 >= count || words[i + 1][0] == '-')) {
    value->set = true; /* without a name: asks for what there is */
    value->text = "";
    return i;
  }
  if (id == OPT_CONFIG_FILE && !text) {
    value->set = true; /* takes no word behind it */
    value->text = "node.config.json";
    return i;
  }
  if (!text) {
    if (i + 1 >= count || (words[i + 1][0] == '-' && words[i + 1][1] != '\0')) {
      complain(parse, "%s requires an argument", word);
      return i;
    }
    text = words[++i];
    if (text[0] == '\\' && text[1] == '-')
      text++;
  } else if (text[0] == '\0') {
    complain(parse, "%s requires an argument", word);
    return i;
  }
  if (table[id].kind == OPTION_NUMBER && !is_number(text)) {
    complain(parse, "%s must be a number", word);
    return i;
  }
  value->set = true;
  if (table[id].kind == OPTION_LIST)
    parse->failed |= !add_to_list(value, text);
  else
    value->text = text;
  return i;
}

/* The index of the first word that is no option. */
static int take_options(Parse *parse, int count, char **words)
{
  int i = 0;
  for (; i < count; i++) {
    const char *word = words[i];
    if (strcmp(word, "--") == 0 && !parse->environment)
      return i + 1;
    if (word[0] != '-' || word[1] == '\0') {
      if (parse->environment)
        continue;
      break;
    }
    i = take_option(parse, count, words, i);
  }
  return i;
}

bool options_add(Options *options, int count, char **words, bool environment, OptionComplaint complaint, void *opaque)
{
  Parse parse = {options, complaint, opaque, environment, false, 0};
  take_options(&parse, count, words);
  return !parse.failed;
}

/* Splits NODE_OPTIONS in place: spaces part words, double quotes keep them, a backslash within quotes escapes. NULL
 * when a quote is left open. The list is malloced. */
static char **split_words(char *text, int *count)
{
  char **words = malloc((strlen(text) / 2 + 2) * sizeof *words);
  if (!words)
    return NULL;
  *count = 0;
  bool quoted = false, in_word = false;
  char *out = text;
  for (char *in = text; *in; in++) {
    if (*in == ' ' && !quoted) {
      if (in_word)
        *out++ = '\0';
      in_word = false;
      continue;
    }
    if (!in_word) {
      words[(*count)++] = out;
      in_word = true;
    }
    if (*in == '"') {
      quoted = !quoted;
      continue;
    }
    if (*in == '\\' && quoted && in[1])
      in++;
    *out++ = *in;
  }
  *out = '\0';
  if (!quoted)
    return words;
  free(words);
  return NULL;
}

static bool take_environment(Options *options, Parse *parse)
{
  const char *text = getenv("NODE_OPTIONS");
  if (!text || !*text)
    return true;
  options->environment_text = strdup(text);
  int count = 0;
  char **words = options->environment_text ? split_words(options->environment_text, &count) : NULL;
  if (!words) {
    complain(parse, "invalid value for NODE_OPTIONS (unterminated string)%s", "");
    return false;
  }
  parse->environment = true;
  take_options(parse, count, words);
  parse->environment = false;
  free(words);
  return !parse->failed;
}

static bool is_one_of(const char *text, const char *const *words)
{
  for (; *words; words++) {
    if (strcmp(*words, text) == 0)
      return true;
  }
  return false;
}

/* What the options say together. */
static void check_options(Parse *parse)
{
  static const char *const rejections[] = {"strict", "warn", "none", "throw", "warn-with-error-code", NULL};
  static const char *const proto_modes[] = {"delete", "throw", NULL};
  static const char *const page_modes[] = {"off", "on", "silent", NULL};
  static const char *const types[] = {"module", "commonjs", "module-typescript", "commonjs-typescript", NULL};
  const OptionValue *values = parse->options->values;
  if (values[OPT_CHECK].set && values[OPT_EVAL].set)
    complain(parse, "either --check or --eval can be used, not both%s", "");
  if (values[OPT_CHECK].set && values[OPT_PRINT].set)
    complain(parse, "either --check or --print can be used, not both%s", "");
  if (values[OPT_WATCH].set || values[OPT_WATCH_PATH].count > 0) {
    if (values[OPT_CHECK].set)
      complain(parse, "either --watch or --check can be used, not both%s", "");
    else if (values[OPT_EVAL].set)
      complain(parse, "either --watch or --eval can be used, not both%s", "");
    else if (values[OPT_INTERACTIVE].set)
      complain(parse, "either --watch or --interactive can be used, not both%s", "");
    else if (values[OPT_TEST].set && values[OPT_WATCH_PATH].count > 0)
      complain(parse, "--watch-path cannot be used in combination with --test%s", "");
    else if (values[OPT_TEST_FORCE_EXIT].set)
      complain(parse, "either --watch or --test-force-exit can be used, not both%s", "");
  }
  if (values[OPT_SECURITY_REVERT].count > 0) {
    complain(parse, "Error: Attempt to revert an unknown CVE [%s]", values[OPT_SECURITY_REVERT].list[0]);
    parse->exit_code = 12;
  }
  if (values[OPT_TLS_MIN_V13].set && values[OPT_TLS_MAX_V12].set)
    complain(parse, "either --tls-min-v1.3 or --tls-max-v1.2 can be used, not both%s", "");
  if (values[OPT_UNHANDLED_REJECTIONS].set && !is_one_of(values[OPT_UNHANDLED_REJECTIONS].text, rejections))
    complain(parse, "invalid value for --unhandled-rejections%s", "");
  if (values[OPT_DISABLE_PROTO].set && !is_one_of(values[OPT_DISABLE_PROTO].text, proto_modes)) {
    complain(parse, "invalid mode passed to --disable-proto%s", "");
    parse->exit_code = 12;
  }
  if (values[OPT_LARGE_PAGES].set && !is_one_of(values[OPT_LARGE_PAGES].text, page_modes))
    complain(parse, "invalid value for --use-largepages%s", "");
  else if (values[OPT_LARGE_PAGES].set && strcmp(values[OPT_LARGE_PAGES].text, "on") == 0)
    parse->complain(parse->opaque, "--use-largepages is no longer supported.");
  if (values[OPT_INPUT_TYPE].set && !is_one_of(values[OPT_INPUT_TYPE].text, types))
    complain(parse, "--input-type must be \"module\",\"commonjs\", \"module-typescript\" or \"commonjs-typescript\"%s",
             "");
}

static char *find_exec_path(void)
{
  size_t size = 4096;
  char *path = malloc(size);
  if (path && uv_exepath(path, &size) != 0)
    path[0] = '\0';
  return path;
}

static void print_complaint(void *opaque, const char *message)
{
  fprintf(stderr, "%s: %s\n", (const char *)opaque, message);
}

/* The words of a configuration file, which come before all others. */
static bool take_config_file(Parse *parse, const char *path)
{
  StrBuf text;
  bool is_missing;
  strbuf_init(&text, NULL, MEM_RUNTIME);
  if (!config_file_read(path, &text, &is_missing)) {
    strbuf_free(&text);
    fprintf(stderr, "%s: %s: %s\n", parse->options->argv0, path, is_missing ? "not found" : "invalid content");
    parse->failed = true;
    return false;
  }
  char *copy = malloc(text.len + 1);
  char **words = malloc((text.len / 2 + 1) * sizeof *words);
  int count = 0;
  if (copy && words) {
    memcpy(copy, text.data ? text.data : "", text.len);
    for (size_t at = 0; at < text.len; at += strlen(copy + at) + 1)
      words[count++] = copy + at;
    parse->options->config_text = copy;
    take_options(parse, count, words);
  } else {
    free(copy);
    parse->failed = true;
  }
  free(words);
  strbuf_free(&text);
  return !parse->failed;
}

/* Everything in the order of its weight; config NULL: no file. Returns the index of the script. */
static int take_all(Parse *parse, int argc, char **argv, const char *config)
{
  Options *options = parse->options;
  memset(options, 0, sizeof *options);
  options->argv0 = argv[0];
  options->exec_path = find_exec_path();
  if ((config && !take_config_file(parse, config)) || !take_environment(options, parse))
    return 1;
  return 1 + take_options(parse, argc - 1, argv + 1);
}

bool options_parse(Options *options, int argc, char **argv, int *exit_code)
{
  Parse parse = {options, print_complaint, argv[0], false, false, 0};
  *exit_code = 9;
  int first = take_all(&parse, argc, argv, NULL);
  const char *config = options->values[OPT_CONFIG_FILE].text;
  if (!config && options->values[OPT_DEFAULT_CONFIG_FILE].set)
    config = "node.config.json";
  if (!parse.failed && config) {
    options_free(options);
    first = take_all(&parse, argc, argv, config);
  }
  if (!parse.failed)
    check_options(&parse);
  if (parse.exit_code)
    *exit_code = parse.exit_code;
  options->exec_argc = first - 1;
  options->exec_argv = argv + 1;
  options->argc = argc - first;
  options->argv = argv + first;
  return !parse.failed;
}

bool options_copy(Options *to, const Options *from)
{
  *to = *from;
  to->exec_path = from->exec_path ? strdup(from->exec_path) : NULL;
  to->environment_text = to->config_text = NULL; /* the texts in them stay the first one's, which outlives its copies */
  bool ok = !from->exec_path || to->exec_path;
  for (int id = 0; id < OPT_COUNT; id++) {
    OptionValue *value = &to->values[id];
    const char **list = value->list;
    size_t count = value->count;
    value->list = NULL;
    value->count = 0;
    for (size_t i = 0; i < count; i++)
      ok = add_to_list(value, list[i]) && ok;
  }
  return ok;
}

void options_free(Options *options)
{
  free(options->exec_path);
  free(options->environment_text);
  free(options->config_text);
  for (int id = 0; id < OPT_COUNT; id++)
    free(options->values[id].list);
  memset(options, 0, sizeof *options);
}

/* The row as --help shows it. */
static void print_row(int id)
{
  char left[64];
  bool is_flag = table[id].kind == OPTION_BOOLEAN || table[id].kind == OPTION_STATE;
  snprintf(left, sizeof left, "%s%s%s%s", table[id].short_name ? table[id].short_name : "",
           table[id].short_name ? ", " : "", table[id].name, is_flag ? "" : "=...");
  printf("  %-28s %s\n", left, table[id].help);
}

void options_print_engine_help(void)
{
  static const OptionId of_engine[] = {OPT_ABORT_ON_UNCAUGHT_EXCEPTION,
                                       OPT_DISALLOW_CODE_FROM_STRINGS,
                                       OPT_EXPOSE_GC,
                                       OPT_GC_STRESS,
                                       OPT_HARMONY,
                                       OPT_JITLESS,
                                       OPT_MAX_OLD_SPACE_SIZE,
                                       OPT_MAX_SEMI_SPACE_SIZE,
                                       OPT_NO_OPT,
                                       OPT_STACK_SIZE,
                                       OPT_STACK_TRACE_LIMIT,
                                       OPT_TRACE_GC};
  printf("The engine is Culm's own; these of its options can be set:\n");
  for (size_t k = 0; k < JS_COUNTOF(of_engine); k++)
    print_row(of_engine[k]);
}

void options_print_completion(void)
{
  printf("_culm_complete() {\n"
         "  local word=\"${COMP_WORDS[COMP_CWORD]}\"\n"
         "  if [[ \"${word}\" == -* ]]; then\n"
         "    COMPREPLY=( $(compgen -W '");
  for (int id = 0; id < OPT_COUNT; id++)
    printf("%s%s%s%s", id ? " " : "", table[id].name, table[id].short_name ? " " : "",
           table[id].short_name ? table[id].short_name : "");
  printf("' -- \"${word}\") )\n"
         "  else\n"
         "    COMPREPLY=( $(compgen -f \"${word}\") )\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -o nospace -o bashdefault -F _culm_complete culm\n");
}

void options_print_help(void)
{
  printf("Usage: culm [options] [script.js] [arguments]\n"
         "       culm [options] -e source [arguments]\n\n"
         "  -                            the program comes from standard input\n"
         "  --                           end of the options\n");
  for (int id = 0; id < OPT_COUNT; id++)
    print_row(id);
}
