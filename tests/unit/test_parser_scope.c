// SPDX-License-Identifier: MIT
/* Scope analysis: what is captured, checked, dynamic; read off the dump. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parser/ast_dump.h"
#include "unit.h"

static char *dump(ParseGoal goal, const char *text, const ParseOuterScope *outer)
{
  ParseSource source = {text, (uint32_t)strlen(text), false};
  ParseOptions options = {.goal = goal, .outer = outer};
  ParseResult result;
  Arena arena;
  char *out = NULL;
  size_t size = 0;
  arena_init(&arena, NULL, MEM_PARSER);
  bool is_good = parse_program(&arena, &source, &options, &result);
  FILE *file = open_memstream(&out, &size);
  if (is_good)
    ast_dump(file, &result.root->base, &(AstDumpOptions){.scopes = true});
  else
    fprintf(file, "error: %s", result.error.message);
  fclose(file);
  arena_free(&arena);
  return out;
}

static void expect_dump(ParseGoal goal, const char *text, const char *const *wanted, size_t count)
{
  char *out = dump(goal, text, NULL);
  for (size_t k = 0; k < count; k++) {
    if (!strstr(out, wanted[k])) {
      fprintf(stderr, "%s\n%s", text, out);
      unit_fail(__FILE__, __LINE__, wanted[k]);
    }
  }
  free(out);
}

#define DUMP(goal, text, ...)                                                                                          \
  do {                                                                                                                 \
    const char *const wanted_[] = {__VA_ARGS__};                                                                       \
    expect_dump(goal, text, wanted_, JS_COUNTOF(wanted_));                                                             \
  } while (0)

UNIT_TEST(scope_captures_what_inner_functions_use)
{
  DUMP(PARSE_SCRIPT, "function f(a, b) { let c; return () => a + c }", "- param a slot=0\n", "- param b\n",
       "- let c slot=1\n", "scope function env");
  DUMP(PARSE_SCRIPT, "function f() { return () => this + arguments[0] }", "- this this slot=0",
       "- arguments arguments slot=1");
  DUMP(PARSE_SCRIPT, "function f() { { let x; x } }", "- let x\n");
}

UNIT_TEST(scope_takes_over_arrow_parameters)
{
  DUMP(PARSE_SCRIPT, "function f(a) { return (b = () => a + b, c) => b + c }", "- param a slot=0",
       "- param b slot=0 tdz", "- param c\n");
}

UNIT_TEST(scope_checks_only_what_may_be_uninitialised)
{
  DUMP(PARSE_SCRIPT, "function f() { let x = 1; x }", "Identifier \"x\" -> let in function\n", "- let x\n");
  DUMP(PARSE_SCRIPT, "function f() { x; let x }", "Identifier \"x\" -> let in function tdz", "- let x tdz");
  DUMP(PARSE_SCRIPT, "function f() { const x = 1; return () => x }", "Identifier \"x\" -> const in function\n");
  DUMP(PARSE_SCRIPT, "function f() { g(); let x; function g() { x } }", "Identifier \"x\" -> let in function tdz");
  DUMP(PARSE_SCRIPT, "function f() { switch (1) { case 0: let x; case 1: x } }",
       "Identifier \"x\" -> let in switch tdz");
  DUMP(PARSE_SCRIPT, "function f() { for (let x of x); }", "right: Identifier \"x\" -> let in for tdz");
}

UNIT_TEST(scope_taints_for_eval_and_with)
{
  DUMP(PARSE_SCRIPT, "function f(a) { eval(a); return b }", "scope function env eval sloppy-eval",
       "- param a slot=", "Identifier \"b\" -> global dynamic", "- this this slot=", "Call eval");
  DUMP(PARSE_SCRIPT, "function f(a) { with (a) { a; b } }", "Identifier \"a\" -> param in function dynamic",
       "Identifier \"b\" -> global dynamic");
  DUMP(PARSE_SCRIPT, "function f(a) { 'use strict'; eval(a); b }", "Identifier \"b\" -> global\n");
}

UNIT_TEST(scope_hoists_block_functions_as_annex_b_says)
{
  DUMP(PARSE_SCRIPT, "function f() { { function g() {} } g }", "- var g annex-b", "FunctionDecl annex-b");
  DUMP(PARSE_SCRIPT, "function f(g) { { function g() {} } }", "- param g\n", "FunctionDecl\n");
  DUMP(PARSE_SCRIPT, "function f() { let g; { function g() {} } }", "- let g\n", "FunctionDecl\n");
}

UNIT_TEST(scope_resolves_eval_code_outwards)
{
  static const ParseOuterBinding bindings[] = {{.units = "x", .len = 1, .kind = AST_BINDING_VAR, .env_slot = 3},
                                               {.units = "y", .len = 1, .kind = AST_BINDING_LET, .env_slot = 4}};
  static const ParseOuterScope outer = {.bindings = bindings,
                                        .binding_count = 2,
                                        .kind = AST_SCOPE_FUNCTION,
                                        .is_var_scope = true,
                                        .has_sloppy_eval = true,
                                        .has_env = true};
  char *out = dump(PARSE_EVAL, "x; z", &outer);
  EXPECT(strstr(out, "Identifier \"x\" -> var in outer"));
  EXPECT(strstr(out, "Identifier \"z\" -> global dynamic"));
  free(out);
  out = dump(PARSE_EVAL, "var y", &outer);
  EXPECT(strstr(out, "error: Identifier 'y' has already been declared"));
  free(out);
}

UNIT_TEST(scope_finds_module_entries)
{
  const char *text = "import {a} from 'm'; export {a as b}; export let c = 1; export default 2";
  ParseSource source = {text, (uint32_t)strlen(text), false};
  ParseOptions options = {.goal = PARSE_MODULE};
  ParseResult result;
  Arena arena;
  arena_init(&arena, NULL, MEM_PARSER);
  EXPECT(parse_program(&arena, &source, &options, &result));
  EXPECT(result.module->requests.len == 1 && result.module->imports.len == 1);
  EXPECT(result.module->indirect_exports.len == 1 && result.module->local_exports.len == 2);
  EXPECT(result.module->local_exports.items[0].binding->captured);
  arena_free(&arena);
}
