// SPDX-License-Identifier: MIT
/*
 * Atoms (interned strings) and the well-known names and symbols. The table is weak: an atom nobody refers to is
 * dropped, except those of atoms.def, which live as long as the Vm and are read with ATOM(heap, length) / SYM(heap,
 * iterator).
 */
#ifndef OBJECT_ATOM_H
#define OBJECT_ATOM_H

#include "object/string.h"
#include "object/symbol.h"

typedef enum {
#define ATOM_ROW(id, text) ATOM_##id,
#define SYMBOL_ROW(id)     ATOM_SYM_##id,
#define PRIVATE_ROW(id)    ATOM_PRIVATE_##id,
#include "object/atoms.def"
#undef ATOM_ROW
#undef SYMBOL_ROW
#undef PRIVATE_ROW
  ATOM_COUNT
} JsAtomId;

typedef struct JsAtomTable JsAtomTable;
/* Makes the table and the well-known rows; false when out of memory. */
bool atom_table_init(JsHeap *heap);
void atom_table_free(JsHeap *heap);

/* What hangs off a heap for the object layer; the collector keeps only the pointer. */
typedef struct JsHeapFace {
  struct JsShape **shape_table; /* by shape id; reserved address space, so the base never moves */
  JsCell **atoms;               /* by JsAtomId */
  JsAtomTable *atom_table;
  struct JsVm *vm;
  JsString **latin1_strings; /* the 256 one-unit strings */
  JsString *empty_string;
  struct JsShapeSpace *shape_space; /* ids, root shapes: shape.c */
} JsHeapFace;

/* JsHeap starts with a JsHeapFace (gc/heap.c asserts it): the object layer's words about its heap. */
JS_INLINE JsHeapFace *heap_face(JsHeap *heap)
{
  return (JsHeapFace *)heap;
}

#define ATOM(heap, id) ((JsString *)heap_face(heap)->atoms[ATOM_##id])
#define SYM(heap, id)  ((JsSymbol *)heap_face(heap)->atoms[ATOM_SYM_##id])
/* As keys: KEY(heap, length), KEY_SYM(heap, iterator). */
#define KEY(heap, id)         ((JsKey){(uint64_t)(uintptr_t)heap_face(heap)->atoms[ATOM_##id]})
#define KEY_SYM(heap, id)     ((JsKey){(uint64_t)(uintptr_t)heap_face(heap)->atoms[ATOM_SYM_##id]})
#define KEY_PRIVATE(heap, id) ((JsKey){(uint64_t)(uintptr_t)heap_face(heap)->atoms[ATOM_PRIVATE_##id]})
JS_INLINE JsKey key_by_atom_id(JsHeap *heap, JsAtomId id)
{
  return (JsKey){(uint64_t)(uintptr_t)heap_face(heap)->atoms[id]};
}

/* The atom with these units. The string must not spell an array index (use key_from_string for that choice). */
JsString *atom_from_string(JsHeap *heap, JsString *s);
JsString *atom_from_view(JsHeap *heap, StringView view);
/* hash: string_view_hash of it. */
JsString *atom_from_hashed_view(JsHeap *heap, StringView view, uint32_t hash);
JsString *atom_from_c_string(JsHeap *heap, const char *ascii);

#endif
