// SPDX-License-Identifier: MIT
/*
 * The matcher's loop and search for one unit width: included twice by exec.c, which defines UNIT, WIDE and NAME.
 * No include guard for that reason.
 */

/* The code point at pos (< len) and its width in units. */
static inline uint32_t NAME(next_code_point)(const UNIT *text, uint32_t pos, uint32_t len, uint32_t *width)
{
  uint32_t c = text[pos];
  *width = 1;
#if WIDE
  if (unicode_is_lead_surrogate(c) && pos + 1 < len && unicode_is_trail_surrogate(text[pos + 1])) {
    *width = 2;
    return unicode_join_surrogates(c, text[pos + 1]);
  }
#endif
  return c;
}

/* The code point that ends at pos (> 0). */
static inline uint32_t NAME(previous_code_point)(const UNIT *text, uint32_t pos, uint32_t *width)
{
  uint32_t c = text[pos - 1];
  *width = 1;
#if WIDE
  if (unicode_is_trail_surrogate(c) && pos > 1 && unicode_is_lead_surrogate(text[pos - 2])) {
    *width = 2;
    return unicode_join_surrogates(text[pos - 2], c);
  }
#endif
  return c;
}

/* The position behind up to max members of the set from pos on; *count says how many. */
static uint32_t NAME(skip_set)(const RegexpProgram *program, const RegexpSet *set, const UNIT *text, uint32_t pos,
                               uint32_t len, uint32_t max, uint32_t *count)
{
  uint32_t start = pos, end = len - pos < max ? len : pos + max;
  if (set->everything)
    pos = end;
#if WIDE
  else
    while (pos < end && set_has(program, set, text[pos]))
      pos++;
#else
  while (pos < end && bit_has(set->latin1, text[pos]))
    pos++;
#endif
  *count = pos - start;
  return pos;
}

static uint32_t NAME(skip_set_u)(const RegexpProgram *program, const RegexpSet *set, const UNIT *text, uint32_t pos,
                                 uint32_t len, uint32_t max, uint32_t *count)
{
#if WIDE
  uint32_t width;
  for (*count = 0; *count < max && pos < len; ++*count, pos += width)
    if (!set_has(program, set, NAME(next_code_point)(text, pos, len, &width)))
      break;
  return pos;
#else
  return NAME(skip_set)(program, set, text, pos, len, max, count);
#endif
}

/* Compares what a group matched (units [from, to)) with the text at pos; the new position, or UINT32_MAX. */
static uint32_t NAME(match_backref)(const UNIT *text, uint32_t len, uint32_t pos, uint32_t from, uint32_t to,
                                    uint32_t flags)
{
  uint32_t size = to - from, start = pos;
  if (flags & BACKREF_BACKWARD) {
    if (size > pos)
      return UINT32_MAX;
    start = pos - size;
  } else if (size > len - pos) {
    return UINT32_MAX;
  }
  uint32_t after = flags & BACKREF_BACKWARD ? start : start + size;
  if (!memcmp(text + start, text + from, size * sizeof(UNIT)))
    return after;
  if (!(flags & BACKREF_IGNORE_CASE))
    return UINT32_MAX;
  /* No simple case folding changes the number of units: BMP stays BMP, astral stays astral. */
  for (uint32_t k = 0, width = 1; k < size; k += width) {
    uint32_t a = text[from + k], b = text[start + k];
    if (flags & BACKREF_FOLD) {
      uint32_t other_width;
      a = unicode_simple_fold(NAME(next_code_point)(text, from + k, to, &width));
      b = unicode_simple_fold(NAME(next_code_point)(text, start + k, start + size, &other_width));
    } else {
      a = unicode_regexp_upper(a);
      b = unicode_regexp_upper(b);
    }
    if (a != b)
      return UINT32_MAX;
  }
  return after;
}

/* Tries to match with the match beginning at `start`. Registers must all be -1 where they are captures. */
static RegexpResult NAME(run)(Matcher *m, uint32_t start)
{
  static const void *const labels[] = {
#define V(name, operands, what) &&do_##name,
#include "regexp/opcodes.def"
#undef V
  };
  const RegexpProgram *program = m->program;
  const uint32_t *const code = program->code;
  const RegexpSet *const sets = program->sets;
  const UNIT *const text = m->input->text.units;
  const uint32_t len = m->input->text.len;
  int32_t *const reg = m->registers;
  const uint32_t *pc = code;
  Entry *sp = m->stack;
  uint32_t pos = start, width, count;

#define NEXT(n)                                                                                                        \
  do {                                                                                                                 \
    pc += (n) + 1;                                                                                                     \
    goto *labels[*pc];                                                                                                 \
  } while (0)
#define GOTO(t)                                                                                                        \
  do {                                                                                                                 \
    pc = code + (t);                                                                                                   \
    goto *labels[*pc];                                                                                                 \
  } while (0)
#define ROOM(n)                                                                                                        \
  do {                                                                                                                 \
    if (js_unlikely(m->stack_end - sp < (n)) && !(sp = grow_stack(m, sp)))                                             \
      return m->failure;                                                                                               \
  } while (0)
#define PUSH(x, y)                                                                                                     \
  do {                                                                                                                 \
    ROOM(1);                                                                                                           \
    *sp++ = (Entry){(int32_t)(x), (int32_t)(y)};                                                                       \
  } while (0)
#define PUSH_TWO(x, y, z, w)                                                                                           \
  do {                                                                                                                 \
    ROOM(2);                                                                                                           \
    sp[0] = (Entry){(int32_t)(x), (int32_t)(y)};                                                                       \
    sp[1] = (Entry){(int32_t)(z), (int32_t)(w)};                                                                       \
    sp += 2;                                                                                                           \
  } while (0)
#define SET_REGISTER(r, value)                                                                                         \
  do {                                                                                                                 \
    uint32_t r_ = (r);                                                                                                 \
    if (sp != m->stack)                                                                                                \
      PUSH(~r_, reg[r_]);                                                                                              \
    reg[r_] = (int32_t)(value);                                                                                        \
  } while (0)

  goto *labels[*pc];

fail:
do_FAIL:
  if (js_unlikely(--m->steps == 0) && !poll_interrupt(m))
    return m->failure;
  for (;;) {
    if (sp == m->stack)
      return REGEXP_NO_MATCH;
    sp--;
    if (sp->a >= 0)
      break;
    reg[~sp->a] = sp->b;
  }
  pos = (uint32_t)sp->b;
  GOTO(sp->a);

do_MATCH:
  reg[0] = (int32_t)start;
  reg[1] = (int32_t)pos;
  return REGEXP_MATCH;

do_CHAR:
  if (pos >= len || text[pos] != pc[1])
    goto fail;
  pos++;
  NEXT(1);
do_CHAR_B:
  if (pos == 0 || text[pos - 1] != pc[1])
    goto fail;
  pos--;
  NEXT(1);

do_STRING : {
  uint32_t n = pc[1];
  if (n > len - pos)
    goto fail;
  const uint16_t *units = (const uint16_t *)(pc + 3);
  for (uint32_t k = 0; k < n; k++)
    if (text[pos + k] != units[k])
      goto fail;
  pos += n;
  NEXT(2 + pc[2]);
}
do_STRING_B : {
  uint32_t n = pc[1];
  if (n > pos)
    goto fail;
  const uint16_t *units = (const uint16_t *)(pc + 3);
  for (uint32_t k = 0; k < n; k++)
    if (text[pos - n + k] != units[k])
      goto fail;
  pos -= n;
  NEXT(2 + pc[2]);
}

do_SET:
  if (pos >= len || !set_has(program, &sets[pc[1]], text[pos]))
    goto fail;
  pos++;
  NEXT(1);
do_SET_B:
  if (pos == 0 || !set_has(program, &sets[pc[1]], text[pos - 1]))
    goto fail;
  pos--;
  NEXT(1);
do_SET_U:
  if (pos >= len || !set_has(program, &sets[pc[1]], NAME(next_code_point)(text, pos, len, &width)))
    goto fail;
  pos += width;
  NEXT(1);
do_SET_U_B:
  if (pos == 0 || !set_has(program, &sets[pc[1]], NAME(previous_code_point)(text, pos, &width)))
    goto fail;
  pos -= width;
  NEXT(1);

do_JUMP:
  GOTO(pc[1]);
do_PUSH:
  PUSH(pc[1], pos);
  NEXT(1);
do_IF_CHAR:
  if (pos >= len || text[pos] != pc[1])
    GOTO(pc[2]);
  NEXT(2);
do_IF_SET:
  if (pos >= len || !set_has(program, &sets[pc[1]], text[pos]))
    GOTO(pc[2]);
  NEXT(2);
do_IF_SET_U:
  if (pos >= len || !set_has(program, &sets[pc[1]], NAME(next_code_point)(text, pos, len, &width)))
    GOTO(pc[2]);
  NEXT(2);

do_SAVE:
  SET_REGISTER(pc[1], pos);
  NEXT(1);
do_RESET:
  for (uint32_t r = pc[1]; r < pc[2]; r++)
    if (reg[r] >= 0)
      SET_REGISTER(r, -1);
  NEXT(2);
do_CHECK_ADVANCED:
  if (reg[pc[1]] == (int32_t)pos)
    goto fail;
  NEXT(1);

do_COUNT_INIT:
  SET_REGISTER(pc[1], 0);
  NEXT(1);
do_COUNT_LOOP : {
  uint32_t done = (uint32_t)reg[pc[1]], flags = pc[6], guard = pc[5];
  if (done < pc[2])
    NEXT(6);
  if (done >= pc[3])
    GOTO(pc[4]);
  if (guard != REGEXP_NONE) {
    if (pos >= len)
      GOTO(pc[4]);
    uint32_t c = flags & COUNT_GUARD_U ? NAME(next_code_point)(text, pos, len, &width) : text[pos];
    if (!set_has(program, &sets[guard], c))
      GOTO(pc[4]);
  }
  if (flags & COUNT_DETERMINED)
    NEXT(6);
  if (flags & COUNT_LAZY) {
    PUSH(pc + 7 - code, pos);
    GOTO(pc[4]);
  }
  PUSH(pc[4], pos);
  NEXT(6);
}
do_COUNT_ENTER : {
  int32_t done = reg[pc[1]];
  /* An unbounded loop that has met its minimum need not count on; 2^31 iterations cannot overflow either way. */
  SET_REGISTER(pc[1], done < INT32_MAX ? done + 1 : done);
  NEXT(1);
}
do_CHECK_COUNT:
  if (reg[pc[1]] == (int32_t)pos) {
    if ((uint32_t)reg[pc[2]] > pc[3])
      goto fail;
    /* FAST: what is still required would match empty in the same way, and no capture can tell. */
    if (pc[4])
      SET_REGISTER(pc[2], pc[3]);
    else if (js_unlikely(--m->steps == 0) && !poll_interrupt(m))
      return m->failure;
  }
  NEXT(4);

do_LOOK:
  reg[pc[1]] = (int32_t)(sp - m->stack);
  reg[pc[1] + 1] = (int32_t)pos;
  NEXT(1);
do_LOOK_END : {
  Entry *base = m->stack + reg[pc[1]];
  pos = (uint32_t)reg[pc[1] + 1];
  if (pc[2] && base != m->stack) {
    Entry *kept = base;
    for (const Entry *entry = base; entry < sp; entry++)
      if (entry->a < 0)
        *kept++ = *entry;
    base = kept;
  }
  sp = base;
  NEXT(2);
}
do_NOT_LOOK:
  reg[pc[1]] = (int32_t)(sp - m->stack);
  PUSH(pc[2], pos);
  NEXT(2);
do_NOT_LOOK_END : {
  const Entry *base = m->stack + reg[pc[1]];
  while (sp > base) {
    sp--;
    if (sp->a < 0)
      reg[~sp->a] = sp->b;
  }
  goto fail;
}

do_LINE_START:
  if (pos != 0)
    goto fail;
  NEXT(0);
do_LINE_START_M:
  if (pos != 0 && !is_line_end(text[pos - 1]))
    goto fail;
  NEXT(0);
do_LINE_END:
  if (pos != len)
    goto fail;
  NEXT(0);
do_LINE_END_M:
  if (pos != len && !is_line_end(text[pos]))
    goto fail;
  NEXT(0);
do_WORD_BOUNDARY : {
  bool before = pos > 0 && is_word(text[pos - 1], pc[2]), after = pos < len && is_word(text[pos], pc[2]);
  if ((before == after) != (bool)pc[1])
    goto fail;
  NEXT(2);
}

do_BACKREF:
  for (uint32_t k = 0; k < pc[2]; k++) {
    uint32_t group = pc[3 + k];
    int32_t from = reg[2 * group], to = reg[2 * group + 1];
    if (from < 0 || to < 0)
      continue;
    pos = NAME(match_backref)(text, len, pos, (uint32_t)from, (uint32_t)to, pc[1]);
    if (pos == UINT32_MAX)
      goto fail;
    break;
  }
  NEXT(2 + pc[2]);

/* Greedy loops. Behind pc stands REPEAT_BACK, which reads this instruction's operands at pc - 4. */
#define REPEAT_BODY(skip)                                                                                              \
  do {                                                                                                                 \
    const RegexpSet *set = &sets[pc[1]];                                                                               \
    uint32_t floor = pos, min = pc[2], follow = pc[4];                                                                 \
    if (min) {                                                                                                         \
      floor = skip(program, set, text, pos, len, min, &count);                                                         \
      if (count < min)                                                                                                 \
        goto fail;                                                                                                     \
    }                                                                                                                  \
    pos = skip(program, set, text, floor, len, pc[3] - min, &count);                                                   \
    if (follow != REGEXP_NONE) {                                                                                       \
      while (pos > floor && (pos >= len || text[pos] != follow))                                                       \
        pos--;                                                                                                         \
    }                                                                                                                  \
    if (pos > floor)                                                                                                   \
      PUSH_TWO(floor, 0, pc + 5 - code, pos);                                                                          \
    NEXT(5);                                                                                                           \
  } while (0)
do_REPEAT:
  REPEAT_BODY(NAME(skip_set));
do_REPEAT_U:
  /* Stepping back unit by unit to the follow unit is right here too: it is no surrogate, so it begins a character, and
   * what stands before a character's beginning ends one. */
  REPEAT_BODY(NAME(skip_set_u));
do_REPEAT_BACK : {
  uint32_t floor = (uint32_t)sp[-1].a, follow = pc[-1];
  pos--;
  if (follow != REGEXP_NONE)
    while (pos > floor && text[pos] != follow)
      pos--;
  if (pos > floor)
    *sp++ = (Entry){(int32_t)(pc - code), (int32_t)pos}; /* the place just popped */
  else
    sp--;
  NEXT(0);
}
do_REPEAT_BACK_U : {
  uint32_t floor = (uint32_t)sp[-1].a, follow = pc[-1];
  NAME(previous_code_point)(text, pos, &width);
  pos -= pos - floor < width ? 1 : width;
  if (follow != REGEXP_NONE)
    while (pos > floor && text[pos] != follow)
      pos--;
  if (pos > floor)
    *sp++ = (Entry){(int32_t)(pc - code), (int32_t)pos};
  else
    sp--;
  NEXT(0);
}
do_REPEAT_ALL:
  pos = NAME(skip_set)(program, &sets[pc[1]], text, pos, len, pc[3], &count);
  if (count < pc[2])
    goto fail;
  NEXT(3);
do_REPEAT_ALL_U:
  pos = NAME(skip_set_u)(program, &sets[pc[1]], text, pos, len, pc[3], &count);
  if (count < pc[2])
    goto fail;
  NEXT(3);

/* Lazy loops: `left` more may be taken. With a follow unit, those before which it does not stand are taken at once. */
#define LAZY_SEEK(set, follow, left, next_char)                                                                        \
  do {                                                                                                                 \
    while ((follow) != REGEXP_NONE && (pos >= len || text[pos] != (follow))) {                                         \
      if ((left) == 0 || pos >= len)                                                                                   \
        goto fail;                                                                                                     \
      uint32_t c = next_char;                                                                                          \
      if (!set_has(program, set, c))                                                                                   \
        goto fail;                                                                                                     \
      pos += width;                                                                                                    \
      (left)--;                                                                                                        \
    }                                                                                                                  \
  } while (0)
#define ONE_UNIT  (width = 1, (uint32_t)text[pos])
#define ONE_POINT NAME(next_code_point)(text, pos, len, &width)
#define LAZY_BODY(skip, next_char)                                                                                     \
  do {                                                                                                                 \
    const RegexpSet *set = &sets[pc[1]];                                                                               \
    uint32_t follow = pc[4], left = pc[3] - pc[2];                                                                     \
    pos = skip(program, set, text, pos, len, pc[2], &count);                                                           \
    if (count < pc[2])                                                                                                 \
      goto fail;                                                                                                       \
    LAZY_SEEK(set, follow, left, next_char);                                                                           \
    if (left > 0)                                                                                                      \
      PUSH_TWO(left, 0, pc + 5 - code, pos);                                                                           \
    NEXT(5);                                                                                                           \
  } while (0)
#define LAZY_MORE(next_char)                                                                                           \
  do {                                                                                                                 \
    const RegexpSet *set = &sets[pc[-4]];                                                                              \
    uint32_t follow = pc[-1], left = (uint32_t)sp[-1].a;                                                               \
    sp--;                                                                                                              \
    if (pos >= len || !set_has(program, set, next_char))                                                               \
      goto fail;                                                                                                       \
    pos += width;                                                                                                      \
    left--;                                                                                                            \
    LAZY_SEEK(set, follow, left, next_char);                                                                           \
    if (left > 0)                                                                                                      \
      PUSH_TWO(left, 0, pc - code, pos);                                                                               \
    NEXT(0);                                                                                                           \
  } while (0)
do_REPEAT_LAZY:
  LAZY_BODY(NAME(skip_set), ONE_UNIT);
do_REPEAT_LAZY_U:
  LAZY_BODY(NAME(skip_set_u), ONE_POINT);
do_REPEAT_MORE:
  LAZY_MORE(ONE_UNIT);
do_REPEAT_MORE_U:
  LAZY_MORE(ONE_POINT);

#undef NEXT
#undef GOTO
#undef ROOM
#undef PUSH
#undef PUSH_TWO
#undef SET_REGISTER
#undef REPEAT_BODY
#undef LAZY_SEEK
#undef ONE_UNIT
#undef ONE_POINT
#undef LAZY_BODY
#undef LAZY_MORE
}

/* The next place at or behind pos where the program's literal prefix stands; UINT32_MAX when there is none. */
static uint32_t NAME(find_prefix)(const RegexpProgram *program, const UNIT *text, uint32_t pos, uint32_t len)
{
  uint32_t n = program->prefix_len;
  if (n > len - pos)
    return UINT32_MAX;
#if WIDE
  uint16_t first = program->prefix[0];
  for (uint32_t last = len - n; pos <= last; pos++)
    if (text[pos] == first && !memcmp(text + pos, program->prefix, n * 2))
      return pos;
  return UINT32_MAX;
#else
  if (!program->prefix_is_latin1)
    return UINT32_MAX;
  const UNIT *found =
      n == 1 ? memchr(text + pos, program->prefix8[0], len - pos) : memmem(text + pos, len - pos, program->prefix8, n);
  return found ? (uint32_t)(found - text) : UINT32_MAX;
#endif
}

static inline bool NAME(allowed_at)(const RegexpProgram *program, uint32_t unit, uint32_t place)
{
#if WIDE
  if (unit > 255)
    return program->heads_beyond >> place & 1;
#endif
  return program->heads[unit] >> place & 1;
}

static uint32_t NAME(find_heads)(const RegexpProgram *program, const UNIT *text, uint32_t pos, uint32_t len)
{
  uint32_t count = program->head_count;
  if (count > len - pos)
    return UINT32_MAX;
  for (uint32_t last = len - count; pos <= last; pos++)
    if (NAME(allowed_at)(program, text[pos], 0) && (count < 2 || NAME(allowed_at)(program, text[pos + 1], 1)) &&
        (count < 3 || NAME(allowed_at)(program, text[pos + 2], 2)))
      return pos;
  return UINT32_MAX;
}

/* The next candidate at or behind pos under the program's search strategy; UINT32_MAX when there is none. */
static uint32_t NAME(find_candidate)(const RegexpProgram *program, const UNIT *text, uint32_t pos, uint32_t len,
                                     uint32_t start)
{
  switch ((RegexpSearch)program->search) {
  case SEARCH_EVERYWHERE: return pos;
  case SEARCH_FIRST_ONLY: return pos == 0 ? pos : UINT32_MAX;
  case SEARCH_LINES:
    if (pos == start)
      return pos;
    for (; pos <= len; pos++)
      if (is_line_end(text[pos - 1]))
        return pos;
    return UINT32_MAX;
  case SEARCH_STRING: return NAME(find_prefix)(program, text, pos, len);
  case SEARCH_HEADS: return NAME(find_heads)(program, text, pos, len);
  }
  JS_UNREACHABLE();
}

static RegexpResult NAME(search)(Matcher *m)
{
  const RegexpProgram *program = m->program;
  const UNIT *text = m->input->text.units;
  uint32_t len = m->input->text.len, start = m->input->start, pos = start;
#if WIDE
  bool unicode = regexp_is_unicode(program);
  if (unicode && pos > 0 && pos < len && unicode_is_trail_surrogate(text[pos]) &&
      unicode_is_lead_surrogate(text[pos - 1]))
    start = --pos;
#endif
  memset(m->registers, 0xFF, program->register_count * sizeof(int32_t));
  for (;; pos++) {
    if (!m->input->sticky) {
      pos = NAME(find_candidate)(program, text, pos, len, start);
      if (pos == UINT32_MAX)
        return REGEXP_NO_MATCH;
#if WIDE
      if (unicode && pos > start && pos < len && unicode_is_trail_surrogate(text[pos]) &&
          unicode_is_lead_surrogate(text[pos - 1]))
        continue; /* amid a pair */
#endif
    }
    if (program->min_width > len - pos)
      return REGEXP_NO_MATCH;
    RegexpResult result = NAME(run)(m, pos);
    if (result != REGEXP_NO_MATCH || m->input->sticky || pos >= len)
      return result;
    /* Without choice points registers were written without a way back. */
    memset(m->registers, 0xFF, 2 * program->group_count * sizeof(int32_t));
  }
}
