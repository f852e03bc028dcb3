// SPDX-License-Identifier: MIT
/*
 * The collector's own structures, shared by the files of this folder only.
 *
 *   chunk   1 MiB, aligned: 16 blocks of 64 KiB; block 0 begins with the descriptors of all 16, so that a small cell
 *           finds its block by masking its address
 *   block   cells of one size and one allocator:   first .. fresh: cells that were allocated at least once (or are in a
 *           free run); fresh .. dirty: leftovers of an earlier use, no cells; dirty .. end: zeros
 *   large   one malloc block: a GcLarge header, then the cell (JsCell.gc has GC_LARGE)
 *
 * A cell is free when its kind is CELL_FREE. In a block in state UNSWEPT an unmarked cell is dead as well; in every
 * other block it is young. Large objects: heap->large[0 .. large_sorted) are old and sorted by address, the rest young.
 */
#ifndef GC_HEAP_PRIVATE_H
#define GC_HEAP_PRIVATE_H

#include "base/clock.h"
#include "base/stack.h"
#include "gc/alloc_inl.h"

#if defined(__SANITIZE_ADDRESS__)
#define GC_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GC_ASAN 1
#endif
#endif
#ifdef GC_ASAN
#include <sanitizer/asan_interface.h>
#define gc_poison(from, size)   __asan_poison_memory_region((from), (size))
#define gc_unpoison(from, size) __asan_unpoison_memory_region((from), (size))
#else
#define gc_poison(from, size)   ((void)(from), (void)(size))
#define gc_unpoison(from, size) ((void)(from), (void)(size))
#endif
/* Functions that look at free (poisoned) cells or at other frames' stack. */
#define GC_UNCHECKED __attribute__((no_sanitize("address")))

/* JsCell.gc, beyond cell.h's: */
enum { GC_LARGE = 4, GC_WAITING = 8 /* for the verifier: on the mark stack */ };

#define GC_BLOCK_BYTES  ((size_t)64 << 10)
#define GC_CHUNK_BYTES  ((size_t)1 << 20)
#define GC_CHUNK_BLOCKS 16
/* Fresh memory is handed out in pieces: a page while the heap is small, then a third of a first-level cache. */
#define GC_SMALL_PIECE ((size_t)4096)
#define GC_PIECE       ((size_t)16 << 10)
/* The heap counts as small up to here, for the choice of pieces. */
#define GC_SMALL_HEAP ((size_t)1 << 20)
#define GC_SCRIBBLE   0xDB
/* Blocks given back to the system in one pause: 4 MiB, about a millisecond. */
#define GC_TRIM_AT_ONCE 64

typedef enum {
  BLOCK_FREE,    /* no cells; dirty tells what must be zeroed before use */
  BLOCK_SWEPT,   /* free cells are in runs and behind fresh */
  BLOCK_UNSWEPT, /* unmarked cells are dead, runs are stale */
} GcBlockState;

typedef struct GcBlock {
  char *base;
  struct GcBlock *next; /* in one of the lists: free, available, unswept */
  uint32_t cell_size;
  uint32_t reciprocal;               /* 2^32 / cell_size rounded up: exact for offsets below 64 KiB */
  uint32_t count;                    /* cells that fit */
  uint32_t live;                     /* marked cells */
  uint32_t first, fresh, end, dirty; /* offsets from base */
  uint32_t runs;                     /* offset of the first free run, GC_NO_RUN: none */
  uint8_t state;                     /* GcBlockState */
  uint8_t has_young;                 /* allocated into since the last collection */
  uint8_t allocator;
  uint8_t pad;
  uint64_t pad2;
} GcBlock;
_Static_assert(sizeof(GcBlock) == 64, "descriptors of a chunk fit its head");

typedef struct GcChunk {
  GcBlock block[GC_CHUNK_BLOCKS];
  uint32_t index;       /* in heap->chunks */
  uint32_t blocks_used; /* not BLOCK_FREE */
} GcChunk;
#define GC_CHUNK_HEAD ((uint32_t)((sizeof(GcChunk) + 63) & ~(size_t)63))

/* Not 0: that is where the first cell of most blocks is. */
#define GC_NO_RUN UINT32_MAX

/* In the first cell of a free run (16 bytes: the smallest cell). */
typedef struct GcRun {
  JsCell cell;   /* CELL_FREE; word = bytes of the run */
  uint64_t next; /* offset of the next run in the block, GC_NO_RUN: none */
} GcRun;

typedef struct GcLarge {
  size_t size; /* of the cell */
  union {
    uint64_t *cards;           /* a bit for each word of the cell, written to since it became old; NULL: never was */
    struct GcLarge *next_dead; /* on heap->large_dead */
  };
  bool listed; /* in the remembered set for its cards */
  uint8_t pad[15];
} GcLarge;
/* Bytes of the cell that a word of cards speaks of. */
#define GC_CARD_WORD_SPAN (64 * sizeof(JsSlot))
JS_INLINE size_t gc_card_bytes(const GcLarge *large)
{
  return (large->size / GC_CARD_WORD_SPAN + 1) * sizeof(uint64_t);
}

/* A large cell that is being marked piece by piece. */
typedef struct GcPartial {
  JsCell *cell;
  size_t offset; /* of what comes next */
} GcPartial;
/* Bytes of a large cell that a slice traces at a time. */
#define GC_PARTIAL_BYTES ((size_t)64 << 10)

typedef struct GcAllocator {
  GcBlock *block;     /* being allocated from */
  char *limit;        /* end of the memory in hand; window.end is before it in single-step mode */
  GcBlock *available; /* swept blocks with free cells */
  GcBlock *unswept;
} GcAllocator;

/* Cells between gc_trace_cell and the mark test, so that the prefetch has time to arrive. */
#define GC_PREFETCH_RING 16

typedef enum { TRACE_MARK, TRACE_VISIT, TRACE_VERIFY_EDGES, TRACE_VERIFY_BARRIER, TRACE_VERIFY_SLICE } GcTraceMode;
struct JsTracer {
  JsHeap *heap;
  GcTraceMode mode;
  bool overflow; /* a marked cell could not be pushed: its fields must be found by a walk of the heap */
  JsCell **stack;
  size_t depth, capacity;
  const char *range_from, *range_to; /* the part of the cell being traced that is wanted; NULL: all of it */
  bool clipped;                      /* the cell has more than the part */
  bool in_slices;                    /* large cells are traced in parts */
  GcPartial *partial;
  size_t partial_count, partial_capacity;
  JsCell *ring[GC_PREFETCH_RING];
  uint32_t references; /* that passed the ring, modulo 2^32: the next place in it, and a measure of work */
  size_t marked_cells, marked_bytes; /* of this collection */
  JsCell *owner;                     /* cell being traced, for verification */
  const char *source;                /* root source being traced, for verification and visits */
  GcVisitFn visit;                   /* TRACE_VISIT */
  void *visit_opaque;
};

/* Last collections, for the fatal report. */
#define GC_HISTORY_LINES 4
#define GC_HISTORY_WIDTH 256

/* Of a collection by slices: incremental.c. */
typedef enum { GC_IDLE, GC_CLEARING, GC_MARKING } GcPhase;

typedef enum { GC_MINOR, GC_MAJOR } GcCollectionKind;

/* Where the processor time of a pause goes, for --trace-gc. */
typedef enum {
#define PART(name, title) GC_PART_##name,
#include "gc/parts.def"
#undef PART
  GC_PARTS,
} GcPart;

struct JsHeap {
  GcHeapFront front;
  GcAllocator allocator[GC_ALLOCATORS];
  GcChunk **chunks;
  uint32_t chunk_count, chunk_capacity;
  uint32_t *chunk_hash; /* chunk number + 1 by hashed address, 0: empty */
  uint32_t chunk_hash_mask;
  uintptr_t lowest, highest; /* of all cells ever: quick rejection in the conservative scan */
  GcBlock *free_blocks;
  uint32_t free_count;

  GcLarge **large;
  size_t large_count, large_sorted, large_capacity;
  GcLarge *large_dead; /* swept, not given back yet */

  JsCell **remembered;
  size_t remembered_count, remembered_capacity;
  bool remember_overflow; /* the set is incomplete: the next collection must be major */

  bool collecting;
  bool major;       /* kind of the collection in progress */
  bool single_step; /* windows of one cell: stress, ASan */
  bool refused;     /* the heap limit refused the last request */
  bool pressure;    /* external memory asks for a collection: windows are closed */

  size_t old_bytes;     /* marked cells */
  size_t young_bytes;   /* handed out to windows or as large objects since the last collection */
  size_t pending_bytes; /* of the allocation that triggers a collection */
  size_t external_bytes, external_young;
  size_t passed_over; /* free bytes in blocks that are not allocated into until the next collection */
  size_t committed_bytes;
  size_t nursery_bytes, major_threshold, external_threshold;
  uint64_t pause_cpu_ns;    /* processor time of the last pause */
  double minor_ns_per_byte; /* the same of minor collections, for a byte of the nursery; falls slowly */
  GcPhase phase;
  bool cycle_major;
  uint32_t roots_slice;    /* the slice that scanned the roots last */
  uint32_t cycle_attempts; /* how often marking seemed to be done */
  uint32_t clear_chunk;    /* the next one whose marks are cleared */
  size_t slice_due;        /* young_bytes at which the next slice runs */
  size_t cycle_old_bytes;  /* old_bytes when the cycle began */
  uint64_t cycle_begin_ns; /* its start, */
  uint64_t cycle_slice_ns; /* the time its slices took, */
  uint32_t cycle_slices;   /* and their number */
  uint64_t idle_allocated; /* allocated_bytes_total at the last idle collection */
  uint32_t near_limit;     /* major collections in a row that left the heap nearly full */
  uint32_t stress_count, stress_collections;

  JsTracer tracer;
  StackBounds stack;
  JsRootSource *root_sources;
  JsRoot *roots;
  JsWeakSource *weak_sources, *settled_sources;
  JsHeapOptions options;
  MemAccount *account;
  JsOutOfMemoryFn out_of_memory;
  void *out_of_memory_opaque;
  JsNearHeapLimitFn near_heap_limit;
  void *near_heap_limit_opaque;
  GcObserverFn observer; /* NULL: nobody */
  void *observer_opaque;

  Clock clock;
  uint64_t part_at;           /* processor time when the current part of the pause began */
  uint64_t part_ns[GC_PARTS]; /* of the last pause, if options.trace */
  uint64_t started_ns, last_end_ns;
  uint64_t minor_count, major_count, pause_ns_total, pause_ns_max, allocated_bytes_total;
  double average_mutator;
  char history[GC_HISTORY_LINES][GC_HISTORY_WIDTH];
  uint32_t history_count;
};

JS_INLINE GcChunk *gc_chunk_of(const void *small_cell)
{
  return (GcChunk *)((uintptr_t)small_cell & ~(uintptr_t)(GC_CHUNK_BYTES - 1));
}
JS_INLINE GcBlock *gc_block_of(const void *small_cell)
{
  return &gc_chunk_of(small_cell)->block[((uintptr_t)small_cell >> 16) & (GC_CHUNK_BLOCKS - 1)];
}
JS_INLINE GcLarge *gc_large_of(const void *large_cell)
{
  return (GcLarge *)large_cell - 1;
}
JS_INLINE JsCell *gc_large_cell(GcLarge *large)
{
  return (JsCell *)(large + 1);
}

/* kinds.c */
typedef struct GcKind {
  JsTraceFn trace;
  JsFinaliseFn finalise; /* NULL: none */
  const char *name;
  bool is_leaf; /* trace has nothing to do */
} GcKind;
extern const GcKind gc_kinds[CELL_KIND_COUNT];

/* block.c */
GcBlock *gc_block_take(JsHeap *heap, uint32_t allocator); /* NULL: the system refuses */
void gc_block_free(JsHeap *heap, GcBlock *block);
/* Gives free blocks beyond `keep` back to the system, at most so many. */
void gc_blocks_trim(JsHeap *heap, uint32_t keep, uint32_t most);
/* Free blocks beyond `keep` hold memory. */
bool gc_blocks_to_trim(JsHeap *heap, uint32_t keep);
void gc_blocks_release_all(JsHeap *heap);
GcChunk *gc_find_chunk(JsHeap *heap, uintptr_t address);
void gc_commit(JsHeap *heap, size_t bytes);
void gc_uncommit(JsHeap *heap, size_t bytes);
/* Calls visit for every cell that is not free, dead ones in unswept blocks too. */
void gc_walk(JsHeap *heap, void (*visit)(JsHeap *heap, JsCell *cell, void *opaque), void *opaque);

/* alloc.c */
void gc_close_windows(JsHeap *heap);  /* the next allocation of each class takes the slow path */
void gc_retire_windows(JsHeap *heap); /* forgets them: a collection begins */
size_t gc_unused_window_bytes(JsHeap *heap);

/* report.c */
_Noreturn void gc_fail_out_of_memory(JsHeap *heap);
void gc_report_collection(JsHeap *heap, size_t bytes_before, size_t committed_before, uint64_t begin_ns,
                          uint64_t end_ns, const char *reason);

/* A pause begins; the part of it that just ended was this one. */
void gc_parts_begin(JsHeap *heap);
void gc_part_ended(JsHeap *heap, GcPart part);
void gc_report_slice(JsHeap *heap, GcPhase phase, uint64_t begin_ns, uint64_t end_ns);
/* The last slice of a cycle. */
void gc_report_cycle(JsHeap *heap, size_t bytes_before, size_t committed_before, uint64_t begin_ns, uint64_t end_ns);

/* sweep.c */
void gc_sweep_block(JsHeap *heap, GcBlock *block);
void gc_finish_sweep(JsHeap *heap);
void gc_clear_marks(JsHeap *heap); /* everything must be swept */
void gc_clear_chunk(JsHeap *heap, GcChunk *chunk);
void gc_clear_large(JsHeap *heap);
void gc_sweep_after_mark(JsHeap *heap);

/* large.c */
void *gc_large_alloc(JsHeap *heap, JsCellKind kind, size_t size);
GcLarge *gc_large_find(JsHeap *heap, uintptr_t address);
void gc_large_sort(JsHeap *heap); /* before marking */
void gc_large_sweep(JsHeap *heap);
/* Frees dead ones until they were so many bytes, or a little more. */
void gc_large_free_dead(JsHeap *heap, size_t bytes);
void gc_large_free_all(JsHeap *heap);

/* mark.c */
void gc_mark_begin(JsHeap *heap);
void gc_mark_drain(JsTracer *tracer);
void gc_mark_roots(JsHeap *heap);
void gc_mark_finish(JsHeap *heap);
void gc_scan_stack(JsHeap *heap);
void gc_trace_children(JsTracer *tracer, JsCell *cell);
/* A marked cell's references: at once, or, of a large cell in slices, in parts. */
void gc_trace_marked(JsTracer *tracer, JsCell *cell);
/* The words of a cell in [from, to). True: it has wanted words outside. */
bool gc_trace_part(JsTracer *tracer, JsCell *cell, size_t from, size_t to);
/* Drains until nothing is left or the clock says deadline; true: nothing is left. */
bool gc_mark_drain_until(JsTracer *tracer, uint64_t deadline_ns);

/* incremental.c */
/* The old cells are many enough for a major collection to be cut in slices. */
bool gc_is_worth_slicing(JsHeap *heap);
void gc_cycle_begin(JsHeap *heap, GcCollectionKind kind);
/* One slice; the last one ends the cycle. */
void gc_cycle_step(JsHeap *heap);
/* The rest of the cycle at once. */
void gc_cycle_complete(JsHeap *heap, const char *reason);

/* heap.c */
void gc_settle_weak_source(JsHeap *heap, JsWeakSource *source);

/* remember.c */
/* Traces what was written to. The caller drains. False: the deadline came first. */
bool gc_mark_remembered(JsHeap *heap, uint64_t deadline_ns);
void gc_forget_remembered(JsHeap *heap);
/* A cell whose edges need not be covered by marks now: the verifier asks. */
bool gc_is_remembered(JsCell *cell);

/* collect.c */
void gc_policy_init(JsHeap *heap);
void gc_collect(JsHeap *heap, GcCollectionKind kind, const char *reason);
/* Roots, C stack, remaining marking, weak processing, sweeping, policy: how every collection ends. */
void gc_finish_collection(JsHeap *heap);
/* Counts it and draws conclusions: young_bytes before, processor time of all its pauses. */
void gc_collection_done(JsHeap *heap, size_t young_bytes, uint64_t cpu_ns);
/* Collects what the limits and thresholds ask for before `size` more bytes are handed out; false: the limit forbids
 * them. */
bool gc_make_room(JsHeap *heap, size_t size);

/* verify.c */
_Noreturn void gc_verify_fail(JsHeap *heap, const char *what, JsCell *owner, JsCell *cell);
void gc_verify_before_minor(JsHeap *heap);
void gc_verify_after(JsHeap *heap);
void gc_verify_slice(JsHeap *heap);
void gc_verify_edge(JsTracer *tracer, JsCell *cell);

#endif
