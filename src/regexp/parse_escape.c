// SPDX-License-Identifier: MIT
/* Escapes of the pattern grammar: characters, class escapes, properties, group names. */
#include "regexp/ast.h"

#include <string.h>

static int hex_value(int32_t unit)
{
  if (unit >= '0' && unit <= '9')
    return unit - '0';
  int32_t lower = unit | 0x20;
  return unit >= 0 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Exactly `digits` hexadecimal digits; consumes nothing if they are not there. */
static bool parse_hex(Parser *p, uint32_t digits, uint32_t *value)
{
  *value = 0;
  for (uint32_t k = 0; k < digits; k++) {
    int digit = hex_value(parse_peek(p, k));
    if (digit < 0)
      return false;
    *value = *value * 16 + (uint32_t)digit;
  }
  p->at += digits;
  return true;
}

/* RegExpUnicodeEscapeSequence after `\u`, with code point escapes and surrogate pairs. */
static bool parse_unicode_escape(Parser *p, uint32_t *cp)
{
  if (parse_peek(p, 0) != '{') {
    if (!parse_hex(p, 4, cp))
      return false;
    uint32_t start = p->at, trail;
    if (unicode_is_lead_surrogate(*cp) && parse_peek(p, 0) == '\\' && parse_peek(p, 1) == 'u') {
      p->at += 2;
      if (parse_hex(p, 4, &trail) && unicode_is_trail_surrogate(trail))
        *cp = unicode_join_surrogates(*cp, trail);
      else
        p->at = start;
    }
    return true;
  }
  uint32_t start = p->at++, value = 0;
  int digit;
  bool any = false;
  for (; (digit = hex_value(parse_peek(p, 0))) >= 0; p->at++, any = true) {
    value = value * 16 + (uint32_t)digit;
    if (value > UNICODE_MAX)
      goto no;
  }
  if (any && parse_peek(p, 0) == '}') {
    p->at++;
    *cp = value;
    return true;
  }
no:
  p->at = start;
  return false;
}

static bool fail(Parser *p, const char *message)
{
  parse_fail(p, message);
  return false;
}

static bool fail_memory(Parser *p)
{
  parse_no_memory(p);
  return false;
}

/* \0 and, in Annex B, octal escapes up to \377. The digit is next. */
static bool parse_zero_or_octal(Parser *p, bool in_class, uint32_t *cp)
{
  int32_t first = parse_peek(p, 0), second = parse_peek(p, 1);
  if (p->unicode) {
    if (first != '0' && !in_class)
      return fail(p, "Invalid escape");
    if (first >= '8')
      return fail(p, "Invalid escape");
    if (first != '0' || (second >= '0' && second <= '9'))
      return fail(p, "Invalid decimal escape");
    p->at++;
    *cp = 0;
    return true;
  }
  uint32_t value = 0;
  for (int k = 0; k < 3; k++) {
    int32_t digit = parse_peek(p, 0);
    if (digit < '0' || digit > '7' || value * 8 + (uint32_t)(digit - '0') > 0377)
      break;
    value = value * 8 + (uint32_t)(digit - '0');
    p->at++;
  }
  *cp = value;
  return true;
}

/* \c and a letter; in a class without u or v also a digit or `_`. Otherwise, without u or v, the backslash is itself.
 */
static bool parse_control(Parser *p, bool in_class, uint32_t *cp)
{
  int32_t letter = parse_peek(p, 1);
  bool ok = letter >= 0 && (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z';
  if (in_class && !p->unicode)
    ok = ok || letter == '_' || (letter >= '0' && letter <= '9');
  if (ok) {
    p->at += 2;
    *cp = (uint32_t)letter & 31;
    return true;
  }
  if (p->unicode)
    return fail(p, "Invalid Unicode escape");
  *cp = '\\'; /* and `c` is read again as a character of its own */
  return true;
}

/* SyntaxCharacter or `/`; in a class of v mode also ClassSetReservedPunctuator, of u mode `-`. */
static bool is_identity_escape(const Parser *p, bool in_class, int32_t unit)
{
  if (unit > 0 && unit < 0x80 && strchr("^$\\.*+?()[]{}|/", unit))
    return true;
  if (!in_class || unit <= 0 || unit >= 0x80)
    return false;
  return p->sets ? strchr("&-!#%,:;<=>@`~", unit) != NULL : unit == '-';
}

bool parse_character_escape(Parser *p, bool in_class, uint32_t *cp)
{
  int32_t unit = parse_peek(p, 0);
  switch (unit) {
  case -1: return fail(p, "\\ at end of pattern");
  case 'f': *cp = '\f'; break;
  case 'n': *cp = '\n'; break;
  case 'r': *cp = '\r'; break;
  case 't': *cp = '\t'; break;
  case 'v': *cp = '\v'; break;
  case 'b':
    if (!in_class)
      goto identity;
    *cp = '\b';
    break;
  case 'c': return parse_control(p, in_class, cp);
  case '0':
  case '1':
  case '2':
  case '3':
  case '4':
  case '5':
  case '6':
  case '7': return parse_zero_or_octal(p, in_class, cp);
  case '8':
  case '9':
    if (p->unicode)
      return fail(p, "Invalid escape");
    goto identity;
  case 'x':
    p->at++;
    if (parse_hex(p, 2, cp))
      return true;
    *cp = 'x';
    return !p->unicode || fail(p, "Invalid escape");
  case 'u':
    p->at++;
    if (p->unicode)
      return parse_unicode_escape(p, cp) || fail(p, "Invalid Unicode escape");
    if (!parse_hex(p, 4, cp))
      *cp = 'u';
    return true;
  case 'k':
    /* With a named group in the pattern, \k is only ever a reference. */
    if (parse_has_group_names(p))
      return fail(p, "Invalid escape");
    goto identity;
  default:
  identity:
    if (p->unicode && !is_identity_escape(p, in_class, unit))
      return fail(p, "Invalid escape");
    *cp = parse_next_char(p);
    return true;
  }
  p->at++;
  return true;
}

/* --- Class escapes ----------------------------------------------------------------------------------------------- */

/* The longest property name or value ICU knows is under 64; a longer one in a pattern cannot exist. */
enum { MAX_PROPERTY_NAME = 64 };

static bool parse_property_word(Parser *p, char out[MAX_PROPERTY_NAME])
{
  uint32_t len = 0;
  for (int32_t unit; (unit = parse_peek(p, 0)) >= 0; p->at++) {
    bool word =
        (unit >= '0' && unit <= '9') || unit == '_' || (unit < 0x80 && (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z');
    if (!word)
      break;
    if (len + 1 >= MAX_PROPERTY_NAME)
      return false;
    out[len++] = (char)unit;
  }
  out[len] = 0;
  return len > 0;
}

static bool copy_property(Parser *p, const UnicodeProperty *property, ClassValue *out)
{
  for (uint32_t k = 0; k < property->range_count; k++)
    if (!charset_add(p->arena, &out->set, property->ranges[k].first, property->ranges[k].last))
      return fail_memory(p);
  charset_normalize(&out->set);
  for (uint32_t k = 0; k < property->string_count; k++)
    if (!arena_vec_push(p->arena, &out->strings, property->strings[k]))
      return fail_memory(p);
  out->may_contain_strings = property->string_count > 0;
  return true;
}

/* After \p or \P with u or v. */
static bool parse_property(Parser *p, bool negate, bool in_class, ClassValue *out)
{
  const char *bad = in_class ? "Invalid property name in character class" : "Invalid property name";
  char name[MAX_PROPERTY_NAME], value[MAX_PROPERTY_NAME];
  bool has_value = false;
  if (parse_peek(p, 0) != '{')
    return fail(p, bad);
  p->at++;
  if (!parse_property_word(p, name))
    return fail(p, bad);
  if (parse_peek(p, 0) == '=') {
    p->at++;
    has_value = true;
    if (!parse_property_word(p, value))
      return fail(p, bad);
  }
  if (parse_peek(p, 0) != '}')
    return fail(p, bad);
  p->at++;

  UnicodeProperty property;
  UnicodePropertyMode mode = p->sets ? UNICODE_WITH_STRINGS : UNICODE_CODE_POINTS_ONLY;
  switch (unicode_property(p->arena, name, has_value ? value : NULL, mode, &property)) {
  case UNICODE_OK: break;
  case UNICODE_UNKNOWN: return fail(p, bad);
  case UNICODE_NO_ICU:
    fail(p, "ICU not available");
    p->error->kind = REGEXP_ERROR_NO_ICU;
    return false;
  case UNICODE_NO_MEMORY: return fail_memory(p);
  }
  if (negate && property.string_count)
    return fail(p, bad);
  if (!copy_property(p, &property, out))
    return false;
  /* With v and i the property is folded before it is negated; with u and i after (node_from_set does that). */
  if (p->sets && p->ignore_case && !charset_close_case(p->arena, &out->set, true))
    return fail_memory(p);
  if (negate && !charset_invert(p->arena, &out->set, UNICODE_MAX))
    return fail_memory(p);
  return true;
}

bool parse_class_escape(Parser *p, bool in_class, ClassValue *out, bool *found)
{
  int32_t unit = parse_peek(p, 0);
  bool ok = true;
  *found = true;
  switch (unit) {
  case 'd':
  case 'D': ok = charset_add_digits(p->arena, &out->set); break;
  case 's':
  case 'S': ok = charset_add_spaces(p->arena, &out->set); break;
  case 'w':
  case 'W': ok = charset_add_word(p->arena, &out->set, p->unicode && p->ignore_case); break;
  case 'p':
  case 'P':
    if (!p->unicode) {
      *found = false;
      return true;
    }
    p->at++;
    return parse_property(p, unit == 'P', in_class, out);
  default: *found = false; return true;
  }
  p->at++;
  charset_normalize(&out->set);
  if (ok && unit < 'a')
    ok = charset_invert(p->arena, &out->set, p->unicode ? UNICODE_MAX : 0xFFFF);
  return ok || fail_memory(p);
}

/* --- Group names ------------------------------------------------------------------------------------------------- */

static bool name_char_ok(uint32_t cp, bool first)
{
  enum { ZWNJ = 0x200C, ZWJ = 0x200D };
  if (cp == '$' || cp == '_')
    return true;
  return first ? unicode_is_id_start(cp) : unicode_is_id_continue(cp) || cp == ZWNJ || cp == ZWJ;
}

bool parse_group_name(Parser *p, const uint16_t **name, uint32_t *name_len)
{
  struct {
    uint16_t *items;
    uint32_t len, cap;
  } units = {0};
  for (;;) {
    if (!parse_more(p))
      return fail(p, "Invalid capture group name");
    uint32_t cp = p->units[p->at++];
    if (cp == '>')
      break;
    if (cp == '\\') {
      if (parse_peek(p, 0) != 'u')
        return fail(p, "Invalid capture group name");
      p->at++;
      if (!parse_unicode_escape(p, &cp))
        return fail(p, "Invalid Unicode escape");
    } else if (unicode_is_lead_surrogate(cp) && parse_more(p) && unicode_is_trail_surrogate(p->units[p->at])) {
      cp = unicode_join_surrogates(cp, p->units[p->at++]);
    }
    if (!name_char_ok(cp, units.len == 0))
      return fail(p, "Invalid capture group name");
    bool ok = cp < 0x10000 ? arena_vec_push(p->arena, &units, (uint16_t)cp)
                           : arena_vec_push(p->arena, &units, unicode_lead_of(cp)) &&
                                 arena_vec_push(p->arena, &units, unicode_trail_of(cp));
    if (!ok)
      return fail_memory(p);
  }
  if (!units.len)
    return fail(p, "Invalid capture group name");
  *name = units.items;
  *name_len = units.len;
  return true;
}
