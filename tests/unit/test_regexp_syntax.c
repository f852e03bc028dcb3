// SPDX-License-Identifier: MIT
/* Which patterns are errors, and in which words: recorded from Node 26. Also limits, names, flags and interruption. */
#include "regexp/regexp.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Text {
  const uint16_t *units;
  uint32_t len;
} Text;
#define TEXT(literal)                                                                                                  \
  {                                                                                                                    \
    literal, sizeof(literal) / 2 - 1                                                                                   \
  }

typedef struct SyntaxCase {
  Text pattern;
  const char *flags;
  const char *message; /* NULL: valid */
} SyntaxCase;

// clang-format off
static const SyntaxCase cases[] = {
    {TEXT(u"("), "", "Unterminated group"},
    {TEXT(u")"), "", "Unmatched ')'"},
    {TEXT(u"*"), "", "Nothing to repeat"},
    {TEXT(u"+"), "", "Nothing to repeat"},
    {TEXT(u"?"), "", "Nothing to repeat"},
    {TEXT(u"{1}"), "", "Nothing to repeat"},
    {TEXT(u"a{2,1}"), "", "numbers out of order in {} quantifier"},
    {TEXT(u"a**"), "", "Nothing to repeat"},
    {TEXT(u"a{1}{1}"), "", "Nothing to repeat"},
    {TEXT(u"(?<a"), "", "Invalid capture group name"},
    {TEXT(u"(?<a>"), "", "Unterminated group"},
    {TEXT(u"(?<>a)"), "", "Invalid capture group name"},
    {TEXT(u"(?<1>a)"), "", "Invalid capture group name"},
    {TEXT(u"(?<a>a)(?<a>b)"), "", "Duplicate capture group name"},
    {TEXT(u"(?<a>.)\\k"), "", "Invalid named reference"},
    {TEXT(u"(?<a>.)\\k<b>"), "", "Invalid named capture referenced"},
    {TEXT(u"(?<a>.)\\k<a"), "", "Invalid capture group name"},
    {TEXT(u"\\k<a>"), "u", "Invalid named capture referenced"},
    {TEXT(u"\\k"), "u", "Invalid named reference"},
    {TEXT(u"(?a)"), "", "Invalid group"},
    {TEXT(u"(?"), "", "Invalid group"},
    {TEXT(u"(?<"), "", "Invalid capture group name"},
    {TEXT(u"(?i"), "", "Invalid group"},
    {TEXT(u"(?i-"), "", "Invalid group"},
    {TEXT(u"(?-:a)"), "", "Invalid flag group"},
    {TEXT(u"(?i-i:a)"), "", "Repeated flag in flag group"},
    {TEXT(u"(?ii:a)"), "", "Repeated flag in flag group"},
    {TEXT(u"(?--i:a)"), "", "Multiple dashes in flag group"},
    {TEXT(u"(?g:a)"), "", "Invalid group"},
    {TEXT(u"(?i-m-s:a)"), "", "Multiple dashes in flag group"},
    {TEXT(u"\\"), "", "\\ at end of pattern"},
    {TEXT(u"\\"), "u", "\\ at end of pattern"},
    {TEXT(u"a\\"), "", "\\ at end of pattern"},
    {TEXT(u"["), "", "Unterminated character class"},
    {TEXT(u"[a"), "", "Unterminated character class"},
    {TEXT(u"[b-a]"), "", "Range out of order in character class"},
    {TEXT(u"[\\w-a]"), "u", "Invalid character class"},
    {TEXT(u"[a-\\d]"), "u", "Invalid character class"},
    {TEXT(u"{"), "u", "Lone quantifier brackets"},
    {TEXT(u"}"), "u", "Lone quantifier brackets"},
    {TEXT(u"]"), "u", "Lone quantifier brackets"},
    {TEXT(u"a{"), "u", "Incomplete quantifier"},
    {TEXT(u"a{1"), "u", "Incomplete quantifier"},
    {TEXT(u"a{1,"), "u", "Incomplete quantifier"},
    {TEXT(u"{1}"), "u", "Nothing to repeat"},
    {TEXT(u"\\1"), "u", "Invalid escape"},
    {TEXT(u"\\2(a)"), "u", "Invalid escape"},
    {TEXT(u"\\00"), "u", "Invalid decimal escape"},
    {TEXT(u"\\08"), "u", "Invalid decimal escape"},
    {TEXT(u"\\8"), "u", "Invalid escape"},
    {TEXT(u"\\c"), "u", "Invalid Unicode escape"},
    {TEXT(u"\\c1"), "u", "Invalid Unicode escape"},
    {TEXT(u"\\x1"), "u", "Invalid escape"},
    {TEXT(u"\\u1"), "u", "Invalid Unicode escape"},
    {TEXT(u"\\u{"), "u", "Invalid Unicode escape"},
    {TEXT(u"\\u{110000}"), "u", "Invalid Unicode escape"},
    {TEXT(u"\\u{}"), "u", "Invalid Unicode escape"},
    {TEXT(u"\\a"), "u", "Invalid escape"},
    {TEXT(u"\\-"), "u", "Invalid escape"},
    {TEXT(u"[\\-]"), "u", NULL},
    {TEXT(u"[\\a]"), "u", "Invalid escape"},
    {TEXT(u"[\\1]"), "u", "Invalid decimal escape"},
    {TEXT(u"[\\00]"), "u", "Invalid decimal escape"},
    {TEXT(u"[\\c]"), "u", "Invalid Unicode escape"},
    {TEXT(u"[\\x]"), "u", "Invalid escape"},
    {TEXT(u"[\\u]"), "u", "Invalid Unicode escape"},
    {TEXT(u"[\\B]"), "u", "Invalid escape"},
    {TEXT(u"[\\k]"), "u", "Invalid escape"},
    {TEXT(u"\\p"), "u", "Invalid property name"},
    {TEXT(u"\\p{"), "u", "Invalid property name"},
    {TEXT(u"\\p{Foo}"), "u", "Invalid property name"},
    {TEXT(u"\\p{Script}"), "u", "Invalid property name"},
    {TEXT(u"\\p{Script=Foo}"), "u", "Invalid property name"},
    {TEXT(u"[\\p{Foo}]"), "u", "Invalid property name in character class"},
    {TEXT(u"\\P{RGI_Emoji}"), "v", "Invalid property name"},
    {TEXT(u"[^\\p{RGI_Emoji}]"), "v", "Negated character class may contain strings"},
    {TEXT(u"\\p{RGI_Emoji}"), "u", "Invalid property name"},
    {TEXT(u"[a&&&b]"), "v", "Invalid character in character class"},
    {TEXT(u"[a--b&&c]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[(]"), "v", "Invalid character in character class"},
    {TEXT(u"[a-z&&b]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[&&a]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[a&&]"), "v", "Invalid character in character class"},
    {TEXT(u"[\\q{a]"), "v", "Invalid character in character class"},
    {TEXT(u"[\\q]"), "v", "Invalid escape"},
    {TEXT(u"[^\\q{ab}]"), "v", "Negated character class may contain strings"},
    {TEXT(u"[a||b]"), "v", "Invalid character in character class"},
    {TEXT(u"[!!]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[[a]"), "v", "Unterminated character class"},
    {TEXT(u"[a-[b]]"), "v", "Invalid character class"},
    {TEXT(u"[\\w-a]"), "v", "Invalid character class"},
    {TEXT(u"[a-\\w]"), "v", "Invalid character class"},
    {TEXT(u"[b-a]"), "v", "Range out of order in character class"},
    {TEXT(u"[{]"), "v", "Invalid character in character class"},
    {TEXT(u"[/]"), "v", "Invalid character in character class"},
    {TEXT(u"[-]"), "v", "Invalid character in character class"},
    {TEXT(u"[a-]"), "v", "Invalid character in character class"},
    {TEXT(u"[|]"), "v", "Invalid character in character class"},
    {TEXT(u"[a---b]"), "v", "Invalid character in character class"},
    {TEXT(u"[a&&b--c]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[a--]"), "v", "Invalid character in character class"},
    {TEXT(u"[--a]"), "v", "Invalid character in character class"},
    {TEXT(u"[ab--c]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[ab&&c]"), "v", "Invalid set operation in character class"},
    {TEXT(u"(?=a)*"), "u", "Invalid quantifier"},
    {TEXT(u"(?<=a)*"), "", "Invalid quantifier"},
    {TEXT(u"(?<=a)*"), "u", "Invalid quantifier"},
    {TEXT(u"(?<!a)?"), "", "Invalid quantifier"},
    {TEXT(u"(?=a)*"), "", NULL},
    {TEXT(u"^*"), "", "Nothing to repeat"},
    {TEXT(u"$*"), "", "Nothing to repeat"},
    {TEXT(u"\\b*"), "", "Nothing to repeat"},
    {TEXT(u"\\b+"), "u", "Nothing to repeat"},
    {TEXT(u"a|*"), "", "Nothing to repeat"},
    {TEXT(u"(*)"), "", "Nothing to repeat"},
    {TEXT(u"(?:*)"), "", "Nothing to repeat"},
    {TEXT(u"(?=*)"), "", "Nothing to repeat"},
    {TEXT(u"(?<a*"), "", "Invalid capture group name"},
    {TEXT(u"a\?\?\?"), "", "Nothing to repeat"},
    {TEXT(u"a{1,2}\?\?"), "", "Nothing to repeat"},
    {TEXT(u"x{99999999999999999999}"), "", NULL},
    {TEXT(u"x{2147483648,2147483647}"), "", NULL},
    {TEXT(u"x{99999999999,99999999998}"), "", NULL},
    {TEXT(u"(?<\\u0061>a)"), "", NULL},
    {TEXT(u"(?<\\u{61}>a)"), "", NULL},
    {TEXT(u"(?<\\u>a)"), "", "Invalid Unicode escape"},
    {TEXT(u"(?<a\\>a)"), "", "Invalid capture group name"},
    {TEXT(u"(?<\U0001d49c>.)"), "", NULL},
    {TEXT(u"(?<\\ud835\\udc9c>.)"), "", NULL},
    {TEXT(u"(?<\\ud835>.)"), "", "Invalid capture group name"},
    {TEXT(u"(?<\xd835>.)"), "", "Invalid capture group name"},
    {TEXT(u"(?<\u2764>.)"), "", "Invalid capture group name"},
    {TEXT(u"(?<a>.)|(?<a>.)"), "", NULL},
    {TEXT(u"(?:(?<a>.)|b)(?<a>.)"), "", "Duplicate capture group name"},
    {TEXT(u"(?:(?<a>.)|(?<a>.))"), "", NULL},
    {TEXT(u"(?"), "", "Invalid group"},
    {TEXT(u"(?!"), "", "Unterminated group"},
    {TEXT(u"(?="), "", "Unterminated group"},
    {TEXT(u"(?:"), "", "Unterminated group"},
    {TEXT(u"(?a"), "", "Invalid group"},
    {TEXT(u"(?ims-"), "", "Invalid group"},
    {TEXT(u"(?i:"), "", "Unterminated group"},
    {TEXT(u"(?i-s:a"), "", "Unterminated group"},
    {TEXT(u"\\p{L"), "", NULL},
    {TEXT(u"\\u{1F600}"), "", NULL},
    {TEXT(u"[z-\\u{61}]"), "", "Range out of order in character class"},
    {TEXT(u"[\\d-\\w]"), "", NULL},
    {TEXT(u"[\\u{61}-\\u{7a}"), "u", "Unterminated character class"},
    {TEXT(u"a{,5}"), "", NULL},
    {TEXT(u"a{,5}"), "u", "Incomplete quantifier"},
    {TEXT(u"\\k<a"), "u", "Invalid capture group name"},
    {TEXT(u"\\k<a>(?<b>)"), "", "Invalid named capture referenced"},
    {TEXT(u"\\k(?<a>)"), "", "Invalid named reference"},
    {TEXT(u"[\\k](?<a>)"), "", "Invalid escape"},
    {TEXT(u"\\k<>(?<a>)"), "", "Invalid capture group name"},
    {TEXT(u"(?<a>\\k<a>)"), "", NULL},
    {TEXT(u"\\c"), "", NULL},
    {TEXT(u"[\\c]"), "", NULL},
    {TEXT(u"\\_"), "u", "Invalid escape"},
    {TEXT(u"\\&"), "v", "Invalid escape"},
    {TEXT(u"\\p{Lu}"), "i", NULL},
    {TEXT(u"\\p{General_Category=Lu}"), "u", NULL},
    {TEXT(u"\\pL"), "u", "Invalid property name"},
    {TEXT(u"\\p{ L}"), "u", "Invalid property name"},
    {TEXT(u"\\p{Script=Latin=x}"), "u", "Invalid property name"},
    {TEXT(u"\\p{=L}"), "u", "Invalid property name"},
    {TEXT(u"\\p{L=}"), "u", "Invalid property name"},
    {TEXT(u"[\\p{L}-z]"), "u", "Invalid character class"},
    {TEXT(u"[\\b]"), "u", NULL},
    {TEXT(u"[\\b-a]"), "u", NULL},
    {TEXT(u"[\\_]"), "v", "Invalid escape"},
    {TEXT(u"[\\&&&a]"), "v", NULL},
    {TEXT(u"[a&&[b-c]]"), "v", NULL},
    {TEXT(u"[a-c&&b]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[a-c--b]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[a&b]"), "v", NULL},
    {TEXT(u"[&]"), "v", NULL},
    {TEXT(u"[&&]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[\\q{}]"), "v", NULL},
    {TEXT(u"[\\q{a|b}-c]"), "v", "Invalid character class"},
    {TEXT(u"[\\q{\\a}]"), "v", "Invalid escape"},
    {TEXT(u"[[b-a]]"), "v", "Range out of order in character class"},
    {TEXT(u"[a"), "v", "Unterminated character class"},
    {TEXT(u"[a&&"), "v", "Unterminated character class"},
    {TEXT(u"[a--"), "v", "Unterminated character class"},
    {TEXT(u"[["), "v", "Unterminated character class"},
    {TEXT(u"[\\p{Foo}]"), "v", "Invalid property name in character class"},
    {TEXT(u"[\\P{RGI_Emoji}]"), "v", "Invalid property name in character class"},
    {TEXT(u"[^[^\\p{RGI_Emoji}]]"), "v", "Negated character class may contain strings"},
    {TEXT(u"[^\\p{RGI_Emoji}&&a]"), "v", NULL},
    {TEXT(u"[^a&&\\p{RGI_Emoji}]"), "v", NULL},
    {TEXT(u"[^\\q{a}]"), "v", NULL},
    {TEXT(u"[^\\q{}]"), "v", "Negated character class may contain strings"},
    {TEXT(u"[^\\p{RGI_Emoji}--\\q{ab}]"), "v", "Negated character class may contain strings"},
    {TEXT(u"[^a--\\q{ab}]"), "v", NULL},
    {TEXT(u"[^\\p{L}&&[\\q{ab}a]]"), "v", NULL},
    {TEXT(u"[\\8]"), "u", "Invalid escape"},
    {TEXT(u"[\\9]"), "v", "Invalid escape"},
    {TEXT(u"[a&&bc]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[a--bc]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[a&&b-c]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[a-z"), "u", "Unterminated character class"},
    {TEXT(u"(?<=a){2}"), "", "Invalid quantifier"},
    {TEXT(u"(?<=a){"), "", NULL},
    {TEXT(u"(?=a){"), "u", "Incomplete quantifier"},
    {TEXT(u"(?=a){2}"), "u", "Invalid quantifier"},
    {TEXT(u"[a-\\"), "u", "\\ at end of pattern"},
    {TEXT(u"[\\"), "", "\\ at end of pattern"},
    {TEXT(u"[a&&b&&&c]"), "v", "Invalid character in character class"},
    {TEXT(u"[a--b---c]"), "v", "Invalid character in character class"},
    {TEXT(u"[\\d--"), "v", "Unterminated character class"},
    {TEXT(u"[\\q{a|b]"), "v", "Invalid character in character class"},
    {TEXT(u"[\\q{(}]"), "v", "Invalid character in character class"},
    {TEXT(u"[\\q{ab"), "v", "Unterminated character class"},
    {TEXT(u"[&&&]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[a&&[b]c]"), "v", "Invalid set operation in character class"},
    {TEXT(u"[(a)]"), "v", "Invalid character in character class"},
    {TEXT(u"[a)"), "v", "Invalid character in character class"},
    {TEXT(u"[\\cA]"), "v", NULL},
    {TEXT(u"[\\q{abc|d|}]"), "v", NULL},
    {TEXT(u"(?<a\\u{110000}>)"), "", "Invalid Unicode escape"},
    {TEXT(u"(?<a\\u{62>)"), "", "Invalid Unicode escape"},
    {TEXT(u"(?<\\ud835\\u0061>)"), "", "Invalid capture group name"},
    {TEXT(u"(?-i)a"), "", "Invalid group"},
    {TEXT(u"(?i)a"), "", "Invalid group"},
    {TEXT(u"(?i-:a)"), "", NULL},
    {TEXT(u"(?-"), "", "Invalid group"},
    {TEXT(u"(?-)"), "", "Invalid group"},
    {TEXT(u"(?--"), "", "Multiple dashes in flag group"},
    {TEXT(u"(?ii"), "", "Repeated flag in flag group"},
    {TEXT(u"(?i^:a)"), "", "Invalid group"},
    {TEXT(u"\\p{Script_Extensions=Greek}"), "v", NULL},
    {TEXT(u"\\k<a>"), "", NULL},
    {TEXT(u"\\k<"), "", NULL},
    {TEXT(u"\\k<a>(?<a>b)|(?<a>c)"), "", NULL},
    {TEXT(u"[\\p{L}--\\q{a}]"), "v", NULL},
    {TEXT(u"[\\b-\\n]"), "v", NULL},
    {TEXT(u"(?<a>\\k<b>)(?<b>)"), "", NULL},
    {TEXT(u"[]-a]"), "v", "Lone quantifier brackets"},
    {TEXT(u"[^"), "", "Unterminated character class"},
    {TEXT(u"[^]"), "", NULL},
    {TEXT(u"[]"), "", NULL},
    {TEXT(u"(?<$>a)(?<_>b)(?<a1>c)"), "", NULL},
    {TEXT(u"\\u{1"), "u", "Invalid Unicode escape"},
    {TEXT(u"\\u{0000000061}"), "u", NULL},
    {TEXT(u"\\xg1"), "", NULL},
    {TEXT(u"[\\xg]"), "", NULL},
    {TEXT(u"\\u{"), "", NULL},
};
// clang-format on

static uint32_t flags_of(const char *letters)
{
  uint32_t flags;
  EXPECT(regexp_parse_flags((RegexpSpan){letters, (uint32_t)strlen(letters), false}, &flags));
  return flags;
}

UNIT_TEST(regexp_syntax_errors)
{
  MemAccount account = {0};
  for (size_t row = 0; row < JS_COUNTOF(cases); row++) {
    const SyntaxCase *c = &cases[row];
    RegexpError error = {0};
    RegexpSpan pattern = {c->pattern.units, c->pattern.len, true};
    bool ok = regexp_check_syntax(&account, pattern, flags_of(c->flags), 0, &error);
    if (!ok && error.kind == REGEXP_ERROR_NO_ICU)
      continue;
    const char *found = ok ? "valid" : error.message, *expected = c->message ? c->message : "valid";
    if (strcmp(found, expected)) {
      fprintf(stderr, "case %zu, flags %s: %s, expected %s\n", row, c->flags, found, expected);
      exit(1);
    }
  }
  EXPECT(account.total == 0);
}

static RegexpProgram *compile(MemAccount *account, const char *pattern, const char *flags, RegexpError *error)
{
  return regexp_compile(account, (RegexpSpan){pattern, (uint32_t)strlen(pattern), false}, flags_of(flags), 0, error);
}

UNIT_TEST(regexp_flags_are_letters_without_repetition)
{
  uint32_t flags;
  EXPECT(regexp_parse_flags((RegexpSpan){"dgimsuy", 7, false}, &flags) && flags == (0xFF & ~REGEXP_UNICODE_SETS));
  EXPECT(!regexp_parse_flags((RegexpSpan){"gg", 2, false}, &flags));
  EXPECT(!regexp_parse_flags((RegexpSpan){"uv", 2, false}, &flags));
  EXPECT(!regexp_parse_flags((RegexpSpan){"x", 1, false}, &flags));
  EXPECT(!regexp_parse_flags((RegexpSpan){u"\u0169", 1, true}, &flags)); /* 0x69 is i */
}

UNIT_TEST(regexp_group_names_in_source_order)
{
  MemAccount account = {0};
  RegexpError error;
  RegexpProgram *program = compile(&account, "(?<y>a)(b)|(?<z>c)(?<y>d)", "", &error);
  EXPECT(program && regexp_group_count(program) == 5 && regexp_name_count(program) == 3);
  RegexpName name = regexp_name(program, 2);
  EXPECT(name.group == 4 && name.len == 1 && name.units[0] == 'y');
  EXPECT(regexp_program_size(program) == account.live[MEM_REGEXP]);
  regexp_free(&account, program);
  EXPECT(account.total == 0);
}

/* n times open, then n times close. */
static RegexpProgram *compile_nested(MemAccount *account, const char *open, const char *close, size_t n,
                                     RegexpError *error)
{
  size_t size = n * (strlen(open) + strlen(close)), at = 0;
  char *pattern = malloc(size + 1);
  EXPECT(pattern);
  for (size_t k = 0; k < n; k++, at += strlen(open))
    memcpy(pattern + at, open, strlen(open));
  for (size_t k = 0; k < n; k++, at += strlen(close))
    memcpy(pattern + at, close, strlen(close));
  RegexpProgram *program = regexp_compile(account, (RegexpSpan){pattern, (uint32_t)size, false},
                                          *open == '[' ? REGEXP_UNICODE_SETS : 0, 0, error);
  free(pattern);
  return program;
}

UNIT_TEST(regexp_deep_nesting_is_an_error_not_a_crash)
{
  static const char *const shapes[][2] = {{"(", ")"}, {"(?:", ")"}, {"(?=", ")"}, {"(?:a|", ")*"}, {"[", "]"}};
  MemAccount account = {0};
  for (size_t k = 0; k < JS_COUNTOF(shapes); k++) {
    RegexpError error;
    RegexpProgram *program = compile_nested(&account, shapes[k][0], shapes[k][1], 1000, &error);
    EXPECT(program);
    regexp_free(&account, program);
    program = compile_nested(&account, shapes[k][0], shapes[k][1], 1000000, &error);
    EXPECT(!program &&
           (!strcmp(error.message, "Regular expression too large") || !strcmp(error.message, "Too many captures")));
  }
  EXPECT(account.total == 0);
}

static bool stop_at_third(void *arg)
{
  return ++*(int *)arg == 3;
}

UNIT_TEST(regexp_catastrophic_patterns_can_be_interrupted)
{
  MemAccount account = {0};
  RegexpError error;
  RegexpProgram *program = compile(&account, "^(a+)+$", "", &error);
  char text[65];
  memset(text, 'a', 64);
  text[64] = 'b';
  int calls = 0;
  int32_t captures[4];
  RegexpInput input = {
      .text = {text, 65, false}, .account = &account, .interrupt = stop_at_third, .interrupt_arg = &calls};
  EXPECT(regexp_exec(program, &input, captures) == REGEXP_INTERRUPTED && calls == 3);
  regexp_free(&account, program);
  EXPECT(account.total == 0);
}

UNIT_TEST(regexp_backtrack_stack_has_a_limit)
{
  MemAccount account = {0};
  RegexpError error;
  RegexpProgram *program = compile(&account, "(?:a|(b))*c", "", &error);
  uint32_t len = 40 << 20;
  char *text = malloc(len);
  EXPECT(text && program);
  memset(text, 'b', len);
  int32_t captures[4];
  RegexpInput input = {.text = {text, len, false}, .sticky = true, .account = &account};
  EXPECT(regexp_exec(program, &input, captures) == REGEXP_NO_MATCH); /* alternatives exclude each other: no stack */
  regexp_free(&account, program);
  program = compile(&account, "(?:a|b|(?=b)b)*?c|(?:b|bb)*d", "", &error);
  EXPECT(program && regexp_exec(program, &input, captures) == REGEXP_TOO_COMPLEX);
  regexp_free(&account, program);
  free(text);
  EXPECT(account.total == 0);
}
