// SPDX-License-Identifier: MIT
/*
 * What patterns match: expectations recorded from Node 26 (exec with the flags d and g added, from a start index).
 * "0,3 - 1,2" are the units of each group; "-" a group that took no part; "no" no match. Every row whose text fits
 * Latin-1 runs in both widths.
 */
#include "regexp/regexp.h"
#include "unicode/unicode.h"
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

typedef struct MatchCase {
  Text pattern;
  const char *flags;
  Text text;
  uint32_t start;
  const char *expected;
} MatchCase;

// clang-format off
static const MatchCase cases[] = {
    {TEXT(u"a|ab"), "", TEXT(u"abc"), 0, "0,1"},
    {TEXT(u"((a)|(ab))((c)|(bc))"), "", TEXT(u"abc"), 0, "0,3 0,1 0,1 - 1,3 - 1,3"},
    {TEXT(u"a[a-z]{2,4}"), "", TEXT(u"abcdefghi"), 0, "0,5"},
    {TEXT(u"a[a-z]{2,4}?"), "", TEXT(u"abcdefghi"), 0, "0,3"},
    {TEXT(u"(aa|aabaac|ba|b|c)*"), "", TEXT(u"aabaac"), 0, "0,4 2,4"},
    {TEXT(u"(z)((a+)?(b+)?(c))*"), "", TEXT(u"zaacbbbcac"), 0, "0,10 0,1 8,10 8,9 - 9,10"},
    {TEXT(u"(?=(a+))"), "", TEXT(u"baaabac"), 0, "1,1 1,4"},
    {TEXT(u"(?=(a+))a*b\\1"), "", TEXT(u"baaabac"), 0, "3,6 3,4"},
    {TEXT(u"(.*?)a(?!(a+)b\\2c)\\2(.*)"), "", TEXT(u"baaabaac"), 0, "0,8 0,2 - 3,8"},
    {TEXT(u"(a*)*"), "", TEXT(u"b"), 0, "0,0 -"},
    {TEXT(u"(a*)*"), "", TEXT(u"aaa"), 0, "0,3 0,3"},
    {TEXT(u"(?=(a+))a*b\\1|x"), "", TEXT(u"baaabac"), 0, "3,6 3,4"},
    {TEXT(u"(?:a*?)+?b"), "", TEXT(u"aab"), 0, "0,3"},
    {TEXT(u"(?:)*"), "", TEXT(u"a"), 0, "0,0"},
    {TEXT(u"(a?)*?b"), "", TEXT(u"aab"), 0, "0,3 1,2"},
    {TEXT(u"(?:a?){3,5}b"), "", TEXT(u"aab"), 0, "0,3"},
    {TEXT(u"(?:|(a)){3}b"), "", TEXT(u"ab"), 0, "0,2 0,1"},
    {TEXT(u"(?:(a)|b){2,}"), "", TEXT(u"abab"), 0, "0,4 -"},
    {TEXT(u"(\\2a)(\\1)"), "", TEXT(u"aaa"), 0, "0,2 0,1 1,2"},
    {TEXT(u"(a)|b\\1c"), "", TEXT(u"bc"), 0, "0,2 -"},
    {TEXT(u"(?<=\\$)\\d+(\\.\\d*)?"), "", TEXT(u"$10.53"), 0, "1,6 3,6"},
    {TEXT(u"(?<!\\$)\\d+"), "", TEXT(u"$10.53 20"), 0, "2,3"},
    {TEXT(u"(?<=(\\d+)(\\d+))$"), "", TEXT(u"1053"), 0, "4,4 0,1 1,4"},
    {TEXT(u"(?<=\\1(.))x"), "", TEXT(u"aax"), 0, "2,3 1,2"},
    {TEXT(u"(?<=(.)\\1)b"), "", TEXT(u"aab"), 0, "2,3 1,2"},
    {TEXT(u"(?<=^abc)def"), "", TEXT(u"abcdef"), 0, "3,6"},
    {TEXT(u"(?<=a|bc)d"), "", TEXT(u"bcd"), 0, "2,3"},
    {TEXT(u"(?<=a|bc)d"), "", TEXT(u"ad"), 0, "1,2"},
    {TEXT(u"(?<=([abc]+)).\\1"), "", TEXT(u"abcdbc"), 0, "no"},
    {TEXT(u"(?<=(?=(b))b)c"), "", TEXT(u"abc"), 0, "2,3 1,2"},
    {TEXT(u"(?<!(^|[ab]))\\w{3}"), "", TEXT(u"abcdef"), 0, "3,6 -"},
    {TEXT(u"(?<=a{2,3}?)b"), "", TEXT(u"aaab"), 0, "3,4"},
    {TEXT(u"(?<=(a|aa)+)b"), "", TEXT(u"aaab"), 0, "3,4 0,1"},
    {TEXT(u"\\bfoo\\b"), "", TEXT(u"a foo b"), 0, "2,5"},
    {TEXT(u"\\bfoo\\b"), "", TEXT(u"afoo"), 0, "no"},
    {TEXT(u"\\Boo"), "", TEXT(u"foo"), 0, "1,3"},
    {TEXT(u"^b"), "m", TEXT(u"a\xa" u"b"), 0, "2,3"},
    {TEXT(u"^b"), "m", TEXT(u"a\xd\xa" u"b"), 0, "3,4"},
    {TEXT(u"a$"), "m", TEXT(u"a\xa" u"b"), 0, "0,1"},
    {TEXT(u"^"), "gm", TEXT(u"x"), 0, "0,0"},
    {TEXT(u"."), "", TEXT(u"\xa\u2028a"), 0, "2,3"},
    {TEXT(u"."), "s", TEXT(u"\xa"), 0, "0,1"},
    {TEXT(u".+"), "u", TEXT(u"\U0001f600a"), 0, "0,3"},
    {TEXT(u"."), "u", TEXT(u"\U0001f600"), 0, "0,2"},
    {TEXT(u"."), "", TEXT(u"\U0001f600"), 0, "0,1"},
    {TEXT(u"^.$"), "u", TEXT(u"\U0001f600"), 0, "0,2"},
    {TEXT(u"^.$"), "", TEXT(u"\U0001f600"), 0, "no"},
    {TEXT(u"[\U0001f600]"), "u", TEXT(u"\U0001f600"), 0, "0,2"},
    {TEXT(u"[\U0001f600]"), "", TEXT(u"\U0001f600"), 0, "0,1"},
    {TEXT(u"\\ud83d"), "u", TEXT(u"\U0001f600"), 0, "no"},
    {TEXT(u"\\ud83d"), "u", TEXT(u"\xd83d"), 0, "0,1"},
    {TEXT(u"\\ud83d"), "", TEXT(u"\U0001f600"), 0, "0,1"},
    {TEXT(u"[^x]"), "u", TEXT(u"\U0001f600"), 0, "0,2"},
    {TEXT(u"\\u{1F600}"), "u", TEXT(u"\U0001f600"), 0, "0,2"},
    {TEXT(u"\\ud83d\\ude00"), "u", TEXT(u"\U0001f600"), 0, "0,2"},
    {TEXT(u"(?<=\U0001f600)x"), "u", TEXT(u"\U0001f600x"), 0, "2,3"},
    {TEXT(u"(?<=[\U0001f600])x"), "u", TEXT(u"\U0001f600x"), 0, "2,3"},
    {TEXT(u"(?<=.)x"), "u", TEXT(u"\U0001f600x"), 0, "2,3"},
    {TEXT(u"(?<=^.)x"), "u", TEXT(u"\U0001f600x"), 0, "2,3"},
    {TEXT(u"[^]"), "u", TEXT(u"\U0001f600"), 0, "0,2"},
    {TEXT(u"\\S+"), "u", TEXT(u"\U0001f600 a"), 0, "0,2"},
    {TEXT(u"(.)\\1"), "u", TEXT(u"\U0001f600\U0001f600"), 0, "0,4 0,2"},
    {TEXT(u"(?<=\\1(.))x"), "u", TEXT(u"\U0001f600\U0001f600x"), 0, "4,5 2,4"},
    {TEXT(u"\\ude00"), "u", TEXT(u"\U0001f600"), 0, "no"},
    {TEXT(u".*\\ude00"), "u", TEXT(u"\U0001f600\xde00"), 0, "0,3"},
    {TEXT(u"ABC"), "i", TEXT(u"xabcx"), 0, "1,4"},
    {TEXT(u"[a-z]+"), "i", TEXT(u"ABC"), 0, "0,3"},
    {TEXT(u"[^a]"), "i", TEXT(u"A"), 0, "no"},
    {TEXT(u"[^a]"), "i", TEXT(u"b"), 0, "0,1"},
    {TEXT(u"\\u212a"), "i", TEXT(u"k"), 0, "no"},
    {TEXT(u"\\u212a"), "iu", TEXT(u"k"), 0, "0,1"},
    {TEXT(u"k"), "iu", TEXT(u"\u212a"), 0, "0,1"},
    {TEXT(u"[k]"), "iu", TEXT(u"\u212a"), 0, "0,1"},
    {TEXT(u"\\w"), "iu", TEXT(u"\u017f"), 0, "0,1"},
    {TEXT(u"\\W"), "iu", TEXT(u"\u017f"), 0, "no"},
    {TEXT(u"\\W"), "iu", TEXT(u"S"), 0, "no"},
    {TEXT(u"[^\\W]"), "iu", TEXT(u"\u017f"), 0, "0,1"},
    {TEXT(u"\\w"), "i", TEXT(u"\u017f"), 0, "no"},
    {TEXT(u"\u00df"), "i", TEXT(u"\u1e9e"), 0, "no"},
    {TEXT(u"\u00df"), "iu", TEXT(u"\u1e9e"), 0, "0,1"},
    {TEXT(u"\u03c3"), "i", TEXT(u"\u03c2"), 0, "0,1"},
    {TEXT(u"\u03c3"), "i", TEXT(u"\u03a3"), 0, "0,1"},
    {TEXT(u"[\u0391-\u03a9]"), "i", TEXT(u"\u03c2"), 0, "0,1"},
    {TEXT(u"\u01c6"), "i", TEXT(u"\u01c5"), 0, "0,1"},
    {TEXT(u"\u0130"), "i", TEXT(u"i"), 0, "no"},
    {TEXT(u"\u0131"), "i", TEXT(u"I"), 0, "no"},
    {TEXT(u"\u00b5"), "i", TEXT(u"\u03bc"), 0, "0,1"},
    {TEXT(u"\u00ff"), "i", TEXT(u"\u0178"), 0, "0,1"},
    {TEXT(u"\u00c5"), "iu", TEXT(u"\u00e5"), 0, "0,1"},
    {TEXT(u"\u00c5"), "i", TEXT(u"\u00e5"), 0, "0,1"},
    {TEXT(u"(a)\\1"), "i", TEXT(u"aA"), 0, "0,2 0,1"},
    {TEXT(u"(\u03c3)\\1"), "i", TEXT(u"\u03c3\u03c2"), 0, "0,2 0,1"},
    {TEXT(u"(k)\\1"), "iu", TEXT(u"k\u212a"), 0, "0,2 0,1"},
    {TEXT(u"(k)\\1"), "i", TEXT(u"k\u212a"), 0, "no"},
    {TEXT(u"\\b"), "iu", TEXT(u"\u017f"), 0, "0,0"},
    {TEXT(u"a\\b"), "iu", TEXT(u"a\u017f"), 0, "no"},
    {TEXT(u"a\\b"), "i", TEXT(u"a\u017f"), 0, "0,1"},
    {TEXT(u"\U00010400"), "iu", TEXT(u"\U00010428"), 0, "0,2"},
    {TEXT(u"\U00010400"), "i", TEXT(u"\U00010428"), 0, "no"},
    {TEXT(u"[\U00010400]"), "iu", TEXT(u"\U00010428"), 0, "0,2"},
    {TEXT(u"\ufb05"), "iu", TEXT(u"\ufb06"), 0, "0,1"},
    {TEXT(u"\u0390"), "iu", TEXT(u"\u0390"), 0, "0,1"},
    {TEXT(u"\u1c80"), "iu", TEXT(u"\u0432"), 0, "0,1"},
    {TEXT(u"\u1c80"), "i", TEXT(u"\u0432"), 0, "0,1"},
    {TEXT(u"[\\u1c88]"), "i", TEXT(u"\ua64a"), 0, "0,1"},
    {TEXT(u"\uab70"), "iu", TEXT(u"\u13a0"), 0, "0,1"},
    {TEXT(u"\uab70"), "i", TEXT(u"\u13a0"), 0, "0,1"},
    {TEXT(u"\\p{Lu}"), "u", TEXT(u"aA"), 0, "1,2"},
    {TEXT(u"\\p{Lu}"), "iu", TEXT(u"a"), 0, "0,1"},
    {TEXT(u"\\p{Lu}"), "iu", TEXT(u"1"), 0, "no"},
    {TEXT(u"\\P{Lu}"), "iu", TEXT(u"A"), 0, "0,1"},
    {TEXT(u"\\P{Lu}"), "iu", TEXT(u"1"), 0, "0,1"},
    {TEXT(u"[^\\P{Lu}]"), "iu", TEXT(u"a"), 0, "no"},
    {TEXT(u"[^\\P{Lu}]"), "iu", TEXT(u"A"), 0, "no"},
    {TEXT(u"\\p{Lu}"), "iv", TEXT(u"a"), 0, "0,1"},
    {TEXT(u"\\P{Lu}"), "iv", TEXT(u"A"), 0, "no"},
    {TEXT(u"\\P{Lu}"), "iv", TEXT(u"a"), 0, "no"},
    {TEXT(u"\\P{Lu}"), "iv", TEXT(u"1"), 0, "0,1"},
    {TEXT(u"[^\\P{Lu}]"), "iv", TEXT(u"A"), 0, "0,1"},
    {TEXT(u"[^\\P{Lu}]"), "iv", TEXT(u"a"), 0, "0,1"},
    {TEXT(u"[^\\p{Lu}]"), "iv", TEXT(u"a"), 0, "no"},
    {TEXT(u"[^\\p{Lu}]"), "iv", TEXT(u"1"), 0, "0,1"},
    {TEXT(u"\\p{Script=Greek}"), "u", TEXT(u"a\u03b1"), 0, "1,2"},
    {TEXT(u"\\p{Any}"), "u", TEXT(u"\U0001f600"), 0, "0,2"},
    {TEXT(u"\\p{L}+"), "u", TEXT(u"h\u00e9llo w\u00f6rld"), 0, "0,5"},
    {TEXT(u"[\\p{L}\\d]+"), "u", TEXT(u"\u00e91_"), 0, "0,2"},
    {TEXT(u"\\p{RGI_Emoji}"), "v", TEXT(u"x\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466y"), 0, "1,12"},
    {TEXT(u"^\\p{RGI_Emoji}$"), "v", TEXT(u"\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"), 0, "0,11"},
    {TEXT(u"^\\p{RGI_Emoji}$"), "v", TEXT(u"\U0001f1eb\U0001f1f7"), 0, "0,4"},
    {TEXT(u"^\\p{RGI_Emoji}$"), "v", TEXT(u"1\ufe0f\u20e3"), 0, "0,3"},
    {TEXT(u"^\\p{RGI_Emoji}$"), "v", TEXT(u"1"), 0, "no"},
    {TEXT(u"[\\p{RGI_Emoji}a-z]+"), "v", TEXT(u"ab\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466y"), 0, "0,14"},
    {TEXT(u"[\\q{abc|d|}x]"), "v", TEXT(u"abc"), 0, "0,3"},
    {TEXT(u"[\\q{abc|d|}x]"), "v", TEXT(u"d"), 0, "0,1"},
    {TEXT(u"[\\q{abc|d|}x]"), "v", TEXT(u"x"), 0, "0,1"},
    {TEXT(u"[\\q{abc|d|}x]"), "v", TEXT(u"q"), 0, "0,0"},
    {TEXT(u"[\\q{abc|d}--\\q{abc}]"), "v", TEXT(u"abc"), 0, "no"},
    {TEXT(u"[\\q{abc|d}--\\q{abc}]"), "v", TEXT(u"d"), 0, "0,1"},
    {TEXT(u"[\\p{L}--[a-z]]"), "v", TEXT(u"aB"), 0, "1,2"},
    {TEXT(u"[\\w&&\\d]"), "v", TEXT(u"a1"), 0, "1,2"},
    {TEXT(u"[[a-z]&&[^aeiou]]+"), "v", TEXT(u"aebcd"), 0, "2,5"},
    {TEXT(u"[^\\d]"), "v", TEXT(u"1a"), 0, "1,2"},
    {TEXT(u"[\\q{KM|k}]"), "iv", TEXT(u"km"), 0, "0,2"},
    {TEXT(u"(?<=[\\q{abc|b}])x"), "v", TEXT(u"abcx"), 0, "3,4"},
    {TEXT(u"(?<=[\\q{abc|b}])x"), "v", TEXT(u"bx"), 0, "1,2"},
    {TEXT(u"[\\p{Lu}&&[a-z]]"), "iv", TEXT(u"A"), 0, "0,1"},
    {TEXT(u"[\\p{Lu}&&[a-z]]"), "iv", TEXT(u"b"), 0, "0,1"},
    {TEXT(u"[^[a-z]]"), "iv", TEXT(u"A"), 0, "no"},
    {TEXT(u"[^[a-z]]"), "iv", TEXT(u"1"), 0, "0,1"},
    {TEXT(u"[^[a-z]]"), "iv", TEXT(u"\u017f"), 0, "no"},
    {TEXT(u"[\\q{\u017fs}]"), "iv", TEXT(u"SS"), 0, "0,2"},
    {TEXT(u"(?i:a)b"), "", TEXT(u"Ab"), 0, "0,2"},
    {TEXT(u"(?i:a)b"), "", TEXT(u"AB"), 0, "no"},
    {TEXT(u"(?-i:a)b"), "i", TEXT(u"aB"), 0, "0,2"},
    {TEXT(u"(?-i:a)b"), "i", TEXT(u"AB"), 0, "no"},
    {TEXT(u"(?s:.)(.)"), "", TEXT(u"\xa\xa"), 0, "no"},
    {TEXT(u"(?s:.)(.)"), "", TEXT(u"\xa" u"a"), 0, "0,2 1,2"},
    {TEXT(u"(?m:^)a"), "", TEXT(u"b\xa" u"a"), 0, "2,3"},
    {TEXT(u"(?-m:^)a"), "m", TEXT(u"b\xa" u"a"), 0, "no"},
    {TEXT(u"(?i:(a))\\1"), "", TEXT(u"Aa"), 0, "no"},
    {TEXT(u"(?i:(a))\\1"), "", TEXT(u"AA"), 0, "0,2 0,1"},
    {TEXT(u"a(?i:b(?-i:c))"), "", TEXT(u"aBc"), 0, "0,3"},
    {TEXT(u"a(?i:b(?-i:c))"), "", TEXT(u"aBC"), 0, "no"},
    {TEXT(u"(?i-s:.)"), "s", TEXT(u"\xa"), 0, "no"},
    {TEXT(u"(?i:[^a])"), "", TEXT(u"A"), 0, "no"},
    {TEXT(u"(?i:\\b)"), "u", TEXT(u"a\u017f"), 0, "0,0"},
    {TEXT(u"(?<y>\\d{4})-(?<m>\\d\\d)"), "", TEXT(u"2026-11"), 0, "0,7 0,4 5,7"},
    {TEXT(u"(?<a>x)|(?<a>y)"), "", TEXT(u"y"), 0, "0,1 - 0,1"},
    {TEXT(u"(?:(?<a>x)|(?<a>y))\\k<a>"), "", TEXT(u"yy"), 0, "0,2 - 0,1"},
    {TEXT(u"(?:(?<a>x)|(?<a>y))\\k<a>"), "", TEXT(u"xy"), 0, "no"},
    {TEXT(u"(?:(?:(?<a>x)|(?<a>y)|z)\\k<a>){2}"), "", TEXT(u"xxyy"), 0, "0,4 - 2,3"},
    {TEXT(u"(?:(?:(?<a>x)|(?<a>y)|z)\\k<a>){2}"), "", TEXT(u"xxz"), 0, "0,3 - -"},
    {TEXT(u"\\k<a>(?<a>x)"), "", TEXT(u"x"), 0, "0,1 0,1"},
    {TEXT(u"(?<=\\k<a>(?<a>x))y"), "", TEXT(u"xxy"), 0, "2,3 1,2"},
    {TEXT(u"\\1(a)"), "", TEXT(u"a"), 0, "0,1 0,1"},
    {TEXT(u"\\2"), "", TEXT(u"\x2"), 0, "0,1"},
    {TEXT(u"\\8"), "", TEXT(u"8"), 0, "0,1"},
    {TEXT(u"[\\1]"), "", TEXT(u"\x1"), 0, "0,1"},
    {TEXT(u"\\c"), "", TEXT(u"\\c"), 0, "0,2"},
    {TEXT(u"\\cA"), "", TEXT(u"\x1"), 0, "0,1"},
    {TEXT(u"[\\c]"), "", TEXT(u"c"), 0, "0,1"},
    {TEXT(u"[\\c]"), "", TEXT(u"\\"), 0, "0,1"},
    {TEXT(u"[\\c_]"), "", TEXT(u"\x1f"), 0, "0,1"},
    {TEXT(u"\\c_"), "", TEXT(u"\\c_"), 0, "0,3"},
    {TEXT(u"a{"), "", TEXT(u"a{"), 0, "0,2"},
    {TEXT(u"a{1"), "", TEXT(u"a{1"), 0, "0,3"},
    {TEXT(u"{"), "", TEXT(u"{"), 0, "0,1"},
    {TEXT(u"x{,5}"), "", TEXT(u"x{,5}"), 0, "0,5"},
    {TEXT(u"]"), "", TEXT(u"]"), 0, "0,1"},
    {TEXT(u"}"), "", TEXT(u"}"), 0, "0,1"},
    {TEXT(u"\\_"), "", TEXT(u"_"), 0, "0,1"},
    {TEXT(u"\\u"), "", TEXT(u"u"), 0, "0,1"},
    {TEXT(u"\\u{2}"), "", TEXT(u"uu"), 0, "0,2"},
    {TEXT(u"\\x1"), "", TEXT(u"x1"), 0, "0,2"},
    {TEXT(u"[\\d-x]"), "", TEXT(u"-"), 0, "0,1"},
    {TEXT(u"[\\d-x]"), "", TEXT(u"x"), 0, "0,1"},
    {TEXT(u"[a-\\d]"), "", TEXT(u"-"), 0, "0,1"},
    {TEXT(u"[a-\\d]"), "", TEXT(u"a"), 0, "0,1"},
    {TEXT(u"[a-\\d]"), "", TEXT(u"5"), 0, "0,1"},
    {TEXT(u"\\0"), "", TEXT(u"\x0"), 0, "0,1"},
    {TEXT(u"\\00"), "", TEXT(u"\x0"), 0, "0,1"},
    {TEXT(u"\\012"), "", TEXT(u"\xa"), 0, "0,1"},
    {TEXT(u"\\400"), "", TEXT(u" 0"), 0, "0,2"},
    {TEXT(u"(?=a)*"), "", TEXT(u"a"), 0, "0,0"},
    {TEXT(u"(?=a){0}b"), "", TEXT(u"b"), 0, "0,1"},
    {TEXT(u"(?!a)?b"), "", TEXT(u"b"), 0, "0,1"},
    {TEXT(u"(?:(?=(a)))?b"), "", TEXT(u"b"), 0, "0,1 -"},
    {TEXT(u"(?:(?=(a)))?a"), "", TEXT(u"a"), 0, "0,1 -"},
    {TEXT(u"(?:(?=(a))){1}b"), "", TEXT(u"b"), 0, "no"},
    {TEXT(u"[^]"), "", TEXT(u"\xa"), 0, "0,1"},
    {TEXT(u"[]"), "", TEXT(u"a"), 0, "no"},
    {TEXT(u"a[]?b"), "", TEXT(u"ab"), 0, "0,2"},
    {TEXT(u"(?:[])*a"), "", TEXT(u"a"), 0, "0,1"},
    {TEXT(u"[]+"), "", TEXT(u"a"), 0, "no"},
    {TEXT(u"[\\b]"), "", TEXT(u"\x8"), 0, "0,1"},
    {TEXT(u"[-a]"), "", TEXT(u"-"), 0, "0,1"},
    {TEXT(u"[a-]"), "", TEXT(u"-"), 0, "0,1"},
    {TEXT(u"\\-"), "", TEXT(u"-"), 0, "0,1"},
    {TEXT(u"[\\s\\S]"), "", TEXT(u"x"), 0, "0,1"},
    {TEXT(u"[^\\s\\S]"), "", TEXT(u"x"), 0, "no"},
    {TEXT(u"\\k"), "", TEXT(u"k"), 0, "0,1"},
    {TEXT(u"\\k<a>"), "", TEXT(u"k<a>"), 0, "0,4"},
    {TEXT(u"(?:foo|bar|baz)+"), "", TEXT(u"foobarbazqux"), 0, "0,9"},
    {TEXT(u"(?:ab)*c"), "", TEXT(u"ababc"), 0, "0,5"},
    {TEXT(u"(?:ab)+?c"), "", TEXT(u"ababc"), 0, "0,5"},
    {TEXT(u"a.*b"), "", TEXT(u"axxbxxb"), 0, "0,7"},
    {TEXT(u"a.*?b"), "", TEXT(u"axxbxxb"), 0, "0,4"},
    {TEXT(u"a.*$"), "", TEXT(u"axx\xa" u"b"), 0, "no"},
    {TEXT(u"^.*$"), "m", TEXT(u"\xa" u"abc\xa"), 0, "0,0"},
    {TEXT(u".*?Linux.*"), "", TEXT(u"foo\xa" u"bar Linux baz\xaq"), 0, "4,17"},
    {TEXT(u"(\\d+)\\/Mar\\/(\\d+)"), "", TEXT(u"[10/Mar/2026:"), 0, "1,12 1,3 8,12"},
    {TEXT(u"[ \"\\/?&=]+"), "", TEXT(u"abc \"/x"), 0, "3,6"},
    {TEXT(u"\\s+$"), "", TEXT(u"a   b   "), 0, "5,8"},
    {TEXT(u"a*a"), "", TEXT(u"aaaa"), 0, "0,4"},
    {TEXT(u"a+?a"), "", TEXT(u"aaaa"), 0, "0,2"},
    {TEXT(u"a{2,3}a"), "", TEXT(u"aaaa"), 0, "0,4"},
    {TEXT(u"[ab]*b"), "", TEXT(u"abab"), 0, "0,4"},
    {TEXT(u"[ab]{2,}?b$"), "", TEXT(u"aababab"), 0, "0,7"},
    {TEXT(u"(a+)+b"), "", TEXT(u"aaaaaaaaac"), 0, "no"},
    {TEXT(u"(x+x+)+y"), "", TEXT(u"xxxxxxxxxxxy"), 0, "0,12 0,11"},
    {TEXT(u"\"[^\"]*\""), "", TEXT(u"say \"hi\" there"), 0, "4,8"},
    {TEXT(u"\"([^\"\\\\]|\\\\.)*\""), "", TEXT(u"say \"h\\\"i\" t"), 0, "4,10 8,9"},
    {TEXT(u"<(\\w+)>.*?<\\/\\1>"), "", TEXT(u"<b>x</b><i>y</i>"), 0, "0,8 1,2"},
    {TEXT(u"(?:x|y|(z)){3}"), "", TEXT(u"zxy"), 0, "0,3 -"},
    {TEXT(u"(?:x|y|(z)){3}"), "", TEXT(u"xyz"), 0, "0,3 2,3"},
    {TEXT(u"(?:(a)|(b)|(c))+"), "", TEXT(u"abc"), 0, "0,3 - - 2,3"},
    {TEXT(u"(?:(a)|(b)|(c))+"), "", TEXT(u"cba"), 0, "0,3 2,3 - -"},
    {TEXT(u"^(?:(\\d+)x)?\\s*(\\d+)$"), "", TEXT(u"12x 34"), 0, "0,6 0,2 4,6"},
    {TEXT(u"^(?:(\\d+)x)?\\s*(\\d+)$"), "", TEXT(u"34"), 0, "0,2 - 0,2"},
    {TEXT(u"\\d{1,3}(?:\\.\\d{1,3}){3}"), "", TEXT(u"10.20.30.40"), 0, "0,11"},
    {TEXT(u"(a|b)*?c"), "", TEXT(u"abac"), 0, "0,4 2,3"},
    {TEXT(u"(?:a|ab)(?:c|bcd)(?:d*)"), "", TEXT(u"abcd"), 0, "0,4"},
    {TEXT(u"a\?\?b"), "", TEXT(u"ab"), 0, "0,2"},
    {TEXT(u"(?:a\?\?)(a)"), "", TEXT(u"a"), 0, "0,1 0,1"},
    {TEXT(u"(a*?)$"), "", TEXT(u"aaa"), 0, "0,3 0,3"},
    {TEXT(u"(?!foo)..."), "", TEXT(u"foobar"), 0, "1,4"},
    {TEXT(u"(?!(foo)).\\1"), "", TEXT(u"foobar"), 0, "1,2 -"},
    {TEXT(u"(?:(?!a)(b)|c)*"), "", TEXT(u"bbcb"), 0, "0,4 3,4"},
    {TEXT(u"(?=(?:(a)|b)*)\\1"), "", TEXT(u"ab"), 0, "0,0 -"},
    {TEXT(u"(?=(?:(a)|b)*)\\1"), "", TEXT(u"ba"), 0, "1,2 1,2"},
    {TEXT(u"[^\\n]*x"), "", TEXT(u"aaxbbx\xa" u"cx"), 0, "0,6"},
    {TEXT(u"a{0}b"), "", TEXT(u"ab"), 0, "1,2"},
    {TEXT(u"a{0,0}?b"), "", TEXT(u"ab"), 0, "1,2"},
    {TEXT(u"(a){0}\\1b"), "", TEXT(u"b"), 0, "0,1 -"},
    {TEXT(u"x*"), "", TEXT(u"aaax"), 0, "0,0"},
    {TEXT(u"$"), "", TEXT(u"abc"), 0, "3,3"},
    {TEXT(u"\\B"), "", TEXT(u"a"), 0, "no"},
    {TEXT(u"\\B"), "", TEXT(u""), 0, "0,0"},
    {TEXT(u"(?:)"), "", TEXT(u""), 0, "0,0"},
    {TEXT(u""), "", TEXT(u"abc"), 0, "0,0"},
    {TEXT(u"a|"), "", TEXT(u"b"), 0, "0,0"},
    {TEXT(u"|a"), "", TEXT(u"a"), 0, "0,0"},
    {TEXT(u"()"), "", TEXT(u"a"), 0, "0,0 0,0"},
    {TEXT(u"(|a)*"), "", TEXT(u"aa"), 0, "0,2 1,2"},
    {TEXT(u"(|a)+"), "", TEXT(u"aa"), 0, "0,2 1,2"},
    {TEXT(u"(a|)*"), "", TEXT(u"aab"), 0, "0,2 1,2"},
    {TEXT(u"(?:a|)+?b"), "", TEXT(u"aab"), 0, "0,3"},
    {TEXT(u"(a{0,2})*b"), "", TEXT(u"aaab"), 0, "0,4 2,3"},
    {TEXT(u"(?:(a)?b)*"), "", TEXT(u"abb"), 0, "0,3 -"},
    {TEXT(u"(?:(a)\?\?b)*"), "", TEXT(u"abb"), 0, "0,3 -"},
    {TEXT(u"(?:a(b)?c)*"), "", TEXT(u"abcac"), 0, "0,5 -"},
    {TEXT(u"(?:(a*)b)*?c"), "", TEXT(u"abbc"), 0, "0,4 2,2"},
    {TEXT(u"."), "gu", TEXT(u"\U0001f600b"), 1, "0,2"},
    {TEXT(u"^"), "gm", TEXT(u"a\xa" u"b"), 1, "2,2"},
    {TEXT(u"(?<=a)b"), "g", TEXT(u"abab"), 1, "1,2"},
    {TEXT(u"\\ude00"), "gu", TEXT(u"a\U0001f600"), 1, "no"},
    {TEXT(u""), "gu", TEXT(u"\U0001f600b"), 1, "0,0"},
    {TEXT(u"b"), "y", TEXT(u"abab"), 1, "1,2"},
    {TEXT(u"."), "yu", TEXT(u"\U0001f600b"), 1, "0,2"},
    {TEXT(u"."), "gu", TEXT(u"\U0001f600b"), 2, "2,3"},
    {TEXT(u"^"), "gm", TEXT(u"a\xa" u"b"), 2, "2,2"},
    {TEXT(u"(?<=a)b"), "g", TEXT(u"abab"), 2, "3,4"},
    {TEXT(u"\\ude00"), "gu", TEXT(u"a\U0001f600"), 2, "no"},
    {TEXT(u""), "gu", TEXT(u"\U0001f600b"), 2, "2,2"},
    {TEXT(u"b"), "y", TEXT(u"abab"), 2, "no"},
    {TEXT(u"."), "yu", TEXT(u"\U0001f600b"), 2, "2,3"},
    {TEXT(u"."), "gu", TEXT(u"\U0001f600b"), 3, "no"},
    {TEXT(u"^"), "gm", TEXT(u"a\xa" u"b"), 3, "no"},
    {TEXT(u"(?<=a)b"), "g", TEXT(u"abab"), 3, "3,4"},
    {TEXT(u"\\ude00"), "gu", TEXT(u"a\U0001f600"), 3, "no"},
    {TEXT(u""), "gu", TEXT(u"\U0001f600b"), 3, "3,3"},
    {TEXT(u"b"), "y", TEXT(u"abab"), 3, "3,4"},
    {TEXT(u"."), "yu", TEXT(u"\U0001f600b"), 3, "no"},
    {TEXT(u"\u00e9+"), "", TEXT(u"caf\u00e9\u00e9"), 0, "3,5"},
    {TEXT(u"\u00e9"), "", TEXT(u"e\u0301"), 0, "no"},
    {TEXT(u"\u65e5\u672c"), "", TEXT(u"\u3053\u308c\u306f\u65e5\u672c\u8a9e"), 0, "3,5"},
    {TEXT(u"[\u3042-\u3093]+"), "", TEXT(u"\u3053\u308c\u306f\u65e5\u672c\u8a9e"), 0, "0,3"},
    {TEXT(u"\u8a9e$"), "", TEXT(u"\u65e5\u672c\u8a9e"), 0, "2,3"},
    {TEXT(u"[^a-z]+"), "", TEXT(u"abc\u3053\u308cdef"), 0, "3,5"},
    {TEXT(u"\\w+\\s\\w+"), "", TEXT(u"\u65e5\u672c hello world"), 0, "3,14"},
};
// clang-format on

static void describe(RegexpResult result, const int32_t *captures, uint32_t groups, char *out, size_t size)
{
  size_t at = 0;
  if (result != REGEXP_MATCH) {
    snprintf(out, size, "%s", result == REGEXP_NO_MATCH ? "no" : "failed");
    return;
  }
  for (uint32_t k = 0; k < groups; k++) {
    const char *gap = k ? " " : "";
    at += captures[2 * k] < 0
              ? (size_t)snprintf(out + at, size - at, "%s-", gap)
              : (size_t)snprintf(out + at, size - at, "%s%d,%d", gap, captures[2 * k], captures[2 * k + 1]);
  }
}

static bool has_icu(void)
{
  uint16_t unit;
  size_t len;
  return unicode_normalize(UNICODE_NFC, u"a", 1, &unit, 1, &len) == UNICODE_OK;
}

static void run_case(const MatchCase *c, size_t row, const RegexpProgram *program, RegexpSpan text, MemAccount *account)
{
  int32_t captures[64];
  char found[512];
  RegexpInput input = {.text = text, .start = c->start, .sticky = strchr(c->flags, 'y'), .account = account};
  RegexpResult result = regexp_exec(program, &input, captures);
  describe(result, captures, regexp_group_count(program), found, sizeof found);
  if (strcmp(found, c->expected)) {
    fprintf(stderr, "case %zu (%s, flags %s): %s, expected %s\n", row, text.wide ? "wide" : "latin1", c->flags, found,
            c->expected);
    exit(1);
  }
}

UNIT_TEST(regexp_matches)
{
  bool icu = has_icu();
  MemAccount account = {0};
  for (size_t row = 0; row < JS_COUNTOF(cases); row++) {
    const MatchCase *c = &cases[row];
    uint32_t flags;
    RegexpError error;
    EXPECT(regexp_parse_flags((RegexpSpan){c->flags, (uint32_t)strlen(c->flags), false}, &flags));
    RegexpProgram *program =
        regexp_compile(&account, (RegexpSpan){c->pattern.units, c->pattern.len, true}, flags, 0, &error);
    if (!program && error.kind == REGEXP_ERROR_NO_ICU && !icu)
      continue;
    EXPECT(program && regexp_group_count(program) <= 32);
    run_case(c, row, program, (RegexpSpan){c->text.units, c->text.len, true}, &account);
    uint8_t narrow[64];
    bool fits = c->text.len <= sizeof narrow;
    for (uint32_t k = 0; fits && k < c->text.len; k++) {
      fits = c->text.units[k] < 256;
      narrow[k] = (uint8_t)c->text.units[k];
    }
    if (fits)
      run_case(c, row, program, (RegexpSpan){narrow, c->text.len, false}, &account);
    regexp_free(&account, program);
  }
  EXPECT(account.total == 0);
}
