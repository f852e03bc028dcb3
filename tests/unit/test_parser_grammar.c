// SPDX-License-Identifier: MIT
/* The parser's verdicts: what parses, what does not and with which words and span. */
#include <stdio.h>
#include <string.h>

#include "base/stack.h"
#include "parser/parse.h"
#include "unit.h"

typedef struct Verdict {
  ParseErrorKind kind;
  char message[200];
  uint32_t start, end;
} Verdict;

static Verdict judge(ParseGoal goal, const char *text)
{
  ParseSource source = {text, (uint32_t)strlen(text), false};
  ParseOptions options = {.goal = goal, .stack_limit = stack_pointer() - 256 * 1024};
  ParseResult result;
  Arena arena;
  Verdict verdict = {0};
  arena_init(&arena, NULL, MEM_PARSER);
  if (!parse_program(&arena, &source, &options, &result)) {
    verdict = (Verdict){.kind = result.error.kind, .start = result.error.start, .end = result.error.end};
    snprintf(verdict.message, sizeof verdict.message, "%s", result.error.message);
  }
  arena_free(&arena);
  return verdict;
}

static void expect_good(ParseGoal goal, const char *const *texts, size_t count)
{
  for (size_t k = 0; k < count; k++) {
    Verdict verdict = judge(goal, texts[k]);
    if (verdict.kind != PARSE_OK)
      unit_fail(__FILE__, __LINE__, texts[k]);
  }
}

static void expect_bad(ParseGoal goal, const char *text, const char *message, uint32_t start, uint32_t end)
{
  Verdict verdict = judge(goal, text);
  if (verdict.kind != PARSE_SYNTAX_ERROR || strcmp(verdict.message, message) || verdict.start != start ||
      verdict.end != end) {
    fprintf(stderr, "%s\n  got %s [%u,%u)\n", text, verdict.message, (unsigned)verdict.start, (unsigned)verdict.end);
    unit_fail(__FILE__, __LINE__, message);
  }
}

UNIT_TEST(parser_accepts_scripts)
{
  static const char *const texts[] = {
      "#!/usr/bin/env node\nvar x",
      "a\n++b\n;if (a) ; else b\ndo x(); while (0) y()",
      "var let_ = 1; let\nx = 2; var async; async = async\nfunction f() {}",
      "(a, {b, c: [d = 1, ...e]}, ...f) => a; async (x = 1) => await x; async x => x; (async) => async",
      "({a = 1} = {}); [{b = 2}, ...c] = []; for ({d = 3} of []); ({__proto__: a, __proto__: b} = {})",
      "a?.b?.[c]?.(d).e; new a.b(); new (a())(); new new a()(); a`x${1}y`; `\\u0041${`n`}`",
      "class A extends (B, C) { #x = 1; static #y; get z() { return #x in this } static { this.#y; var a } "
      "'constructor'() { super() } }",
      "function* g() { yield\nyield* a; yield a, b; (yield) } async function* h() { for await (x of y) await z }",
      "0x1F; 0b11; 0o17; 017; 089; 1_000n; .5e-3; 5..x; 1e400",
      "a ?? (b || c); a ** -b; (-a) ** b; a ||= b; a &&= c; a ?\?= d",
      "x: for (;;) { y: { break y } continue x } l: function f() {} if (1) function g() {}",
      "for (var i = 0 in {}); for (let in {}); for (let = 1;;) break; for (using of []); for (async of => 1;;) "
      "break",
      "try { x } catch { y } finally { z } try { } catch (e) { var e; for (var e of []); }",
      "<!-- html\n--> html\nx /* \n */ --> html",
      "with (a) b; label: 1; yield: 1; var await; var yield; var static; arguments = eval",
      "import('x'); import('x', {}); import.source('x'); import.defer('y')",
      "/[/]/.test(a) / b / c; a = /=/g; x\n/y/g",
      "{ using a = b; for (using c of d); } async () => { await using e = f; }",
      "'\\u{1F600}\\x41\\0\\\n'; \"\xa0\"",
  };
  expect_good(PARSE_SCRIPT, texts, JS_COUNTOF(texts));
}

UNIT_TEST(parser_accepts_modules)
{
  static const char *const texts[] = {
      "import a, {b as c, default as d, 'x y' as e} from 'm' with {type: 'json'}; export {a, c as default, d as 'q r'}",
      ("import * as ns from 'm'; import defer * as x from 'y'; import source z from 'w'; import source from 'v'; "
       "export "
       "* from 'm'; export * as k from 'm'"),
      "export default function () {} export const [p, {q, ...r}] = []; export async function s() {}",
      "export default class {} await 1; for await (const x of y); import.meta.url; await using z = 1",
  };
  expect_good(PARSE_MODULE, texts, JS_COUNTOF(texts));
}

UNIT_TEST(parser_reports_as_v8_does)
{
  expect_bad(PARSE_SCRIPT, "}", "Unexpected token '}'", 0, 1);
  expect_bad(PARSE_SCRIPT, "f(", "Unexpected end of input", 2, 2);
  expect_bad(PARSE_SCRIPT, "a b", "Unexpected identifier 'b'", 2, 3);
  expect_bad(PARSE_SCRIPT, "let a; let a", "Identifier 'a' has already been declared", 11, 12);
  expect_bad(PARSE_SCRIPT, "{ let a; { var a } }", "Identifier 'a' has already been declared", 15, 16);
  expect_bad(PARSE_SCRIPT, "f(1 2)", "missing ) after argument list", 2, 3);
  expect_bad(PARSE_SCRIPT, "const a", "Missing initializer in const declaration", 6, 7);
  expect_bad(PARSE_SCRIPT, "await x", "await is only valid in async functions and the top level bodies of modules", 0,
             5);
  expect_bad(PARSE_SCRIPT, "import x from 'y'", "Cannot use import statement outside a module", 0, 6);
  expect_bad(PARSE_SCRIPT, "a + b = 1", "Invalid left-hand side in assignment", 0, 5);
  expect_bad(PARSE_SCRIPT, "class A { m() { super() } }", "'super' keyword unexpected here", 16, 21);
  expect_bad(PARSE_SCRIPT, "function f(a, a) { 'use strict' }", "Duplicate parameter name not allowed in this context",
             14, 15);
  expect_bad(PARSE_SCRIPT, "'use strict'; with (a) b", "Strict mode code may not include a with statement", 14, 18);
  expect_bad(PARSE_SCRIPT, "({a = 1})", "Invalid shorthand property initializer", 2, 7);
  expect_bad(PARSE_MODULE, "export {x}", "Export 'x' is not defined in module", 8, 9);
  expect_bad(PARSE_MODULE, "class A { x = arguments }",
             "'arguments' is not allowed in class field initializer or static initialization block", 14, 23);
}

UNIT_TEST(parser_stops_at_the_stack_limit)
{
  enum { DEPTH = 200000 };
  static char text[DEPTH + 1];
  const char openers[] = "([{-!";
  for (size_t k = 0; k < sizeof openers - 1; k++) {
    memset(text, openers[k], DEPTH);
    EXPECT(judge(PARSE_SCRIPT, text).kind == PARSE_STACK_OVERFLOW);
  }
}

UNIT_TEST(parser_keeps_function_constructor_parts_apart)
{
  static const struct {
    const char *text;
    uint32_t params_end;
    bool is_good;
  } cases[] = {
      {"function anonymous(a,b\n) {\nreturn a\n}", 23, true},
      {"function anonymous(/*\n) {\n*/) {\n}", 22, false},
      {"function anonymous(\n) {\n}; function x() {\n}", 20, false},
  };
  for (size_t k = 0; k < JS_COUNTOF(cases); k++) {
    ParseSource source = {cases[k].text, (uint32_t)strlen(cases[k].text), false};
    ParseOptions options = {.goal = PARSE_FUNCTION_CONSTRUCTOR, .params_end = cases[k].params_end};
    ParseResult result;
    Arena arena;
    arena_init(&arena, NULL, MEM_PARSER);
    EXPECT(parse_program(&arena, &source, &options, &result) == cases[k].is_good);
    arena_free(&arena);
  }
}
