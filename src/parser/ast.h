// SPDX-License-Identifier: MIT
/*
 * The syntax tree and the scope tree the parser hands to the compiler. All of it lives in the arena given to the
 * parser.
 *
 * Every node starts with AstNode: kind, flags, and the source span [start, end) in source units. Parentheses are not
 * part of a node's span and leave no node, only AST_PARENTHESIZED. Children are visited in the order of evaluation
 * unless a comment says otherwise. Names and string constants are AstName: interned per parse, so pointers compare.
 *
 * [DOC] Scopes. A scope holds bindings; after parsing every reference (AstIdentifier of kind IDENTIFIER, THIS,
 * NEW_TARGET, PRIVATE_NAME, or the callee reference of AstSuper) says where it leads:
 *
 *   binding, not dynamic          that binding; if binding->captured it is in env_slot of the environment of
 *                                 binding->scope, else the compiler picks a register in the one function using it.
 *                                 A binding of a SCRIPT scope lives in the realm's global environment instead.
 *   binding NULL, not dynamic     a global, found by name at run time (THIS: the script's or module's own this)
 *   AST_REF_DYNAMIC               a `with` object or a variable made by a sloppy direct eval may come first: look up by
 *                                 name along the environments; when nothing is found, what the two lines above say.
 *
 * An environment is created on entry to every scope with needs_env, and only those; the hop count of a reference is the
 * number of needs_env scopes from the reference's scope outwards up to, not counting, binding->scope.
 */
#ifndef PARSER_AST_H
#define PARSER_AST_H

#include "base/arena.h"

/* --- names ------------------------------------------------------------------------------------------------------- */

typedef struct AstBinding AstBinding;
typedef struct AstScope AstScope;
typedef struct AstFunction AstFunction;
typedef struct AstFunctionDecl AstFunctionDecl;
typedef struct AstIdentifier AstIdentifier;

/* A string of the parse: identifier, property name, string constant. Interned: equal strings have one AstName. Latin-1
 * whenever every unit is below 256, whatever the source's width. Private names include their '#'. */
typedef struct AstName {
  uint32_t hash;
  uint32_t len; /* units */
  bool is_wide;
  uint8_t word;           /* parser private: reserved-word token, or 0 */
  bool is_exported;       /* parser private */
  bool is_synthetic;      /* "this", "new.target" and such as binding names; no source text can spell them */
  const void *units;      /* uint8_t[len] or uint16_t[len]; in the arena or in the source */
  void *atom;             /* scratch of the compiler, NULL at first */
  AstBinding *top;        /* parser private: innermost open declaration */
  AstScope *missing;      /* parser private: scope around a lazy function that does not declare it */
  AstIdentifier *uses[2]; /* parser private: stand for the reading and writing uses inside of lazy functions */
  uint32_t kept_use[2];   /* parser private: index + 1 in the stack of references where they are */
  struct AstName *next;   /* hash chain */
} AstName;

/* --- nodes ------------------------------------------------------------------------------------------------------- */

typedef enum {
#define AST(kind, type, text) AST_##kind,
#include "parser/ast.def"
  AST_KIND_COUNT
} AstKind;

/* Operators, in AstNode.op of UNARY, UPDATE, BINARY, LOGICAL, COMPOUND_ASSIGN and LOGICAL_ASSIGN. */
#define AST_OPS(V)                                                                                                     \
  V(NONE, "")                                                                                                          \
  /* BINARY and COMPOUND_ASSIGN */                                                                                     \
  V(ADD, "+")                                                                                                          \
  V(SUB, "-")                                                                                                          \
  V(MUL, "*")                                                                                                          \
  V(DIV, "/")                                                                                                          \
  V(MOD, "%")                                                                                                          \
  V(EXP, "**")                                                                                                         \
  V(BIT_AND, "&")                                                                                                      \
  V(BIT_OR, "|")                                                                                                       \
  V(BIT_XOR, "^")                                                                                                      \
  V(SHL, "<<")                                                                                                         \
  V(SAR, ">>")                                                                                                         \
  V(SHR, ">>>")                                                                                                        \
  /* BINARY only */                                                                                                    \
  V(EQ, "==")                                                                                                          \
  V(NE, "!=")                                                                                                          \
  V(STRICT_EQ, "===")                                                                                                  \
  V(STRICT_NE, "!==")                                                                                                  \
  V(LT, "<")                                                                                                           \
  V(GT, ">")                                                                                                           \
  V(LE, "<=")                                                                                                          \
  V(GE, ">=")                                                                                                          \
  V(IN, "in")                                                                                                          \
  V(INSTANCEOF, "instanceof")                                                                                          \
  /* LOGICAL and LOGICAL_ASSIGN */                                                                                     \
  V(AND, "&&")                                                                                                         \
  V(OR, "||")                                                                                                          \
  V(COALESCE, "??")                                                                                                    \
  /* UNARY */                                                                                                          \
  V(NOT, "!")                                                                                                          \
  V(BIT_NOT, "~")                                                                                                      \
  V(PLUS, "+")                                                                                                         \
  V(MINUS, "-")                                                                                                        \
  V(TYPEOF, "typeof")                                                                                                  \
  V(VOID, "void")                                                                                                      \
  V(DELETE, "delete")                                                                                                  \
  /* UPDATE */                                                                                                         \
  V(INC, "++")                                                                                                         \
  V(DEC, "--")

typedef enum {
#define V(name, text) AST_OP_##name,
  AST_OPS(V)
#undef V
      AST_OP_COUNT
} AstOp;

/* AstNode.flags. The low bits mean the same on every node, the others depend on the kind. */
enum {
  AST_PARENTHESIZED = 1 << 0, /* written in parentheses: `(a) = f` names nothing, `(a?.b).c` is two chains */

  /* IDENTIFIER, THIS, NEW_TARGET, PRIVATE_NAME, SUPER_* */
  AST_REF_DYNAMIC = 1 << 1,   /* see [DOC] Scopes */
  AST_REF_NEEDS_TDZ = 1 << 2, /* the binding may still be uninitialised here: check and throw ReferenceError (for THIS
                                 in a derived constructor: super() may not have returned) */
  AST_REF_DECLARES =
      1 << 3, /* the name in a declaration: initialises (let, const, class, param, catch) and never needs a TDZ
                 check; the name of `var` is an ordinary assignment target and does not have this flag */
  AST_REF_ASSIGNED = 1 << 4,  /* this occurrence is written: target of = += ++ for-in var-initialiser */
  AST_REF_MAY_COUNT = 1 << 5, /* `arguments` in `arguments.length`, which is read and no more */
  AST_REF_COUNTS = 1 << 6,    /* the same where the function uses no arguments object: binding is NULL, the number of
                                 arguments is the frame's */

  /* CALL, MEMBER, INDEX, PRIVATE_MEMBER */
  AST_OPTIONAL = 1 << 1, /* `?.` stands before this link: a nullish object (callee) ends the enclosing OPTIONAL_CHAIN */
  /* CALL, NEW, SUPER_CALL, ARRAY */
  AST_HAS_SPREAD = 1 << 2,
  /* CALL */
  AST_DIRECT_EVAL =
      1 << 3, /* `eval(...)`: callee is the IDENTIFIER eval; AstCall.scope is the scope the code will see */
  /* UPDATE */
  AST_PREFIX = 1 << 1,
  /* PROPERTY, CLASS_ELEMENT */
  AST_COMPUTED = 1 << 1, /* key is an expression in brackets */
  AST_STATIC = 1 << 2,
  /* STRING */
  AST_LEGACY_ESCAPE = 1 << 1, /* parser private: contains \1 or \8, an error in strict code */
  AST_HAS_ESCAPE = 1 << 2,    /* the text is not literally the value (matters to directives) */
  /* EXPRESSION_STATEMENT */
  AST_DIRECTIVE = 1 << 1,
  /* FOR_OF */
  AST_FOR_AWAIT = 1 << 1,
  /* ARRAY, OBJECT and their patterns; parser private */
  AST_TRAILING_COMMA = 1 << 3,
};

typedef struct AstNode {
  uint8_t kind;  /* AstKind */
  uint8_t flags; /* above */
  uint8_t op;    /* AstOp, or as the node's struct says */
  uint8_t unused;
  uint32_t start, end; /* source units */
} AstNode;

typedef struct AstList {
  AstNode **items;
  uint32_t len;
} AstList;

static inline bool ast_is_expression(const AstNode *node)
{
  return node->kind < AST_ARRAY_PATTERN;
}

/* A reference. IDENTIFIER: any use of a name, and the name in a declaration. THIS, NEW_TARGET: name is synthetic,
 * binding is in the function that owns it (NULL: top level of script or module). PRIVATE_NAME: `#x` of PRIVATE_MEMBER,
 * PRIVATE_IN and class element keys; binding is in a CLASS scope. */
struct AstIdentifier {
  AstNode base;
  AstName *name;
  AstBinding *binding;
};

typedef struct AstNumber {
  AstNode base;
  double value;
} AstNumber;

typedef struct AstString {
  AstNode base;
  AstName *value;
} AstString;

/* Digits without separators, prefix and `n`. */
typedef struct AstBigInt {
  AstNode base;
  uint32_t radix; /* 2, 8, 10, 16 */
  AstName *digits;
} AstBigInt;

typedef struct AstRegExp {
  AstNode base;
  AstName *pattern;
  AstName *flags;
} AstRegExp;

typedef struct AstTemplatePart {
  AstName *cooked; /* NULL: undefined (only in tagged templates) */
  AstName *raw;
} AstTemplatePart;

/* parts.len == substitutions.len + 1, alternating. */
typedef struct AstTemplate {
  AstNode base;
  uint32_t part_count;
  AstTemplatePart *parts;
  AstList substitutions;
} AstTemplate;

typedef struct AstTaggedTemplate {
  AstNode base;
  AstNode *tag; /* MEMBER etc. give the this value as in a call */
  AstTemplate *quasi;
} AstTaggedTemplate;

/* ARRAY: expressions, HOLE, SPREAD. ARRAY_PATTERN: targets, DEFAULT, HOLE, REST last. */
typedef struct AstArray {
  AstNode base;
  AstList elements;
} AstArray;

/* OBJECT: PROPERTY and SPREAD. OBJECT_PATTERN: PROPERTY (PROPERTY_INIT or _SHORTHAND, value = target or DEFAULT) and
 * REST last. */
typedef struct AstObject {
  AstNode base;
  AstList properties;
} AstObject;

typedef enum {
  AST_PROPERTY_INIT,      /* key: value */
  AST_PROPERTY_SHORTHAND, /* key; value is the IDENTIFIER (in a pattern perhaps inside DEFAULT) */
  AST_PROPERTY_PROTO,     /* __proto__: value, sets the prototype (never in patterns) */
  AST_PROPERTY_METHOD,    /* value is an AstFunction */
  AST_PROPERTY_GET,
  AST_PROPERTY_SET,
} AstPropertyKind;

/* base.op: AstPropertyKind. key: STRING, NUMBER, BIGINT, or with AST_COMPUTED any expression (evaluated before value).
 */
typedef struct AstProperty {
  AstNode base;
  AstNode *key;
  AstNode *value;
} AstProperty;

/* UNARY: base.op. UPDATE: base.op INC/DEC, AST_PREFIX. SPREAD, OPTIONAL_CHAIN (delimits how far a `?.` jumps), AWAIT,
 * YIELD, YIELD_STAR, REST (operand is a target), RETURN, THROW. operand is NULL only for YIELD and RETURN. */
typedef struct AstUnary {
  AstNode base;
  AstNode *operand;
} AstUnary;

/* BINARY, LOGICAL, COMPOUND_ASSIGN, LOGICAL_ASSIGN: base.op. PRIVATE_IN: left is PRIVATE_NAME.
 * ASSIGN: left is IDENTIFIER, MEMBER, INDEX, PRIVATE_MEMBER, SUPER_MEMBER, SUPER_INDEX, ARRAY_PATTERN or
 * OBJECT_PATTERN, and in sloppy code CALL (throws ReferenceError at run time after evaluating the call).
 * COMPOUND_ASSIGN, LOGICAL_ASSIGN: the same without patterns. DEFAULT: left is a target as in ASSIGN, right the
 * initialiser used for undefined. op_start is the position of the operator. */
typedef struct AstBinary {
  AstNode base;
  uint32_t op_start;
  AstNode *left;
  AstNode *right;
} AstBinary;

typedef struct AstConditional {
  AstNode base;
  AstNode *test, *consequent, *alternate;
} AstConditional;

typedef struct AstSequence {
  AstNode base;
  AstList expressions; /* two or more */
} AstSequence;

typedef struct AstMember {
  AstNode base;
  uint32_t name_start; /* position of the property name: where V8 reports a failing member call */
  AstNode *object;
  AstName *name;
} AstMember;

typedef struct AstIndex {
  AstNode base;
  AstNode *object;
  AstNode *index;
} AstIndex;

typedef struct AstPrivateMember {
  AstNode base;
  AstNode *object;
  AstIdentifier *name; /* PRIVATE_NAME */
} AstPrivateMember;

/* SUPER_MEMBER: name; SUPER_INDEX: index; SUPER_CALL: args. The references below are resolved like identifiers:
 * `callee` is the active function (its home object, its [[Prototype]] for SUPER_CALL), `receiver` is this (SUPER_CALL
 * initialises it), `new_target` only for SUPER_CALL. Evaluation: this is read before index is evaluated. */
typedef struct AstSuper {
  AstNode base;
  uint32_t name_start;
  AstName *name;
  AstNode *index;
  AstList args;
  AstIdentifier *callee;
  AstIdentifier *receiver;
  AstIdentifier *new_target;
} AstSuper;

/* CALL, NEW. args may hold SPREAD. */
typedef struct AstCall {
  AstNode base;
  uint32_t args_start; /* position of `(`; end of the callee for `new X` without arguments */
  AstNode *callee;
  AstList args;
  AstScope *scope; /* only with AST_DIRECT_EVAL */
} AstCall;

typedef enum { AST_PHASE_EVALUATION, AST_PHASE_SOURCE, AST_PHASE_DEFER } AstImportPhase;

/* import(specifier, options), import.source(...), import.defer(...). base.op: AstImportPhase. options may be NULL. */
typedef struct AstImportCall {
  AstNode base;
  AstNode *specifier;
  AstNode *options;
} AstImportCall;

/* --- functions --------------------------------------------------------------------------------------------------- */

typedef enum {
  AST_FUNCTION_NORMAL, /* declaration, expression, and what `new Function` makes */
  AST_FUNCTION_ARROW,
  AST_FUNCTION_METHOD, /* has a home object, no [[Construct]] */
  AST_FUNCTION_GETTER,
  AST_FUNCTION_SETTER,
  AST_FUNCTION_CLASS_CONSTRUCTOR,
  AST_FUNCTION_DERIVED_CONSTRUCTOR,
  AST_FUNCTION_FIELD_INIT,  /* synthetic, AstClass.instance_init: has a home object, no parameters, no body list */
  AST_FUNCTION_STATIC_INIT, /* synthetic, AstClass.static_init */
  AST_FUNCTION_SCRIPT,      /* roots */
  AST_FUNCTION_MODULE,
  AST_FUNCTION_EVAL,
} AstFunctionKind;

/* base.op: AstFunctionKind. base.start..end is the text of Function.prototype.toString (a class constructor's is its
 * AstClass's span).
 *
 * Scopes on entry, outermost first: name_scope, then scope, then body_scope; each may be NULL save scope.
 *   name_scope  FUNCTION_NAME: the own name of a named function expression, when something refers to it
 *   scope       FUNCTION: parameters, arguments, this, new.target, callee; and vars and top-level lexical declarations
 * when body_scope is NULL. Roots: SCRIPT, MODULE or EVAL body_scope  FUNCTION_BODY: vars and top-level lexical
 * declarations, apart from the parameters because a parameter list with expressions must not see them. A var named like
 * a parameter starts with the parameter's value (binding->shadows_param).
 *
 * Order on entry: arguments object, parameters left to right, vars to undefined, scope->functions, lexical bindings to
 * uninitialised where needs_tdz, body. */
struct AstFunction {
  AstNode base;
  AstName
      *name; /* as written; NULL: anonymous (the compiler names it where the specification's NamedEvaluation says so) */
  uint32_t name_start;
  AstList params;                /* IDENTIFIER (AST_REF_DECLARES), patterns, DEFAULT, REST last */
  AstList body;                  /* statements; an arrow's expression body is one RETURN */
  uint32_t body_start, body_end; /* the braces, or the expression */
  AstScope *name_scope, *scope, *body_scope;
  AstFunction *outer; /* the function around it, NULL for roots */
  uint32_t length;    /* value of the `length` property */

  bool is_async : 1;
  bool is_generator : 1;
  bool is_expression : 1; /* function expression (has name_scope rules) */
  bool is_strict : 1;
  bool has_simple_params : 1;   /* identifiers only */
  bool has_expression_body : 1; /* arrow without braces */
  bool has_direct_eval : 1;     /* in its own code or in an arrow inside */
  bool has_await : 1;           /* contains AWAIT, for await, await using of its own */
  bool has_yield : 1;
  bool uses_this : 1; /* itself or through an arrow or eval; then scope has the THIS binding; same for the next three */
  bool uses_arguments : 1;
  bool uses_callee : 1; /* super.x or super(...) */
  bool uses_new_target : 1;
  bool mapped_arguments : 1; /* the arguments object aliases the parameters: sloppy, simple list */
  bool has_duplicate_params : 1;
  bool is_class_member : 1;   /* method, accessor or constructor of a class */
  bool needs_home_object : 1; /* uses super property itself or through an arrow or eval */
  /* To be parsed again when it first runs (ParseOptions.kept): there are no params, body, scopes and bindings here;
   * what the scopes around have to know of it they know. */
  bool is_lazy : 1;
  bool has_rest : 1;         /* lazy only: a rest parameter follows the others */
  uint32_t param_count;      /* lazy only: without the rest parameter */
  uint32_t parameters_start; /* of the `(`; an arrow's own start */

  /* Implicit bindings, in scope; NULL when unused. Captured ones must be stored to their slot on entry. */
  AstBinding *this_binding, *arguments_binding, *new_target_binding, *callee_binding;
  void *scratch; /* the compiler's */
};

/* --- classes ----------------------------------------------------------------------------------------------------- */

typedef enum {
  AST_ELEMENT_METHOD, /* value: AstFunction; also GET, SET */
  AST_ELEMENT_GET,
  AST_ELEMENT_SET,
  AST_ELEMENT_FIELD,        /* value: initialiser expression or NULL; runs inside instance_init or static_init */
  AST_ELEMENT_STATIC_BLOCK, /* value: AstBlock with a STATIC_BLOCK scope; runs inside static_init */
} AstElementKind;

/* base.op: AstElementKind; AST_STATIC, AST_COMPUTED. key: STRING, NUMBER, BIGINT, PRIVATE_NAME or a computed
 * expression, evaluated at class definition in element order; NULL for STATIC_BLOCK. key_binding: for computed FIELDs,
 * a CLASS scope binding that holds the property key from class definition to initialisation. */
typedef struct AstClassElement {
  AstNode base;
  AstNode *key;
  AstNode *value;
  AstBinding *key_binding;
} AstClassElement;

/* base.start..end: text for toString. Evaluation: enter scope (inner name uninitialised), heritage, elements' keys in
 * order while defining methods, inner name initialised, static_init called with this = the constructor. instance_init
 * runs at construction. scope is the CLASS scope: inner name, private names, key bindings, brand. */
typedef struct AstClass {
  AstNode base;
  AstName *name; /* NULL: anonymous */
  uint32_t name_start;
  AstBinding *inner_name;   /* in scope; NULL when anonymous */
  AstNode *heritage;        /* NULL: none */
  AstFunction *constructor; /* NULL: the default one */
  AstList elements;         /* CLASS_ELEMENT in source order, without the constructor */
  AstScope *scope;
  AstFunction *instance_init;            /* NULL when there are no instance fields */
  AstFunction *static_init;              /* NULL when there are no static fields and blocks */
  bool has_instance_private_methods : 1; /* instances get a brand (or the methods) before instance_init */
  bool has_static_private_methods : 1;
} AstClass;

/* --- statements -------------------------------------------------------------------------------------------------- */

/* scope is NULL when the block declares nothing. */
typedef struct AstBlock {
  AstNode base;
  AstScope *scope;
  AstList body;
} AstBlock;

typedef struct AstExpressionStatement {
  AstNode base;
  AstNode *expression;
} AstExpressionStatement;

typedef enum { AST_DECL_VAR, AST_DECL_LET, AST_DECL_CONST, AST_DECL_USING, AST_DECL_AWAIT_USING } AstDeclKind;

/* base.op: AstDeclKind. */
typedef struct AstVarDecl {
  AstNode base;
  AstList declarators;
} AstVarDecl;

/* target: IDENTIFIER or pattern. init NULL: `let x;` initialises with undefined, `var x;` does nothing; in for-in/of
 * heads the value comes from the loop (init there only by Annex B `for (var x = 1 in o)`). */
typedef struct AstDeclarator {
  AstNode base;
  AstNode *target;
  AstNode *init;
} AstDeclarator;

/* Instantiated on scope entry (scope->functions), so the statement itself does nothing, except Annex B: when
 * annex_b_var is set, reaching the statement copies binding's value to that var (SCRIPT or sloppy EVAL scope: assigns
 * to the global or eval variable). */
struct AstFunctionDecl {
  AstNode base;
  AstFunction *function;
  AstBinding *binding;
  AstBinding *annex_b_var;
};

typedef struct AstClassDecl {
  AstNode base;
  AstClass *klass;
  AstBinding *binding;
} AstClassDecl;

typedef struct AstIf {
  AstNode base;
  AstNode *test, *consequent, *alternate; /* alternate may be NULL; Annex B function bodies are wrapped in a BLOCK */
} AstIf;

/* init: VAR_DECL, expression or NULL. scope: FOR scope of let/const/using, NULL if none; with needs_env the environment
 * is copied before the first test and after each body (let only). */
typedef struct AstFor {
  AstNode base;
  AstScope *scope;
  AstNode *init, *test, *update, *body;
} AstFor;

/* FOR_IN, FOR_OF (AST_FOR_AWAIT). left: VAR_DECL with one declarator, or an assignment target or pattern. right is
 * evaluated in scope with its bindings uninitialised; then a fresh environment for each round. */
typedef struct AstForIn {
  AstNode base;
  AstScope *scope;
  AstNode *left, *right, *body;
} AstForIn;

/* DO_WHILE evaluates body first. */
typedef struct AstWhile {
  AstNode base;
  AstNode *test, *body;
} AstWhile;

/* One label; continue_target says it labels a loop (perhaps through further labels). */
typedef struct AstLabel {
  AstName *name;
  struct AstLabel *outer; /* parser private */
  uint32_t start, body_start;
  bool is_loop;
  bool is_used; /* by some break or continue */
} AstLabel;

/* BREAK, CONTINUE. label NULL: the innermost loop (or switch, for break). */
typedef struct AstJump {
  AstNode base;
  AstLabel *label;
} AstJump;

/* body may again be LABELED; when it is a loop in the end, all the labels are its own for continue. */
typedef struct AstLabeled {
  AstNode base;
  AstLabel *label;
  AstNode *body;
} AstLabeled;

/* scope: kind WITH, needs_env, no bindings; its environment wraps the object. */
typedef struct AstWith {
  AstNode base;
  AstNode *object, *body;
  AstScope *scope;
} AstWith;

/* scope holds the lexical declarations of all cases (NULL if none); discriminant is evaluated outside of it. */
typedef struct AstSwitch {
  AstNode base;
  AstNode *discriminant;
  AstScope *scope;
  AstList cases; /* CASE */
} AstSwitch;

typedef struct AstCase {
  AstNode base;
  AstNode *test; /* NULL: default */
  AstList body;
} AstCase;

/* param: IDENTIFIER or pattern, NULL for `catch {`. catch_scope: kind CATCH, holds param's names, NULL without param.
 * handler or finalizer may be NULL, not both. */
typedef struct AstTry {
  AstNode base;
  AstBlock *block;
  AstNode *param;
  AstScope *catch_scope;
  AstBlock *handler;
  AstBlock *finalizer;
} AstTry;

/* `export` before a declaration: compiles as the declaration. `export {...}` and `export * from` are EMPTY-like:
 * declaration is NULL. */
typedef struct AstExportDecl {
  AstNode base;
  AstNode *declaration;
} AstExportDecl;

/* declaration: FUNCTION_DECL, CLASS_DECL (their binding may be named *default*) or an expression, which initialises
 * `binding`; an anonymous function or class gets the name "default". */
typedef struct AstExportDefault {
  AstNode base;
  AstNode *declaration;
  AstBinding *binding;
} AstExportDefault;

/* --- modules ----------------------------------------------------------------------------------------------------- */

typedef struct AstImportAttribute {
  AstName *key, *value;
} AstImportAttribute;

/* ModuleRequest Records, without duplicates, in source order. */
typedef struct AstModuleRequest {
  AstName *specifier;
  AstImportAttribute *attributes; /* sorted by key */
  uint32_t attribute_count;
  uint8_t phase;       /* AstImportPhase */
  uint32_t start, end; /* of the specifier string */
} AstModuleRequest;

typedef struct AstImportEntry {
  uint32_t request;     /* index into requests */
  AstName *import_name; /* NULL: the namespace object, or the source with AST_PHASE_SOURCE */
  AstBinding *binding;  /* kind IMPORT, in the module's scope */
  uint32_t start, end;
} AstImportEntry;

typedef struct AstExportEntry {
  AstName *export_name; /* NULL only in star_exports */
  AstName
      *local_name; /* local: name of binding; indirect: the import name, NULL = the whole namespace (export * as ns) */
  AstBinding *binding; /* local only; always captured */
  uint32_t request;    /* indirect and star only */
  uint32_t start, end;
} AstExportEntry;

typedef struct AstModule {
  ARENA_VEC(AstModuleRequest) requests;
  ARENA_VEC(AstImportEntry) imports;
  ARENA_VEC(AstExportEntry) local_exports;
  ARENA_VEC(AstExportEntry) indirect_exports; /* re-exports, also of an imported name */
  ARENA_VEC(AstExportEntry) star_exports;
  bool has_top_level_await;
} AstModule;

/* --- scopes ------------------------------------------------------------------------------------------------------ */

typedef enum {
  AST_SCOPE_SCRIPT, /* var and function: properties of the global object; let, const, class: the realm's declarative
                       record */
  AST_SCOPE_MODULE,
  AST_SCOPE_EVAL, /* lexical declarations; strict: var too. Sloppy: var bindings listed here (kind VAR, FUNCTION) are
                     made in the caller's variable environment, and references to them do not resolve to them */
  AST_SCOPE_FUNCTION,
  AST_SCOPE_FUNCTION_BODY,
  AST_SCOPE_FUNCTION_NAME,
  AST_SCOPE_BLOCK,
  AST_SCOPE_FOR,
  AST_SCOPE_SWITCH,
  AST_SCOPE_CATCH,
  AST_SCOPE_CLASS,
  AST_SCOPE_STATIC_BLOCK, /* a block that holds its own vars */
  AST_SCOPE_WITH,
  AST_SCOPE_OUTER, /* around eval code: made from ParseOuterScope; its environment exists already */
} AstScopeKind;

typedef enum {
  AST_BINDING_VAR,
  AST_BINDING_PARAM,
  AST_BINDING_FUNCTION, /* in a block: lexical, assignable; at function top level: like var; see binding->function */
  AST_BINDING_LET,
  AST_BINDING_CONST, /* assignment: TypeError "Assignment to constant variable." */
  AST_BINDING_USING, /* like const, disposed on exit */
  AST_BINDING_CLASS, /* a class declaration: like let; AstClass.inner_name: like const */
  AST_BINDING_CATCH,
  AST_BINDING_IMPORT,
  AST_BINDING_FUNCTION_NAME, /* assignment: ignored in sloppy code, TypeError in strict code */
  AST_BINDING_ARGUMENTS,
  AST_BINDING_THIS, /* synthetic names from here on */
  AST_BINDING_NEW_TARGET,
  AST_BINDING_CALLEE,        /* the active function */
  AST_BINDING_KEY,           /* computed field key */
  AST_BINDING_PRIVATE_FIELD, /* the private name; what it denotes follows */
  AST_BINDING_PRIVATE_METHOD,
  AST_BINDING_PRIVATE_GETTER,
  AST_BINDING_PRIVATE_SETTER,
  AST_BINDING_PRIVATE_ACCESSOR, /* both */
  AST_BINDING_KIND_COUNT
} AstBindingKind;

#define AST_NO_REGISTER UINT32_MAX

struct AstBinding {
  AstName *name;
  AstScope *scope;
  uint8_t kind;       /* AstBindingKind */
  bool captured : 1;  /* used by an inner function, direct eval or with: lives in env_slot */
  bool needs_tdz : 1; /* some reference may come before initialisation: store the hole on scope entry */
  bool is_referenced : 1;
  bool is_assigned : 1; /* written anywhere besides its initialisation (or the single init of a parameter) */
  bool is_annex_b : 1;  /* a var that exists only because of a function in a block */
  bool is_exported : 1;
  bool is_static : 1;        /* private names: of the class itself; an instance one otherwise */
  bool is_simple_catch : 1;  /* catch (e), not a pattern */
  bool is_const : 1;         /* assignment throws TypeError */
  bool shadows_param : 1;    /* in a FUNCTION_BODY scope: starts with the value of the FUNCTION scope's binding of that
                                name */
  uint32_t env_slot;         /* if captured */
  uint32_t param_index;      /* PARAM: position in the list when the parameter is a plain identifier, else UINT32_MAX */
  uint32_t start;            /* of the (first) declaring name */
  uint32_t init_end;         /* parser private: from this offset on straight-line code sees it initialised */
  uint32_t last_var;         /* parser private: start of the latest var declaration */
  uint32_t reg;              /* the compiler's, AST_NO_REGISTER at first */
  AstFunctionDecl *function; /* the declaration whose function is the value on entry (the last of that name) */
  AstBinding *shadowed;      /* parser private */
  void *atom;                /* OUTER scopes: as given by the caller */
};

struct AstScope {
  uint8_t kind; /* AstScopeKind */
  bool is_strict : 1;
  bool needs_env : 1;       /* an environment must be made: captured bindings, or a with */
  bool has_direct_eval : 1; /* a direct eval sees this scope, from it or from further inside: everything is captured,
                               names must be kept */
  bool has_sloppy_eval : 1; /* a var scope to which a sloppy direct eval may add variables: needs a place for them */
  bool has_using : 1;       /* the scope's exit disposes */
  bool has_await_using : 1;
  bool is_var_scope : 1;  /* var declarations stop here */
  bool in_param_list : 1; /* parser private */
  uint32_t env_slots;     /* number of slots of the environment */
  uint32_t start;         /* source offset */
  AstScope *parent;
  AstFunction *function; /* the function whose code this scope belongs to (NULL for OUTER) */
  ARENA_VEC(AstBinding *) bindings;
  ARENA_VEC(AstFunctionDecl *) functions; /* to instantiate on entry; skip one that is not decl->binding->function */
  AstScope *first_child, *next_sibling;   /* newest first */
  uint32_t first_ref, first_hoist, depth; /* parser private */
  void *scratch;                          /* the compiler's */
  void *chain;                            /* the compiler's: what lazy functions inside are told of it */
  void *outer;                            /* OUTER scopes: ParseOuterScope.opaque */
};

const char *ast_kind_name(AstKind kind);
const char *ast_op_text(AstOp op);
const char *ast_scope_kind_name(AstScopeKind kind);
const char *ast_binding_kind_name(AstBindingKind kind);

/* True for kinds that begin uninitialised (temporal dead zone). */
static inline bool ast_binding_is_lexical(const AstBinding *binding)
{
  return binding->kind == AST_BINDING_LET || binding->kind == AST_BINDING_CONST || binding->kind == AST_BINDING_USING ||
         binding->kind == AST_BINDING_CLASS;
}

#endif
