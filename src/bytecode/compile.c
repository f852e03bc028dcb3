// SPDX-License-Identifier: MIT
/* The entry points: source text in, JsCode out, or a SyntaxError that remembers where it is. */
#include "bytecode/compile_entry.h"

#include <stdio.h>

#include "base/strbuf.h"
#include "bytecode/module_info.h"
#include "object/vm.h"
#include "parser/ast_dump.h"
#include "parser/check_regexp.h"

/* --- errors ------------------------------------------------------------------------------------------------------ */

typedef struct LineOf {
  uint32_t number, start, end; /* 1-based within the text; units */
} LineOf;

static bool is_line_end(StringView view, uint32_t k)
{
  uint16_t unit = view_unit(view, k);
  return unit == '\n' || unit == '\r' || unit == 0x2028 || unit == 0x2029;
}

static LineOf line_of(StringView view, uint32_t offset)
{
  LineOf line = {1, 0, 0};
  for (uint32_t k = 0; k < offset && k < view.length; k++) {
    if (!is_line_end(view, k))
      continue;
    if (view_unit(view, k) == '\r' && k + 1 < view.length && view_unit(view, k + 1) == '\n' && k + 1 < offset)
      k++;
    line.number++;
    line.start = k + 1;
  }
  line.end = line.start;
  while (line.end < view.length && !is_line_end(view, line.end))
    line.end++;
  return line;
}

bool syntax_error_locate(JsContext *cx, JsValue error, JsScript *script, uint32_t start, uint32_t end)
{
  JsString *source = script_source(cx->heap, script);
  if (!source || !js_is_object(error))
    return true;
  StringView view = string_view(cx->heap, source);
  LineOf line = line_of(view, start);
  uint32_t column = start - line.start, end_column = end <= line.end ? end - line.start : 0;
  if (end_column <= column)
    end_column = column + 1;
  JsArray *array = TRY_OR(false, array_new(cx, 5));
  JsValue values[5] = {js_from_cell(ptr_slot_get(script->url)), js_number(script->first_line + line.number - 1),
                       js_number(column), js_number(end_column),
                       js_from_cell(string_substring(cx->heap, source, line.start, line.end))};
  for (int k = 0; k < 5; k++)
    TRY_OR(false, array_push_direct(cx, array, values[k]));
  return create_data_property_or_throw(cx, js_as_object(error), KEY_PRIVATE(cx->heap, syntax_location),
                                       js_from_object(&array->obj));
}

static void throw_parse_error(JsContext *cx, JsScript *script, const ParseError *error)
{
  if (error->kind == PARSE_STACK_OVERFLOW) {
    (void)throw_stack_overflow(cx);
    return;
  }
  if (error->kind == PARSE_OUT_OF_MEMORY) {
    (void)throw_out_of_memory(cx);
    return;
  }
  JsErrorType type = error->kind == PARSE_REFERENCE_ERROR ? JS_REFERENCE_ERROR : JS_SYNTAX_ERROR;
  JsString *message = string_from_utf8(cx->heap, error->message, strlen(error->message));
  (void)throw_error_string(cx, type, message);
  JsValue val = take_exception(cx);
  if (js_is_object(val) && !syntax_error_locate(cx, val, script, error->start, error->end))
    (void)take_exception(cx);
  (void)throw_value(cx, val);
}

bool syntax_error_location(JsContext *cx, JsValue error, JsString **url, uint32_t *line, uint32_t *column,
                           uint32_t *end_column, JsString **source_line)
{
  if (!js_is_object(error) || js_is_kind(error, CELL_PROXY))
    return false;
  JsValue list = get_property(cx, js_as_object(error), KEY_PRIVATE(cx->heap, syntax_location));
  if (js_is_exception(list)) {
    (void)take_exception(cx);
    return false;
  }
  if (!js_is_array_object(list))
    return false;
  JsObject *array = js_as_object(list);
  *url = js_as_string(object_dense_get(array, 0));
  *line = (uint32_t)js_as_int32(object_dense_get(array, 1));
  *column = (uint32_t)js_as_int32(object_dense_get(array, 2));
  *end_column = (uint32_t)js_as_int32(object_dense_get(array, 3));
  *source_line = js_as_string(object_dense_get(array, 4));
  return true;
}

/* --- compiling --------------------------------------------------------------------------------------------------- */

static const ParseOuterScope *outer_scopes(Arena *arena, JsHeap *heap, const JsEvalSite *site, const JsCode *code)
{
  const ParseOuterScope *outer = NULL;
  const JsElements *constants = ptr_slot_get(code->constants);
  for (uint32_t k = site->scope_count; k-- > 0;) {
    const JsScopeInfo *info = site->scopes[k];
    ParseOuterScope *scope = ARENA_NEW(arena, ParseOuterScope);
    ParseOuterBinding *bindings = ARENA_NEW_ARRAY(arena, ParseOuterBinding, info->name_count + 1);
    if (!scope || !bindings)
      return NULL;
    for (uint32_t j = 0; j < info->name_count; j++) {
      const JsScopeName *name = &info->names[j];
      ParseOuterBinding *binding = &bindings[j];
      if (name->key != CODE_NO_CONST) {
        StringView view = string_view(heap, js_as_string(slot_get(constants->v[name->key])));
        binding->units = view.units;
        binding->len = view.length;
        binding->is_wide = view.is_wide;
      }
      binding->kind = name->kind;
      binding->is_const = name->flags & SCOPE_NAME_CONST;
      binding->is_static = name->flags & SCOPE_NAME_STATIC;
      binding->is_simple_catch = name->flags & SCOPE_NAME_SIMPLE_CATCH;
      binding->env_slot = name->slot;
    }
    *scope = (ParseOuterScope){.parent = outer,
                               .bindings = bindings,
                               .binding_count = info->name_count,
                               .kind = info->scope_kind,
                               .is_var_scope = info->flags & SCOPE_INFO_VAR,
                               .has_sloppy_eval = info->flags & SCOPE_INFO_EVAL,
                               .has_env = true};
    outer = scope;
  }
  return outer;
}

bool compilation_begin(Compilation *comp, JsContext *cx, JsString *source, JsString *url)
{
  *comp = (Compilation){0};
  comp->string = source;
  StringView view = string_view(cx->heap, source);
  comp->source = (ParseSource){view.units, view.length, view.is_wide};
  arena_init(&comp->arena, gc_heap_account(cx->heap), MEM_PARSER);
  arena_init(&comp->kept, gc_heap_account(cx->heap), MEM_PARSER);
  comp->regexp = (CheckRegexp){gc_heap_account(cx->heap), cx->c_stack_limit};
  comp->parse = (ParseOptions){
      .regexp_check = check_regexp_literal, .regexp_opaque = &comp->regexp, .stack_limit = cx->c_stack_limit};
  comp->c = (Compiler){.cx = cx, .heap = cx->heap, .arena = &comp->arena, .source = &comp->source};
  comp->c.script = url ? script_new(cx->heap, url, source) : NULL;
  comp->c.names = elements_new(cx->heap, 16);
  if (comp->c.names)
    return true;
  (void)throw_out_of_memory(cx);
  return false;
}

static void script_options(JsHeap *heap, JsScript *script, const JsCompileOptions *options)
{
  script->first_line = options->first_line ? options->first_line : 1;
  script->first_column = options->first_column;
  if (!js_is_hole(options->host_defined))
    slot_set(heap, script, &script->host_defined, options->host_defined);
}

void compilation_options(Compilation *comp, const JsCompileOptions *options)
{
  if (!options)
    return;
  script_options(comp->c.heap, comp->c.script, options);
  comp->c.code_flags = options->is_builtin ? CODE_BUILTIN : 0;
}

/* Functions of programs are compiled when they first run; not those of the library, which becomes an image, and not
 * where everything is to be looked at, or counted: a function that never ran counts too. */
void compilation_allow_lazy(Compilation *comp)
{
  const JsVmOptions *options = &comp->c.cx->vm->options;
  const JsCoverage *coverage = comp->c.cx->vm->coverage;
  if (!(comp->c.code_flags & CODE_BUILTIN) && !options->dump_ast && !options->dump_bytecode &&
      !(coverage && coverage->is_on))
    comp->parse.kept = &comp->kept;
}

/* Tells the host of a `sourceMappingURL` comment. url: the text's, whatever its `sourceURL` comment says. */
static void report_source_map(JsContext *cx, JsScript *script, JsString *url, bool is_eval)
{
  uint32_t start = script->map_url_start, end = script->map_url_end;
  if (end <= start || js_likely(js_is_undefined(cx->vm->source_map_found)))
    return;
  JsString *source = ptr_slot_get(script->source);
  JsValue argv[] = {js_from_cell(ptr_slot_get(script->url)),
                    js_from_cell(string_substring(cx->heap, source, start, end)), js_from_cell(source),
                    js_boolean(is_eval), js_from_cell(url)};
  JsValue result = js_call(cx, cx->vm->source_map_found, JS_UNDEFINED, 5, argv);
  if (js_is_exception(result) && !cx->terminating)
    (void)take_exception(cx); /* the program has nothing to do with it */
}

/* The code that a process compiled before of the same text; NULL: none that can be used, or an exception. */
static JsCode *compile_cached(JsContext *cx, JsString *source, JsString *url, const JsCompileOptions *options,
                              uint64_t key, struct JsModuleInfo **info)
{
  JsScript *script = script_new(cx->heap, url, source);
  script_options(cx->heap, script, options);
  script->compile_key = key;
  JsCode *code = code_cache_read(cx, script, options->cache, info);
  if (code)
    report_source_map(cx, script, url, false);
  return has_exception(cx) ? NULL : code;
}

bool compilation_parse(Compilation *comp)
{
  if (!parse_program(&comp->arena, &comp->source, &comp->parse, &comp->result)) {
    throw_parse_error(comp->c.cx, comp->c.script, &comp->result.error);
    return false;
  }
  if (js_unlikely(comp->c.cx->vm->options.dump_ast)) {
    AstDumpOptions dump = {0};
    ast_dump(stdout, &comp->result.root->base, &dump);
  }
  if (comp->parse.lazy)
    return true;
  JsScript *script = comp->c.script;
  JsString *url = ptr_slot_get(script->url);
  ParseSpan span = comp->result.source_url;
  if (span.end > span.start) {
    script->is_renamed = true;
    ptr_slot_set(comp->c.heap, script, &script->url,
                 string_substring(comp->c.heap, comp->string, span.start, span.end));
  }
  if (!(comp->c.code_flags & CODE_BUILTIN)) {
    script->map_url_start = comp->result.source_mapping_url.start;
    script->map_url_end = comp->result.source_mapping_url.end;
    report_source_map(comp->c.cx, script, url,
                      comp->parse.goal == PARSE_EVAL || comp->parse.goal == PARSE_FUNCTION_CONSTRUCTOR);
  }
  return !has_exception(comp->c.cx);
}

JsCode *compilation_end(Compilation *comp, JsCode *code)
{
  js_keep_alive(js_from_cell(comp->string));
  arena_free(&comp->arena);
  arena_free(&comp->kept);
  if (js_unlikely(comp->c.cx->vm->options.dump_bytecode) && code) {
    StrBuf text;
    strbuf_init(&text, gc_heap_account(comp->c.heap), MEM_SCRATCH);
    disassemble(comp->c.heap, code, true, &text);
    fwrite(text.data, 1, text.len, stdout);
    strbuf_free(&text);
  }
  if (!code && !has_exception(comp->c.cx))
    (void)throw_out_of_memory(comp->c.cx);
  return code;
}

JsCode *compile_source(JsContext *cx, JsString *source, JsString *url, const JsCompileOptions *options,
                       struct JsModuleInfo **module_info)
{
  static const ParseGoal goals[] = {PARSE_SCRIPT, PARSE_MODULE, PARSE_EVAL, PARSE_FUNCTION_BODY};
  Compilation comp;
  JsCode *code = NULL;
  uint64_t key = code_cache_key(options->kind, options->allow_await, NULL, 0, cx->heap);
  if (options->cache) {
    code = compile_cached(cx, source, url, options, key, module_info);
    if (code || has_exception(cx))
      return code;
  }
  if (!compilation_begin(&comp, cx, source, url))
    return compilation_end(&comp, NULL);
  compilation_options(&comp, options);
  comp.c.script->compile_key = key;
  comp.parse.goal = goals[options->kind];
  comp.parse.is_strict = options->is_strict;
  comp.parse.allow_top_level_await = options->allow_await;
  const JsEvalSite *site = options->eval_site;
  if (options->kind != COMPILE_EVAL)
    compilation_allow_lazy(&comp);
  if (site) {
    comp.parse.allow_new_target = site->allow_new_target;
    comp.parse.allow_super_property = site->allow_super_property;
    comp.parse.allow_super_call = site->allow_super_call;
    comp.parse.forbid_arguments = site->in_class_field_init;
    comp.parse.is_strict |= site->is_strict;
    comp.parse.outer = outer_scopes(&comp.arena, cx->heap, site, options->eval_code);
    comp.c.eval_site = site;
    comp.c.this_is_undefined = site->this_is_undefined;
  }
  if (!compilation_parse(&comp))
    return compilation_end(&comp, NULL);
  AstFunction *root = comp.result.root;
  if (options->kind == COMPILE_MODULE) {
    comp.c.this_is_undefined = comp.c.is_module = true;
    module_capture_bindings(comp.result.module, root->scope);
    JsCode *init = compile_module_init(&comp.c, root);
    code = compile_root(&comp.c, root);
    JsModuleInfo *info = module_info_build(&comp.c, comp.result.module, code, init, root->scope);
    if (!info)
      code = NULL;
    else if (module_info)
      *module_info = info;
  } else {
    code = compile_root(&comp.c, root);
  }
  return compilation_end(&comp, code);
}

JsCode *compile_wrapped_function(JsContext *cx, JsString *source, JsString *url, JsString *const *param_names,
                                 uint32_t param_count, const JsCompileOptions *options)
{
  Compilation comp;
  uint64_t key = code_cache_key(COMPILE_FUNCTION, false, param_names, param_count, cx->heap);
  if (options && options->cache) {
    JsCode *code = compile_cached(cx, source, url, options, key, NULL);
    if (code || has_exception(cx))
      return code;
  }
  if (!compilation_begin(&comp, cx, source, url))
    return compilation_end(&comp, NULL);
  compilation_options(&comp, options);
  comp.c.script->compile_key = key;
  const char **names = ARENA_NEW_ARRAY(&comp.arena, const char *, param_count + 1);
  for (uint32_t k = 0; names && k < param_count; k++) {
    StringView view = string_view(cx->heap, param_names[k]);
    char *name = arena_alloc(&comp.arena, view.length + 1);
    if (!name) {
      names = NULL;
      break;
    }
    for (uint32_t j = 0; j < view.length; j++)
      name[j] = (char)view_unit(view, j);
    name[view.length] = 0;
    names[k] = name;
  }
  if (!names) {
    (void)throw_out_of_memory(cx);
    return compilation_end(&comp, NULL);
  }
  compilation_allow_lazy(&comp);
  comp.parse.goal = PARSE_FUNCTION_BODY;
  comp.parse.param_names = names;
  comp.parse.param_count = param_count;
  if (!compilation_parse(&comp))
    return compilation_end(&comp, NULL);
  return compilation_end(&comp, compile_function(NULL, &comp.c, comp.result.function, NULL, NULL));
}

/* CreateDynamicFunction  ecma262#sec-createdynamicfunction */
JsCode *compile_function_from_parts(JsContext *cx, JsString *params, JsString *body, bool is_async, bool is_generator)
{
  StringBuilder b;
  builder_init(&b, cx);
  builder_add_ascii(&b, is_async ? "async function" : "function");
  builder_add_ascii(&b, is_generator ? "* anonymous(" : " anonymous(");
  builder_add_string(&b, params);
  builder_add_ascii(&b, "\n");
  uint32_t params_end = b.length;
  builder_add_ascii(&b, ") {\n");
  builder_add_string(&b, body);
  builder_add_ascii(&b, "\n}");
  JsString *source = TRY_OR(NULL, builder_finish(&b));
  Compilation comp;
  if (!compilation_begin(&comp, cx, source, string_empty(cx->heap)))
    return compilation_end(&comp, NULL);
  comp.parse.goal = PARSE_FUNCTION_CONSTRUCTOR;
  comp.parse.params_end = params_end;
  if (!compilation_parse(&comp))
    return compilation_end(&comp, NULL);
  return compilation_end(&comp, compile_function(NULL, &comp.c, comp.result.function, NULL, NULL));
}
