// SPDX-License-Identifier: MIT
/* Time zone identifiers: the system's, and those that options name  ecma402#sec-use-of-iana-time-zone-database */
#include "builtins/intl/intl_state.h"
#include "builtins/intl/time_zone.h"

#include <stdlib.h>

/* An identifier as V8 shows it: all names of Greenwich's own time are UTC. */
static JsString *shown_zone(JsContext *cx, const uint16_t *units, int32_t len)
{
  static const char *const names[] = {"Etc/UTC", "Etc/GMT", "GMT", "UTC", "Etc/UCT", "Etc/Zulu", NULL};
  JsString *zone = string_from_utf16(cx->heap, units, (size_t)len);
  for (int k = 0; names[k]; k++)
    if (string_equals_ascii(cx->heap, zone, names[k]))
      return intl_ascii(cx, "UTC");
  return zone;
}

/* The canonical form of a zone that ICU knows, NULL when it does not (no exception). */
static JsString *canonical_zone(JsContext *cx, const Icu *icu, const uint16_t *units, int32_t len)
{
  uint16_t canonical[128];
  IcuError error = 0;
  int8_t is_system = false;
  int32_t got = icu->ucal_getCanonicalTimeZoneID(units, len, canonical, 128, &is_system, &error);
  return error <= 0 && is_system && got < 128 ? shown_zone(cx, canonical, got) : NULL;
}

JsString *intl_system_zone(JsContext *cx)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  JsIntlState *state = intl_state(cx);
  const char *setting = getenv("TZ");
  JsValue known = slot_get(state->zone), known_setting = slot_get(state->zone_setting);
  if (js_is_cell(known) &&
      (setting ? js_is_cell(known_setting) && string_equals_ascii(cx->heap, js_as_string(known_setting), setting)
               : !js_is_cell(known_setting)))
    return js_as_string(known);
  uint16_t units[128];
  IcuError error = 0;
  int32_t len = icu->ucal_getHostTimeZone(units, 128, &error);
  JsString *zone = error <= 0 && len < 128 ? canonical_zone(cx, icu, units, len) : NULL;
  if (!zone || string_equals_ascii(cx->heap, zone, "Etc/Unknown"))
    zone = intl_ascii(cx, "UTC");
  slot_set(cx->heap, state, &state->zone, js_from_cell(zone));
  slot_set(cx->heap, state, &state->zone_setting, setting ? js_from_cell(intl_ascii(cx, setting)) : JS_UNDEFINED);
  return zone;
}

/* IsTimeZoneOffsetString: +hh, +hhmm, +hh:mm; writes "+hh:mm". */
static bool parse_offset(const char *text, char out[8])
{
  if ((text[0] != '+' && text[0] != '-'))
    return false;
  int digits[4] = {0}, count = 0;
  for (const char *c = text + 1; *c; c++) {
    if (*c == ':' && count == 2 && c[1])
      continue;
    if (*c < '0' || *c > '9' || count == 4)
      return false;
    digits[count++] = *c - '0';
  }
  size_t len = strlen(text);
  bool has_colon = strchr(text, ':');
  if (count != 2 && count != 4)
    return false;
  if (has_colon ? len != 6 : len != (size_t)count + 1)
    return false;
  int hours = digits[0] * 10 + digits[1], minutes = digits[2] * 10 + digits[3];
  if (hours > 23 || minutes > 59)
    return false;
  const char written[] = {hours || minutes ? text[0] : '+',
                          (char)('0' + digits[0]),
                          (char)('0' + digits[1]),
                          ':',
                          (char)('0' + digits[2]),
                          (char)('0' + digits[3]),
                          0};
  memcpy(out, written, sizeof written);
  return true;
}

static bool equal_ignoring_case(const char *a, const char *b)
{
  for (; *a && *b; a++, b++) {
    char c = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a, d = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
    if (c != d)
      return false;
  }
  return *a == *b;
}

/* ICU's spelling of an identifier written in any case; NULL: unknown. */
static JsString *find_zone(JsContext *cx, const Icu *icu, const char *text)
{
  static const char *const refused[] = {"Etc/Unknown", "Factory", NULL};
  enum { ICU_ANY_ZONE = 0 };
  IcuError error = 0;
  IcuEnumeration *list = icu->ucal_openTimeZoneIDEnumeration(ICU_ANY_ZONE, NULL, NULL, &error);
  JsString *found = NULL;
  const char *name;
  while (error <= 0 && !found && (name = icu->uenum_next(list, NULL, &error)))
    if (equal_ignoring_case(name, text) && intl_find_name(refused, name) < 0 && strncmp(name, "SystemV/", 8) != 0)
      found = intl_ascii(cx, name);
  if (list)
    icu->uenum_close(list);
  return found;
}

JsString *intl_named_zone(JsContext *cx, JsString *text)
{
  const Icu *icu = TRY_OR(NULL, intl_icu(cx));
  char *ascii = TRY_OR(NULL, intl_c_string(cx, text))
  , offset[8];
  if (strlen(ascii) == text->length && parse_offset(ascii, offset))
    return intl_ascii(cx, offset);
  JsString *spelled = string_utf8_length(cx->heap, text) == text->length ? find_zone(cx, icu, ascii) : NULL;
  JsString *keep, *zone = NULL;
  if (spelled) {
    const uint16_t *units = TRY_OR(NULL, intl_units(cx, spelled, &keep));
    zone = canonical_zone(cx, icu, units, (int32_t)spelled->length);
    js_keep_alive(js_from_cell(keep));
  }
  if (!zone)
    throw_error(cx, JS_MSG_INTL_INVALID_TIME_ZONE, text);
  return zone;
}

JsString *intl_icu_zone(JsContext *cx, JsString *zone)
{
  uint16_t first = zone->length ? string_unit_at(cx->heap, zone, 0) : 0;
  return first == '+' || first == '-' ? string_concat(cx, intl_ascii(cx, "GMT"), zone) : zone;
}
