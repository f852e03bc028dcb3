// SPDX-License-Identifier: MIT
/*
 * Expressions. expr_to computes into a given register, expr_any wherever it is cheapest (a local's own register),
 * expr_discard for effect only. A destination may be a local variable's register: then nothing may be written to it
 * before the last operand was read (is_safe_destination).
 */
#include "bytecode/compiler.h"

#include "object/bigint.h"

#include <math.h>

/* --- constants --------------------------------------------------------------------------------------------------- */

static bool number_of(const AstNode *node, double *d)
{
  if (node->kind == AST_NUMBER) {
    *d = ((const AstNumber *)node)->value;
    return true;
  }
  if (node->kind == AST_UNARY && (node->op == AST_OP_MINUS || node->op == AST_OP_PLUS) &&
      ((const AstUnary *)node)->operand->kind == AST_NUMBER) {
    double value = ((const AstNumber *)((const AstUnary *)node)->operand)->value;
    *d = node->op == AST_OP_MINUS ? -value : value;
    return true;
  }
  if (node->kind == AST_BINARY) {
    const AstBinary *binary = (const AstBinary *)node;
    double a, b;
    if (binary->left->kind == AST_BINARY || binary->right->kind == AST_BINARY || !number_of(binary->left, &a) ||
        !number_of(binary->right, &b))
      return false;
    switch (node->op) {
    case AST_OP_ADD: *d = a + b; return true;
    case AST_OP_SUB: *d = a - b; return true;
    case AST_OP_MUL: *d = a * b; return true;
    case AST_OP_DIV: *d = a / b; return true;
    default: return false;
    }
  }
  return false;
}

bool small_int_of(const AstNode *node, int32_t *i)
{
  double d;
  if (!number_of(node, &d) || !(d >= -32768 && d <= 32767) || d != floor(d) || (d == 0 && signbit(d)))
    return false;
  *i = (int32_t)d;
  return true;
}

bool constant_of(Fn *fn, const AstNode *node, JsValue *val)
{
  double d;
  if (number_of(node, &d)) {
    *val = js_number(d);
    return true;
  }
  switch (node->kind) {
  case AST_STRING: *val = name_value(fn->c, ((const AstString *)node)->value); return true;
  case AST_NULL_LITERAL: *val = JS_NULL; return true;
  case AST_TRUE_LITERAL: *val = JS_TRUE; return true;
  case AST_FALSE_LITERAL: *val = JS_FALSE; return true;
  default: return false;
  }
}

static void compile_bigint(Fn *fn, const AstBigInt *node, Reg dst)
{
  JsBigInt *big = fn->c->failed ? NULL
                                : bigint_from_digits(fn->c->cx, (const char *)node->digits->units, node->digits->len,
                                                     (int)node->radix);
  if (big)
    EMIT(fn, LOAD_CONST, dst, constant_cell(fn, big));
  else
    fn->c->failed = true;
}

/* --- operands ---------------------------------------------------------------------------------------------------- */

/* May evaluating node assign a local variable of this function? Errs on the side of yes. */
static bool may_assign(const AstNode *node, int depth)
{
  if (!node)
    return false;
  if (depth > 6)
    return true;
  switch (node->kind) {
  case AST_IDENTIFIER:
  case AST_THIS:
  case AST_NEW_TARGET:
  case AST_NULL_LITERAL:
  case AST_TRUE_LITERAL:
  case AST_FALSE_LITERAL:
  case AST_NUMBER:
  case AST_STRING:
  case AST_BIGINT:
  case AST_REGEXP:
  case AST_FUNCTION:
  case AST_HOLE: return false;
  case AST_MEMBER: return may_assign(((const AstMember *)node)->object, depth + 1);
  case AST_PRIVATE_MEMBER: return may_assign(((const AstPrivateMember *)node)->object, depth + 1);
  case AST_INDEX:
    return may_assign(((const AstIndex *)node)->object, depth + 1) ||
           may_assign(((const AstIndex *)node)->index, depth + 1);
  case AST_UNARY:
  case AST_SPREAD: return may_assign(((const AstUnary *)node)->operand, depth + 1);
  case AST_BINARY:
  case AST_LOGICAL:
    return may_assign(((const AstBinary *)node)->left, depth + 1) ||
           may_assign(((const AstBinary *)node)->right, depth + 1);
  case AST_CALL:
  case AST_NEW: {
    const AstCall *call = (const AstCall *)node;
    if (call->args.len > 4 || may_assign(call->callee, depth + 1))
      return true;
    for (uint32_t k = 0; k < call->args.len; k++) {
      if (may_assign(call->args.items[k], depth + 1))
        return true;
    }
    return false;
  }
  default: return true;
  }
}

Reg expr_temp(Fn *fn, AstNode *node)
{
  Reg dst = reg_alloc(fn);
  expr_to(fn, node, dst);
  return dst;
}

Reg expr_any(Fn *fn, AstNode *node)
{
  if (node->kind == AST_IDENTIFIER && (node->flags & AST_REF_NEEDS_TDZ) && !(node->flags & AST_REF_DYNAMIC)) {
    VarRef ref;
    resolve_identifier(fn, (AstIdentifier *)node, &ref);
    if (ref.kind == VAR_REGISTER) {
      set_position(fn, node->start);
      EMIT(fn, CHECK_TDZ, ref.reg, constant_key(fn, ref.name));
      return ref.reg;
    }
  }
  Reg reg = var_in_register(fn, node);
  if (reg != NO_REG)
    return reg;
  switch (node->kind) {
  case AST_ASSIGN: return compile_assign(fn, (AstBinary *)node, NO_REG);
  case AST_COMPOUND_ASSIGN: return compile_compound_assign(fn, (AstBinary *)node, NO_REG);
  default: return expr_temp(fn, node);
  }
}

Reg expr_stable(Fn *fn, AstNode *node, AstNode *const *later, uint32_t later_count)
{
  Reg reg = expr_any(fn, node);
  bool is_local = node->kind == AST_IDENTIFIER || node->kind == AST_ASSIGN || node->kind == AST_COMPOUND_ASSIGN;
  if (!is_local || reg == 0)
    return reg;
  if (node->kind == AST_IDENTIFIER && var_in_register(fn, node) == NO_REG && !(node->flags & AST_REF_NEEDS_TDZ))
    return reg;
  for (uint32_t k = 0; k < later_count; k++) {
    if (may_assign(later[k], 0)) {
      Reg copy = reg_alloc(fn);
      emit_move(fn, copy, reg);
      return copy;
    }
  }
  return reg;
}

bool is_safe_destination(const AstNode *node)
{
  switch (node->kind) {
  case AST_IDENTIFIER: return !(node->flags & AST_REF_DYNAMIC);
  case AST_THIS:
  case AST_NULL_LITERAL:
  case AST_TRUE_LITERAL:
  case AST_FALSE_LITERAL:
  case AST_NUMBER:
  case AST_STRING:
  case AST_BIGINT:
  case AST_REGEXP:
  case AST_FUNCTION:
  case AST_BINARY:
  case AST_MEMBER:
  case AST_INDEX:
  case AST_CALL:
  case AST_NEW: return true;
  case AST_UNARY: return node->op != AST_OP_DELETE;
  default: return false;
  }
}

/* --- operators --------------------------------------------------------------------------------------------------- */

JsOpcode binary_opcode(AstOp op)
{
  switch (op) {
  case AST_OP_ADD: return OP_ADD;
  case AST_OP_SUB: return OP_SUB;
  case AST_OP_MUL: return OP_MUL;
  case AST_OP_DIV: return OP_DIV;
  case AST_OP_MOD: return OP_MOD;
  case AST_OP_EXP: return OP_EXP;
  case AST_OP_BIT_AND: return OP_BIT_AND;
  case AST_OP_BIT_OR: return OP_BIT_OR;
  case AST_OP_BIT_XOR: return OP_BIT_XOR;
  case AST_OP_SHL: return OP_SHL;
  case AST_OP_SAR: return OP_SAR;
  case AST_OP_SHR: return OP_SHR;
  case AST_OP_EQ: return OP_EQ;
  case AST_OP_NE: return OP_NE;
  case AST_OP_STRICT_EQ: return OP_STRICT_EQ;
  case AST_OP_STRICT_NE: return OP_STRICT_NE;
  case AST_OP_LT: return OP_LT;
  case AST_OP_GT: return OP_GT;
  case AST_OP_LE: return OP_LE;
  case AST_OP_GE: return OP_GE;
  case AST_OP_IN: return OP_IN;
  default: return OP_INSTANCEOF;
  }
}

static bool int_opcode(AstOp op, JsOpcode *opcode)
{
  switch (op) {
  case AST_OP_ADD: *opcode = OP_ADD_INT; return true;
  case AST_OP_SUB: *opcode = OP_SUB_INT; return true;
  case AST_OP_MUL: *opcode = OP_MUL_INT; return true;
  case AST_OP_MOD: *opcode = OP_MOD_INT; return true;
  case AST_OP_BIT_AND: *opcode = OP_BIT_AND_INT; return true;
  case AST_OP_BIT_OR: *opcode = OP_BIT_OR_INT; return true;
  case AST_OP_SHL: *opcode = OP_SHL_INT; return true;
  case AST_OP_SAR: *opcode = OP_SAR_INT; return true;
  case AST_OP_SHR: *opcode = OP_SHR_INT; return true;
  case AST_OP_STRICT_EQ: *opcode = OP_STRICT_EQ_INT; return true;
  case AST_OP_STRICT_NE: *opcode = OP_STRICT_NE_INT; return true;
  default: return false;
  }
}

/* dst = left op right, evaluating right. */
void emit_binary(Fn *fn, AstOp op, Reg dst, Reg left, AstNode *right_node, uint32_t position)
{
  int32_t i;
  JsOpcode opcode;
  if (int_opcode(op, &opcode) && small_int_of(right_node, &i)) {
    set_position(fn, position);
    emit_instruction(fn, opcode, 0, (const uint32_t[6]){dst, left, (uint32_t)i});
    return;
  }
  Reg mark = reg_mark(fn), right = expr_any(fn, right_node);
  set_position(fn, position);
  if (op == AST_OP_INSTANCEOF)
    EMIT(fn, INSTANCEOF, dst, left, right, ic_new(fn, CODE_NO_CONST));
  else
    emit_instruction(fn, binary_opcode(op), 0, (const uint32_t[6]){dst, left, right});
  reg_release(fn, mark);
}

/* How many additions from chain[from] on make one string: the first has a text for an operand, so that all that follow
 * put strings together. Fewer than two are an ADD. */
static uint32_t concatenations(AstBinary *const *chain, uint32_t from, uint32_t count)
{
  const AstNode *left = chain[from]->left, *right = chain[from]->right;
  bool is_text = right->kind == AST_STRING || (from == 0 && (left->kind == AST_STRING || left->kind == AST_TEMPLATE));
  uint32_t end = from;
  while (is_text && end < count && chain[end]->base.op == AST_OP_ADD)
    end++;
  return end - from < 2 ? 0 : end - from;
}

/* dst = left + right + right ..., left a register or, at the chain's beginning, not yet computed. */
static void compile_concatenation(Fn *fn, AstBinary *const *chain, uint32_t count, Reg left, bool has_left, Reg dst)
{
  Reg mark = reg_mark(fn);
  StringParts parts = {0};
  if (has_left)
    parts_add_register(fn, &parts, left, chain[0]->op_start);
  else
    parts_add_value(fn, &parts, chain[0]->left, true, chain[0]->op_start);
  for (uint32_t k = 0; k < count; k++)
    parts_add_value(fn, &parts, chain[k]->right, true, chain[k]->op_start);
  parts_end(fn, &parts, dst);
  reg_release(fn, mark);
}

static void compile_binary(Fn *fn, AstBinary *node, Reg dst)
{
  JsValue folded;
  if (constant_of(fn, &node->base, &folded)) {
    emit_load_value(fn, dst, folded);
    return;
  }
  /* A left-leaning chain a + b + c ... is as deep as it is long: go down it without recursion. */
  uint32_t depth = 0;
  AstBinary *first = node;
  while (first->left->kind == AST_BINARY && !constant_of(fn, first->left, &folded)) {
    first = (AstBinary *)first->left;
    depth++;
  }
  Reg mark = reg_mark(fn);
  if (!depth) {
    Reg left = expr_stable(fn, node->left, &node->right, 1);
    emit_binary(fn, node->base.op, dst, left, node->right, node->op_start);
    reg_release(fn, mark);
    return;
  }
  AstBinary **chain = ARENA_NEW_ARRAY(fn->c->arena, AstBinary *, depth + 1);
  if (!chain) {
    compile_out_of_memory(fn->c);
    return;
  }
  AstBinary *b = node;
  for (uint32_t k = depth + 1; k-- > 0; b = (AstBinary *)b->left)
    chain[k] = b;
  Reg acc = reg_alloc(fn);
  uint32_t texts = concatenations(chain, 0, depth + 1), k = texts;
  Reg left = acc;
  if (texts)
    compile_concatenation(fn, chain, texts, acc, false, k > depth ? dst : acc);
  else
    left = expr_stable(fn, chain[0]->left, &chain[0]->right, 1);
  while (k <= depth) {
    texts = k > 0 ? concatenations(chain, k, depth + 1) : 0;
    Reg to = k + (texts ? texts : 1) > depth ? dst : acc;
    if (texts)
      compile_concatenation(fn, chain + k, texts, left, true, to);
    else
      emit_binary(fn, chain[k]->base.op, to, left, chain[k]->right, chain[k]->op_start);
    k += texts ? texts : 1;
    left = acc;
  }
  reg_release(fn, mark);
}

static void compile_delete(Fn *fn, AstUnary *node, Reg dst)
{
  AstNode *operand = node->operand;
  Reg mark = reg_mark(fn);
  set_position(fn, node->base.start);
  switch (operand->kind) {
  case AST_MEMBER: {
    AstMember *member = (AstMember *)operand;
    Reg object = expr_any(fn, member->object);
    set_position(fn, node->base.start);
    EMIT_IMM(fn, DELETE_PROP, fn->strict, dst, object, constant_key(fn, member->name));
    break;
  }
  case AST_INDEX: {
    AstIndex *index = (AstIndex *)operand;
    Reg object = expr_stable(fn, index->object, &index->index, 1), key = expr_any(fn, index->index);
    set_position(fn, node->base.start);
    EMIT_IMM(fn, DELETE_INDEX, fn->strict, dst, object, key);
    break;
  }
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX: {
    AstSuper *super = (AstSuper *)operand;
    emit_load_this(fn, super->receiver, reg_alloc(fn));
    if (operand->kind == AST_SUPER_INDEX)
      (void)expr_any(fn, super->index);
    set_position(fn, node->base.start);
    EMIT(fn, THROW_ERROR, JS_MSG_UNSUPPORTED_SUPER, CODE_NO_CONST);
    break;
  }
  case AST_IDENTIFIER: {
    VarRef ref;
    resolve_identifier(fn, (AstIdentifier *)operand, &ref);
    Label *not_found = NULL, *end = NULL;
    uint32_t key = constant_key(fn, ref.name);
    if (ref.is_dynamic) {
      not_found = label_new(fn), end = label_new(fn);
      Reg found = reg_alloc(fn);
      EMIT_JUMP(fn, FIND_DYNAMIC, not_found, found, current_env(fn), ref.dynamic_envs, key);
      EMIT(fn, DELETE_DYNAMIC, dst, found, key);
      EMIT_JUMP(fn, JUMP, end, 0);
      label_bind(fn, not_found);
    }
    if (ref.kind == VAR_GLOBAL)
      EMIT(fn, DELETE_GLOBAL, dst, key);
    else
      EMIT(fn, LOAD_FALSE, dst);
    label_bind(fn, end);
    break;
  }
  case AST_OPTIONAL_CHAIN: {
    Label *end = label_new(fn), *done = label_new(fn), *saved = fn->chain_end;
    fn->chain_end = end;
    AstUnary inner = *node;
    inner.operand = ((AstUnary *)operand)->operand;
    AstNode *link = inner.operand;
    if (link->flags & AST_OPTIONAL) {
      /* delete a?.b: the short circuit stands on the deleted link itself */
      AstNode *object = link->kind == AST_MEMBER  ? ((AstMember *)link)->object
                        : link->kind == AST_INDEX ? ((AstIndex *)link)->object
                                                  : NULL;
      if (object) {
        Reg base = expr_temp(fn, object);
        emit_link_jump(fn, link, base);
        set_position(fn, node->base.start);
        if (link->kind == AST_MEMBER)
          EMIT_IMM(fn, DELETE_PROP, fn->strict, dst, base, constant_key(fn, ((AstMember *)link)->name));
        else
          EMIT_IMM(fn, DELETE_INDEX, fn->strict, dst, base, expr_any(fn, ((AstIndex *)link)->index));
      } else {
        expr_discard(fn, link);
        EMIT(fn, LOAD_TRUE, dst);
      }
    } else {
      compile_delete(fn, &inner, dst);
    }
    fn->chain_end = saved;
    EMIT_JUMP(fn, JUMP, done, 0);
    label_bind(fn, end);
    EMIT(fn, LOAD_TRUE, dst);
    label_bind(fn, done);
    break;
  }
  default: expr_discard(fn, operand); EMIT(fn, LOAD_TRUE, dst);
  }
  reg_release(fn, mark);
}

/* The operand of typeof: a name that nothing declares is undefined, not an error. */
static Reg typeof_operand(Fn *fn, const AstUnary *node)
{
  if (node->operand->kind != AST_IDENTIFIER || var_in_register(fn, node->operand) != NO_REG)
    return expr_any(fn, node->operand);
  VarRef ref;
  resolve_identifier(fn, (AstIdentifier *)node->operand, &ref);
  Reg operand = reg_alloc(fn);
  set_position(fn, node->operand->start);
  emit_load_var(fn, &ref, operand, true);
  return operand;
}

static void compile_unary(Fn *fn, AstUnary *node, Reg dst)
{
  JsValue folded;
  if (constant_of(fn, &node->base, &folded)) {
    emit_load_value(fn, dst, folded);
    return;
  }
  Reg mark = reg_mark(fn), operand;
  switch (node->base.op) {
  case AST_OP_DELETE: compile_delete(fn, node, dst); return;
  case AST_OP_VOID:
    expr_discard(fn, node->operand);
    emit_load_undefined(fn, dst);
    return;
  case AST_OP_TYPEOF:
    operand = typeof_operand(fn, node);
    EMIT(fn, TYPEOF, dst, operand);
    break;
  default:
    operand = expr_any(fn, node->operand);
    set_position(fn, node->base.start);
    switch (node->base.op) {
    case AST_OP_NOT: EMIT(fn, NOT, dst, operand); break;
    case AST_OP_BIT_NOT: EMIT(fn, BIT_NOT, dst, operand); break;
    case AST_OP_PLUS: EMIT(fn, TO_NUMBER, dst, operand); break;
    default: EMIT(fn, NEG, dst, operand); break;
    }
  }
  reg_release(fn, mark);
}

static JsOpcode nullish_jump(AstOp op)
{
  return op == AST_OP_AND ? OP_JUMP_FALSE : op == AST_OP_OR ? OP_JUMP_TRUE : OP_JUMP_NOT_NULLISH;
}

static void compile_logical(Fn *fn, AstBinary *node, Reg dst)
{
  /* a && b && c leans left: operands in order, each may end it. */
  Label *end = label_new(fn);
  if (node->left->kind == AST_LOGICAL && node->left->op == node->base.op) {
    uint32_t depth = 0;
    AstNode *n = &node->base;
    for (; n->kind == AST_LOGICAL && n->op == node->base.op; n = ((AstBinary *)n)->left)
      depth++;
    AstBinary **nodes = ARENA_NEW_ARRAY(fn->c->arena, AstBinary *, depth + 1);
    if (!nodes) {
      compile_out_of_memory(fn->c);
      return;
    }
    n = &node->base;
    for (uint32_t k = depth; k > 0; k--, n = ((AstBinary *)n)->left)
      nodes[k] = (AstBinary *)n;
    for (uint32_t k = 0; k <= depth; k++) {
      if (k > 0)
        cover_right(fn, nodes[k]);
      expr_to(fn, k > 0 ? nodes[k]->right : n, dst);
      if (k < depth)
        emit_jump(fn, nullish_jump(node->base.op), 0, (const uint32_t[6]){dst}, end);
    }
  } else {
    expr_to(fn, node->left, dst);
    emit_jump(fn, nullish_jump(node->base.op), 0, (const uint32_t[6]){dst}, end);
    cover_right(fn, node);
    expr_to(fn, node->right, dst);
  }
  label_bind(fn, end);
}

static void compile_conditional(Fn *fn, AstConditional *node, Reg dst)
{
  for (;;) {
    Label *otherwise = label_new(fn), *end = label_new(fn);
    cond_jump(fn, node->test, otherwise, false);
    cover_consequent(fn, node);
    expr_to(fn, node->consequent, dst);
    EMIT_JUMP(fn, JUMP, end, 0);
    label_bind(fn, otherwise);
    cover_alternate(fn, node);
    expr_to(fn, node->alternate, dst);
    label_bind(fn, end);
    return;
  }
}

/* --- conditions -------------------------------------------------------------------------------------------------- */

static bool compare_jump_opcode(AstOp op, bool sense, JsOpcode *opcode)
{
  switch (op) {
  case AST_OP_LT: *opcode = sense ? OP_JUMP_LT : OP_JUMP_NOT_LT; return true;
  case AST_OP_LE: *opcode = sense ? OP_JUMP_LE : OP_JUMP_NOT_LE; return true;
  case AST_OP_GT: *opcode = sense ? OP_JUMP_GT : OP_JUMP_NOT_GT; return true;
  case AST_OP_GE: *opcode = sense ? OP_JUMP_GE : OP_JUMP_NOT_GE; return true;
  case AST_OP_EQ: *opcode = sense ? OP_JUMP_EQ : OP_JUMP_NE; return true;
  case AST_OP_NE: *opcode = sense ? OP_JUMP_NE : OP_JUMP_EQ; return true;
  case AST_OP_STRICT_EQ: *opcode = sense ? OP_JUMP_STRICT_EQ : OP_JUMP_STRICT_NE; return true;
  case AST_OP_STRICT_NE: *opcode = sense ? OP_JUMP_STRICT_NE : OP_JUMP_STRICT_EQ; return true;
  default: return false;
  }
}

static bool is_undefined_literal(const AstNode *node)
{
  if (node->kind == AST_IDENTIFIER) {
    const AstIdentifier *id = (const AstIdentifier *)node;
    return !id->binding && !(node->flags & AST_REF_DYNAMIC) && name_is(id->name, "undefined");
  }
  return node->kind == AST_UNARY && node->op == AST_OP_VOID && ((const AstUnary *)node)->operand->kind == AST_NUMBER;
}

static bool int_compare_opcode(JsOpcode op, JsOpcode *with_int)
{
  switch (op) {
  case OP_JUMP_LT: *with_int = OP_JUMP_LT_INT; return true;
  case OP_JUMP_NOT_LT: *with_int = OP_JUMP_NOT_LT_INT; return true;
  case OP_JUMP_LE: *with_int = OP_JUMP_LE_INT; return true;
  case OP_JUMP_NOT_LE: *with_int = OP_JUMP_NOT_LE_INT; return true;
  case OP_JUMP_GT: *with_int = OP_JUMP_GT_INT; return true;
  case OP_JUMP_NOT_GT: *with_int = OP_JUMP_NOT_GT_INT; return true;
  case OP_JUMP_GE: *with_int = OP_JUMP_GE_INT; return true;
  case OP_JUMP_NOT_GE: *with_int = OP_JUMP_NOT_GE_INT; return true;
  case OP_JUMP_STRICT_EQ: *with_int = OP_JUMP_STRICT_EQ_INT; return true;
  case OP_JUMP_STRICT_NE: *with_int = OP_JUMP_STRICT_NE_INT; return true;
  case OP_LOOP_LT: *with_int = OP_LOOP_LT_INT; return true;
  case OP_LOOP_LE: *with_int = OP_LOOP_LE_INT; return true;
  case OP_LOOP_GT: *with_int = OP_LOOP_GT_INT; return true;
  case OP_LOOP_GE: *with_int = OP_LOOP_GE_INT; return true;
  default: return false;
  }
}

/* typeof x == "name", either operand first: what typeof answers, or TYPEOF_COUNT. */
static JsTypeofName typeof_test(const AstBinary *node, const AstUnary **operand)
{
  static const char *const names[TYPEOF_COUNT] = {"undefined", "object", "boolean", "number",
                                                  "string",    "symbol", "bigint",  "function"};
  bool first = node->left->kind == AST_UNARY && node->left->op == AST_OP_TYPEOF;
  const AstNode *type = first ? node->left : node->right, *text = first ? node->right : node->left;
  if (type->kind != AST_UNARY || type->op != AST_OP_TYPEOF || text->kind != AST_STRING)
    return TYPEOF_COUNT;
  *operand = (const AstUnary *)type;
  for (int k = 0; k < TYPEOF_COUNT; k++)
    if (name_is(((const AstString *)text)->value, names[k]))
      return (JsTypeofName)k;
  return TYPEOF_COUNT;
}

static void compare_and_jump(Fn *fn, AstBinary *node, JsOpcode opcode, Label *label)
{
  int32_t i;
  JsOpcode with_int;
  Reg left = expr_stable(fn, node->left, &node->right, 1);
  if (int_compare_opcode(opcode, &with_int) && small_int_of(node->right, &i)) {
    set_position(fn, node->op_start);
    emit_jump(fn, with_int, 0, (const uint32_t[6]){left, (uint32_t)i}, label);
    return;
  }
  Reg right = expr_any(fn, node->right);
  set_position(fn, node->op_start);
  emit_jump(fn, opcode, 0, (const uint32_t[6]){left, right}, label);
}

static void cond_compare(Fn *fn, AstBinary *node, JsOpcode opcode, Label *label, bool sense)
{
  Reg mark = reg_mark(fn);
  bool is_strict = node->base.op == AST_OP_STRICT_EQ || node->base.op == AST_OP_STRICT_NE;
  bool is_loose = node->base.op == AST_OP_EQ || node->base.op == AST_OP_NE;
  bool equal = (node->base.op == AST_OP_STRICT_EQ || node->base.op == AST_OP_EQ) == sense;
  const AstUnary *operand = NULL;
  JsTypeofName name = is_strict || is_loose ? typeof_test(node, &operand) : TYPEOF_COUNT;
  if (name != TYPEOF_COUNT) {
    Reg reg = typeof_operand(fn, operand);
    emit_jump(fn, OP_JUMP_TYPEOF, !equal, (const uint32_t[6]){reg, name}, label);
  } else if (is_strict && is_undefined_literal(node->right)) {
    Reg reg = expr_any(fn, node->left);
    emit_jump(fn, equal ? OP_JUMP_UNDEFINED : OP_JUMP_NOT_UNDEFINED, 0, (const uint32_t[6]){reg}, label);
  } else if (is_strict && node->right->kind == AST_NULL_LITERAL) {
    Reg reg = expr_any(fn, node->left);
    emit_jump(fn, equal ? OP_JUMP_NULL : OP_JUMP_NOT_NULL, 0, (const uint32_t[6]){reg}, label);
  } else {
    /* == null would have to know about test262's [[IsHTMLDDA]]: left to EQ */
    compare_and_jump(fn, node, opcode, label);
  }
  reg_release(fn, mark);
}

/* What is evaluated by one instruction without effects of its own, so that it may stand twice. */
static bool is_simple_operand(Fn *fn, const AstNode *node)
{
  int32_t i;
  if (small_int_of(node, &i))
    return true;
  if (node->kind == AST_MEMBER && !(node->flags & AST_OPTIONAL))
    return var_in_register(fn, ((const AstMember *)node)->object) != NO_REG;
  return var_in_register(fn, node) != NO_REG;
}

/* The instructions from pc on are one that counts a variable: it is taken back, its register returned. */
static Reg take_increment(Fn *fn, uint32_t pc)
{
  const uint16_t *unit = fn->units.items + pc;
  if (fn->c->failed || fn->units.len - pc != opcode_info[OP_INC].length || (unit[0] & 0xFF) != OP_INC ||
      unit[1] != unit[2])
    return NO_REG;
  fn->units.len = pc;
  return unit[1];
}

bool count_jump(Fn *fn, AstNode *test, Label *label, uint32_t update_pc)
{
  AstBinary *node = (AstBinary *)test;
  int32_t i;
  if (!test || test->kind != AST_BINARY || test->op != AST_OP_LT || !is_simple_operand(fn, node->right) ||
      node->right->kind == AST_MEMBER)
    return false;
  Reg left = var_in_register(fn, node->left);
  if (left == NO_REG || fn->units.len <= update_pc || fn->units.items[update_pc + 1] != left ||
      take_increment(fn, update_pc) == NO_REG)
    return false;
  if (small_int_of(node->right, &i))
    EMIT_JUMP(fn, COUNT_LT_INT, label, left, (uint32_t)i);
  else
    EMIT_JUMP(fn, COUNT_LT, label, left, var_in_register(fn, node->right));
  return true;
}

bool loop_jump(Fn *fn, AstNode *test, Label *label)
{
  if (!test || test->kind != AST_BINARY)
    return false;
  AstBinary *node = (AstBinary *)test;
  JsOpcode opcode = node->base.op == AST_OP_LT   ? OP_LOOP_LT
                    : node->base.op == AST_OP_LE ? OP_LOOP_LE
                    : node->base.op == AST_OP_GT ? OP_LOOP_GT
                                                 : OP_LOOP_GE;
  if ((opcode == OP_LOOP_GE && node->base.op != AST_OP_GE) || !is_simple_operand(fn, node->left) ||
      !is_simple_operand(fn, node->right))
    return false;
  Reg mark = reg_mark(fn);
  compare_and_jump(fn, node, opcode, label);
  reg_release(fn, mark);
  return true;
}

void cond_jump(Fn *fn, AstNode *node, Label *label, bool sense)
{
  if (!js_check_c_stack(fn->c->cx)) {
    fn->c->failed = true;
    return;
  }
  JsOpcode opcode;
  switch (node->kind) {
  case AST_TRUE_LITERAL:
  case AST_FALSE_LITERAL:
    if ((node->kind == AST_TRUE_LITERAL) == sense)
      EMIT_JUMP(fn, JUMP, label, 0);
    return;
  case AST_UNARY:
    if (node->op == AST_OP_NOT) {
      cond_jump(fn, ((AstUnary *)node)->operand, label, !sense);
      return;
    }
    break;
  case AST_LOGICAL: {
    AstBinary *logical = (AstBinary *)node;
    if (node->op == AST_OP_COALESCE)
      break;
    if ((node->op == AST_OP_OR) == sense) {
      cond_jump(fn, logical->left, label, sense);
      cover_right(fn, logical);
      cond_jump(fn, logical->right, label, sense);
    } else {
      Label *skip = label_new(fn);
      cond_jump(fn, logical->left, skip, !sense);
      cover_right(fn, logical);
      cond_jump(fn, logical->right, label, sense);
      label_bind(fn, skip);
    }
    return;
  }
  case AST_BINARY:
    if (compare_jump_opcode(node->op, sense, &opcode)) {
      cond_compare(fn, (AstBinary *)node, opcode, label, sense);
      return;
    }
    break;
  default: break;
  }
  Reg mark = reg_mark(fn), reg = expr_any(fn, node);
  emit_jump(fn, sense ? OP_JUMP_TRUE : OP_JUMP_FALSE, 0, (const uint32_t[6]){reg}, label);
  reg_release(fn, mark);
}

/* --- properties -------------------------------------------------------------------------------------------------- */

static void compile_member(Fn *fn, AstMember *node, Reg dst)
{
  if (node->object->kind == AST_IDENTIFIER && node->object->flags & AST_REF_COUNTS) {
    EMIT(fn, ARGUMENT_COUNT, dst);
    return;
  }
  VarRef ref;
  if (node->object->kind == AST_IDENTIFIER && !(node->base.flags & AST_OPTIONAL) && !name_is(node->name, "length")) {
    resolve_identifier(fn, (AstIdentifier *)node->object, &ref);
    if (var_is_near(&ref)) {
      set_position(fn, node->name_start);
      EMIT(fn, GET_NEAR_PROP, dst, ref.env, ref.slot, ic_key(fn, node->name));
      return;
    }
  }
  Reg mark = reg_mark(fn), object = expr_any(fn, node->object);
  if (node->base.flags & AST_OPTIONAL)
    emit_link_jump(fn, &node->base, object);
  set_position(fn, node->name_start);
  if (name_is(node->name, "length"))
    EMIT_IMM(fn, GET_LENGTH, fn->strict, dst, object, ic_key(fn, node->name));
  else
    EMIT_IMM(fn, GET_PROP, fn->strict, dst, object, ic_key(fn, node->name));
  reg_release(fn, mark);
}

/* Of the `[`: where V8 reports a failing access. */
uint32_t bracket_position(Fn *fn, const AstIndex *node)
{
  const ParseSource *source = fn->c->source;
  for (uint32_t k = node->object->end; k < node->index->start; k++) {
    uint32_t unit = source->is_wide ? ((const uint16_t *)source->units)[k] : ((const uint8_t *)source->units)[k];
    if (unit == '[')
      return k;
  }
  return node->index->start;
}

static void compile_index(Fn *fn, AstIndex *node, Reg dst)
{
  Reg mark = reg_mark(fn), object = expr_stable(fn, node->object, &node->index, 1);
  if (node->base.flags & AST_OPTIONAL)
    emit_link_jump(fn, &node->base, object);
  Reg key = expr_any(fn, node->index);
  set_position(fn, bracket_position(fn, node));
  EMIT_IMM(fn, GET_INDEX, fn->strict, dst, object, key, ic_new(fn, CODE_NO_CONST));
  reg_release(fn, mark);
}

static void compile_private_member(Fn *fn, AstPrivateMember *node, Reg dst)
{
  Reg mark = reg_mark(fn), object = expr_any(fn, node->object);
  if (node->base.flags & AST_OPTIONAL)
    emit_link_jump(fn, &node->base, object);
  Reg name = reg_alloc(fn);
  emit_load_binding(fn, node->name->binding, name);
  set_position(fn, node->name->base.start);
  EMIT(fn, GET_PRIVATE, dst, object, name, ic_new(fn, CODE_NO_CONST));
  reg_release(fn, mark);
}

static void compile_optional_chain(Fn *fn, AstUnary *node, Reg dst)
{
  Label *end = label_new(fn), *done = label_new(fn), *saved = fn->chain_end;
  fn->chain_end = end;
  expr_to(fn, node->operand, dst);
  fn->chain_end = saved;
  EMIT_JUMP(fn, JUMP, done, 0);
  label_bind(fn, end);
  emit_load_undefined(fn, dst);
  label_bind(fn, done);
}

static void compile_private_in(Fn *fn, AstBinary *node, Reg dst)
{
  Reg mark = reg_mark(fn), object = expr_any(fn, node->right), name = reg_alloc(fn);
  emit_load_binding(fn, ((AstIdentifier *)node->left)->binding, name);
  set_position(fn, node->base.start);
  EMIT(fn, HAS_PRIVATE, dst, object, name);
  reg_release(fn, mark);
}

static void compile_regexp(Fn *fn, AstRegExp *node, Reg dst)
{
  uint32_t pattern = constant_value(fn, name_value(fn->c, node->pattern));
  set_position(fn, node->base.start);
  EMIT(fn, NEW_REGEXP, dst, pattern, constant_value(fn, name_value(fn->c, node->flags)));
}

static void compile_import_call(Fn *fn, AstImportCall *node, Reg dst)
{
  Reg mark = reg_mark(fn), specifier = expr_temp(fn, node->specifier), options = reg_alloc(fn);
  if (node->options)
    expr_to(fn, node->options, options);
  else
    emit_load_undefined(fn, options);
  set_position(fn, node->base.start);
  EMIT_IMM(fn, IMPORT_CALL, node->base.op, dst, specifier, options);
  reg_release(fn, mark);
}

static void compile_identifier(Fn *fn, AstIdentifier *node, Reg dst)
{
  VarRef ref;
  resolve_identifier(fn, node, &ref);
  set_position(fn, node->base.start);
  emit_load_var(fn, &ref, dst, false);
}

static void compile_sequence(Fn *fn, AstSequence *node, Reg dst)
{
  for (uint32_t k = 0; k + 1 < node->expressions.len; k++)
    expr_discard(fn, node->expressions.items[k]);
  expr_to(fn, node->expressions.items[node->expressions.len - 1], dst);
}

/* --- dispatch ---------------------------------------------------------------------------------------------------- */

void expr_to(Fn *fn, AstNode *node, Reg dst)
{
  if (fn->c->failed)
    return;
  if (!js_check_c_stack(fn->c->cx)) {
    fn->c->failed = true;
    return;
  }
  JsValue constant;
  switch ((AstKind)node->kind) {
  case AST_IDENTIFIER: compile_identifier(fn, (AstIdentifier *)node, dst); break;
  case AST_THIS:
  case AST_NEW_TARGET: emit_load_this(fn, (AstIdentifier *)node, dst); break;
  case AST_NULL_LITERAL:
  case AST_TRUE_LITERAL:
  case AST_FALSE_LITERAL:
  case AST_NUMBER:
  case AST_STRING:
    if (constant_of(fn, node, &constant))
      emit_load_value(fn, dst, constant);
    break;
  case AST_BIGINT: compile_bigint(fn, (AstBigInt *)node, dst); break;
  case AST_REGEXP: compile_regexp(fn, (AstRegExp *)node, dst); break;
  case AST_TEMPLATE: compile_template(fn, (AstTemplate *)node, dst); break;
  case AST_TAGGED_TEMPLATE: compile_tagged_template(fn, (AstTaggedTemplate *)node, dst); break;
  case AST_ARRAY: compile_array(fn, (AstArray *)node, dst); break;
  case AST_OBJECT: compile_object(fn, (AstObject *)node, dst); break;
  case AST_FUNCTION: emit_closure(fn, (AstFunction *)node, dst, NULL); break;
  case AST_CLASS: compile_class(fn, (AstClass *)node, dst, NULL); break;
  case AST_UNARY: compile_unary(fn, (AstUnary *)node, dst); break;
  case AST_UPDATE: emit_move(fn, dst, compile_update(fn, (AstUnary *)node, dst, false)); break;
  case AST_BINARY: compile_binary(fn, (AstBinary *)node, dst); break;
  case AST_LOGICAL: compile_logical(fn, (AstBinary *)node, dst); break;
  case AST_PRIVATE_IN: compile_private_in(fn, (AstBinary *)node, dst); break;
  case AST_ASSIGN: emit_move(fn, dst, compile_assign(fn, (AstBinary *)node, dst)); break;
  case AST_COMPOUND_ASSIGN: emit_move(fn, dst, compile_compound_assign(fn, (AstBinary *)node, dst)); break;
  case AST_LOGICAL_ASSIGN: emit_move(fn, dst, compile_logical_assign(fn, (AstBinary *)node, dst)); break;
  case AST_CONDITIONAL: compile_conditional(fn, (AstConditional *)node, dst); break;
  case AST_SEQUENCE: compile_sequence(fn, (AstSequence *)node, dst); break;
  case AST_MEMBER: compile_member(fn, (AstMember *)node, dst); break;
  case AST_INDEX: compile_index(fn, (AstIndex *)node, dst); break;
  case AST_PRIVATE_MEMBER: compile_private_member(fn, (AstPrivateMember *)node, dst); break;
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX: emit_super_get(fn, (AstSuper *)node, dst, NO_REG); break;
  case AST_SUPER_CALL: compile_super_call(fn, (AstSuper *)node, dst); break;
  case AST_CALL: compile_call(fn, (AstCall *)node, dst); break;
  case AST_NEW: compile_new(fn, (AstCall *)node, dst); break;
  case AST_OPTIONAL_CHAIN: compile_optional_chain(fn, (AstUnary *)node, dst); break;
  case AST_YIELD: compile_yield(fn, (AstUnary *)node, dst); break;
  case AST_YIELD_STAR: compile_yield_star(fn, (AstUnary *)node, dst); break;
  case AST_AWAIT: {
    Reg mark = reg_mark(fn), operand = expr_any(fn, ((AstUnary *)node)->operand);
    set_position(fn, node->start);
    EMIT(fn, AWAIT, dst, operand);
    cover_after_suspension(fn, node);
    reg_release(fn, mark);
    break;
  }
  case AST_IMPORT_META:
    set_position(fn, node->start);
    EMIT(fn, IMPORT_META, dst);
    break;
  case AST_IMPORT_CALL: compile_import_call(fn, (AstImportCall *)node, dst); break;
  default: emit_load_undefined(fn, dst); break;
  }
}

void expr_discard(Fn *fn, AstNode *node)
{
  Reg mark = reg_mark(fn);
  switch (node->kind) {
  case AST_UPDATE: (void)compile_update(fn, (AstUnary *)node, REG_DISCARD, true); break;
  case AST_ASSIGN: (void)compile_assign(fn, (AstBinary *)node, REG_DISCARD); break;
  case AST_COMPOUND_ASSIGN: (void)compile_compound_assign(fn, (AstBinary *)node, REG_DISCARD); break;
  case AST_SEQUENCE:
    for (uint32_t k = 0; k < ((AstSequence *)node)->expressions.len; k++)
      expr_discard(fn, ((AstSequence *)node)->expressions.items[k]);
    break;
  case AST_LOGICAL:
    if (node->op != AST_OP_COALESCE) {
      Label *end = label_new(fn);
      cond_jump(fn, ((AstBinary *)node)->left, end, node->op == AST_OP_OR);
      cover_right(fn, (AstBinary *)node);
      expr_discard(fn, ((AstBinary *)node)->right);
      label_bind(fn, end);
      break;
    }
    (void)expr_temp(fn, node);
    break;
  case AST_CONDITIONAL: {
    AstConditional *conditional = (AstConditional *)node;
    Label *otherwise = label_new(fn), *end = label_new(fn);
    cond_jump(fn, conditional->test, otherwise, false);
    cover_consequent(fn, conditional);
    expr_discard(fn, conditional->consequent);
    EMIT_JUMP(fn, JUMP, end, 0);
    label_bind(fn, otherwise);
    cover_alternate(fn, conditional);
    expr_discard(fn, conditional->alternate);
    label_bind(fn, end);
    break;
  }
  case AST_NULL_LITERAL:
  case AST_TRUE_LITERAL:
  case AST_FALSE_LITERAL:
  case AST_NUMBER:
  case AST_STRING: break;
  default: (void)expr_any(fn, node); break;
  }
  reg_release(fn, mark);
}

/* IsAnonymousFunctionDefinition  ecma262#sec-isanonymousfunctiondefinition */
bool is_anonymous_function(const AstNode *node)
{
  return (node->kind == AST_FUNCTION && !((const AstFunction *)node)->name) ||
         (node->kind == AST_CLASS && !((const AstClass *)node)->name);
}

void expr_named(Fn *fn, AstNode *node, Reg dst, AstName *name)
{
  if (name && node->kind == AST_FUNCTION && is_anonymous_function(node))
    emit_closure(fn, (AstFunction *)node, dst, name);
  else if (name && node->kind == AST_CLASS && is_anonymous_function(node))
    compile_class(fn, (AstClass *)node, dst, name);
  else
    expr_to(fn, node, dst);
}
