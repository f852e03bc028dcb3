// SPDX-License-Identifier: MIT
/* Array and object literals, template literals. */
#include "bytecode/compiler.h"

/* --- arrays ------------------------------------------------------------------------------------------------------ */

/* An array of constants only is copied from a template, which the collector keeps as a constant of the code. */
static bool compile_constant_array(Fn *fn, AstArray *node, Reg dst)
{
  uint32_t len = node->elements.len;
  JsValue val;
  if (len < 2)
    return false;
  for (uint32_t k = 0; k < len; k++) {
    if (!constant_of(fn, node->elements.items[k], &val))
      return false;
  }
  JsElements *elements = fn->c->failed ? NULL : elements_new(fn->c->heap, len);
  if (!elements) {
    compile_out_of_memory(fn->c);
    return true;
  }
  for (uint32_t k = 0; k < len && !fn->c->failed; k++) {
    (void)constant_of(fn, node->elements.items[k], &val);
    slot_set(fn->c->heap, elements, &elements->v[k], val);
    elements->length = k + 1;
  }
  elements->cell.flags |= ELEMENTS_COPY_ON_WRITE;
  EMIT(fn, NEW_ARRAY_CONST, dst, constant_cell(fn, elements));
  return true;
}

/* Values that stand in registers beside each other before what they become the parts of is made. */
enum { VALUES_AT_ONCE = 16 };

/* A short array whose elements are all written out is made of them at once. */
static bool compile_short_array(Fn *fn, AstArray *node, Reg dst)
{
  uint32_t len = node->elements.len;
  if (len == 0 || len > VALUES_AT_ONCE)
    return false;
  for (uint32_t k = 0; k < len; k++) {
    if (node->elements.items[k]->kind == AST_HOLE || node->elements.items[k]->kind == AST_SPREAD)
      return false;
  }
  Reg first = reg_mark(fn);
  for (uint32_t k = 0; k < len; k++) {
    Reg reg = reg_alloc(fn);
    expr_to(fn, node->elements.items[k], reg);
  }
  EMIT(fn, NEW_ARRAY_OF, dst, first, len);
  reg_release(fn, first);
  return true;
}

/* ArrayAccumulation  ecma262#sec-runtime-semantics-arrayaccumulation */
void compile_array(Fn *fn, AstArray *node, Reg dst)
{
  if (compile_constant_array(fn, node, dst) || compile_short_array(fn, node, dst))
    return;
  if (!node->elements.len) {
    EMIT(fn, NEW_ARRAY, dst, 0);
    return;
  }
  Reg array = reg_alloc(fn);
  EMIT(fn, NEW_ARRAY, array, node->elements.len);
  for (uint32_t k = 0; k < node->elements.len; k++) {
    AstNode *element = node->elements.items[k];
    Reg mark = reg_mark(fn);
    if (element->kind == AST_HOLE) {
      EMIT(fn, ARRAY_PUSH_HOLE, array);
    } else if (element->kind == AST_SPREAD) {
      Reg value = expr_any(fn, ((AstUnary *)element)->operand);
      set_position(fn, ((AstUnary *)element)->operand->start);
      EMIT(fn, ARRAY_SPREAD, array, value);
    } else {
      Reg value = expr_any(fn, element);
      EMIT(fn, ARRAY_PUSH, array, value);
    }
    reg_release(fn, mark);
  }
  emit_move(fn, dst, array);
  reg_release(fn, array);
}

/* --- objects ----------------------------------------------------------------------------------------------------- */

/* The name of a key written as identifier or string. Numbers become their canonical string at run time. */
bool static_key_name(const AstNode *key, AstName **name)
{
  if (key->kind != AST_STRING)
    return false;
  *name = ((const AstString *)key)->value;
  return true;
}

Reg property_key(Fn *fn, AstNode *key, bool is_computed)
{
  Reg reg = reg_alloc(fn);
  if (!is_computed && key->kind == AST_BIGINT) {
    /* { 1n: x } has the key "1" */
    Reg big = reg;
    expr_to(fn, key, big);
    EMIT(fn, TO_PROPERTY_KEY, reg, big);
    return reg;
  }
  expr_to(fn, key, reg);
  JsValue constant;
  if (is_computed && !constant_of(fn, key, &constant)) {
    set_position(fn, key->start);
    EMIT(fn, TO_PROPERTY_KEY, reg, reg);
  } else if (key->kind == AST_NUMBER && !small_int_of(key, &(int32_t){0})) {
    EMIT(fn, TO_PROPERTY_KEY, reg, reg);
  }
  return reg;
}

/* Is key a string that does not spell an index? Then DEFINE_PROP takes it. */
static bool is_plain_name(Fn *fn, const AstProperty *property, AstName **name)
{
  return !(property->base.flags & AST_COMPUTED) && static_key_name(property->key, name) && !fn->c->failed &&
         !key_is_index(name_key(fn->c, *name));
}

static void compile_method(Fn *fn, AstProperty *property, Reg object)
{
  AstFunction *function = (AstFunction *)property->value;
  AstName *name = NULL;
  bool is_static_name = !(property->base.flags & AST_COMPUTED) && static_key_name(property->key, &name);
  Reg key = property_key(fn, property->key, property->base.flags & AST_COMPUTED), closure = reg_alloc(fn);
  int kind = property->base.op == AST_PROPERTY_GET ? 1 : property->base.op == AST_PROPERTY_SET ? 2 : 0;
  emit_closure(fn, function, closure, kind ? NULL : name);
  if (!is_static_name || kind)
    EMIT_IMM(fn, SET_FUNCTION_NAME, kind, closure, key);
  if (function->needs_home_object)
    EMIT(fn, SET_HOME, closure, object);
  EMIT_IMM(fn, DEFINE_METHOD, 1 | kind << 1, object, key, closure);
}

static void compile_property(Fn *fn, AstProperty *property, Reg object)
{
  AstName *name = NULL;
  if (property->base.op >= AST_PROPERTY_METHOD) {
    compile_method(fn, property, object);
    return;
  }
  if (property->base.op == AST_PROPERTY_PROTO) {
    EMIT(fn, SET_PROTO, object, expr_any(fn, property->value));
    return;
  }
  if (is_plain_name(fn, property, &name)) {
    Reg value;
    if (is_anonymous_function(property->value)) {
      value = reg_alloc(fn);
      expr_named(fn, property->value, value, name);
    } else {
      value = expr_any(fn, property->value);
    }
    EMIT(fn, DEFINE_PROP, object, ic_key(fn, name), value);
    return;
  }
  Reg key = property_key(fn, property->key, property->base.flags & AST_COMPUTED), value;
  if (is_anonymous_function(property->value)) {
    value = reg_alloc(fn);
    if (property->value->kind == AST_CLASS) {
      AstName *fixed = NULL;
      if (static_key_name(property->key, &fixed) && !(property->base.flags & AST_COMPUTED))
        expr_named(fn, property->value, value, fixed);
      else
        compile_class_with_key(fn, (AstClass *)property->value, value, key);
    } else {
      expr_to(fn, property->value, value);
      EMIT(fn, SET_FUNCTION_NAME, value, key);
    }
  } else {
    value = expr_any(fn, property->value);
  }
  EMIT(fn, DEFINE_INDEX, object, key, value);
}

/* `name: value` with a name that is no index: its value can be had before there is an object. */
static bool is_plain_property(Fn *fn, AstNode *item, AstName **name)
{
  return item->kind != AST_SPREAD && item->op < AST_PROPERTY_METHOD && item->op != AST_PROPERTY_PROTO &&
         is_plain_name(fn, (AstProperty *)item, name);
}

static AstName *plain_name(AstNode *item)
{
  return ((AstString *)((AstProperty *)item)->key)->value;
}

static uint32_t room_for(uint32_t more)
{
  return more < 0xFF ? more : 0xFF;
}

/* The copy that the literal begins with. */
static void compile_leading_spread(Fn *fn, AstObject *node, Reg object)
{
  AstUnary *spread = (AstUnary *)node->properties.items[0];
  Reg mark = reg_mark(fn), source = expr_any(fn, spread->operand);
  set_position(fn, spread->base.start);
  EMIT_IMM(fn, NEW_OBJECT_FROM, room_for(node->properties.len - 1), object, source, ic_new(fn, CODE_NO_CONST));
  reg_release(fn, mark);
}

/* The object with the plain properties that the literal begins with. */
static void compile_leading_properties(Fn *fn, AstObject *node, uint32_t count, Reg object)
{
  uint32_t all = node->properties.len, first_site = 0;
  if (!count) {
    EMIT(fn, NEW_OBJECT, object, all < 0xFFFF ? all : 0xFFFF, ic_new(fn, CODE_NO_CONST));
    return;
  }
  Reg first = reg_mark(fn);
  for (uint32_t k = 0; k < count; k++) {
    AstNode *item = node->properties.items[k], *value = ((AstProperty *)item)->value;
    Reg reg = reg_alloc(fn);
    set_position(fn, item->start);
    if (is_anonymous_function(value))
      expr_named(fn, value, reg, plain_name(item));
    else
      expr_to(fn, value, reg);
  }
  for (uint32_t k = 0; k < count; k++) {
    uint32_t site = ic_key(fn, plain_name(node->properties.items[k]));
    first_site = k ? first_site : site;
  }
  EMIT_IMM(fn, NEW_LITERAL, room_for(all - count), object, first, count, first_site);
  reg_release(fn, first);
}

/* PropertyDefinitionEvaluation  ecma262#sec-runtime-semantics-propertydefinitionevaluation */
void compile_object(Fn *fn, AstObject *node, Reg dst)
{
  AstName *name;
  uint32_t count = node->properties.len;
  bool is_copy = count && node->properties.items[0]->kind == AST_SPREAD;
  uint32_t k = is_copy;
  while (!is_copy && k < count && k < VALUES_AT_ONCE && is_plain_property(fn, node->properties.items[k], &name))
    k++;
  bool is_whole = k == count;
  Reg object = is_whole ? dst : reg_alloc(fn);
  if (is_copy)
    compile_leading_spread(fn, node, object);
  else
    compile_leading_properties(fn, node, k, object);
  for (; k < count; k++) {
    AstNode *item = node->properties.items[k];
    Reg mark = reg_mark(fn);
    if (item->kind == AST_SPREAD) {
      Reg source = expr_any(fn, ((AstUnary *)item)->operand);
      set_position(fn, item->start);
      EMIT(fn, COPY_DATA, object, source, object, 0);
    } else {
      set_position(fn, item->start);
      compile_property(fn, (AstProperty *)item, object);
    }
    reg_release(fn, mark);
  }
  if (is_whole)
    return;
  emit_move(fn, dst, object);
  reg_release(fn, object);
}

/* --- templates --------------------------------------------------------------------------------------------------- */

static void parts_next(Fn *fn, StringParts *parts)
{
  if (parts->count == STRING_PARTS_MAX) {
    EMIT(fn, CONCAT, parts->base, parts->base, parts->count);
    reg_release(fn, parts->base + 1);
    parts->count = 1;
  }
  Reg reg = reg_alloc(fn);
  if (!parts->count++)
    parts->base = reg;
}

void parts_add_text(Fn *fn, StringParts *parts, AstName *text)
{
  if (!text->len)
    return;
  parts_next(fn, parts);
  emit_load_value(fn, parts->base + parts->count - 1, name_value(fn->c, text));
}

void parts_add_value(Fn *fn, StringParts *parts, AstNode *node, bool is_operand, uint32_t position)
{
  if (node->kind == AST_STRING) {
    parts_add_text(fn, parts, ((AstString *)node)->value);
    return;
  }
  parts_next(fn, parts);
  Reg part = parts->base + parts->count - 1, value = expr_any(fn, node);
  set_position(fn, position);
  EMIT_IMM(fn, CONCAT_PART, is_operand, part, value);
  reg_release(fn, part + 1);
}

void parts_add_register(Fn *fn, StringParts *parts, Reg value, uint32_t position)
{
  parts_next(fn, parts);
  set_position(fn, position);
  EMIT_IMM(fn, CONCAT_PART, true, parts->base + parts->count - 1, value);
}

void parts_end(Fn *fn, const StringParts *parts, Reg dst)
{
  if (parts->count)
    EMIT(fn, CONCAT, dst, parts->base, parts->count);
  else
    emit_load_value(fn, dst, js_from_cell(string_empty(fn->c->heap)));
}

/* Each substitution is converted before the next is evaluated; numbers, whose conversion nobody sees, when all are put
 * together. */
void compile_template(Fn *fn, AstTemplate *node, Reg dst)
{
  if (!node->substitutions.len) {
    emit_load_value(fn, dst, name_value(fn->c, node->parts[0].cooked));
    return;
  }
  Reg mark = reg_mark(fn);
  StringParts parts = {0};
  parts_add_text(fn, &parts, node->parts[0].cooked);
  for (uint32_t k = 0; k < node->substitutions.len; k++) {
    AstNode *substitution = node->substitutions.items[k];
    parts_add_value(fn, &parts, substitution, false, substitution->start);
    parts_add_text(fn, &parts, node->parts[k + 1].cooked);
  }
  parts_end(fn, &parts, dst);
  reg_release(fn, mark);
}

static JsElements *template_strings(Fn *fn, AstTemplate *node, bool raw)
{
  JsElements *list = fn->c->failed ? NULL : elements_new(fn->c->heap, node->part_count);
  if (!list) {
    compile_out_of_memory(fn->c);
    return NULL;
  }
  for (uint32_t k = 0; k < node->part_count && !fn->c->failed; k++) {
    AstName *text = raw ? node->parts[k].raw : node->parts[k].cooked;
    slot_set(fn->c->heap, list, &list->v[k], text ? name_value(fn->c, text) : JS_UNDEFINED);
    list->length = k + 1;
  }
  return list;
}

/* The constant of TEMPLATE_OBJECT: the cooked strings (undefined where an escape is bad), the raw ones, and a place for
 * the object once it is made. */
static uint32_t template_constant(Fn *fn, AstTemplate *node)
{
  JsElements *cooked = template_strings(fn, node, false), *raw = template_strings(fn, node, true);
  JsElements *site = fn->c->failed ? NULL : elements_new(fn->c->heap, 3);
  if (!site) {
    compile_out_of_memory(fn->c);
    return 0;
  }
  slot_set(fn->c->heap, site, &site->v[0], js_from_cell(cooked));
  slot_set(fn->c->heap, site, &site->v[1], js_from_cell(raw));
  slot_set(fn->c->heap, site, &site->v[2], JS_HOLE);
  site->length = 3;
  return constant_cell(fn, site);
}

/* Tagged Templates  ecma262#sec-tagged-templates */
void compile_tagged_template(Fn *fn, AstTaggedTemplate *node, Reg dst)
{
  Reg mark = reg_mark(fn), window = reg_alloc_many(fn, FRAME_WORDS + 1);
  bool is_plain = compile_callee(fn, node->tag, window);
  Reg object = reg_alloc(fn);
  EMIT(fn, TEMPLATE_OBJECT, object, template_constant(fn, node->quasi));
  AstList *substitutions = &node->quasi->substitutions;
  for (uint32_t k = 0; k < substitutions->len; k++) {
    Reg reg = reg_alloc(fn);
    expr_to(fn, substitutions->items[k], reg);
  }
  set_position(fn, node->tag->kind == AST_MEMBER ? ((AstMember *)node->tag)->name_start : node->quasi->base.start);
  emit_call(fn, is_plain, dst, window, substitutions->len + 1);
  reg_release(fn, mark);
}
