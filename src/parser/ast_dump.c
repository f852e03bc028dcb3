// SPDX-License-Identifier: MIT
/* Text form of trees and scopes: see ast_dump.h. */
#include <inttypes.h>

#include "parser/ast_dump.h"

/* Deeper trees are cut off: the dump recurses, and nobody reads that far. */
enum { DUMP_MAX_DEPTH = 1000 };

typedef struct Dump {
  FILE *out;
  AstDumpOptions options;
  int depth;
} Dump;

static void dump_node(Dump *d, const char *label, const AstNode *node);

void ast_dump_name(FILE *out, const AstName *name)
{
  const uint8_t *narrow = name->units;
  const uint16_t *wide = name->units;
  for (uint32_t k = 0; k < name->len; k++) {
    uint32_t cp = name->is_wide ? wide[k] : narrow[k];
    bool is_pair = name->is_wide && (cp & 0xFC00) == 0xD800 && k + 1 < name->len && (wide[k + 1] & 0xFC00) == 0xDC00;
    if (is_pair)
      cp = 0x10000 + ((cp - 0xD800) << 10) + (wide[++k] - 0xDC00u);
    if (cp < 0x20 || cp == 0x7F || (cp >= 0xD800 && cp < 0xE000))
      fprintf(out, "\\u%04" PRIX32, cp);
    else if (cp < 0x80)
      fputc((int)cp, out);
    else if (cp < 0x800)
      fprintf(out, "%c%c", (int)(0xC0 | cp >> 6), (int)(0x80 | (cp & 63)));
    else if (cp < 0x10000)
      fprintf(out, "%c%c%c", (int)(0xE0 | cp >> 12), (int)(0x80 | (cp >> 6 & 63)), (int)(0x80 | (cp & 63)));
    else
      fprintf(out, "%c%c%c%c", (int)(0xF0 | cp >> 18), (int)(0x80 | (cp >> 12 & 63)), (int)(0x80 | (cp >> 6 & 63)),
              (int)(0x80 | (cp & 63)));
  }
}

static void dump_indent(Dump *d)
{
  fprintf(d->out, "%*s", d->depth * 2, "");
}

/* --- scopes ------------------------------------------------------------------------------------------------------ */

static void dump_binding(Dump *d, const AstBinding *binding)
{
  static const char *const words[] = {"tdz", "annex-b", "exported", "assigned", "static", "shadows-param"};
  bool flags[] = {binding->needs_tdz,   binding->is_annex_b, binding->is_exported,
                  binding->is_assigned, binding->is_static,  binding->shadows_param};
  dump_indent(d);
  fprintf(d->out, "- %s ", ast_binding_kind_name(binding->kind));
  ast_dump_name(d->out, binding->name);
  if (binding->captured)
    fprintf(d->out, " slot=%" PRIu32, binding->env_slot);
  for (size_t k = 0; k < JS_COUNTOF(flags); k++) {
    if (flags[k])
      fprintf(d->out, " %s", words[k]);
  }
  fputc('\n', d->out);
}

static void dump_scope(Dump *d, const AstScope *scope)
{
  if (!scope || !d->options.scopes)
    return;
  dump_indent(d);
  fprintf(d->out, "scope %s%s%s%s%s\n", ast_scope_kind_name(scope->kind), scope->needs_env ? " env" : "",
          scope->has_direct_eval ? " eval" : "", scope->has_sloppy_eval ? " sloppy-eval" : "",
          scope->has_using ? " using" : "");
  d->depth++;
  for (uint32_t k = 0; k < scope->bindings.len; k++)
    dump_binding(d, scope->bindings.items[k]);
  d->depth--;
}

static void dump_resolution(Dump *d, const AstIdentifier *id)
{
  if (!d->options.scopes)
    return;
  if (id->base.flags & AST_REF_DECLARES)
    fputs(" declares", d->out);
  else if (!id->binding)
    fputs(id->base.kind == AST_IDENTIFIER ? " -> global" : " -> top", d->out);
  else
    fprintf(d->out, " -> %s in %s", ast_binding_kind_name(id->binding->kind),
            ast_scope_kind_name(id->binding->scope->kind));
  if (id->base.flags & AST_REF_NEEDS_TDZ)
    fputs(" tdz", d->out);
  if (id->base.flags & AST_REF_DYNAMIC)
    fputs(" dynamic", d->out);
}

/* --- nodes ------------------------------------------------------------------------------------------------------- */

static void dump_list(Dump *d, const char *label, const AstList *list)
{
  for (uint32_t k = 0; k < list->len; k++)
    dump_node(d, label, list->items[k]);
}

static void dump_quoted(Dump *d, const AstName *name)
{
  fputs(" \"", d->out);
  if (name)
    ast_dump_name(d->out, name);
  fputc('"', d->out);
}

static void dump_function_head(Dump *d, const AstFunction *f)
{
  static const char *const kinds[] = {
      "normal",     "arrow",       "method", "getter", "setter", "constructor", "derived-constructor",
      "field-init", "static-init", "script", "module", "eval"};
  fprintf(d->out, " %s", kinds[f->base.op]);
  if (f->name)
    dump_quoted(d, f->name);
  const bool flags[] = {f->is_async,         f->is_generator,   f->is_strict,         f->has_direct_eval,
                        f->uses_this,        f->uses_arguments, f->uses_callee,       f->uses_new_target,
                        f->mapped_arguments, f->has_await,      f->needs_home_object, f->has_duplicate_params};
  static const char *const words[] = {"async",  "generator",  "strict", "eval",  "this", "arguments",
                                      "callee", "new.target", "mapped", "await", "home", "duplicates"};
  for (size_t k = 0; k < JS_COUNTOF(flags); k++) {
    if (flags[k])
      fprintf(d->out, " %s", words[k]);
  }
  if (f->length)
    fprintf(d->out, " length=%" PRIu32, f->length);
}

static void dump_function(Dump *d, const AstFunction *f)
{
  dump_scope(d, f->name_scope);
  dump_scope(d, f->scope);
  dump_list(d, "param", &f->params);
  dump_scope(d, f->body_scope);
  dump_list(d, NULL, &f->body);
}

static void dump_class(Dump *d, const AstClass *class)
{
  dump_scope(d, class->scope);
  dump_node(d, "heritage", class->heritage);
  dump_node(d, "constructor", class->constructor ? &class->constructor->base : NULL);
  dump_list(d, NULL, &class->elements);
  dump_node(d, "instance-init", class->instance_init ? &class->instance_init->base : NULL);
  dump_node(d, "static-init", class->static_init ? &class->static_init->base : NULL);
}

static void dump_template(Dump *d, const AstTemplate *template)
{
  for (uint32_t k = 0; k < template->part_count; k++) {
    dump_indent(d);
    fputs(template->parts[k].cooked ? "part" : "part undefined raw", d->out);
    dump_quoted(d, template->parts[k].cooked ? template->parts[k].cooked : template->parts[k].raw);
    fputc('\n', d->out);
    if (k < template->substitutions.len)
      dump_node(d, NULL, template->substitutions.items[k]);
  }
}

/* What goes on the node's own line behind the kind. */
static void dump_head(Dump *d, const AstNode *node)
{
  static const char *const properties[] = {"init", "shorthand", "proto", "method", "get", "set"};
  static const char *const elements[] = {"method", "get", "set", "field", "static-block"};
  static const char *const decls[] = {"var", "let", "const", "using", "await-using"};
  static const char *const phases[] = {"evaluation", "source", "defer"};
  switch (node->kind) {
  case AST_IDENTIFIER:
  case AST_PRIVATE_NAME: dump_quoted(d, ((const AstIdentifier *)node)->name); JS_FALLTHROUGH;
  case AST_THIS:
  case AST_NEW_TARGET: dump_resolution(d, (const AstIdentifier *)node); break;
  case AST_NUMBER: fprintf(d->out, " %.17g", ((const AstNumber *)node)->value); break;
  case AST_STRING: dump_quoted(d, ((const AstString *)node)->value); break;
  case AST_BIGINT:
    fprintf(d->out, " radix=%" PRIu32, ((const AstBigInt *)node)->radix);
    dump_quoted(d, ((const AstBigInt *)node)->digits);
    break;
  case AST_REGEXP:
    dump_quoted(d, ((const AstRegExp *)node)->pattern);
    dump_quoted(d, ((const AstRegExp *)node)->flags);
    break;
  case AST_PROPERTY: fprintf(d->out, " %s", properties[node->op]); break;
  case AST_CLASS_ELEMENT: fprintf(d->out, " %s", elements[node->op]); break;
  case AST_FUNCTION: dump_function_head(d, (const AstFunction *)node); break;
  case AST_CLASS:
    if (((const AstClass *)node)->name)
      dump_quoted(d, ((const AstClass *)node)->name);
    break;
  case AST_UPDATE:
    fprintf(d->out, " %s %s", ast_op_text(node->op), node->flags & AST_PREFIX ? "prefix" : "postfix");
    break;
  case AST_UNARY:
  case AST_BINARY:
  case AST_LOGICAL:
  case AST_COMPOUND_ASSIGN:
  case AST_LOGICAL_ASSIGN: fprintf(d->out, " %s", ast_op_text(node->op)); break;
  case AST_MEMBER: dump_quoted(d, ((const AstMember *)node)->name); break;
  case AST_SUPER_MEMBER: dump_quoted(d, ((const AstSuper *)node)->name); break;
  case AST_IMPORT_CALL: fprintf(d->out, " %s", phases[node->op]); break;
  case AST_VAR_DECL: fprintf(d->out, " %s", decls[node->op]); break;
  case AST_CONTINUE:
  case AST_BREAK:
    if (((const AstJump *)node)->label)
      dump_quoted(d, ((const AstJump *)node)->label->name);
    break;
  case AST_LABELED: dump_quoted(d, ((const AstLabeled *)node)->label->name); break;
  case AST_FUNCTION_DECL:
    if (((const AstFunctionDecl *)node)->annex_b_var)
      fputs(" annex-b", d->out);
    break;
  default: break;
  }
}

static void dump_flags(Dump *d, const AstNode *node)
{
  AstKind kind = node->kind;
  if (node->flags & AST_PARENTHESIZED)
    fputs(" parenthesized", d->out);
  if ((kind == AST_CALL || kind == AST_MEMBER || kind == AST_INDEX || kind == AST_PRIVATE_MEMBER) &&
      node->flags & AST_OPTIONAL)
    fputs(" optional", d->out);
  if (kind == AST_CALL && node->flags & AST_DIRECT_EVAL)
    fputs(" eval", d->out);
  if ((kind == AST_PROPERTY || kind == AST_CLASS_ELEMENT) && node->flags & AST_COMPUTED)
    fputs(" computed", d->out);
  if (kind == AST_CLASS_ELEMENT && node->flags & AST_STATIC)
    fputs(" static", d->out);
  if (kind == AST_EXPRESSION_STATEMENT && node->flags & AST_DIRECTIVE)
    fputs(" directive", d->out);
  if (kind == AST_FOR_OF && node->flags & AST_FOR_AWAIT)
    fputs(" await", d->out);
}

static void dump_expression(Dump *d, const AstNode *node)
{
  switch (node->kind) {
  case AST_TEMPLATE: dump_template(d, (const AstTemplate *)node); break;
  case AST_TAGGED_TEMPLATE: {
    const AstTaggedTemplate *n = (const AstTaggedTemplate *)node;
    dump_node(d, "tag", n->tag);
    dump_node(d, NULL, &n->quasi->base);
    break;
  }
  case AST_ARRAY:
  case AST_ARRAY_PATTERN: dump_list(d, NULL, &((const AstArray *)node)->elements); break;
  case AST_OBJECT:
  case AST_OBJECT_PATTERN: dump_list(d, NULL, &((const AstObject *)node)->properties); break;
  case AST_PROPERTY:
    dump_node(d, "key", ((const AstProperty *)node)->key);
    dump_node(d, "value", ((const AstProperty *)node)->value);
    break;
  case AST_CLASS_ELEMENT:
    dump_node(d, "key", ((const AstClassElement *)node)->key);
    dump_node(d, "value", ((const AstClassElement *)node)->value);
    break;
  case AST_FUNCTION: dump_function(d, (const AstFunction *)node); break;
  case AST_CLASS: dump_class(d, (const AstClass *)node); break;
  case AST_SPREAD:
  case AST_REST:
  case AST_UNARY:
  case AST_UPDATE:
  case AST_OPTIONAL_CHAIN:
  case AST_YIELD:
  case AST_YIELD_STAR:
  case AST_AWAIT:
  case AST_RETURN:
  case AST_THROW: dump_node(d, NULL, ((const AstUnary *)node)->operand); break;
  case AST_BINARY:
  case AST_LOGICAL:
  case AST_PRIVATE_IN:
  case AST_ASSIGN:
  case AST_COMPOUND_ASSIGN:
  case AST_LOGICAL_ASSIGN:
  case AST_DEFAULT:
    dump_node(d, NULL, ((const AstBinary *)node)->left);
    dump_node(d, NULL, ((const AstBinary *)node)->right);
    break;
  case AST_CONDITIONAL: {
    const AstConditional *n = (const AstConditional *)node;
    dump_node(d, NULL, n->test);
    dump_node(d, NULL, n->consequent);
    dump_node(d, NULL, n->alternate);
    break;
  }
  case AST_SEQUENCE: dump_list(d, NULL, &((const AstSequence *)node)->expressions); break;
  case AST_MEMBER: dump_node(d, NULL, ((const AstMember *)node)->object); break;
  case AST_INDEX:
    dump_node(d, NULL, ((const AstIndex *)node)->object);
    dump_node(d, NULL, ((const AstIndex *)node)->index);
    break;
  case AST_PRIVATE_MEMBER:
    dump_node(d, NULL, ((const AstPrivateMember *)node)->object);
    dump_node(d, NULL, &((const AstPrivateMember *)node)->name->base);
    break;
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX:
  case AST_SUPER_CALL:
    dump_node(d, NULL, ((const AstSuper *)node)->index);
    dump_list(d, "arg", &((const AstSuper *)node)->args);
    break;
  case AST_CALL:
  case AST_NEW:
    dump_node(d, "callee", ((const AstCall *)node)->callee);
    dump_list(d, "arg", &((const AstCall *)node)->args);
    break;
  case AST_IMPORT_CALL:
    dump_node(d, NULL, ((const AstImportCall *)node)->specifier);
    dump_node(d, "options", ((const AstImportCall *)node)->options);
    break;
  default: break;
  }
}

static void dump_try(Dump *d, const AstTry *n)
{
  dump_node(d, NULL, &n->block->base);
  dump_scope(d, n->catch_scope);
  dump_node(d, "param", n->param);
  dump_node(d, "catch", n->handler ? &n->handler->base : NULL);
  dump_node(d, "finally", n->finalizer ? &n->finalizer->base : NULL);
}

static void dump_statement(Dump *d, const AstNode *node)
{
  switch (node->kind) {
  case AST_BLOCK:
    dump_scope(d, ((const AstBlock *)node)->scope);
    dump_list(d, NULL, &((const AstBlock *)node)->body);
    break;
  case AST_EXPRESSION_STATEMENT: dump_node(d, NULL, ((const AstExpressionStatement *)node)->expression); break;
  case AST_VAR_DECL: dump_list(d, NULL, &((const AstVarDecl *)node)->declarators); break;
  case AST_DECLARATOR:
    dump_node(d, NULL, ((const AstDeclarator *)node)->target);
    dump_node(d, "init", ((const AstDeclarator *)node)->init);
    break;
  case AST_FUNCTION_DECL: dump_node(d, NULL, &((const AstFunctionDecl *)node)->function->base); break;
  case AST_CLASS_DECL: dump_node(d, NULL, &((const AstClassDecl *)node)->klass->base); break;
  case AST_IF: {
    const AstIf *n = (const AstIf *)node;
    dump_node(d, "test", n->test);
    dump_node(d, "then", n->consequent);
    dump_node(d, "else", n->alternate);
    break;
  }
  case AST_FOR: {
    const AstFor *n = (const AstFor *)node;
    dump_scope(d, n->scope);
    dump_node(d, "init", n->init);
    dump_node(d, "test", n->test);
    dump_node(d, "update", n->update);
    dump_node(d, "body", n->body);
    break;
  }
  case AST_FOR_IN:
  case AST_FOR_OF: {
    const AstForIn *n = (const AstForIn *)node;
    dump_scope(d, n->scope);
    dump_node(d, "left", n->left);
    dump_node(d, "right", n->right);
    dump_node(d, "body", n->body);
    break;
  }
  case AST_WHILE:
  case AST_DO_WHILE:
    dump_node(d, "test", ((const AstWhile *)node)->test);
    dump_node(d, "body", ((const AstWhile *)node)->body);
    break;
  case AST_WITH:
    dump_node(d, "object", ((const AstWith *)node)->object);
    dump_scope(d, ((const AstWith *)node)->scope);
    dump_node(d, "body", ((const AstWith *)node)->body);
    break;
  case AST_SWITCH:
    dump_node(d, NULL, ((const AstSwitch *)node)->discriminant);
    dump_scope(d, ((const AstSwitch *)node)->scope);
    dump_list(d, NULL, &((const AstSwitch *)node)->cases);
    break;
  case AST_CASE:
    dump_node(d, "test", ((const AstCase *)node)->test);
    dump_list(d, NULL, &((const AstCase *)node)->body);
    break;
  case AST_LABELED: dump_node(d, NULL, ((const AstLabeled *)node)->body); break;
  case AST_TRY: dump_try(d, (const AstTry *)node); break;
  case AST_EXPORT_DECL: dump_node(d, NULL, ((const AstExportDecl *)node)->declaration); break;
  case AST_EXPORT_DEFAULT: dump_node(d, NULL, ((const AstExportDefault *)node)->declaration); break;
  default: dump_expression(d, node);
  }
}

/* label: what the parent calls this child; a NULL node prints nothing. */
static void dump_node(Dump *d, const char *label, const AstNode *node)
{
  if (!node)
    return;
  dump_indent(d);
  if (d->depth > DUMP_MAX_DEPTH) {
    fputs("...\n", d->out);
    return;
  }
  if (label)
    fprintf(d->out, "%s: ", label);
  fputs(ast_kind_name(node->kind), d->out);
  dump_head(d, node);
  dump_flags(d, node);
  if (d->options.positions)
    fprintf(d->out, " [%" PRIu32 ",%" PRIu32 ")", node->start, node->end);
  fputc('\n', d->out);
  d->depth++;
  dump_statement(d, node);
  d->depth--;
}

void ast_dump(FILE *out, const AstNode *node, const AstDumpOptions *options)
{
  Dump dump = {.out = out, .options = *options};
  dump_node(&dump, NULL, node);
}
