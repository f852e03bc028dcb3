// SPDX-License-Identifier: MIT
/*
 * [DOC] Code images
 *
 *   ImageHeader | records of functions, inner ones before outer ones | links | strings | tables of their offsets
 *
 * All offsets count from the start of the image, everything but strings is 8-byte aligned, nothing is relocated: the
 * tables without pointers are used in place. A record is an ImageFunction followed by its tables in the order of the
 * counts. Loading makes a JsCode whose only instruction is MATERIALISE; when it first runs, its constants are made,
 * inner functions again as such stubs. A function that was not compiled when the image was written (lazy.c) is a record
 * with the constants that say how; the links of its chain of scopes, shared by many, have a table of their own. A
 * module is an ImageModule that names its two functions and has the tables of its JsModuleInfo behind it.
 *
 * Images are trusted: those of the library are part of the binary, what comes from outside is checked as a whole first
 * (code_cache.c). The stamp, a hash of the opcode table and of the record's layout, keeps the tools that write the
 * library's images and the binary that reads them together.
 */
#ifndef BYTECODE_IMAGE_H
#define BYTECODE_IMAGE_H

#include "bytecode/code.h"

typedef struct ImageHeader {
  uint64_t magic, stamp;
  uint32_t size, root;
  uint32_t string_count, string_table; /* table: offsets of ImageString */
  uint32_t url, source;                /* strings; source UINT32_MAX: none */
  uint32_t first_line, first_column;
  uint32_t link_count, link_table;     /* table: offsets of a uint64 count and as many ImageConstants */
  uint32_t module;                     /* ImageModule, 0: root is a function */
  uint32_t map_url_start, map_url_end; /* in the source: what a sourceMappingURL comment names */
  uint32_t is_renamed;                 /* url is a sourceURL comment's */
} ImageHeader;
#define IMAGE_MAGIC    0x31306d6c75634a53ull
#define FORMAT_VERSION 4 /* of what follows, where no struct size tells */

typedef struct ImageString {
  uint32_t length : 30, is_wide : 1, is_atom : 1;
  uint32_t hash; /* of an atom */
} ImageString;   /* units follow; aligned to 4 bytes */

typedef struct ImageFunction {
  uint32_t flags, register_count;
  uint16_t param_count, fill_end, length, has_arguments_map;
  uint32_t unit_count, constant_count, handler_count, ic_count, fb_count, scope_count, switch_count, positions_size;
  uint32_t eval_site_count, global_decls_count;
  uint32_t source_start, source_end, name, size;
} ImageFunction;

typedef struct ImageSwitch {
  int32_t low;
  uint32_t count;
} ImageSwitch; /* targets follow, padded to 8 bytes */

typedef enum {
  IMAGE_BITS,     /* payload: the value's bits, no cell */
  IMAGE_STRING,   /* payload: string */
  IMAGE_CODE,     /* payload: offset of the record */
  IMAGE_ELEMENTS, /* payload: offset of a uint64 count, flags above bit 32, and as many constants */
  IMAGE_LINK,     /* payload: index of the link */
  IMAGE_BIGINT,   /* payload: offset of a uint64 with the length (bit 32: negative) and as many limbs */
} ImageTag;
/* A value's bits, or a tag above 32 bits of payload: where a cell's address would be in a value. */
typedef struct ImageConstant {
  uint64_t word;
} ImageConstant;

static inline ImageConstant image_constant(ImageTag tag, uint64_t payload)
{
  return (ImageConstant){tag == IMAGE_BITS ? payload : (uint64_t)tag << 32 | payload};
}

static inline ImageTag image_tag(ImageConstant constant)
{
  return constant.word >> 48 ? IMAGE_BITS : (ImageTag)(constant.word >> 32);
}

static inline uint32_t image_payload(ImageConstant constant)
{
  return (uint32_t)constant.word;
}

/* An eval site is a JsEvalSite without its scopes; behind it, for each scope, a JsScopeInfo without its names, and
 * those. */

typedef struct ImageGlobalDecls {
  uint32_t count, deletable;
} ImageGlobalDecls; /* JsGlobalDecls follow */

typedef struct ImageModule {
  uint32_t body, init, name_count, env_slots;
  uint32_t request_count, import_count, local_count, indirect_count, star_count, has_top_level_await;
} ImageModule; /* names as ImageConstants and the tables in this order follow */

uint64_t image_stamp(JsVm *vm);

#endif
