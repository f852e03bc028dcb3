// SPDX-License-Identifier: MIT
/* Calls. Callee, this and arguments are evaluated straight into the call window, which is always the top of the
 * registers. */
#include "bytecode/compiler.h"

static Reg window_open(Fn *fn)
{
  return reg_alloc_many(fn, FRAME_WORDS + 1);
}

static void compile_arguments(Fn *fn, const AstList *args)
{
  for (uint32_t k = 0; k < args->len; k++) {
    Reg reg = reg_alloc(fn);
    expr_to(fn, args->items[k], reg);
  }
}

Reg compile_argument_array(Fn *fn, const AstList *args)
{
  Reg array = reg_alloc(fn);
  EMIT(fn, NEW_ARRAY, array, args->len);
  for (uint32_t k = 0; k < args->len; k++) {
    AstNode *arg = args->items[k];
    Reg mark = reg_mark(fn);
    if (arg->kind == AST_SPREAD) {
      Reg value = expr_any(fn, ((AstUnary *)arg)->operand);
      set_position(fn, ((AstUnary *)arg)->operand->start);
      EMIT_IMM(fn, ARRAY_SPREAD, k + 1 == args->len, array, value); /* V8 makes an array of the others */
    } else {
      Reg value = expr_any(fn, arg);
      EMIT(fn, ARRAY_PUSH, array, value);
    }
    reg_release(fn, mark);
  }
  return array;
}

static void compile_dynamic_callee(Fn *fn, const VarRef *ref, Reg window)
{
  Label *not_found = label_new(fn), *end = label_new(fn);
  Reg mark = reg_mark(fn), found = reg_alloc(fn);
  uint32_t key = constant_key(fn, ref->name);
  EMIT_JUMP(fn, FIND_DYNAMIC, not_found, found, current_env(fn), ref->dynamic_envs, key);
  EMIT(fn, DYNAMIC_THIS, window + FRAME_WORDS, found);
  EMIT_IMM(fn, GET_DYNAMIC, fn->strict, window, found, key);
  EMIT_JUMP(fn, JUMP, end, 0);
  label_bind(fn, not_found);
  VarRef plain = *ref;
  plain.is_dynamic = false;
  emit_load_var(fn, &plain, window, false);
  emit_load_undefined(fn, window + FRAME_WORDS);
  label_bind(fn, end);
  reg_release(fn, mark);
}

bool compile_callee(Fn *fn, AstNode *callee, Reg window)
{
  Reg this_reg = window + FRAME_WORDS, mark = reg_mark(fn);
  bool is_plain = false;
  switch (callee->kind) {
  case AST_MEMBER: {
    AstMember *member = (AstMember *)callee;
    Reg object = callee->flags & AST_OPTIONAL ? NO_REG : var_in_register(fn, member->object);
    if (object != NO_REG) {
      set_position(fn, member->name_start);
      EMIT(fn, GET_METHOD, window, object, ic_key(fn, member->name));
      break;
    }
    expr_to(fn, member->object, this_reg);
    if (callee->flags & AST_OPTIONAL)
      emit_link_jump(fn, callee, this_reg);
    set_position(fn, member->name_start);
    EMIT_IMM(fn, GET_PROP, fn->strict, window, this_reg, ic_key(fn, member->name));
    break;
  }
  case AST_INDEX: {
    AstIndex *index = (AstIndex *)callee;
    expr_to(fn, index->object, this_reg);
    if (callee->flags & AST_OPTIONAL)
      emit_link_jump(fn, callee, this_reg);
    Reg key = expr_any(fn, index->index);
    set_position(fn, bracket_position(fn, index));
    EMIT_IMM(fn, GET_INDEX, fn->strict, window, this_reg, key, ic_new(fn, CODE_NO_CONST));
    break;
  }
  case AST_PRIVATE_MEMBER: {
    AstPrivateMember *member = (AstPrivateMember *)callee;
    expr_to(fn, member->object, this_reg);
    if (callee->flags & AST_OPTIONAL)
      emit_link_jump(fn, callee, this_reg);
    Reg name = reg_alloc(fn);
    emit_load_binding(fn, member->name->binding, name);
    set_position(fn, member->name->base.start);
    EMIT(fn, GET_PRIVATE, window, this_reg, name, ic_new(fn, CODE_NO_CONST));
    break;
  }
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX: emit_super_get(fn, (AstSuper *)callee, window, this_reg); break;
  case AST_OPTIONAL_CHAIN: {
    /* (a?.b)(): a chain of its own, whose this value is kept */
    Label *end = label_new(fn), *done = label_new(fn), *saved = fn->chain_end;
    fn->chain_end = end;
    if (compile_callee(fn, ((AstUnary *)callee)->operand, window))
      emit_load_undefined(fn, this_reg);
    fn->chain_end = saved;
    EMIT_JUMP(fn, JUMP, done, 0);
    label_bind(fn, end);
    emit_load_undefined(fn, window);
    emit_load_undefined(fn, this_reg);
    label_bind(fn, done);
    break;
  }
  case AST_IDENTIFIER: {
    VarRef ref;
    resolve_identifier(fn, (AstIdentifier *)callee, &ref);
    set_position(fn, callee->start);
    if (ref.is_dynamic) {
      compile_dynamic_callee(fn, &ref, window);
      break;
    }
    emit_load_var(fn, &ref, window, false);
    is_plain = true;
    break;
  }
  default: expr_to(fn, callee, window); is_plain = true;
  }
  reg_release(fn, mark);
  return is_plain;
}

/* Where V8 points: at the identifier the callee ends with, else at the parenthesis. */
static uint32_t call_position(const AstCall *node)
{
  const AstNode *callee = node->callee;
  if ((callee->flags & AST_PARENTHESIZED) || (node->base.flags & AST_OPTIONAL))
    return node->args_start;
  switch (callee->kind) {
  case AST_IDENTIFIER: return callee->start;
  case AST_MEMBER: return ((const AstMember *)callee)->name_start;
  case AST_SUPER_MEMBER: return ((const AstSuper *)callee)->name_start;
  default: return node->args_start;
  }
}

void emit_call(Fn *fn, bool is_plain, Reg dst, Reg window, uint32_t argc)
{
  emit_instruction(fn, is_plain ? OP_CALL_PLAIN : OP_CALL, 0, (const uint32_t[6]){dst, window, argc});
}

/* Arguments and call. Up to two variables at the end of the list are laid by the call itself. */
static void compile_plain_arguments(Fn *fn, const AstCall *node, bool is_plain, Reg dst, Reg window)
{
  static const JsOpcode opcodes[3][2] = {
      {OP_CALL, OP_CALL_PLAIN}, {OP_CALL_ARG, OP_CALL_PLAIN_ARG}, {OP_CALL_ARGS, OP_CALL_PLAIN_ARGS}};
  uint32_t count = node->args.len, last = 0;
  Reg regs[2] = {0};
  while (last < 2 && last < count) {
    Reg reg = var_in_register(fn, node->args.items[count - 1 - last]);
    if (reg == NO_REG)
      break;
    regs[last++] = reg;
  }
  for (uint32_t k = 0; k < count; k++) {
    Reg reg = reg_alloc(fn);
    if (k < count - last)
      expr_to(fn, node->args.items[k], reg);
  }
  set_position(fn, call_position(node));
  Reg first = last == 2 ? regs[1] : regs[0], second = regs[0];
  emit_instruction(fn, opcodes[last][is_plain], 0, (const uint32_t[6]){dst, window, count, first, second});
}

/* f() and f(x) of a function in the environment at hand, x a variable: one instruction. */
static bool compile_near_call(Fn *fn, const AstCall *node, Reg dst)
{
  Reg arg = node->args.len == 1 ? var_in_register(fn, node->args.items[0]) : NO_REG;
  VarRef ref;
  if (node->callee->kind != AST_IDENTIFIER || node->args.len > 1 || (node->args.len == 1 && arg == NO_REG) ||
      (node->base.flags & (AST_HAS_SPREAD | AST_DIRECT_EVAL | AST_OPTIONAL)))
    return false;
  resolve_identifier(fn, (AstIdentifier *)node->callee, &ref);
  if (!var_is_near(&ref))
    return false;
  Reg mark = reg_mark(fn), window = window_open(fn);
  (void)reg_alloc_many(fn, node->args.len);
  set_position(fn, call_position(node));
  if (node->args.len)
    EMIT(fn, CALL_NEAR_ARG, dst, window, ref.env, ref.slot, arg);
  else
    EMIT(fn, CALL_NEAR, dst, window, ref.env, ref.slot);
  reg_release(fn, mark);
  return true;
}

void compile_call(Fn *fn, AstCall *node, Reg dst)
{
  if (compile_near_call(fn, node, dst))
    return;
  Reg mark = reg_mark(fn), window = window_open(fn);
  bool is_plain = compile_callee(fn, node->callee, window);
  bool is_eval = node->base.flags & AST_DIRECT_EVAL;
  if (is_plain && (is_eval || (node->base.flags & AST_HAS_SPREAD)))
    emit_load_undefined(fn, window + FRAME_WORDS);
  if (node->base.flags & AST_OPTIONAL)
    emit_link_jump(fn, &node->base, window);
  uint32_t position = call_position(node);
  if (node->base.flags & AST_HAS_SPREAD) {
    Reg array = compile_argument_array(fn, &node->args);
    set_position(fn, position);
    if (is_eval)
      EMIT(fn, CALL_EVAL_SPREAD, dst, window, array, eval_site_new(fn, node->scope), current_env(fn));
    else
      EMIT(fn, CALL_SPREAD, dst, window, array);
  } else if (!is_eval) {
    compile_plain_arguments(fn, node, is_plain, dst, window);
  } else {
    compile_arguments(fn, &node->args);
    set_position(fn, position);
    EMIT(fn, CALL_EVAL, dst, window, node->args.len, eval_site_new(fn, node->scope), current_env(fn));
  }
  reg_release(fn, mark);
}

void compile_new(Fn *fn, AstCall *node, Reg dst)
{
  Reg mark = reg_mark(fn), window = window_open(fn);
  expr_to(fn, node->callee, window);
  if (node->base.flags & AST_HAS_SPREAD) {
    Reg array = compile_argument_array(fn, &node->args);
    set_position(fn, node->base.start);
    EMIT(fn, NEW_SPREAD, dst, window, array);
  } else {
    compile_arguments(fn, &node->args);
    set_position(fn, node->base.start);
    EMIT(fn, NEW, dst, window, node->args.len);
  }
  reg_release(fn, mark);
}

/* super(...)  ecma262#sec-super-keyword-runtime-semantics-evaluation */
void compile_super_call(Fn *fn, AstSuper *node, Reg dst)
{
  Reg mark = reg_mark(fn), result = reg_alloc(fn), callee = reg_alloc(fn), new_target = reg_alloc(fn);
  Reg window = window_open(fn);
  emit_load_this(fn, node->callee, callee);
  emit_load_this(fn, node->new_target, new_target);
  emit_move(fn, window, callee);
  bool has_spread = node->base.flags & AST_HAS_SPREAD;
  Reg array = NO_REG;
  if (has_spread)
    array = compile_argument_array(fn, &node->args);
  else
    compile_arguments(fn, &node->args);
  set_position(fn, node->base.start);
  if (has_spread)
    EMIT(fn, SUPER_CALL_SPREAD, result, window, array, new_target);
  else
    EMIT(fn, SUPER_CALL, result, window, node->args.len, new_target);
  reg_release(fn, window);
  VarRef ref;
  resolve_identifier(fn, node->receiver, &ref);
  set_position(fn, node->base.start);
  if (ref.kind == VAR_REGISTER) {
    EMIT(fn, CHECK_SUPER_TWICE, ref.reg);
  } else {
    Reg bound = reg_alloc(fn);
    EMIT(fn, GET_ENV, bound, ref.env, ref.hops, ref.slot);
    EMIT(fn, CHECK_SUPER_TWICE, bound);
  }
  emit_init_var(fn, &ref, result);
  EMIT(fn, INIT_FIELDS, callee, result);
  emit_move(fn, dst, result);
  reg_release(fn, mark);
}
