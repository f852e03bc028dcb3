// SPDX-License-Identifier: MIT
/* Modules  ecma262#sec-modules: import and export declarations, the entries they make, import() and import.meta. */
#include "parser/parser.h"
#include "unicode/unicode.h"

/* --- requests ---------------------------------------------------------------------------------------------------- */

static bool same_attributes(const AstModuleRequest *a, const AstModuleRequest *b)
{
  if (a->attribute_count != b->attribute_count)
    return false;
  for (uint32_t k = 0; k < a->attribute_count; k++) {
    if (a->attributes[k].key != b->attributes[k].key || a->attributes[k].value != b->attributes[k].value)
      return false;
  }
  return true;
}

static uint32_t add_request(Parser *p, const AstModuleRequest *request)
{
  AstModule *module = p->result->module;
  for (uint32_t k = 0; k < module->requests.len; k++) {
    const AstModuleRequest *have = &module->requests.items[k];
    if (have->specifier == request->specifier && have->phase == request->phase && same_attributes(have, request))
      return k;
  }
  parser_push(p, &module->requests, *request);
  return module->requests.len - 1;
}

/* Order of names by units; any total order does, it only makes equal sets look equal. */
static int compare_names(const AstName *a, const AstName *b)
{
  if (a->len != b->len)
    return a->len < b->len ? -1 : 1;
  if (a->is_wide != b->is_wide)
    return a->is_wide ? 1 : -1;
  return memcmp(a->units, b->units, (size_t)a->len << a->is_wide);
}

/* WithClause  ecma262#prod-WithClause */
static void parse_attributes(Parser *p, AstModuleRequest *request)
{
  ARENA_VEC(AstImportAttribute) list = {0};
  if (!tok_is(p, TOK_WITH))
    return;
  lexer_next(p);
  parser_expect(p, TOK_LBRACE);
  while (!tok_is(p, TOK_RBRACE) && !parser_failed(p)) {
    AstImportAttribute attribute = {p->tok.name, NULL};
    uint32_t start = p->tok.start, end = p->tok.end;
    if (!token_is_word(&p->tok) && !tok_is(p, TOK_STRING))
      parser_unexpected(p);
    lexer_next(p);
    parser_expect(p, TOK_COLON);
    attribute.value = p->tok.name;
    parser_expect(p, TOK_STRING);
    if (parser_failed(p))
      return;
    uint32_t at = 0;
    while (at < list.len && compare_names(list.items[at].key, attribute.key) < 0)
      at++;
    if (at < list.len && list.items[at].key == attribute.key) {
      parser_error_format(p, start, end, "Import attributes has a duplicate key '%n'", attribute.key);
      return;
    }
    parser_push(p, &list, attribute);
    if (parser_failed(p))
      return;
    memmove(list.items + at + 1, list.items + at, (list.len - 1 - at) * sizeof *list.items);
    list.items[at] = attribute;
    if (!parser_eat(p, TOK_COMMA))
      break;
  }
  parser_expect(p, TOK_RBRACE);
  request->attributes = list.items;
  request->attribute_count = list.len;
}

/* The specifier string, attributes and the semicolon. */
static uint32_t parse_request(Parser *p, AstImportPhase phase)
{
  AstModuleRequest request = {
      .specifier = p->tok.name, .phase = (uint8_t)phase, .start = p->tok.start, .end = p->tok.end};
  parser_expect(p, TOK_STRING);
  parse_attributes(p, &request);
  parser_semicolon(p);
  return parser_failed(p) ? 0 : add_request(p, &request);
}

static uint32_t parse_from(Parser *p, AstImportPhase phase)
{
  if (!tok_is_word(p, TOK_FROM)) {
    parser_unexpected(p);
    return 0;
  }
  lexer_next(p);
  return parse_request(p, phase);
}

/* ModuleExportName: an IdentifierName or a well-formed string. */
static AstName *parse_export_name(Parser *p)
{
  AstName *name = p->tok.name;
  if (tok_is(p, TOK_STRING)) {
    const uint16_t *wide = name->units;
    for (uint32_t k = 0; name->is_wide && k < name->len; k++) {
      if (!unicode_is_surrogate(wide[k]))
        continue;
      if (unicode_is_lead_surrogate(wide[k]) && k + 1 < name->len && unicode_is_trail_surrogate(wide[k + 1]))
        k++;
      else
        parser_error(p, p->tok.start, p->tok.end, "Invalid module export name: contains unpaired surrogate character");
    }
  } else if (!token_is_word(&p->tok)) {
    parser_unexpected(p);
    return p->known.empty;
  }
  lexer_next(p);
  return name;
}

/* --- import ------------------------------------------------------------------------------------------------------ */

static void add_import(Parser *p, AstName *import_name, const AstIdentifier *local)
{
  AstImportEntry entry = {.import_name = import_name, .start = local->base.start, .end = local->base.end};
  entry.binding = scope_declare_lexical(p, local->name, local->base.start, local->base.end, AST_BINDING_IMPORT);
  entry.binding->captured = true;
  entry.binding->init_end = 0;
  parser_push_kept(p, &p->result->module->imports, entry);
}

static void parse_named_imports(Parser *p)
{
  lexer_next(p);
  while (!tok_is(p, TOK_RBRACE) && !parser_failed(p)) {
    Token first = p->tok;
    AstName *import_name = parse_export_name(p);
    if (tok_is_word(p, TOK_AS)) {
      lexer_next(p);
      add_import(p, import_name, parse_binding_identifier(p));
    } else {
      AstIdentifier local = {.base = {.start = first.start, .end = first.end}, .name = import_name};
      bool is_name = token_is_word(&first) && token_can_be_identifier(p, &first);
      if (!is_name && !parser_failed(p))
        parser_unexpected_token(p, first.type == TOK_STRING ? &p->tok : &first);
      if (first.type == TOK_EVAL || first.type == TOK_ARGUMENTS)
        parser_error(p, first.start, first.end, "Unexpected eval or arguments in strict mode");
      add_import(p, import_name, &local);
    }
    if (!parser_eat(p, TOK_COMMA))
      break;
  }
  parser_expect(p, TOK_RBRACE);
}

static void parse_namespace_import(Parser *p)
{
  lexer_next(p);
  if (!tok_is_word(p, TOK_AS))
    parser_unexpected(p);
  lexer_next(p);
  AstIdentifier *local = parse_binding_identifier(p);
  add_import(p, NULL, local);
}

/* `source x from`, `defer * as ns from`: a phase; `source from`, `defer from`: a default import of that name. */
static AstImportPhase parse_phase(Parser *p)
{
  if (tok_is_word(p, TOK_DEFER) && lexer_peek(p).type == TOK_MUL) {
    lexer_next(p);
    return AST_PHASE_DEFER;
  }
  if (!tok_is_word(p, TOK_SOURCE))
    return AST_PHASE_EVALUATION;
  Token next = lexer_peek(p);
  if (!token_is_word(&next))
    return AST_PHASE_EVALUATION;
  if (next.type == TOK_FROM) { /* `source from from` imports the source as `from` */
    LexerState state = lexer_save(p);
    lexer_next(p);
    Token after = lexer_peek(p);
    lexer_restore(p, &state);
    if (after.type != TOK_FROM)
      return AST_PHASE_EVALUATION;
  }
  lexer_next(p);
  return AST_PHASE_SOURCE;
}

/* ImportDeclaration  ecma262#prod-ImportDeclaration */
AstNode *parse_import(Parser *p)
{
  AstNode *node = NODE(p, AstNode, IMPORT_DECL, p->tok.start);
  AstModule *module = p->result->module;
  lexer_next(p);
  if (tok_is(p, TOK_STRING)) {
    parse_request(p, AST_PHASE_EVALUATION);
    return FINISH(p, node);
  }
  uint32_t from = module->imports.len;
  AstImportPhase phase = parse_phase(p);
  if (phase == AST_PHASE_SOURCE) {
    add_import(p, NULL, parse_binding_identifier(p));
  } else {
    bool has_default = token_is_word(&p->tok);
    if (has_default)
      add_import(p, p->known.default_, parse_binding_identifier(p));
    if (!has_default || parser_eat(p, TOK_COMMA)) {
      if (tok_is(p, TOK_MUL))
        parse_namespace_import(p);
      else if (tok_is(p, TOK_LBRACE))
        parse_named_imports(p);
      else
        parser_unexpected(p);
    }
  }
  uint32_t request = parse_from(p, phase);
  for (uint32_t k = from; k < module->imports.len && !parser_failed(p); k++)
    module->imports.items[k].request = request;
  return FINISH(p, node);
}

/* --- export ------------------------------------------------------------------------------------------------------ */

static void check_export_name(Parser *p, AstName *name, uint32_t start, uint32_t end)
{
  if (name->is_exported)
    parser_error_format(p, start, end, "Duplicate export of '%n'", name);
  name->is_exported = true;
}

static void add_local_export(Parser *p, AstName *export_name, AstName *local_name, uint32_t start, uint32_t end)
{
  AstExportEntry entry = {.export_name = export_name, .local_name = local_name, .start = start, .end = end};
  check_export_name(p, export_name, start, end);
  parser_push_kept(p, &p->result->module->local_exports, entry);
}

/* Every name that the declaration just parsed put into the module's scope, var included: `from` on. */
static void export_bindings(Parser *p, const AstNode *target)
{
  if (parser_failed(p))
    return;
  switch (target->kind) {
  case AST_IDENTIFIER: {
    AstName *name = ((const AstIdentifier *)target)->name;
    add_local_export(p, name, name, target->start, target->end);
    return;
  }
  case AST_ARRAY_PATTERN: {
    const AstArray *array = (const AstArray *)target;
    for (uint32_t k = 0; k < array->elements.len; k++)
      export_bindings(p, array->elements.items[k]);
    return;
  }
  case AST_OBJECT_PATTERN: {
    const AstObject *object = (const AstObject *)target;
    for (uint32_t k = 0; k < object->properties.len; k++)
      export_bindings(p, object->properties.items[k]);
    return;
  }
  case AST_PROPERTY: export_bindings(p, ((const AstProperty *)target)->value); return;
  case AST_DEFAULT: export_bindings(p, ((const AstBinary *)target)->left); return;
  case AST_REST: export_bindings(p, ((const AstUnary *)target)->operand); return;
  default: return;
  }
}

static AstNode *parse_export_variables(Parser *p, AstDeclKind kind)
{
  uint32_t start = p->tok.start;
  lexer_next(p);
  AstNode *node = parse_var_declarations(p, kind, start, false);
  parser_semicolon(p);
  const AstVarDecl *decl = (const AstVarDecl *)node;
  for (uint32_t k = 0; k < decl->declarators.len && !parser_failed(p); k++)
    export_bindings(p, ((const AstDeclarator *)decl->declarators.items[k])->target);
  return FINISH(p, node);
}

static AstNode *parse_export_function(Parser *p)
{
  AstNode *node = parse_function_declaration(p, NULL);
  const AstFunction *function = ((const AstFunctionDecl *)node)->function;
  if (!parser_failed(p))
    add_local_export(p, function->name, function->name, function->name_start,
                     function->name_start + function->name->len);
  return node;
}

static AstNode *parse_export_class(Parser *p)
{
  AstNode *node = parse_class_declaration(p, NULL);
  const AstClass *class = ((const AstClassDecl *)node)->klass;
  if (!parser_failed(p))
    add_local_export(p, class->name, class->name, class->name_start, class->name_start + class->name->len);
  return node;
}

static bool is_async_function(Parser *p)
{
  if (!tok_is_word(p, TOK_ASYNC))
    return false;
  Token next = lexer_peek(p);
  return next.type == TOK_FUNCTION && !(next.flags & TOKEN_NEWLINE);
}

static AstNode *parse_export_default(Parser *p, uint32_t start)
{
  AstExportDefault *node = NODE(p, AstExportDefault, EXPORT_DEFAULT, start);
  uint32_t default_start = p->tok.start, default_end = p->tok.end;
  AstName *local = p->known.star_default;
  lexer_next(p);
  if (tok_is(p, TOK_FUNCTION) || is_async_function(p)) {
    node->declaration = parse_function_declaration(p, local);
    AstFunctionDecl *decl = (AstFunctionDecl *)node->declaration;
    if (parser_failed(p))
      return &node->base;
    node->binding = decl->binding;
    local = decl->function->name;
    if (decl->function->name == p->known.star_default)
      decl->function->name = NULL;
  } else if (tok_is(p, TOK_CLASS)) {
    node->declaration = parse_class_declaration(p, local);
    AstClassDecl *decl = (AstClassDecl *)node->declaration;
    node->binding = decl->binding;
    if (decl->klass->name)
      local = decl->klass->name;
  } else {
    node->declaration = parse_assignment(p);
    node->binding = scope_declare_lexical(p, local, default_start, default_end, AST_BINDING_LET);
    parser_semicolon(p);
    node->binding->init_end = p->prev_end;
  }
  add_local_export(p, p->known.default_, local, default_start, default_end);
  return FINISH(p, node);
}

typedef struct ExportSpecifier {
  AstName *local, *exported;
  uint32_t start, end;
  Token token; /* of local */
} ExportSpecifier;

/* export { a, b as c }; or export { a as b } from "x"; the names before `from` are not references then. */
static void parse_export_list(Parser *p)
{
  ARENA_VEC(ExportSpecifier) list = {0};
  AstModule *module = p->result->module;
  lexer_next(p);
  while (!tok_is(p, TOK_RBRACE) && !parser_failed(p)) {
    ExportSpecifier item = {.token = p->tok, .start = p->tok.start, .end = p->tok.end};
    item.local = item.exported = parse_export_name(p);
    if (tok_is_word(p, TOK_AS)) {
      lexer_next(p);
      item.start = p->tok.start;
      item.end = p->tok.end;
      item.exported = parse_export_name(p);
    }
    parser_push(p, &list, item);
    if (!parser_eat(p, TOK_COMMA))
      break;
  }
  parser_expect(p, TOK_RBRACE);
  bool has_from = tok_is_word(p, TOK_FROM);
  uint32_t request = 0;
  if (has_from)
    request = parse_from(p, AST_PHASE_EVALUATION);
  for (uint32_t k = 0; k < list.len && !parser_failed(p); k++) {
    const ExportSpecifier *item = &list.items[k];
    if (!has_from) {
      if (!token_is_word(&item->token) || !token_can_be_identifier(p, &item->token))
        parser_unexpected_token(p, &item->token);
      add_local_export(p, item->exported, item->local, item->start, item->end);
      continue;
    }
    AstExportEntry entry = {.export_name = item->exported,
                            .local_name = item->local,
                            .request = request,
                            .start = item->token.start,
                            .end = item->end};
    check_export_name(p, item->exported, item->start, item->end);
    parser_push(p, &module->indirect_exports, entry);
  }
  if (!has_from)
    parser_semicolon(p);
}

static void parse_export_star(Parser *p)
{
  AstModule *module = p->result->module;
  AstExportEntry entry = {.start = p->tok.start, .end = p->tok.end};
  lexer_next(p);
  if (tok_is_word(p, TOK_AS)) {
    lexer_next(p);
    entry.start = p->tok.start;
    entry.end = p->tok.end;
    entry.export_name = parse_export_name(p);
    check_export_name(p, entry.export_name, entry.start, entry.end);
  }
  entry.request = parse_from(p, AST_PHASE_EVALUATION);
  if (parser_failed(p))
    return;
  if (entry.export_name)
    parser_push(p, &module->indirect_exports, entry);
  else
    parser_push(p, &module->star_exports, entry);
}

/* ExportDeclaration  ecma262#prod-ExportDeclaration */
AstNode *parse_export(Parser *p)
{
  uint32_t start = p->tok.start;
  AstExportDecl *node = NODE(p, AstExportDecl, EXPORT_DECL, start);
  lexer_next(p);
  switch (p->tok.type) {
  case TOK_DEFAULT: return parse_export_default(p, start);
  case TOK_MUL: parse_export_star(p); break;
  case TOK_LBRACE: parse_export_list(p); break;
  case TOK_VAR: node->declaration = parse_export_variables(p, AST_DECL_VAR); break;
  case TOK_CONST: node->declaration = parse_export_variables(p, AST_DECL_CONST); break;
  case TOK_LET: node->declaration = parse_export_variables(p, AST_DECL_LET); break;
  case TOK_FUNCTION: node->declaration = parse_export_function(p); break;
  case TOK_CLASS: node->declaration = parse_export_class(p); break;
  default:
    if (is_async_function(p))
      node->declaration = parse_export_function(p);
    else
      parser_unexpected(p);
  }
  return FINISH(p, node);
}

/* --- after the body ---------------------------------------------------------------------------------------------- */

static AstImportEntry *find_import(AstModule *module, const AstBinding *binding)
{
  for (uint32_t k = 0; k < module->imports.len; k++) {
    if (module->imports.items[k].binding == binding)
      return &module->imports.items[k];
  }
  return NULL;
}

/* ParseModule  ecma262#sec-parsemodule, steps 10-11: local exports get their binding; those of an imported name are
 * indirect. The module's scope is still open. */
void module_finish(Parser *p)
{
  AstModule *module = p->result->module;
  uint32_t kept = 0;
  module->has_top_level_await = p->fn->node->has_await;
  if (parser_failed(p))
    return;
  for (uint32_t k = 0; k < module->local_exports.len; k++) {
    AstExportEntry entry = module->local_exports.items[k];
    AstBinding *binding = entry.local_name->top;
    if (!binding || binding->scope != p->scope) {
      parser_error_format(p, entry.start, entry.end, "Export '%n' is not defined in module", entry.local_name);
      return;
    }
    AstImportEntry *import = binding->kind == AST_BINDING_IMPORT ? find_import(module, binding) : NULL;
    if (import && import->import_name) {
      entry.local_name = import->import_name;
      entry.request = import->request;
      parser_push(p, &module->indirect_exports, entry);
      continue;
    }
    entry.binding = binding;
    binding->captured = true;
    binding->is_exported = true;
    module->local_exports.items[kept++] = entry;
  }
  module->local_exports.len = kept;
}

/* --- import as an expression ------------------------------------------------------------------------------------- */

static AstNode *parse_import_meta(Parser *p, uint32_t start)
{
  AstNode *node = NODE(p, AstNode, IMPORT_META, start);
  if (!p->is_module)
    parser_error(p, p->tok.start, p->tok.end, "Cannot use 'import.meta' outside a module");
  lexer_next(p);
  return FINISH(p, node);
}

static AstNode *parse_import_call(Parser *p, uint32_t start, AstImportPhase phase)
{
  AstImportCall *node = NODE(p, AstImportCall, IMPORT_CALL, start);
  bool saved_no_in = p->no_in;
  node->base.op = (uint8_t)phase;
  p->no_in = false;
  parser_expect(p, TOK_LPAREN);
  if (tok_is(p, TOK_RPAREN))
    parser_error(p, p->tok.start, p->tok.end, "import() requires a specifier");
  node->specifier = parse_assignment(p);
  if (parser_eat(p, TOK_COMMA) && !tok_is(p, TOK_RPAREN)) {
    node->options = parse_assignment(p);
    parser_eat(p, TOK_COMMA);
  }
  p->no_in = saved_no_in;
  parser_expect(p, TOK_RPAREN);
  return FINISH(p, node);
}

/* import(...), import.meta, import.source(...), import.defer(...) */
AstNode *parse_import_expression(Parser *p)
{
  uint32_t start = p->tok.start;
  lexer_next(p);
  if (!parser_eat(p, TOK_DOT)) {
    if (!tok_is(p, TOK_LPAREN) && !p->is_module)
      parser_error(p, start, start + 6, "Cannot use import statement outside a module");
    return parse_import_call(p, start, AST_PHASE_EVALUATION);
  }
  if (tok_is_word(p, TOK_META))
    return parse_import_meta(p, start);
  if (tok_is(p, TOK_META))
    parser_error(p, start, p->tok.end, "'import.meta' must not contain escaped characters");
  AstImportPhase phase = tok_is_word(p, TOK_SOURCE) ? AST_PHASE_SOURCE : AST_PHASE_DEFER;
  if (phase == AST_PHASE_DEFER && !tok_is_word(p, TOK_DEFER)) {
    parser_unexpected(p);
    return NODE(p, AstNode, NULL_LITERAL, start);
  }
  lexer_next(p);
  return parse_import_call(p, start, phase);
}
