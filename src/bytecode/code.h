// SPDX-License-Identifier: MIT
/*
 * JsCode: what all closures of one function literal share: bytecode, constants, tables. Immutable after compilation
 * (embedded library code shares its tables with the binary), except for the lazily made feedback and lazily compiled
 * bodies.
 */
#ifndef BYTECODE_CODE_H
#define BYTECODE_CODE_H

#include "object/env.h"

typedef enum {
  OP_KIND_NO,
  OP_KIND_DST,
  OP_KIND_REG,
  OP_KIND_RW,
  OP_KIND_BASE,
  OP_KIND_U16,
  OP_KIND_I16,
  OP_KIND_FB,
  OP_KIND_I32,
  OP_KIND_CONST,
  OP_KIND_IC,
  OP_KIND_JUMP
} JsOperandKind;

typedef enum {
#define OP(name, a, b, c, d, e, text) OP_##name,
#include "bytecode/opcodes.def"
#undef OP
  OP_COUNT
} JsOpcode;
_Static_assert(OP_COUNT <= 256, "the opcode is a byte");

typedef struct JsOpcodeInfo {
  const char *name;
  uint8_t operands[5]; /* JsOperandKind */
  uint8_t length;      /* units, opcode unit included */
} JsOpcodeInfo;
extern const JsOpcodeInfo opcode_info[OP_COUNT];

/* Words of a frame header in a call window: interp/frame.h. */
#define FRAME_WORDS 8

/* An index operand that means "none". */
#define CODE_NO_CONST 0xFFFFFFFFu

typedef struct JsHandler {
  uint32_t start, end; /* pc range in units: [start, end) of instruction starts */
  uint32_t target;     /* pc of the CATCH */
} JsHandler;           /* innermost first */

typedef struct JsIcSite {
  uint32_t key; /* constant index of the key (atom), or CODE_NO_CONST */
} JsIcSite;

/* Position table: delta-coded in code->positions (varints: pc delta, zigzag source offset delta), decoded by
 * code_position. */
typedef struct JsSwitch {
  int32_t low;
  uint32_t count;
  const int32_t *targets; /* distance from the SWITCH_INT, 0: default (fall through) */
} JsSwitch;

/* JsScopeName.flags; JsScopeInfo.flags of eval sites, beside ENV_* */
enum { SCOPE_NAME_CONST = 1, SCOPE_NAME_STATIC = 2, SCOPE_NAME_SIMPLE_CATCH = 4 };
enum {
  SCOPE_INFO_VAR = 16 /* vars of sloppy eval code go here */,
  SCOPE_INFO_EVAL = 32 /* names may be added at run time */
};

typedef struct JsScopeName {
  uint32_t key; /* constant index of the name */
  uint16_t slot;
  uint8_t kind; /* AstBindingKind: const-ness matters to eval */
  uint8_t flags;
} JsScopeName;
typedef struct JsScopeInfo {
  uint16_t slot_count;
  uint8_t flags;       /* ENV_* for the environment */
  uint8_t scope_kind;  /* AstScopeKind */
  uint32_t name_count; /* 0 unless names are needed at run time (eval, module, debugger) */
  const JsScopeName *names;
} JsScopeInfo;

/* What a direct eval call site sees: static facts for the parser. */
typedef struct JsEvalSite {
  bool is_strict, allow_new_target, allow_super_property, allow_super_call, allow_arguments, in_class_field_init,
      in_function;
  bool this_is_undefined; /* top level of a module */
  uint32_t scope_count; /* the scopes with an environment, from the call outwards; name keys are constants (strings) of
                           this code */
  const JsScopeInfo *const *scopes;
  /* Registers or environment slots of this, new.target, callee at the site are captured bindings in those scopes
   * (parser captures them). */
} JsEvalSite;

typedef enum {
  GLOBAL_DECL_VAR,
  GLOBAL_DECL_FUNCTION,
  GLOBAL_DECL_LET,
  GLOBAL_DECL_CONST,
  GLOBAL_DECL_ANNEX_B_FUNCTION
} JsGlobalDeclKind;
typedef struct JsGlobalDecl {
  uint32_t key; /* constant index */
  uint8_t kind; /* JsGlobalDeclKind */
} JsGlobalDecl;
typedef struct JsGlobalDecls {
  uint32_t count;
  bool deletable; /* eval code */
  const JsGlobalDecl *decls;
} JsGlobalDecls;

enum {
  CODE_STRICT = 1,
  CODE_ARROW = 2,
  CODE_METHOD = 4, /* method, getter, setter, arrow, async: no [[Construct]], no prototype */
  CODE_GENERATOR = 8,
  CODE_ASYNC = 16,
  CODE_CLASS_CONSTRUCTOR = 32,
  CODE_DERIVED = 64,
  CODE_NEEDS_ARGUMENTS = 128, /* extra arguments must be kept (arguments object, rest) */
  CODE_USES_THIS = 256,       /* sloppy: the body starts with BOX_THIS itself */
  CODE_EVAL = 512,
  CODE_MODULE = 1024,
  CODE_SCRIPT = 2048,
  CODE_BUILTIN = 4096,         /* core library: hidden from stack traces' "native" rules, no source printed */
  CODE_HAS_FIELDS_INIT = 8192, /* class constructor: INIT_FIELDS is emitted */
  CODE_WRAPPED = 32768,        /* its text is a body; the script's wrapper_head stands before it */
  CODE_LAZY = 16384,           /* not compiled yet: its constants say how (lazy.c) */
};

/* CHECK_OBJECT's operand: what the message is about. */
typedef enum { CHECK_OBJECT_PLAIN, CHECK_OBJECT_ITERATOR_RESULT } JsCheckObject;

typedef struct JsScriptSource JsScriptSource; /* shared by all code of one script: see below */

typedef struct JsCode {
  JsCell cell;
  /* What every call looks at stands together. */
  uint32_t flags;          /* CODE_* */
  uint32_t register_count; /* this + parameters + locals + temporaries */
  uint16_t param_count;    /* formal parameters before a rest parameter: registers 1.. */
  uint16_t fill_end;       /* registers below it are undefined on entry, the others hold anything */
  uint32_t unit_count;
  const uint16_t *units;
  JS_PTR_SLOT(JsElements) constants; /* values: numbers, strings, keys (raw), JsCode cells, JsElements templates */
  JsSlot feedback; /* JsFeedback cell, made on first run (shared by the closures of this code), or hole */
  uint32_t constant_count, handler_count, ic_count, fb_count, scope_count, switch_count;
  const JsHandler *handlers;
  const JsIcSite *ic_sites;
  const JsScopeInfo *scopes;
  const JsSwitch *switches;
  const JsEvalSite *eval_sites;
  const JsGlobalDecls *global_decls;
  uint32_t eval_site_count, global_decls_count;
  const uint16_t *arguments_map; /* mapped arguments: parameter index -> env slot, 0xFFFF none; param_count entries */
  const uint8_t *positions;
  uint32_t positions_size;
  uint16_t length;                   /* `length` property */
  uint32_t source_start, source_end; /* text of Function.prototype.toString, units of the script's source */
  JS_PTR_SLOT(JsString) name;        /* "" for anonymous */
  JsSlot script;                     /* JsScript cell */
  void *tables; /* one malloc block that holds all tables above; NULL when they are in the binary */
  size_t tables_size;
  const void *lazy; /* record of an image: the body is made when MATERIALISE runs; NULL: it is here */
} JsCode;

/* One source text: URL, text, line table (lazy). A cell. */
typedef struct JsScript {
  JsCell cell;
  JS_PTR_SLOT(JsString) url;    /* file name for stack traces */
  JS_PTR_SLOT(JsString) source; /* may be NULL for embedded code until asked for */
  JsSlot host_defined;          /* module record, referrer for import() */
  uint32_t first_line,
      first_column;      /* position of the text's start: 1-based line, 0-based column (wrappers, vm options) */
  uint32_t *line_starts; /* malloc; NULL until first position lookup */
  uint32_t line_count;
  uint32_t flags;
  JsString *(*load_source)(JsHeap *heap, void *opaque); /* embedded code: fetches the source text */
  void *load_opaque;
  JS_PTR_SLOT(JsCode) eval_code; /* what called eval or Function with this text, NULL: it is no such text */
  uint32_t eval_pc;              /* and where */
  const void *image;             /* serialised code it came from, with its strings made so far */
  JS_PTR_SLOT(JsElements) image_strings;
  JS_PTR_SLOT(JsString) wrapper_head;  /* NULL; of a text that is a function's body: what toString() puts before it */
  JS_PTR_SLOT(JsElements) image_links; /* and of its chains of scopes (lazy.c); NULL: none yet */
  void *image_owned;                   /* the image when it is the script's own (malloc), with its size */
  size_t image_size;
  uint64_t compile_key;                /* what it was compiled as: code_cache.c */
  uint32_t map_url_start, map_url_end; /* in the source: what its sourceMappingURL comment names */
  uint32_t is_renamed;                 /* url is a sourceURL comment's */
  uint32_t waits_at;                   /* a module's: pc of the await at its top level that was met last */
} JsScript;

/* Source offset of the instruction at or before pc (in units). */
uint32_t code_position(const JsCode *code, uint32_t pc);
/* 1-based line and column of a source offset. */
void script_line_column(JsHeap *heap, JsScript *script, uint32_t offset, uint32_t *line, uint32_t *column);
/* The text of a 1-based line, without its end; NULL when there is no such line or no source. */
JsString *script_source_line(JsHeap *heap, JsScript *script, uint32_t line);
JsScript *script_new(JsHeap *heap, JsString *url, JsString *source);
/* Its text, fetched where that was put off; NULL when there is none. */
JsString *script_source(JsHeap *heap, JsScript *script);
/* Text for Function.prototype.toString. */
JsString *code_source_text(JsHeap *heap, JsCode *code);

/* --- compiling --------------------------------------------------------------------------------------------------- */

struct JsModuleInfo; /* bytecode/module_info.h */
struct JsCodeCache;  /* include/culm/js.h */

typedef enum { COMPILE_SCRIPT, COMPILE_MODULE, COMPILE_EVAL, COMPILE_FUNCTION } JsCompileKind;

typedef struct JsCompileOptions {
  JsCompileKind kind;
  bool is_strict;              /* COMPILE_EVAL: inherited */
  const JsEvalSite *eval_site; /* direct eval: what it sees; NULL: indirect or global */
  JsCode *eval_code;           /* direct eval: the code that eval_site belongs to */
  JsEnv *eval_env;             /* direct eval: environment of the call; the closure made of the result must get it */
  uint32_t first_line, first_column;
  bool is_builtin;           /* CODE_BUILTIN */
  bool allow_await;          /* COMPILE_SCRIPT: `await` at top level; a script that has one gives a promise */
  JsValue host_defined;      /* for JsScript.host_defined; JS_HOLE none */
  struct JsCodeCache *cache; /* what was compiled of the same text before; NULL: nothing */
} JsCompileOptions;

/* Parses and compiles. NULL with SyntaxError (or RangeError for too deep nesting) pending; the error's position is kept
 * for the host's "file:line, source line, caret" report (see syntax_error_location). For COMPILE_MODULE, *module_info
 * gets the import/export entries (module/module.h), else may be NULL. */
JS_MUST_USE JsCode *compile_source(JsContext *cx, JsString *source, JsString *url, const JsCompileOptions *options,
                                   struct JsModuleInfo **module_info);
/* CreateDynamicFunction's parse: parameters and body as separate texts, kind by flags is_async / is_generator. */
JS_MUST_USE JsCode *compile_function_from_parts(JsContext *cx, JsString *params, JsString *body, bool is_async,
                                                bool is_generator);
/* The body of a CommonJS-style wrapper: source is the function body, param_names its parameters; positions are those of
 * source. */
JS_MUST_USE JsCode *compile_wrapped_function(JsContext *cx, JsString *source, JsString *url,
                                             JsString *const *param_names, uint32_t param_count,
                                             const JsCompileOptions *options);

/* Where a SyntaxError thrown by the functions above is: for "file:line, source line, carets" reports. False: not such
 * an error. line is 1-based, columns 0-based within source_line. Kept in a private property of the error, so it
 * survives until shown. */
bool syntax_error_location(JsContext *cx, JsValue error, JsString **url, uint32_t *line, uint32_t *column,
                           uint32_t *end_column, JsString **source_line);

/* Gives an error such a place: offsets into the script's source. False: exception. */
JS_MUST_USE bool syntax_error_locate(JsContext *cx, JsValue error, JsScript *script, uint32_t start, uint32_t end);

/* --dump-bytecode: text of one function and, recursive, its inner ones, appended to out. */
struct StrBuf;
void disassemble(JsHeap *heap, const JsCode *code, bool recursive, struct StrBuf *out);
/* Checks registers, constants, jump targets, handler ranges of code that came from outside (embedded, cached). */
bool code_verify(const JsCode *code, const char **what);

/* --- images: serialise.c ----------------------------------------------------------------------------------------- */

/* A function's code with all inner ones, those too that never ran, and the source text as position-independent bytes,
 * appended to out. */
JS_MUST_USE bool code_serialise(JsContext *cx, JsCode *code, struct StrBuf *out);
/* From such bytes, 8-byte aligned, which must stay valid as long as the Vm: tables are used where they lie, inner
 * functions are made when they first run. NULL: not bytes of this build. */
JS_MUST_USE JsCode *code_load(JsContext *cx, const void *bytes, size_t size);
/* The same without the source text and as far as it was compiled; info, when it is not NULL, instead of code: a module.
 * Reading gives the code to a script that has the text. */
JS_MUST_USE bool code_serialise_bare(JsContext *cx, JsCode *code, struct JsModuleInfo *info, struct StrBuf *out);
JS_MUST_USE JsCode *code_load_bare(JsContext *cx, JsScript *script, const void *bytes, size_t size,
                                   struct JsModuleInfo **info);
/* The constants of a lazy code that is a record of an image. */
JS_MUST_USE bool code_unpack_lazy(JsContext *cx, JsCode *code);

/* Cached code: code_cache.c. */
/* What a text was compiled as, for JsScript.compile_key. */
uint64_t code_cache_key(JsCompileKind kind, bool allow_await, JsString *const *params, uint32_t param_count,
                        JsHeap *heap);
/* Of a function's or a script's code, or, when info is not NULL, of a module. */
JS_MUST_USE bool code_cache_write(JsContext *cx, JsCode *code, struct JsModuleInfo *info, struct StrBuf *out);
/* The code of a cache for this script, which has url, source and compile_key; NULL, and perhaps an exception, with
 * cache->status set when it is not usable. The bytes are the script's then. */
JsCode *code_cache_read(JsContext *cx, JsScript *script, struct JsCodeCache *cache, struct JsModuleInfo **info);

/* Makes a lazy code's body, from its image or its text. False: exception (out of memory, no stack). It may have more
 * registers than the stub. */
JS_MUST_USE bool code_materialise(JsContext *cx, JsCode *code);
extern const uint16_t code_stub_units[]; /* MATERIALISE */

void code_trace(JsTracer *tracer, JsCell *cell);
void code_finalise(JsHeap *heap, JsCell *cell);
void script_trace(JsTracer *tracer, JsCell *cell);
void script_finalise(JsHeap *heap, JsCell *cell);

#endif
