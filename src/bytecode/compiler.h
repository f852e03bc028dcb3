// SPDX-License-Identifier: MIT
/*
 * The compiler's inside: one Compiler per source text, one Fn per function being compiled (on the C stack, innermost
 * first).
 *
 * Registers are handed out as a stack: `this` and parameters, then locals of open scopes and temporaries in the order
 * of their opening. A scope's environment, if it has one, is kept in a register too, so a captured binding of an open
 * scope is always reached in zero hops; only what lies outside the function is reached through the closure's
 * environment.
 *
 * Values met while compiling (constants, names) are kept in JsElements lists that the Fn and Compiler structs on the C
 * stack point at, which is where the collector finds them. Errors are sticky: after `failed` is set everything goes on
 * without effect.
 */
#ifndef BYTECODE_COMPILER_H
#define BYTECODE_COMPILER_H

#include "bytecode/code.h"
#include "object/coverage.h"
#include "object/operations.h"
#include "parser/parse.h"

typedef uint32_t Reg;
#define NO_REG      ((Reg)UINT32_MAX)
#define REG_DISCARD ((Reg)UINT32_MAX - 1) /* as a destination: the value is not wanted */
/* Operands are 16 bits wide. */
#define MAX_REGISTERS 65000u

typedef struct Fn Fn;

typedef struct Compiler {
  JsContext *cx;
  JsHeap *heap;
  Arena *arena;
  const ParseSource *source;
  JsScript *script;
  JsElements *names;   /* keeps the atoms in AstName.atom alive */
  uint32_t code_flags; /* CODE_BUILTIN */
  const JsEvalSite *eval_site;
  bool this_is_undefined; /* top level of a module, or eval code there */
  bool is_module;         /* the text is one */
  bool failed;            /* an exception is pending */
} Compiler;

/* A jump target. Jumps to it before it is bound are patched when it is. */
typedef struct Label {
  uint32_t pc;              /* UINT32_MAX until bound */
  ARENA_VEC(uint32_t) uses; /* pairs: start of the instruction, unit of the operand */
} Label;

typedef struct HandlerRange {
  uint32_t start, end;
  Label *target;
  uint32_t depth;
} HandlerRange;

typedef enum {
  CONTROL_LOOP,      /* break and continue */
  CONTROL_BREAKABLE, /* switch, labelled statement: break */
  CONTROL_FINALLY,   /* leaving it goes through a block with a dispatch at its end */
  CONTROL_HANDLER,   /* a try block with a catch only: its range is left out of unwinding code */
  CONTROL_ITERATOR,  /* leaving it closes an iterator */
} ControlKind;

typedef struct PendingExit {
  struct Control *target; /* NULL: return */
  bool is_continue;
} PendingExit;

/* What break, continue and return must look at on their way out, innermost first. */
typedef struct Control {
  ControlKind kind;
  struct Control *outer;
  uint32_t depth;
  AstLabel *const *labels; /* LOOP, BREAKABLE: names it answers to */
  uint32_t label_count;
  bool is_plain_break; /* an unlabelled break stops here */
  Label *break_label, *continue_label;
  /* FINALLY */
  Reg kind_reg, value_reg;
  Label *finally_label;
  ARENA_VEC(PendingExit) exits;
  /* FINALLY, HANDLER, ITERATOR: the protected range */
  Label *handler;
  uint32_t range_start; /* UINT32_MAX: none open */
  bool is_suspended;    /* emit_exit is writing code beyond it */
  /* ITERATOR */
  Reg iterator;
  bool is_async;
} Control;

/* AstScope.scratch while the scope is open. */
typedef struct ScopeState {
  Fn *fn;
  Reg env;     /* NO_REG: none */
  Reg dispose; /* `using`: register of the dispose capability */
} ScopeState;

typedef struct ConstEntry {
  uint64_t bits;
  uint32_t index; /* + 1; 0: free */
} ConstEntry;

struct Fn {
  Compiler *c;
  Fn *outer;
  AstFunction *node;
  AstScope *scope; /* innermost open scope */
  JsElements *constants;
  ConstEntry *const_table;
  uint32_t const_mask, const_count;
  ARENA_VEC(uint16_t) units;
  ARENA_VEC(HandlerRange) handlers;
  ARENA_VEC(JsIcSite) ic_sites;
  ARENA_VEC(JsScopeInfo) scopes;
  ARENA_VEC(JsSwitch) switches;
  ARENA_VEC(JsEvalSite) eval_sites;
  ARENA_VEC(JsGlobalDecls) global_decls;
  ARENA_VEC(uint8_t) positions;
  uint16_t *arguments_map;
  uint32_t fb_count;
  uint32_t last_position_pc, last_position, position; /* position: of the next instruction */
  uint32_t flags;                                     /* CODE_* */
  Reg next_reg, max_reg, fill_end;                    /* fill_end 0: all */
  uint16_t param_count;
  Reg closure_env; /* the one behind the parameters, which every frame has there */
  Reg env;         /* innermost environment */
  Reg completion;  /* scripts and eval: the completion value; NO_REG elsewhere */
  Reg async_state;
  Control *control;
  Label *chain_end; /* of the optional chain being compiled */
  bool strict;
  bool in_params;          /* in the expressions of a parameter list */
  bool pattern_is_param;   /* the next object pattern is a parameter */
  AstNode *pattern_source; /* expression that the next object pattern takes apart, for its error message */
  bool covers;             /* its runs are counted */
  uint32_t cover_start, cover_end, cover_counter;
  ARENA_VEC(JsCoverageRange) cover_ranges;
};

/* --- emitter.c --- */
JS_COLD void compile_out_of_memory(Compiler *c);
uint32_t emit_instruction(Fn *fn, JsOpcode op, uint8_t imm, const uint32_t *operands);
/* Operands in the order of the row; FB and JUMP operands are given as 0 (see emit_jump). */
#define EMIT(fn, op, ...)          emit_instruction((fn), OP_##op, 0, (const uint32_t[6]){__VA_ARGS__})
#define EMIT_IMM(fn, op, imm, ...) emit_instruction((fn), OP_##op, (uint8_t)(imm), (const uint32_t[6]){__VA_ARGS__})
#define EMIT0(fn, op)              emit_instruction((fn), OP_##op, 0, (const uint32_t[6]){0})
/* The row's JUMP operand leads to label. */
void emit_jump(Fn *fn, JsOpcode op, uint8_t imm, const uint32_t *operands, Label *label);
#define EMIT_JUMP(fn, op, label, ...) emit_jump((fn), OP_##op, 0, (const uint32_t[6]){__VA_ARGS__}, (label))
Label *label_new(Fn *fn);
void label_bind(Fn *fn, Label *label);
uint32_t current_pc(Fn *fn);
static inline void set_position(Fn *fn, uint32_t offset)
{
  fn->position = offset;
}
void emit_move(Fn *fn, Reg dst, Reg src);
void emit_load_value(Fn *fn, Reg dst, JsValue val); /* numbers, strings, singletons */
void emit_load_int(Fn *fn, Reg dst, int32_t i);
void emit_load_undefined(Fn *fn, Reg dst);
void emit_load_hole(Fn *fn, Reg dst);
/* Index of a constant; equal ones are shared. */
uint32_t constant_value(Fn *fn, JsValue val);
uint32_t constant_cell(Fn *fn, void *cell);   /* never shared */
uint32_t constant_key(Fn *fn, AstName *name); /* a property key */
uint32_t ic_new(Fn *fn, uint32_t key);
static inline uint32_t ic_key(Fn *fn, AstName *name)
{
  return ic_new(fn, constant_key(fn, name));
}
JsKey name_key(Compiler *c, AstName *name);
JsValue name_value(Compiler *c, AstName *name);
bool name_is(const AstName *name, const char *ascii);
/* The finished function. NULL: failed. */
JsCode *emit_finish(Fn *fn, JsString *name, uint32_t length);

/* --- compile_coverage.c: each counts what is emitted next, where coverage is wanted --- */
void cover_function(Fn *fn, uint32_t start, uint32_t end);
void cover_finish(Fn *fn, JsCode *code);
void cover_range(Fn *fn, uint32_t start, uint32_t end);
void cover_after(Fn *fn, uint32_t end);     /* what follows a statement that ends there */
void cover_drop_last(Fn *fn, uint32_t end); /* a list ends there: nothing of it follows */
void cover_consequent(Fn *fn, const AstConditional *node);
void cover_alternate(Fn *fn, const AstConditional *node);
void cover_right(Fn *fn, const AstBinary *node);                          /* the right operand of && || ?? */
void cover_clause(Fn *fn, const AstNode *before, const AstBlock *clause); /* catch, finally */
/* `?.`: a nullish reg ends the chain. */
void emit_link_jump(Fn *fn, const AstNode *link, Reg reg);
void cover_after_suspension(Fn *fn, const AstNode *node); /* yield, await */

/* --- registers.c --- */
Reg reg_alloc(Fn *fn);
Reg reg_alloc_many(Fn *fn, uint32_t count);
static inline Reg reg_mark(const Fn *fn)
{
  return fn->next_reg;
}
static inline void reg_release(Fn *fn, Reg mark)
{
  fn->next_reg = mark;
}

/* --- compile_scope.c --- */
bool scope_has_env(const AstScope *scope);
uint32_t scope_env_slots(const AstScope *scope);
/* Opens a scope: environment, holes, functions. Locals stay allocated until scope_leave; the caller releases registers.
 */
typedef struct ScopeFrame {
  AstScope *previous;
  Reg previous_env, mark;
  ScopeState state;
  AstScope *scope;
} ScopeFrame;
void scope_enter(Fn *fn, AstScope *scope, ScopeFrame *frame); /* scope may be NULL */
/* Parts of scope_enter, for those that need something in between. */
void scope_open_registers(Fn *fn, AstScope *scope, ScopeFrame *frame);
void scope_make_env(Fn *fn, AstScope *scope);
void scope_init_bindings(Fn *fn, AstScope *scope);
void scope_instantiate_functions(Fn *fn, AstScope *scope);
void scope_leave(Fn *fn, ScopeFrame *frame);
Reg current_env(const Fn *fn); /* register with the innermost environment */

typedef enum { VAR_REGISTER, VAR_ENV, VAR_GLOBAL, VAR_IMPORT } VarKind;
typedef struct VarRef {
  VarKind kind;
  AstName *name;
  AstBinding *binding; /* NULL: unresolved global */
  Reg reg;             /* REGISTER */
  Reg env;             /* ENV, IMPORT */
  uint32_t hops, slot;
  bool check_tdz;
  bool is_dynamic;
  uint32_t dynamic_envs; /* how many environments from the innermost one to look through */
} VarRef;
/* GET_NEAR reads it. */
static inline bool var_is_near(const VarRef *ref)
{
  return ref->kind == VAR_ENV && !ref->hops && !ref->check_tdz && !ref->is_dynamic;
}
void resolve_identifier(Fn *fn, const AstIdentifier *id, VarRef *ref);
void resolve_binding(Fn *fn, AstBinding *binding, VarRef *ref);
void emit_load_var(Fn *fn, const VarRef *ref, Reg dst, bool is_typeof);
/* Assignment (checks const, TDZ) and initialisation. */
void emit_store_var(Fn *fn, const VarRef *ref, Reg src);
void emit_init_var(Fn *fn, const VarRef *ref, Reg src);
void emit_init_binding(Fn *fn, AstBinding *binding, Reg src);
void emit_load_binding(Fn *fn, AstBinding *binding, Reg dst);
/* Register of a variable that can be read in place, or NO_REG. */
Reg var_in_register(Fn *fn, const AstNode *node);
void emit_load_this(Fn *fn, AstIdentifier *id, Reg dst);

/* --- compile_expr.c and friends --- */
void expr_to(Fn *fn, AstNode *node, Reg dst);
Reg expr_any(Fn *fn, AstNode *node);  /* a local's own register, or a new temporary */
Reg expr_temp(Fn *fn, AstNode *node); /* always a new temporary */
void expr_discard(Fn *fn, AstNode *node);
/* With the name an anonymous function or class takes (NULL: none). */
void expr_named(Fn *fn, AstNode *node, Reg dst, AstName *name);
/* Left operand that survives the evaluation of what comes next. */
Reg expr_stable(Fn *fn, AstNode *node, AstNode *const *later, uint32_t later_count);
/* Jumps to label when ToBoolean(node) == sense, else falls through. */
/* The back edge of a loop whose test is simple: tests again and jumps to the body, else falls through. False: nothing
 * was emitted. */
bool loop_jump(Fn *fn, AstNode *test, Label *label);
/* The same when what was emitted from update_pc on is one INC of the variable that the test bounds: both in one. */
bool count_jump(Fn *fn, AstNode *test, Label *label, uint32_t update_pc);
void cond_jump(Fn *fn, AstNode *node, Label *label, bool sense);
bool is_anonymous_function(const AstNode *node);
bool is_safe_destination(const AstNode *node);
bool constant_of(Fn *fn, const AstNode *node, JsValue *val);
bool small_int_of(const AstNode *node, int32_t *i);
JsOpcode binary_opcode(AstOp op);
void emit_binary(Fn *fn, AstOp op, Reg dst, Reg left, AstNode *right_node, uint32_t op_position);
uint32_t bracket_position(Fn *fn, const AstIndex *node);
void compile_array(Fn *fn, AstArray *node, Reg dst);
void compile_object(Fn *fn, AstObject *node, Reg dst);
void compile_template(Fn *fn, AstTemplate *node, Reg dst);
/* Consecutive registers with strings and numbers that become one string (CONCAT). */
typedef struct StringParts {
  Reg base;
  uint32_t count;
} StringParts;
void parts_add_text(Fn *fn, StringParts *parts, AstName *text);
void parts_add_value(Fn *fn, StringParts *parts, AstNode *node, bool is_operand, uint32_t position); /* operand: of + */
void parts_add_register(Fn *fn, StringParts *parts, Reg value, uint32_t position);                   /* likewise */
void parts_end(Fn *fn, const StringParts *parts, Reg dst);
void compile_tagged_template(Fn *fn, AstTaggedTemplate *node, Reg dst);
Reg property_key(Fn *fn, AstNode *key, bool is_computed); /* as a value in a new temporary */
bool static_key_name(const AstNode *key, AstName **name);
void compile_yield(Fn *fn, AstUnary *node, Reg dst);
void compile_yield_star(Fn *fn, AstUnary *node, Reg dst);

/* --- compile_call.c --- */
void compile_call(Fn *fn, AstCall *node, Reg dst);
void compile_new(Fn *fn, AstCall *node, Reg dst);
void compile_super_call(Fn *fn, AstSuper *node, Reg dst);
Reg compile_argument_array(Fn *fn, const AstList *args); /* spread: an array in a new temporary */
/* Callee into window+0 and its this value into window+FRAME_WORDS. True: that is undefined and was not laid. */
bool compile_callee(Fn *fn, AstNode *callee, Reg window);
/* CALL, or CALL_PLAIN as compile_callee said. */
void emit_call(Fn *fn, bool is_plain, Reg dst, Reg window, uint32_t argc);
void compile_chain_links(Fn *fn, AstNode *node, Reg dst);

/* --- compile_assign.c --- */
typedef enum { REF_VAR, REF_MEMBER, REF_INDEX, REF_PRIVATE, REF_SUPER, REF_PATTERN, REF_INVALID } RefKind;
typedef struct Ref {
  RefKind kind;
  AstNode *node;
  VarRef var;
  Reg object, key, receiver; /* key: index, private name, super's property */
  Reg dynamic;               /* VAR behind with or eval: the object found, hole when none */
  AstName *name;
  bool declares;
  uint32_t put_position; /* of the operator that writes; UINT32_MAX: the target's own */
} Ref;
/* Evaluates the parts of a target, so that get and put do not evaluate them again. */
void ref_prepare(Fn *fn, AstNode *node, Ref *ref, bool is_stable);
void ref_get(Fn *fn, const Ref *ref, Reg dst);
void ref_put(Fn *fn, const Ref *ref, Reg src);
/* Each returns the register with the value; dst may be NO_REG when the caller does not mind which. */
Reg compile_assign(Fn *fn, AstBinary *node, Reg dst);
Reg compile_compound_assign(Fn *fn, AstBinary *node, Reg dst);
Reg compile_logical_assign(Fn *fn, AstBinary *node, Reg dst);
Reg compile_update(Fn *fn, AstUnary *node, Reg dst, bool discard);
void emit_super_get(Fn *fn, AstSuper *node, Reg dst, Reg receiver_out);

/* --- compile_destructure.c --- */
/* Binds or assigns value to a target: identifier, member, pattern, DEFAULT around one. */
void compile_target(Fn *fn, AstNode *target, Reg value);
void compile_pattern(Fn *fn, AstNode *pattern, Reg value);

/* --- statements --- */
void compile_statement(Fn *fn, AstNode *node);
void compile_statements(Fn *fn, const AstList *list);
void compile_block(Fn *fn, AstBlock *block);
void compile_var_decl(Fn *fn, AstVarDecl *node);
void compile_loop(Fn *fn, AstNode *node, AstLabel *const *labels, uint32_t label_count);
void compile_switch(Fn *fn, AstSwitch *node, AstLabel *const *labels, uint32_t label_count);
void compile_try(Fn *fn, AstTry *node);
void completion_undefined(Fn *fn);

void control_push(Fn *fn, Control *control, ControlKind kind);
void control_pop(Fn *fn);
void control_protect(Fn *fn, Control *control, Label *handler);
void control_unprotect(Fn *fn, Control *control);
/* Emits the way out: to a control's break or continue label, or (target NULL) a return of value. */
void emit_exit(Fn *fn, Control *target, bool is_continue, Reg value);
void compile_break(Fn *fn, AstJump *node);
void compile_return(Fn *fn, Reg value);
/* The return of the function itself, once all controls are left. */
void emit_function_return(Fn *fn, Reg value);
/* finally_begin ... body ... finally_enter ... block ... finally_end; see compile_control.c. */
void finally_begin(Fn *fn, Control *control);
void finally_enter(Fn *fn, Control *control, Reg dispose_scope);
void finally_end(Fn *fn, Control *control);
/* Runs body under the scope's disposal rules when it has `using` declarations. */
void using_begin(Fn *fn, AstScope *scope, Control *control, Reg *dispose_scope);
void using_end(Fn *fn, AstScope *scope, Control *control, Reg dispose_scope);
/* The handler of a region that must close its iterator on a throw. */
void emit_iterator_handler(Fn *fn, Label *handler, Reg iterator, bool is_async);
/* SWITCH_INT: targets[k] is where low + k goes; to be filled in after the labels are bound. */
int32_t *emit_switch(Fn *fn, Reg reg, int32_t low, uint32_t count, uint32_t *pc);

/* --- compile_function.c, compile_class.c --- */
/* outer NULL: a function of its own, without surroundings. name: the one NamedEvaluation gives. klass: for the
 * synthetic initialiser functions and for constructors. */
JsCode *compile_function(Fn *outer, Compiler *c, AstFunction *node, AstName *name, AstClass *klass);
JsCode *compile_root(Compiler *c, AstFunction *root);
JsCode *compile_module_init(Compiler *c, AstFunction *root);
void emit_closure(Fn *fn, AstFunction *node, Reg dst, AstName *name);
void compile_class(Fn *fn, AstClass *node, Reg dst, AstName *name);
/* Named at run time by a property key value. */
void compile_class_with_key(Fn *fn, AstClass *node, Reg dst, Reg key);
void compile_field_initialisers(Fn *fn, AstClass *klass, bool is_static);
JsCode *compile_default_constructor(Fn *outer, AstClass *klass, AstName *name);

/* --- compile_module.c --- */
void module_capture_bindings(const AstModule *module, AstScope *scope);
struct JsModuleInfo *module_info_build(Compiler *c, const AstModule *module, JsCode *body, JsCode *init,
                                       const AstScope *scope);

/* --- compile_eval.c --- */
uint32_t eval_site_new(Fn *fn, AstScope *scope);
void declare_globals(Fn *fn, AstScope *scope);
void declare_eval_vars(Fn *fn, AstScope *scope);
/* A var of sloppy eval code, wherever it is declared. */
void resolve_eval_var(Fn *fn, AstName *name, VarRef *ref);
void fn_init(Fn *fn, Compiler *c, Fn *outer, AstFunction *node);

#endif
