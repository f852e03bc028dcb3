// SPDX-License-Identifier: MIT
/* Assignment, compound assignment, logical assignment, ++ and --, on every kind of target. */
#include "bytecode/compiler.h"

/* super.x: this is read first, then the home object's prototype is asked for the property. */
static void super_prepare(Fn *fn, AstSuper *node, Ref *ref)
{
  ref->receiver = reg_alloc(fn);
  emit_load_this(fn, node->receiver, ref->receiver);
  ref->key = reg_alloc(fn);
  if (node->base.kind == AST_SUPER_INDEX)
    expr_to(fn, node->index, ref->key);
  else
    emit_load_value(fn, ref->key, name_value(fn->c, node->name));
  ref->object = reg_alloc(fn);
  emit_load_this(fn, node->callee, ref->object);
  EMIT(fn, GET_HOME, ref->object, ref->object);
}

void emit_super_get(Fn *fn, AstSuper *node, Reg dst, Reg receiver_out)
{
  Reg mark = reg_mark(fn);
  Ref ref;
  super_prepare(fn, node, &ref);
  set_position(fn, node->base.kind == AST_SUPER_MEMBER ? node->name_start : node->index->start);
  if (receiver_out != NO_REG)
    emit_move(fn, receiver_out, ref.receiver);
  EMIT(fn, GET_SUPER, dst, ref.object, ref.receiver, ref.key);
  reg_release(fn, mark);
}

/* A register that nothing evaluated later can change. */
static Reg stable_operand(Fn *fn, AstNode *node, bool is_stable)
{
  return is_stable && node->kind == AST_IDENTIFIER ? expr_temp(fn, node) : expr_any(fn, node);
}

void ref_prepare(Fn *fn, AstNode *node, Ref *ref, bool is_stable)
{
  *ref = (Ref){
      .node = node, .object = NO_REG, .key = NO_REG, .receiver = NO_REG, .dynamic = NO_REG, .put_position = UINT32_MAX};
  switch (node->kind) {
  case AST_IDENTIFIER: {
    AstIdentifier *id = (AstIdentifier *)node;
    ref->kind = REF_VAR;
    ref->name = node->flags & AST_PARENTHESIZED ? NULL : id->name;
    ref->declares = node->flags & AST_REF_DECLARES;
    resolve_identifier(fn, id, &ref->var);
    if (ref->var.is_dynamic && !ref->declares) {
      Label *not_found = label_new(fn);
      ref->dynamic = reg_alloc(fn);
      emit_load_hole(fn, ref->dynamic);
      EMIT_JUMP(fn, FIND_DYNAMIC, not_found, ref->dynamic, current_env(fn), ref->var.dynamic_envs,
                constant_key(fn, id->name));
      label_bind(fn, not_found);
    }
    break;
  }
  case AST_MEMBER:
    ref->kind = REF_MEMBER;
    ref->object = stable_operand(fn, ((AstMember *)node)->object, is_stable);
    break;
  case AST_INDEX: {
    AstIndex *index = (AstIndex *)node;
    ref->kind = REF_INDEX;
    ref->object =
        is_stable ? stable_operand(fn, index->object, true) : expr_stable(fn, index->object, &index->index, 1);
    ref->key = stable_operand(fn, index->index, is_stable);
    break;
  }
  case AST_PRIVATE_MEMBER:
    ref->kind = REF_PRIVATE;
    ref->object = stable_operand(fn, ((AstPrivateMember *)node)->object, is_stable);
    ref->key = reg_alloc(fn);
    emit_load_binding(fn, ((AstPrivateMember *)node)->name->binding, ref->key);
    break;
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX:
    ref->kind = REF_SUPER;
    super_prepare(fn, (AstSuper *)node, ref);
    break;
  case AST_ARRAY_PATTERN:
  case AST_OBJECT_PATTERN: ref->kind = REF_PATTERN; break;
  default:
    /* f() = 1 in sloppy code: the call is made, then it fails. */
    ref->kind = REF_INVALID;
    expr_discard(fn, node);
    set_position(fn, node->start);
    EMIT(fn, THROW_ERROR, JS_MSG_INVALID_ASSIGNMENT, CODE_NO_CONST);
  }
}

/* For targets that are read and then written: the key is converted once. */
static void ref_prepare_key(Fn *fn, Ref *ref)
{
  JsValue constant;
  if (ref->kind != REF_INDEX || constant_of(fn, ((AstIndex *)ref->node)->index, &constant))
    return;
  Reg key = reg_alloc(fn);
  set_position(fn, ((AstIndex *)ref->node)->index->start);
  EMIT(fn, PREPARE_KEY, key, ref->key, ref->object);
  ref->key = key;
}

static uint32_t ref_position(const AstNode *node)
{
  switch (node->kind) {
  case AST_MEMBER: return ((const AstMember *)node)->name_start;
  case AST_INDEX: return ((const AstIndex *)node)->index->start;
  case AST_PRIVATE_MEMBER: return ((const AstPrivateMember *)node)->name->base.start;
  case AST_SUPER_MEMBER: return ((const AstSuper *)node)->name_start;
  default: return node->start;
  }
}

void ref_get(Fn *fn, const Ref *ref, Reg dst)
{
  set_position(fn, ref->node->start); /* of read-modify-write */
  switch (ref->kind) {
  case REF_VAR:
    if (ref->dynamic == NO_REG) {
      emit_load_var(fn, &ref->var, dst, false);
    } else {
      Label *not_found = label_new(fn), *end = label_new(fn);
      VarRef plain = ref->var;
      plain.is_dynamic = false;
      EMIT_JUMP(fn, JUMP_HOLE, not_found, ref->dynamic);
      EMIT_IMM(fn, GET_DYNAMIC, fn->strict, dst, ref->dynamic, constant_key(fn, ref->var.name));
      EMIT_JUMP(fn, JUMP, end, 0);
      label_bind(fn, not_found);
      emit_load_var(fn, &plain, dst, false);
      label_bind(fn, end);
    }
    break;
  case REF_MEMBER:
    EMIT_IMM(fn, GET_PROP, fn->strict, dst, ref->object, ic_key(fn, ((AstMember *)ref->node)->name));
    break;
  case REF_INDEX: EMIT_IMM(fn, GET_INDEX, fn->strict, dst, ref->object, ref->key, ic_new(fn, CODE_NO_CONST)); break;
  case REF_PRIVATE: EMIT(fn, GET_PRIVATE, dst, ref->object, ref->key, ic_new(fn, CODE_NO_CONST)); break;
  case REF_SUPER: EMIT(fn, GET_SUPER, dst, ref->object, ref->receiver, ref->key); break;
  case REF_PATTERN:
  case REF_INVALID: break;
  }
}

void ref_put(Fn *fn, const Ref *ref, Reg src)
{
  set_position(fn, ref->put_position != UINT32_MAX ? ref->put_position : ref_position(ref->node));
  switch (ref->kind) {
  case REF_VAR:
    if (ref->declares) {
      emit_init_var(fn, &ref->var, src);
    } else if (ref->dynamic == NO_REG) {
      emit_store_var(fn, &ref->var, src);
    } else {
      Label *not_found = label_new(fn), *end = label_new(fn);
      VarRef plain = ref->var;
      plain.is_dynamic = false;
      EMIT_JUMP(fn, JUMP_HOLE, not_found, ref->dynamic);
      EMIT_IMM(fn, SET_DYNAMIC, fn->strict, ref->dynamic, constant_key(fn, ref->var.name), src);
      EMIT_JUMP(fn, JUMP, end, 0);
      label_bind(fn, not_found);
      emit_store_var(fn, &plain, src);
      label_bind(fn, end);
    }
    break;
  case REF_MEMBER:
    EMIT_IMM(fn, SET_PROP, fn->strict, ref->object, ic_key(fn, ((AstMember *)ref->node)->name), src);
    break;
  case REF_INDEX: EMIT_IMM(fn, SET_INDEX, fn->strict, ref->object, ref->key, src, ic_new(fn, CODE_NO_CONST)); break;
  case REF_PRIVATE: EMIT(fn, SET_PRIVATE, ref->object, ref->key, src, ic_new(fn, CODE_NO_CONST)); break;
  case REF_SUPER: EMIT_IMM(fn, SET_SUPER, fn->strict, ref->object, ref->receiver, ref->key, src); break;
  case REF_PATTERN: {
    /* src may be a local that the pattern assigns to: ({ a, b } = a). */
    Reg mark = reg_mark(fn), copy = reg_alloc(fn);
    emit_move(fn, copy, src);
    compile_pattern(fn, ref->node, copy);
    reg_release(fn, mark);
    break;
  }
  case REF_INVALID: break;
  }
}

/* A local that an assignment may compute into directly; NO_REG: none. */
static Reg direct_local(const Ref *ref)
{
  const AstBinding *binding = ref->var.binding;
  if (ref->kind != REF_VAR || ref->var.kind != VAR_REGISTER || ref->var.check_tdz || ref->var.is_dynamic ||
      binding->is_const || binding->kind == AST_BINDING_FUNCTION_NAME)
    return NO_REG;
  return ref->var.reg;
}

/* Registers of targets are released by the caller along with the result: each of these returns either dst, a local or
 * the first register above the mark it started from. */
static Reg keep_result(Fn *fn, Reg mark, Reg value, Reg dst)
{
  if (dst == REG_DISCARD) {
    reg_release(fn, mark);
    return NO_REG;
  }
  if (dst != NO_REG) {
    emit_move(fn, dst, value);
    reg_release(fn, mark);
    return dst;
  }
  if (value < mark) {
    reg_release(fn, mark);
    return value;
  }
  reg_release(fn, mark);
  Reg kept = reg_alloc(fn);
  emit_move(fn, kept, value);
  return kept;
}

Reg compile_assign(Fn *fn, AstBinary *node, Reg dst)
{
  Reg mark = reg_mark(fn);
  Ref ref;
  bool is_simple_right = node->right->kind == AST_NUMBER || node->right->kind == AST_STRING ||
                         node->right->kind == AST_IDENTIFIER || node->right->kind == AST_FUNCTION;
  ref_prepare(fn, node->left, &ref, !is_simple_right);
  ref.put_position = node->op_start;
  Reg local = direct_local(&ref);
  if (local != NO_REG && is_safe_destination(node->right)) {
    expr_named(fn, node->right, local, ref.name);
    return keep_result(fn, mark, local, dst);
  }
  Reg value;
  if (ref.name && is_anonymous_function(node->right)) {
    value = reg_alloc(fn);
    expr_named(fn, node->right, value, ref.name);
  } else {
    value = expr_any(fn, node->right);
  }
  if (ref.kind == REF_PATTERN)
    fn->pattern_source = node->right;
  ref_put(fn, &ref, value);
  return keep_result(fn, mark, value, dst);
}

Reg compile_compound_assign(Fn *fn, AstBinary *node, Reg dst)
{
  Reg mark = reg_mark(fn);
  Ref ref;
  ref_prepare(fn, node->left, &ref, true);
  ref.put_position = node->op_start;
  ref_prepare_key(fn, &ref);
  if (ref.kind == REF_INVALID) {
    Reg value = reg_alloc(fn);
    emit_load_undefined(fn, value);
    return keep_result(fn, mark, value, dst);
  }
  Reg local = direct_local(&ref);
  if (local != NO_REG) {
    /* x += f(): the old x is the left operand whatever f does to x; only this function's code can write a register. */
    Reg left = expr_stable(fn, node->left, &node->right, 1);
    emit_binary(fn, node->base.op, local, left, node->right, node->op_start);
    return keep_result(fn, mark, local, dst);
  }
  Reg value = reg_alloc(fn);
  ref_get(fn, &ref, value);
  emit_binary(fn, node->base.op, value, value, node->right, node->op_start);
  ref_put(fn, &ref, value);
  return keep_result(fn, mark, value, dst);
}

Reg compile_logical_assign(Fn *fn, AstBinary *node, Reg dst)
{
  Reg result = dst != NO_REG ? dst : reg_alloc(fn), mark = reg_mark(fn);
  Ref ref;
  ref_prepare(fn, node->left, &ref, true);
  ref.put_position = node->op_start;
  ref_prepare_key(fn, &ref);
  Label *end = label_new(fn);
  Reg value = reg_alloc(fn);
  if (ref.kind != REF_INVALID) {
    ref_get(fn, &ref, value);
    JsOpcode op = node->base.op == AST_OP_AND  ? OP_JUMP_FALSE
                  : node->base.op == AST_OP_OR ? OP_JUMP_TRUE
                                               : OP_JUMP_NOT_NULLISH;
    emit_jump(fn, op, 0, (const uint32_t[6]){value}, end);
    expr_named(fn, node->right, value, ref.name);
    ref_put(fn, &ref, value);
  }
  label_bind(fn, end);
  emit_move(fn, result, value);
  reg_release(fn, mark);
  return result;
}

Reg compile_update(Fn *fn, AstUnary *node, Reg dst, bool discard)
{
  Reg mark = reg_mark(fn);
  bool is_prefix = (node->base.flags & AST_PREFIX) || discard;
  JsOpcode op = node->base.op == AST_OP_INC ? OP_INC : OP_DEC;
  Ref ref;
  ref_prepare(fn, node->operand, &ref, false);
  ref_prepare_key(fn, &ref);
  if (ref.kind == REF_INVALID) {
    Reg none = reg_alloc(fn);
    emit_load_undefined(fn, none);
    return keep_result(fn, mark, none, dst);
  }
  Reg local = direct_local(&ref);
  if (local != NO_REG) {
    set_position(fn, node->base.start);
    if (is_prefix) {
      emit_instruction(fn, op, 0, (const uint32_t[6]){local, local});
      return keep_result(fn, mark, local, dst);
    }
    Reg old = reg_alloc(fn);
    EMIT(fn, TO_NUMERIC, old, local);
    emit_instruction(fn, op, 0, (const uint32_t[6]){local, old});
    return keep_result(fn, mark, old, dst);
  }
  Reg value = reg_alloc(fn);
  ref_get(fn, &ref, value);
  set_position(fn, node->base.start);
  if (is_prefix) {
    emit_instruction(fn, op, 0, (const uint32_t[6]){value, value});
    ref_put(fn, &ref, value);
    return keep_result(fn, mark, value, dst);
  }
  Reg next = reg_alloc(fn);
  EMIT(fn, TO_NUMERIC, value, value);
  emit_instruction(fn, op, 0, (const uint32_t[6]){next, value});
  ref_put(fn, &ref, next);
  return keep_result(fn, mark, value, dst);
}
