// SPDX-License-Identifier: MIT
/* Unicode locale identifiers: see locale_tag.h. */
#include "unicode/locale_tag.h"

#include <string.h>

static bool is_alpha(char c)
{
  return (unsigned char)((c | 0x20) - 'a') < 26;
}
static bool is_digit(char c)
{
  return (unsigned char)(c - '0') < 10;
}
static bool is_alnum(char c)
{
  return is_alpha(c) || is_digit(c);
}
static char to_lower(char c)
{
  return (unsigned char)(c - 'A') < 26 ? (char)(c + 32) : c;
}
static char to_upper(char c)
{
  return (unsigned char)(c - 'a') < 26 ? (char)(c - 32) : c;
}
static bool all(const char *text, size_t len, bool (*test)(char))
{
  for (size_t k = 0; k < len; k++)
    if (!test(text[k]))
      return false;
  return true;
}

bool locale_is_language(const char *text, size_t len)
{
  return ((len >= 2 && len <= 3) || (len >= 5 && len <= 8)) && all(text, len, is_alpha);
}
bool locale_is_script(const char *text, size_t len)
{
  return len == 4 && all(text, len, is_alpha);
}
bool locale_is_region(const char *text, size_t len)
{
  return (len == 2 && all(text, len, is_alpha)) || (len == 3 && all(text, len, is_digit));
}
bool locale_is_variant(const char *text, size_t len)
{
  return ((len >= 5 && len <= 8) || (len == 4 && is_digit(text[0]))) && all(text, len, is_alnum);
}

bool locale_is_type(const char *text)
{
  for (;;) {
    size_t len = strcspn(text, "-");
    if (len < 3 || len > 8 || !all(text, len, is_alnum))
      return false;
    if (!text[len])
      return true;
    text += len + 1;
  }
}

/* --- parsing ------------------------------------------------------------------------------------------------------ */

typedef struct Subtags {
  const char *at, *end; /* the rest, behind the current subtag */
  const char *text;     /* the current one; len 0: none is left */
  size_t len;
  bool bad; /* an empty subtag, or a foreign character */
} Subtags;

static void next_subtag(Subtags *s)
{
  if (s->at > s->end) {
    s->len = 0;
    return;
  }
  s->text = s->at;
  while (s->at < s->end && *s->at != '-')
    s->at++;
  s->len = (size_t)(s->at - s->text);
  s->at++; /* past the hyphen: beyond the end when there was none */
  if (s->len == 0 || s->len > 8 || !all(s->text, s->len, is_alnum))
    s->bad = true, s->len = 0;
}

/* Room for a text in the pool. NULL: full. */
static char *pool_take(LocaleTag *tag, size_t len)
{
  if (tag->used + len + 1 > sizeof tag->pool)
    return NULL;
  char *text = tag->pool + tag->used;
  tag->used += (uint32_t)len + 1;
  text[len] = 0;
  return text;
}

static const char *pool_add(LocaleTag *tag, const char *text, size_t len)
{
  char *copy = pool_take(tag, len);
  if (copy)
    memcpy(copy, text, len);
  return copy;
}

static void copy_cased(char *out, const char *text, size_t len, char (*map)(char))
{
  for (size_t k = 0; k < len; k++)
    out[k] = map(text[k]);
  out[len] = 0;
}

static bool add_variant(LocaleTag *tag, const char *text, size_t len)
{
  char variant[9];
  copy_cased(variant, text, len, to_lower);
  for (uint32_t k = 0; k < tag->variant_count; k++)
    if (!strcmp(tag->variants[k], variant))
      return false;
  if (tag->variant_count == LOCALE_VARIANTS_MAX)
    return false;
  memcpy(tag->variants[tag->variant_count++], variant, len + 1);
  return true;
}

/* unicode_language_id; the current subtag is its first one. */
static bool parse_language_id(LocaleTag *tag, Subtags *s)
{
  if (!locale_is_language(s->text, s->len))
    return false;
  copy_cased(tag->language, s->text, s->len, to_lower);
  next_subtag(s);
  if (locale_is_script(s->text, s->len)) {
    copy_cased(tag->script, s->text, s->len, to_lower);
    tag->script[0] = to_upper(tag->script[0]);
    next_subtag(s);
  }
  if (locale_is_region(s->text, s->len)) {
    copy_cased(tag->region, s->text, s->len, to_upper);
    next_subtag(s);
  }
  for (; s->len && locale_is_variant(s->text, s->len); next_subtag(s))
    if (!add_variant(tag, s->text, s->len))
      return false;
  return !s->bad;
}

/* Subtags of min to 8 characters joined in lower case; "" when the current one is none. */
static const char *parse_value(LocaleTag *tag, Subtags *s, size_t min)
{
  const char *from = s->text;
  size_t len = 0;
  for (; s->len >= min && s->len; next_subtag(s))
    len = (size_t)(s->text + s->len - from);
  char *value = pool_take(tag, len);
  if (value)
    copy_cased(value, from, len, to_lower);
  return value;
}

/* Inserts by key; the first of a key stays. */
static bool insert_keyword(LocaleKeyword *list, uint8_t *count, const char key[2], const char *value)
{
  uint32_t at = 0;
  while (at < *count && strncmp(list[at].key, key, 2) < 0)
    at++;
  if (at < *count && !strncmp(list[at].key, key, 2))
    return true;
  if (*count == LOCALE_KEYWORDS_MAX)
    return false;
  memmove(&list[at + 1], &list[at], (*count - at) * sizeof *list);
  list[at] = (LocaleKeyword){{key[0], key[1], 0}, value};
  ++*count;
  return true;
}

static bool parse_unicode_extension(LocaleTag *tag, Subtags *s)
{
  if (s->len < 2)
    return false;
  for (; s->len >= 3; next_subtag(s)) {
    if (tag->attribute_count == LOCALE_KEYWORDS_MAX)
      return false;
    char *copy = pool_take(tag, s->len);
    if (!copy)
      return false;
    copy_cased(copy, s->text, s->len, to_lower);
    uint32_t at = tag->attribute_count;
    while (at && strcmp(tag->attributes[at - 1], copy) > 0)
      at--;
    if (at && !strcmp(tag->attributes[at - 1], copy))
      continue;
    memmove(&tag->attributes[at + 1], &tag->attributes[at], (tag->attribute_count - at) * sizeof(char *));
    tag->attributes[at] = copy;
    tag->attribute_count++;
  }
  while (s->len == 2) {
    char key[2] = {to_lower(s->text[0]), to_lower(s->text[1])};
    if (!is_alpha(key[1]))
      return false;
    next_subtag(s);
    const char *value = parse_value(tag, s, 3);
    if (!value || !insert_keyword(tag->keywords, &tag->keyword_count, key, value))
      return false;
  }
  return true;
}

static bool is_field_key(const Subtags *s)
{
  return s->len == 2 && is_alpha(s->text[0]) && is_digit(s->text[1]);
}

static bool parse_transformed_extension(LocaleTag *tag, Subtags *s)
{
  tag->has_transform = true;
  tag->transform = "";
  if (s->len < 2)
    return false;
  if (!is_field_key(s)) {
    const char *from = s->text;
    LocaleTag source;
    memset(&source, 0, offsetof(LocaleTag, pool));
    if (!parse_language_id(&source, s))
      return false;
    /* behind the current subtag's hyphen, or at the end */
    const char *to = s->len ? s->text - 1 : s->end;
    tag->transform = pool_add(tag, from, (size_t)(to - from));
    if (!tag->transform)
      return false;
  }
  while (is_field_key(s)) {
    char key[2] = {to_lower(s->text[0]), s->text[1]};
    next_subtag(s);
    const char *value = parse_value(tag, s, 3);
    if (!value || !*value)
      return false;
    for (uint32_t k = 0; k < tag->field_count; k++)
      if (!strncmp(tag->fields[k].key, key, 2))
        return false;
    if (!insert_keyword(tag->fields, &tag->field_count, key, value))
      return false;
  }
  return true;
}

bool locale_tag_parse(LocaleTag *tag, const char *text, size_t len)
{
  memset(tag, 0, offsetof(LocaleTag, pool));
  if (len > LOCALE_TAG_MAX)
    return false;
  Subtags s = {text, text + len, text, 0, false};
  next_subtag(&s);
  if (!s.len || !parse_language_id(tag, &s))
    return false;
  bool seen[128] = {false};
  while (s.len == 1) {
    char singleton = to_lower(s.text[0]);
    if (seen[(unsigned char)singleton])
      return false;
    seen[(unsigned char)singleton] = true;
    next_subtag(&s);
    if (singleton == 'x') {
      tag->private_use = parse_value(tag, &s, 1);
      return tag->private_use && *tag->private_use && !s.len && !s.bad;
    }
    if (singleton == 'u' || singleton == 't') {
      if (!(singleton == 'u' ? parse_unicode_extension(tag, &s) : parse_transformed_extension(tag, &s)) || s.bad)
        return false;
      continue;
    }
    const char *body = parse_value(tag, &s, 2);
    if (!body || !*body)
      return false;
    uint32_t at = tag->other_count;
    while (at && tag->others[at - 1].singleton > singleton)
      at--;
    memmove(&tag->others[at + 1], &tag->others[at], (tag->other_count - at) * sizeof tag->others[0]);
    tag->others[at].singleton = singleton;
    tag->others[at].body = body;
    tag->other_count++;
  }
  return !s.len && !s.bad;
}

/* --- canonical form ----------------------------------------------------------------------------------------------- */

/* The supplemental alias of a kind ("language", "territory" ...), as ASCII; false: none. */
static bool find_alias(const Icu *icu, const IcuResource *aliases, const char *kind, const char *name, char out[64])
{
  IcuError error = 0;
  IcuResource *table = icu->ures_getByKey(aliases, kind, NULL, &error);
  IcuResource *row = error > 0 ? NULL : icu->ures_getByKey(table, name, NULL, &error);
  int32_t len = 0;
  const uint16_t *text = error > 0 ? NULL : icu->ures_getStringByKey(row, "replacement", &len, &error);
  bool found = error <= 0 && text && len < 64;
  for (int32_t k = 0; found && k < len; k++)
    out[k] = (char)text[k];
  if (found)
    out[len] = 0;
  if (row)
    icu->ures_close(row);
  if (table)
    icu->ures_close(table);
  return found;
}

/* Puts a replacement ("sr_Latn", "und_AX", "zh") into the tag: fields it has fill those that are empty. */
static void merge_language(LocaleTag *tag, const char *replacement)
{
  Subtags s = {replacement, replacement + strlen(replacement), replacement, 0, false};
  char text[64];
  size_t len = strlen(replacement);
  for (size_t k = 0; k <= len; k++)
    text[k] = replacement[k] == '_' ? '-' : replacement[k];
  s = (Subtags){text, text + len, text, 0, false};
  next_subtag(&s);
  if (!(s.len == 3 && !memcmp(s.text, "und", 3)))
    copy_cased(tag->language, s.text, s.len, to_lower);
  for (next_subtag(&s); s.len; next_subtag(&s)) {
    if (locale_is_script(s.text, s.len)) {
      if (!tag->script[0])
        memcpy(tag->script, s.text, 4);
    } else if (locale_is_region(s.text, s.len)) {
      if (!tag->region[0])
        copy_cased(tag->region, s.text, s.len, to_upper);
    } else if (locale_is_variant(s.text, s.len)) {
      add_variant(tag, s.text, s.len);
    }
  }
}

static void remove_variant(LocaleTag *tag, uint32_t at)
{
  memmove(tag->variants[at], tag->variants[at + 1], (tag->variant_count - at - 1) * sizeof tag->variants[0]);
  tag->variant_count--;
}

static void join3(char out[64], const char *a, const char *b, const char *c)
{
  size_t n = 0;
  const char *parts[3] = {a, b, c};
  for (int k = 0; k < 3; k++) {
    size_t len = strlen(parts[k]);
    if (!len)
      continue;
    if (n)
      out[n++] = '_';
    memcpy(out + n, parts[k], len);
    n += len;
  }
  out[n] = 0;
}

/* One replacement of the language, with what stands behind it; false: none applies. */
static bool replace_language(const Icu *icu, const IcuResource *aliases, LocaleTag *tag)
{
  char name[64], replacement[64];
  for (uint32_t k = 0; k < tag->variant_count; k++) {
    for (uint32_t n = 0; n < tag->variant_count; n++) {
      join3(name, "und", tag->variants[k], tag->variants[n]);
      if (n != k && find_alias(icu, aliases, "language", name, replacement)) {
        remove_variant(tag, k > n ? k : n);
        remove_variant(tag, k > n ? n : k);
        merge_language(tag, replacement);
        return true;
      }
    }
    for (int with_language = 1; with_language >= 0; with_language--) {
      join3(name, with_language ? tag->language : "und", tag->variants[k], "");
      if (find_alias(icu, aliases, "language", name, replacement)) {
        remove_variant(tag, k);
        merge_language(tag, replacement);
        return true;
      }
    }
  }
  if (tag->region[0]) {
    join3(name, tag->language, tag->region, "");
    if (find_alias(icu, aliases, "language", name, replacement)) {
      tag->region[0] = 0;
      merge_language(tag, replacement);
      return true;
    }
  }
  if (!find_alias(icu, aliases, "language", tag->language, replacement) || !strcmp(replacement, tag->language))
    return false;
  merge_language(tag, replacement);
  return true;
}

/* A region with several successors: the one where the language is at home, or the first. */
static void replace_region(const Icu *icu, const IcuResource *aliases, LocaleTag *tag)
{
  char replacement[64];
  if (!find_alias(icu, aliases, "territory", tag->region, replacement))
    return;
  char *space = strchr(replacement, ' ');
  if (space) {
    char name[64], likely[LOCALE_ICU_MAX];
    join3(name, tag->language, tag->script, "");
    IcuError error = 0;
    icu->uloc_addLikelySubtags(name, likely, LOCALE_ICU_MAX, &error);
    char *region = error > 0 ? NULL : strrchr(likely, '_');
    for (char *at = replacement; region && at; at = strchr(at, ' ')) {
      at += *at == ' ';
      size_t len = strcspn(at, " ");
      if (strlen(region + 1) == len && !memcmp(region + 1, at, len)) {
        memcpy(tag->region, at, len);
        tag->region[len] = 0;
        return;
      }
    }
    *space = 0;
  }
  if (strlen(replacement) < sizeof tag->region)
    memcpy(tag->region, replacement, strlen(replacement) + 1);
}

static void sort_variants(LocaleTag *tag)
{
  for (uint32_t k = 1; k < tag->variant_count; k++) {
    char held[9];
    memcpy(held, tag->variants[k], 9);
    uint32_t at = k;
    for (; at && strcmp(tag->variants[at - 1], held) > 0; at--)
      memcpy(tag->variants[at], tag->variants[at - 1], 9);
    memcpy(tag->variants[at], held, 9);
  }
}

static void canonicalize_language_id(const Icu *icu, const IcuResource *aliases, LocaleTag *tag)
{
  sort_variants(tag);
  for (int rounds = 0; rounds < 8 && replace_language(icu, aliases, tag); rounds++)
    ;
  char replacement[64];
  if (tag->script[0] && find_alias(icu, aliases, "script", tag->script, replacement) && strlen(replacement) == 4)
    memcpy(tag->script, replacement, 5);
  if (tag->region[0])
    replace_region(icu, aliases, tag);
  for (uint32_t k = 0; k < tag->variant_count; k++)
    if (find_alias(icu, aliases, "variant", tag->variants[k], replacement) && strlen(replacement) <= 8)
      memcpy(tag->variants[k], replacement, strlen(replacement) + 1);
  sort_variants(tag);
}

static const char *lower_in_pool(LocaleTag *tag, const char *text)
{
  size_t len = strlen(text);
  char *copy = pool_take(tag, len);
  if (copy)
    copy_cased(copy, text, len, to_lower);
  return copy ? copy : text;
}

const char *locale_canonical_type(const Icu *icu, const char *key, const char *value)
{
  if (!*value)
    return value;
  const char *known = icu->uloc_toUnicodeLocaleType(key, value);
  return known && locale_is_type(known) ? known : value;
}

static bool is_boolean_key(const char *key)
{
  static const char keys[][3] = {"kb", "kc", "kh", "kk", "kn"};
  for (size_t k = 0; k < JS_COUNTOF(keys); k++)
    if (!strcmp(keys[k], key))
      return true;
  return false;
}

/* A subdivision or region override: "no23" -> "no50", and a subdivision that became a region, "frcp" -> "cpzzzz". */
static const char *canonical_subdivision(const Icu *icu, const IcuResource *aliases, LocaleTag *tag, const char *value)
{
  char replacement[64];
  if (!find_alias(icu, aliases, "subdivision", value, replacement))
    return value;
  replacement[strcspn(replacement, " ")] = 0;
  if (strlen(replacement) == 2)
    strncat(replacement, "zzzz", sizeof replacement - 3);
  const char *copy = lower_in_pool(tag, replacement);
  return locale_is_type(copy) ? copy : value;
}

static void canonicalize_transform(const Icu *icu, const IcuResource *aliases, LocaleTag *tag)
{
  if (*tag->transform) {
    LocaleTag source;
    char text[LOCALE_TAG_MAX + 1];
    if (locale_tag_parse(&source, tag->transform, strlen(tag->transform))) {
      canonicalize_language_id(icu, aliases, &source);
      if (locale_tag_write_base(&source, text))
        tag->transform = lower_in_pool(tag, text);
    }
  }
  for (uint32_t k = 0; k < tag->field_count; k++)
    tag->fields[k].value = locale_canonical_type(icu, tag->fields[k].key, tag->fields[k].value);
}

void locale_tag_canonicalize(const Icu *icu, LocaleTag *tag)
{
  IcuError error = 0;
  IcuResource *metadata = icu->ures_openDirect(NULL, "metadata", &error);
  IcuResource *aliases = error > 0 ? NULL : icu->ures_getByKey(metadata, "alias", NULL, &error);
  if (error <= 0) {
    canonicalize_language_id(icu, aliases, tag);
    if (tag->has_transform)
      canonicalize_transform(icu, aliases, tag);
    for (uint32_t k = 0; k < tag->keyword_count; k++) {
      LocaleKeyword *keyword = &tag->keywords[k];
      if (!strcmp(keyword->key, "rg") || !strcmp(keyword->key, "sd"))
        keyword->value = canonical_subdivision(icu, aliases, tag, keyword->value);
      else if (is_boolean_key(keyword->key) && !strcmp(keyword->value, "yes"))
        keyword->value = "";
      else
        keyword->value = locale_canonical_type(icu, keyword->key, keyword->value);
      if (!strcmp(keyword->value, "true"))
        keyword->value = "";
    }
  }
  if (aliases)
    icu->ures_close(aliases);
  if (metadata)
    icu->ures_close(metadata);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

typedef struct Writer {
  char *out;
  size_t len;
  bool full;
} Writer;

static void put(Writer *w, const char *text)
{
  size_t len = strlen(text);
  if (!len)
    return;
  if (w->len + len + 1 > LOCALE_TAG_MAX) {
    w->full = true;
    return;
  }
  if (w->len)
    w->out[w->len++] = '-';
  memcpy(w->out + w->len, text, len);
  w->len += len;
}

static void put_base(Writer *w, const LocaleTag *tag)
{
  put(w, tag->language);
  put(w, tag->script);
  put(w, tag->region);
  for (uint32_t k = 0; k < tag->variant_count; k++)
    put(w, tag->variants[k]);
}

static void put_keywords(Writer *w, const LocaleKeyword *list, uint32_t count)
{
  for (uint32_t k = 0; k < count; k++) {
    put(w, list[k].key);
    put(w, list[k].value);
  }
}

static size_t finish(Writer *w)
{
  w->out[w->full ? 0 : w->len] = 0;
  return w->full ? 0 : w->len;
}

size_t locale_tag_write_base(const LocaleTag *tag, char out[LOCALE_TAG_MAX + 1])
{
  Writer w = {out, 0, false};
  put_base(&w, tag);
  return finish(&w);
}

size_t locale_tag_write(const LocaleTag *tag, char out[LOCALE_TAG_MAX + 1])
{
  Writer w = {out, 0, false};
  put_base(&w, tag);
  uint32_t other = 0;
  for (char singleton = '0'; singleton <= 'z'; singleton++) {
    if (singleton == 't' && tag->has_transform) {
      put(&w, "t");
      put(&w, tag->transform);
      put_keywords(&w, tag->fields, tag->field_count);
    } else if (singleton == 'u' && (tag->attribute_count || tag->keyword_count)) {
      put(&w, "u");
      for (uint32_t k = 0; k < tag->attribute_count; k++)
        put(&w, tag->attributes[k]);
      put_keywords(&w, tag->keywords, tag->keyword_count);
    } else if (other < tag->other_count && tag->others[other].singleton == singleton) {
      put(&w, (char[]){singleton, 0});
      put(&w, tag->others[other++].body);
    }
  }
  if (tag->private_use) {
    put(&w, "x");
    put(&w, tag->private_use);
  }
  return finish(&w);
}

const char *locale_tag_keyword(const LocaleTag *tag, const char *key)
{
  for (uint32_t k = 0; k < tag->keyword_count; k++)
    if (!strcmp(tag->keywords[k].key, key))
      return tag->keywords[k].value;
  return NULL;
}

bool locale_tag_set_keyword(LocaleTag *tag, const char *key, const char *value)
{
  for (uint32_t k = 0; k < tag->keyword_count; k++) {
    if (!strcmp(tag->keywords[k].key, key)) {
      memmove(&tag->keywords[k], &tag->keywords[k + 1], (tag->keyword_count - k - 1u) * sizeof tag->keywords[0]);
      tag->keyword_count--;
      break;
    }
  }
  if (!value)
    return true;
  const char *copy = pool_add(tag, value, strlen(value));
  return copy && insert_keyword(tag->keywords, &tag->keyword_count, key, copy);
}

/* --- what ICU has ------------------------------------------------------------------------------------------------- */

bool locale_icu_name(const char *base_tag, char out[LOCALE_ICU_MAX])
{
  size_t len = strlen(base_tag);
  if (len >= LOCALE_ICU_MAX)
    return false;
  for (size_t k = 0; k <= len; k++)
    out[k] = base_tag[k] == '-' ? '_' : base_tag[k];
  return true;
}

/* The list is sorted: it is the keys of a resource table. */
static bool is_listed(const Icu *icu, const char *name)
{
  int32_t low = 0, high = icu->uloc_countAvailable();
  while (low < high) {
    int32_t middle = low + (high - low) / 2, order = strcmp(name, icu->uloc_getAvailable(middle));
    if (order == 0)
      return true;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return false;
}

bool locale_is_available(const Icu *icu, const char *base_tag)
{
  char name[LOCALE_ICU_MAX], likely[LOCALE_ICU_MAX];
  if (!locale_icu_name(base_tag, name))
    return false;
  if (is_listed(icu, name))
    return true;
  /* ICU lists zh_Hant_TW only, though zh_TW finds its data. */
  const char *region = strchr(name, '_');
  if (!region || !locale_is_region(region + 1, strlen(region + 1)))
    return false;
  IcuError error = 0;
  icu->uloc_addLikelySubtags(name, likely, LOCALE_ICU_MAX, &error);
  return error <= 0 && is_listed(icu, likely);
}

void locale_default(const Icu *icu, char out[LOCALE_TAG_MAX + 1])
{
  IcuError error = 0;
  LocaleTag tag;
  int32_t len = icu->uloc_toLanguageTag(icu->uloc_getDefault(), out, LOCALE_TAG_MAX + 1, true, &error);
  bool ok = error <= 0 && len > 0 && locale_tag_parse(&tag, out, (size_t)len);
  if (ok)
    locale_tag_canonicalize(icu, &tag);
  /* HOST: the C locale speaks American English. */
  if (!ok || !locale_tag_write_base(&tag, out) || !strcmp(tag.language, "und"))
    memcpy(out, "en-US", 6);
}
