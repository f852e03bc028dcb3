// SPDX-License-Identifier: MIT
/* Patterns, in declarations, parameters and assignments. A target's own parts are evaluated before its value is
 * fetched. */
#include "bytecode/compiler.h"

static AstNode *target_of(AstNode *node, AstNode **initialiser)
{
  *initialiser = NULL;
  if (node->kind != AST_DEFAULT)
    return node;
  *initialiser = ((AstBinary *)node)->right;
  return ((AstBinary *)node)->left;
}

static void apply_default(Fn *fn, AstNode *initialiser, Reg value, AstName *name)
{
  if (!initialiser)
    return;
  Label *present = label_new(fn);
  EMIT_JUMP(fn, JUMP_NOT_UNDEFINED, present, value);
  expr_named(fn, initialiser, value, name);
  label_bind(fn, present);
}

void compile_target(Fn *fn, AstNode *target, Reg value)
{
  if (target->kind == AST_ARRAY_PATTERN || target->kind == AST_OBJECT_PATTERN) {
    compile_pattern(fn, target, value);
    return;
  }
  AstNode *initialiser;
  Reg mark = reg_mark(fn);
  AstNode *inner = target_of(target, &initialiser);
  Ref ref;
  ref_prepare(fn, inner, &ref, true);
  if (initialiser) {
    Reg copy = reg_alloc(fn);
    emit_move(fn, copy, value);
    value = copy;
    apply_default(fn, initialiser, value, ref.name);
  }
  ref_put(fn, &ref, value);
  reg_release(fn, mark);
}

/* --- object patterns --------------------------------------------------------------------------------------------- */

static bool has_static_name(const AstObject *pattern)
{
  const AstProperty *first = (const AstProperty *)pattern->properties.items[0];
  return first->base.kind == AST_PROPERTY && !(first->base.flags & AST_COMPUTED) && first->key->kind == AST_STRING;
}

/* What V8 says after "Cannot destructure ": property 'a' of 'source text', or just 'source text'. */
static uint32_t destructure_text(Fn *fn, const AstObject *pattern, const AstNode *source)
{
  Compiler *c = fn->c;
  if (c->failed)
    return CODE_NO_CONST;
  const AstProperty *first = pattern->properties.len ? (const AstProperty *)pattern->properties.items[0] : NULL;
  bool has_name = first && has_static_name(pattern);
  bool is_param = fn->pattern_is_param;
  fn->pattern_is_param = false;
  if (!source && !(is_param && has_name))
    return CODE_NO_CONST;
  StringBuilder b;
  builder_init(&b, c->cx);
  if (has_name) {
    builder_add_ascii(&b, "property '");
    builder_add_string(&b, js_as_string(name_value(c, ((const AstString *)first->key)->value)));
    builder_add_ascii(&b, "' of ");
  }
  if (!source)
    builder_add_ascii(&b, "'undefined'");
  if (source) {
    /* V8 prints the expression; a long one is hardly a help. */
    bool is_call = source->kind == AST_CALL;
    uint32_t len = (is_call ? ((const AstCall *)source)->args_start : source->end) - source->start;
    size_t unit = c->source->is_wide ? 2 : 1;
    StringView view = {(const char *)c->source->units + source->start * unit, len < 80 ? len : 80, c->source->is_wide};
    builder_add_ascii(&b, "'");
    builder_add_view(&b, view);
    builder_add_ascii(&b, is_call ? "(...)'" : "'");
  }
  JsString *text = builder_finish(&b);
  if (!text) {
    c->failed = true;
    return CODE_NO_CONST;
  }
  return constant_cell(fn, text);
}

static void emit_get_by_key(Fn *fn, AstProperty *property, Reg value, Reg key, Reg dst)
{
  AstName *name;
  set_position(fn, property->key->start);
  if (!(property->base.flags & AST_COMPUTED) && static_key_name(property->key, &name) && !fn->c->failed &&
      !key_is_index(name_key(fn->c, name)))
    EMIT_IMM(fn, GET_PROP, fn->strict, dst, value, ic_key(fn, name));
  else
    EMIT_IMM(fn, GET_INDEX, fn->strict, dst, value, key, ic_new(fn, CODE_NO_CONST));
}

static bool needs_key_register(Fn *fn, const AstProperty *property, bool has_rest)
{
  AstName *name;
  return has_rest || (property->base.flags & AST_COMPUTED) || !static_key_name(property->key, &name) || fn->c->failed ||
         key_is_index(name_key(fn->c, name));
}

static void compile_object_pattern(Fn *fn, AstObject *pattern, Reg value)
{
  AstNode *source = fn->pattern_source;
  fn->pattern_source = NULL;
  uint32_t count = pattern->properties.len;
  bool has_rest = count && pattern->properties.items[count - 1]->kind == AST_REST;
  Reg mark = reg_mark(fn), excluded = has_rest ? reg_alloc_many(fn, count - 1) : NO_REG;
  uint32_t text = destructure_text(fn, pattern, source);
  bool has_name = count && has_static_name(pattern);
  set_position(fn, count ? pattern->properties.items[0]->start : pattern->base.start);
  if (text != CODE_NO_CONST || !has_name)
    EMIT(fn, CHECK_OBJECT_COERCIBLE, value, text); /* else reading the first property says it */
  for (uint32_t k = 0; k < count; k++) {
    AstNode *item = pattern->properties.items[k], *initialiser;
    Reg inner = reg_mark(fn);
    Ref ref;
    if (item->kind == AST_REST) {
      ref_prepare(fn, ((AstUnary *)item)->operand, &ref, true);
      Reg rest = reg_alloc(fn);
      EMIT(fn, NEW_OBJECT, rest, 0, ic_new(fn, CODE_NO_CONST));
      EMIT(fn, COPY_DATA, rest, value, excluded, count - 1);
      ref_put(fn, &ref, rest);
      reg_release(fn, inner);
      continue;
    }
    AstProperty *property = (AstProperty *)item;
    Reg key = NO_REG;
    if (needs_key_register(fn, property, has_rest)) {
      key = property_key(fn, property->key, property->base.flags & AST_COMPUTED);
      if (has_rest) {
        emit_move(fn, excluded + k, key);
        key = excluded + k;
      }
    }
    AstNode *target = target_of(property->value, &initialiser);
    ref_prepare(fn, target, &ref, true);
    Reg local = ref.kind == REF_VAR && ref.declares && ref.var.kind == VAR_REGISTER ? ref.var.reg : NO_REG;
    if (local != NO_REG && !initialiser && local != value && !ref.var.binding->needs_tdz) {
      emit_get_by_key(fn, property, value, key, local);
    } else {
      Reg got = reg_alloc(fn);
      emit_get_by_key(fn, property, value, key, got);
      apply_default(fn, initialiser, got, ref.name);
      ref_put(fn, &ref, got);
    }
    reg_release(fn, inner);
  }
  reg_release(fn, mark);
}

/* --- array patterns ---------------------------------------------------------------------------------------------- */

static void compile_array_element(Fn *fn, AstNode *item, Reg iterator)
{
  Reg mark = reg_mark(fn);
  AstNode *initialiser;
  if (item->kind == AST_HOLE) {
    EMIT(fn, ITERATOR_STEP, reg_alloc(fn), iterator);
    reg_release(fn, mark);
    return;
  }
  bool is_rest = item->kind == AST_REST;
  AstNode *target = target_of(is_rest ? ((AstUnary *)item)->operand : item, &initialiser);
  Ref ref;
  ref_prepare(fn, target, &ref, true);
  Reg value = reg_alloc(fn);
  set_position(fn, target->start);
  if (is_rest)
    EMIT(fn, ITERATOR_REST, value, iterator);
  else
    EMIT(fn, ITERATOR_STEP, value, iterator);
  apply_default(fn, initialiser, value, ref.name);
  ref_put(fn, &ref, value);
  reg_release(fn, mark);
}

/* Does V8 show the source of an array pattern in messages? */
static bool is_named_source(const AstNode *source)
{
  switch (source->kind) {
  case AST_IDENTIFIER:
  case AST_CALL:
  case AST_NULL_LITERAL:
  case AST_TRUE_LITERAL:
  case AST_FALSE_LITERAL:
  case AST_NUMBER:
  case AST_STRING: return true;
  default: return false;
  }
}

static void compile_array_pattern(Fn *fn, AstArray *pattern, Reg value)
{
  uint32_t position = fn->pattern_source ? fn->pattern_source->start : pattern->base.start;
  bool is_nameless = !fn->pattern_source || !is_named_source(fn->pattern_source);
  fn->pattern_source = NULL;
  Reg mark = reg_mark(fn), iterator = reg_alloc_many(fn, 3);
  set_position(fn, position);
  EMIT_IMM(fn, GET_ITERATOR, is_nameless, iterator, value);
  Label *handler = label_new(fn), *end = label_new(fn);
  Control control = {.iterator = iterator};
  control_push(fn, &control, CONTROL_ITERATOR);
  control_protect(fn, &control, handler);
  for (uint32_t k = 0; k < pattern->elements.len; k++)
    compile_array_element(fn, pattern->elements.items[k], iterator);
  control_unprotect(fn, &control);
  control_pop(fn);
  bool has_rest = pattern->elements.len && pattern->elements.items[pattern->elements.len - 1]->kind == AST_REST;
  if (!has_rest)
    EMIT(fn, ITERATOR_CLOSE, iterator);
  if (pattern->elements.len) {
    EMIT_JUMP(fn, JUMP, end, 0);
    emit_iterator_handler(fn, handler, iterator, false);
  }
  label_bind(fn, end);
  reg_release(fn, mark);
}

void compile_pattern(Fn *fn, AstNode *pattern, Reg value)
{
  if (fn->c->failed)
    return;
  if (!js_check_c_stack(fn->c->cx)) {
    fn->c->failed = true;
    return;
  }
  if (pattern->kind == AST_OBJECT_PATTERN)
    compile_object_pattern(fn, (AstObject *)pattern, value);
  else
    compile_array_pattern(fn, (AstArray *)pattern, value);
}
