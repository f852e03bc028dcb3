// SPDX-License-Identifier: MIT
/*
 * Internal to src/regexp: the compiled program, one block of memory.
 *
 *   RegexpProgram | code words | sets | ranges | names | name units
 */
#ifndef REGEXP_PROGRAM_H
#define REGEXP_PROGRAM_H

#include "regexp/regexp.h"
#include "unicode/unicode.h"

typedef enum {
#define V(name, operands, what) OP_##name,
#include "regexp/opcodes.def"
#undef V
  OP_COUNT
} RegexpOp;

#define REGEXP_NONE 0xFFFFFFFFu /* no set, no unit */

enum { COUNT_LAZY = 1, COUNT_DETERMINED = 2, COUNT_GUARD_U = 4 }; /* COUNT_LOOP flags */
enum { BACKREF_IGNORE_CASE = 1, BACKREF_BACKWARD = 2, BACKREF_FOLD = 4 };

typedef struct RegexpSet {
  uint32_t latin1[8];           /* members below 256 */
  uint32_t ranges, range_count; /* the others, in program->ranges */
  bool everything;              /* every unit */
} RegexpSet;

/* How exec finds places where a match may begin. */
typedef enum {
  SEARCH_EVERYWHERE,
  SEARCH_FIRST_ONLY, /* anchored at the input's beginning */
  SEARCH_LINES,      /* at the start and behind each line terminator: ^ with m, or a leading .* */
  SEARCH_STRING,     /* the literal prefix */
  SEARCH_HEADS       /* the first head_count units, each by what `heads` allows there */
} RegexpSearch;

/* Units looked at before the matcher is started: three tell most words apart. */
enum { REGEXP_MAX_HEADS = 3 };
enum { REGEXP_MAX_PREFIX = 24 }; /* units; longer literal beginnings are found by their first units */

struct RegexpProgram {
  size_t size;
  uint32_t flags;
  uint32_t group_count;
  uint32_t register_count; /* captures first, two a group; then loop counters, marks, stack heights */
  uint32_t code_len, set_count, range_count, name_count, name_unit_count;
  uint32_t min_width; /* no match is shorter, units */
  uint8_t search;
  bool prefix_is_latin1;
  uint8_t prefix_len;
  uint16_t prefix[REGEXP_MAX_PREFIX];
  uint8_t prefix8[REGEXP_MAX_PREFIX];
  uint8_t head_count;
  int16_t only_head;    /* the only unit that place 0 may hold, of Latin-1; -1: there are several */
  uint8_t heads_beyond; /* bit n: place n may hold a unit beyond Latin-1 */
  uint8_t heads[256];   /* bit n of heads[unit]: place n may hold the unit */
  const uint32_t *code;
  const RegexpSet *sets;
  const UnicodeRange *ranges;
  const RegexpName *names;
};

static inline bool regexp_is_unicode(const RegexpProgram *program)
{
  return (program->flags & (REGEXP_UNICODE | REGEXP_UNICODE_SETS)) != 0;
}

#endif
