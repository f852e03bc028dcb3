// SPDX-License-Identifier: MIT
/* Functions and arrow functions  ecma262#sec-ecmascript-language-functions-and-classes: parameters, bodies, directives.
 */
#include "parser/parser.h"

void parser_enter_function(Parser *p, FunctionState *state, AstFunction *node)
{
  FunctionState *outer = p->fn;
  *state = (FunctionState){.outer = outer, .node = node};
  state->saved.is_strict = p->is_strict;
  state->saved.no_in = p->no_in;
  state->saved.cover_init = p->cover_init;
  state->saved.last_await = p->last_await;
  state->saved.last_yield = p->last_yield;
  state->saved.last_await_name = p->last_await_name;
  state->is_async = node->is_async;
  state->is_generator = node->is_generator;
  state->allow_return = true;
  AstFunctionKind kind = node->base.op;
  if (kind >= AST_FUNCTION_SCRIPT) {
    state->allow_return = false;
  } else if (kind == AST_FUNCTION_ARROW) {
    state->allow_new_target = outer->allow_new_target;
    state->allow_super_property = outer->allow_super_property;
    state->allow_super_call = outer->allow_super_call;
    state->forbid_arguments = outer->forbid_arguments;
    state->await_reserved = outer->await_reserved;
  } else {
    state->allow_new_target = true;
    state->allow_super_property = kind != AST_FUNCTION_NORMAL;
    state->allow_super_call = kind == AST_FUNCTION_DERIVED_CONSTRUCTOR;
  }
  node->outer = outer ? outer->node : NULL;
  node->is_strict = p->is_strict;
  node->has_simple_params = true;
  p->fn = state;
  p->no_in = false;
  p->cover_init = NO_POSITION;
  p->result->function_count++;
}

void parser_leave_function(Parser *p, FunctionState *state)
{
  p->is_strict = state->saved.is_strict;
  p->no_in = state->saved.no_in;
  p->cover_init = state->saved.cover_init;
  p->last_await = state->saved.last_await;
  p->last_yield = state->saved.last_yield;
  p->last_await_name = state->saved.last_await_name;
  p->fn = state->outer;
}

/* --- directives -------------------------------------------------------------------------------------------------- */

/* Directive Prologues  ecma262#sec-directive-prologues-and-the-use-strict-directive
 * Pushes the directives on p->stack; start and end are those of the "use strict" found. */
void parse_directives(Parser *p, bool *has_use_strict, uint32_t *start, uint32_t *end)
{
  const AstNode *legacy = NULL;
  *has_use_strict = false;
  while (tok_is(p, TOK_STRING)) {
    AstExpressionStatement *statement = NODE(p, AstExpressionStatement, EXPRESSION_STATEMENT, p->tok.start);
    statement->expression = parse_expression(p);
    parser_semicolon(p);
    FINISH(p, statement);
    parser_push_kept(p, &p->stack, &statement->base);
    const AstString *string = (const AstString *)statement->expression;
    if (parser_failed(p) || string->base.kind != AST_STRING || string->base.flags & AST_PARENTHESIZED)
      return;
    statement->base.flags |= AST_DIRECTIVE;
    if (string->base.flags & AST_LEGACY_ESCAPE && !legacy)
      legacy = &string->base;
    /* Without escapes or line continuations: exactly the text and its quotes. */
    if (string->value != p->known.use_strict || string->base.end - string->base.start != p->known.use_strict->len + 2)
      continue;
    *has_use_strict = true;
    *start = string->base.start;
    *end = string->base.end;
    p->is_strict = true;
    p->fn->node->is_strict = true;
    p->scope->is_strict = true;
    if (legacy)
      parser_error_node(p, legacy, "Octal escape sequences are not allowed in strict mode.");
  }
}

/* --- parameters -------------------------------------------------------------------------------------------------- */

/* After all parameters are known: length, simplicity, positions, and from where each is initialised. */
static void finish_params(Parser *p, AstFunction *node, AstScope *scope)
{
  bool counting = true;
  for (uint32_t k = 0; k < node->params.len && !parser_failed(p); k++) {
    const AstNode *param = node->params.items[k];
    if (param->kind == AST_DEFAULT || param->kind == AST_REST)
      counting = false;
    node->length += counting;
    if (param->kind != AST_IDENTIFIER) {
      node->has_simple_params = false;
      continue;
    }
    AstBinding *binding = ((const AstIdentifier *)param)->binding;
    if (binding)
      binding->param_index = k;
  }
  if (node->has_simple_params) {
    for (uint32_t k = 0; k < scope->bindings.len; k++)
      scope->bindings.items[k]->init_end = 0;
  }
}

static AstNode *parse_param(Parser *p)
{
  AstNode *target;
  uint32_t from = p->scope->bindings.len, start = p->tok.start;
  AstScope *scope = p->scope;
  if (tok_is(p, TOK_ELLIPSIS)) {
    AstUnary *rest = NODE(p, AstUnary, REST, start);
    lexer_next(p);
    rest->operand = parse_binding_target(p, BIND_PARAM);
    if (tok_is(p, TOK_ASSIGN))
      parser_error(p, p->tok.start, p->tok.end, "Rest parameter may not have a default initializer");
    if (tok_is(p, TOK_COMMA))
      parser_error(p, p->tok.start, p->tok.end, "Rest parameter must be last formal parameter");
    target = FINISH(p, rest);
  } else {
    target = parse_binding_target(p, BIND_PARAM);
    if (tok_is(p, TOK_ASSIGN)) {
      AstBinary *node = NODE(p, AstBinary, DEFAULT, start);
      node->op_start = p->tok.start;
      node->left = target;
      p->fn->has_param_expressions = true;
      lexer_next(p);
      node->right = parse_assignment(p);
      target = FINISH(p, node);
    }
  }
  scope_set_initialized(p, scope, from, target->end);
  return target;
}

static void parse_params(Parser *p, AstFunction *node)
{
  uint32_t mark = p->stack.len, start = p->tok.start;
  p->fn->in_params = node->is_async || node->is_generator;
  parser_expect(p, TOK_LPAREN);
  while (!tok_is(p, TOK_RPAREN) && !parser_failed(p)) {
    AstNode *param = parse_param(p);
    parser_push_kept(p, &p->stack, param);
    if (param->kind == AST_REST || !parser_eat(p, TOK_COMMA))
      break;
  }
  node->params = parser_pop_list(p, mark);
  if (p->params_end != NO_POSITION) {
    if (p->tok.type == TOK_RPAREN && p->tok.start != p->params_end)
      parser_unexpected(p);
    p->params_end = NO_POSITION;
  }
  uint32_t end = p->tok.end;
  parser_expect(p, TOK_RPAREN);
  p->fn->in_params = false;
  if (node->base.op == AST_FUNCTION_GETTER && node->params.len)
    parser_error(p, start, end, "Getter must not have any formal parameters.");
  if (node->base.op == AST_FUNCTION_SETTER) {
    if (node->params.len != 1)
      parser_error(p, start, end, "Setter must have exactly one formal parameter.");
    else if (node->params.items[0]->kind == AST_REST)
      parser_error(p, start, end, "Setter function argument must not be a rest parameter");
  }
  finish_params(p, node, p->scope);
}

/* --- bodies ------------------------------------------------------------------------------------------------------ */

static void check_params(Parser *p, AstFunction *node, bool has_use_strict, uint32_t start, uint32_t end)
{
  if (parser_failed(p))
    return;
  if (has_use_strict && !node->has_simple_params)
    parser_error(p, start, end, "Illegal 'use strict' directive in function with non-simple parameter list");
  bool unique = p->is_strict || !node->has_simple_params || node->base.op != AST_FUNCTION_NORMAL;
  if (node->has_duplicate_params && unique)
    parser_error(p, p->fn->duplicate_start, p->fn->duplicate_end,
                 "Duplicate parameter name not allowed in this context");
  if (has_use_strict)
    check_strict_params(p, node);
}

/* Statements up to end (RBRACE, consumed, or EOF) in the scopes they need; the FUNCTION scope is open. */
static void parse_body(Parser *p, AstFunction *node, TokenType end)
{
  uint32_t mark = p->stack.len, start = 0, stop = 0;
  bool has_use_strict;
  node->body_start = p->tok.start;
  if (end == TOK_RBRACE)
    parser_expect(p, TOK_LBRACE);
  if (p->fn->has_param_expressions) {
    node->body_scope = scope_open(p, AST_SCOPE_FUNCTION_BODY, node->body_start);
    node->body_scope->is_var_scope = true;
  }
  parse_directives(p, &has_use_strict, &start, &stop);
  node->scope->is_strict = p->is_strict;
  check_params(p, node, has_use_strict, start, stop);
  AstList rest;
  parse_statement_list(p, end, &rest);
  for (uint32_t k = 0; k < rest.len; k++)
    parser_push_kept(p, &p->stack, rest.items[k]);
  node->body = parser_pop_list(p, mark);
  node->body_end = p->tok.end;
  if (node->body_scope)
    scope_close(p);
}

/* A name that became wrong when the body turned out to be strict. */
static void check_name(Parser *p, const FunctionSpec *spec)
{
  if (spec->name && p->is_strict && !p->fn->saved.is_strict)
    check_strict_name(p, spec->name, spec->name_start, spec->name_end);
}

AstFunction *parse_function_rest(Parser *p, const FunctionSpec *spec)
{
  AstFunction *node = NODE(p, AstFunction, FUNCTION, spec->start);
  FunctionState state;
  if (!parser_has_stack(p))
    return node;
  node->base.op = (uint8_t)spec->kind;
  node->name = spec->name;
  node->name_start = spec->name_start;
  node->is_async = spec->is_async;
  node->is_generator = spec->is_generator;
  node->is_expression = spec->is_expression;
  node->is_class_member = spec->is_class_member;
  node->parameters_start = p->tok.start;
  LazyMark mark = {arena_mark(p->arena), p->scope->first_child, p->refs.len, spec->start == p->eager_start};
  parser_enter_function(p, &state, node);
  bool is_dynamic = p->params_end != NO_POSITION; /* its name is a property only, no binding */
  if (spec->is_expression && spec->name && !is_dynamic) {
    node->name_scope = scope_open(p, AST_SCOPE_FUNCTION_NAME, spec->start);
    scope_add_binding(p, node->name_scope, spec->name, AST_BINDING_FUNCTION_NAME, spec->name_start);
  }
  node->scope = scope_open(p, AST_SCOPE_FUNCTION, p->tok.start);
  node->scope->is_var_scope = true;
  parse_params(p, node);
  parse_body(p, node, TOK_RBRACE);
  node->base.end = p->tok.end;
  check_name(p, spec);
  scope_close(p);
  if (node->name_scope) {
    AstScope *name_scope = node->name_scope;
    scope_close(p);
    if (!parser_failed(p) && !name_scope->bindings.items[0]->is_referenced)
      node->name_scope = NULL;
  }
  parser_leave_function(p, &state);
  parser_make_lazy(p, node, &mark);
  parser_expect(p, TOK_RBRACE);
  return node;
}

/* `function`, or `async function`, at the current token. */
AstNode *parse_function_expression(Parser *p)
{
  FunctionSpec spec = {.kind = AST_FUNCTION_NORMAL, .start = p->tok.start, .is_expression = true};
  if (tok_is(p, TOK_ASYNC)) {
    spec.is_async = true;
    lexer_next(p);
  }
  lexer_next(p);
  spec.is_generator = parser_eat(p, TOK_MUL);
  if (token_is_word(&p->tok)) {
    /* The name's context is the function's own, not the one around. */
    FunctionState *fn = p->fn;
    bool is_async = fn->is_async, is_generator = fn->is_generator, reserved = fn->await_reserved;
    fn->is_async = spec.is_async;
    fn->is_generator = spec.is_generator;
    fn->await_reserved = false;
    spec.name_token = p->tok.type;
    AstIdentifier *name = parse_binding_identifier(p);
    fn->is_async = is_async;
    fn->is_generator = is_generator;
    fn->await_reserved = reserved;
    spec.name = name->name;
    spec.name_start = name->base.start;
    spec.name_end = name->base.end;
  }
  return &parse_function_rest(p, &spec)->base;
}

AstNode *parse_function_declaration(Parser *p, AstName *default_name)
{
  FunctionSpec spec = {.kind = AST_FUNCTION_NORMAL, .start = p->tok.start};
  AstFunctionDecl *decl = NODE(p, AstFunctionDecl, FUNCTION_DECL, p->tok.start);
  if (tok_is(p, TOK_ASYNC)) {
    spec.is_async = true;
    lexer_next(p);
  }
  uint32_t keyword_start = p->tok.start, keyword_end = p->tok.end;
  lexer_next(p);
  spec.is_generator = parser_eat(p, TOK_MUL);
  bool is_anonymous = default_name && tok_is(p, TOK_LPAREN);
  if (is_anonymous) {
    spec.name = default_name;
    spec.name_start = keyword_start;
    spec.name_end = keyword_end;
  } else {
    if (tok_is(p, TOK_LPAREN))
      parser_error(p, keyword_start, keyword_end, "Function statements require a function name");
    spec.name_token = p->tok.type;
    AstIdentifier *name = parse_binding_identifier(p);
    spec.name = name->name;
    spec.name_start = name->base.start;
    spec.name_end = name->base.end;
  }
  decl->function = parse_function_rest(p, &spec);
  if (!decl->function->name)
    decl->function->name = spec.name;
  scope_declare_function(p, decl, spec.name_start, spec.name_end);
  return FINISH(p, decl);
}

/* --- arrows ------------------------------------------------------------------------------------------------------ */

static void convert_params(Parser *p, AstFunction *node)
{
  for (uint32_t k = 0; k < node->params.len && !parser_failed(p); k++) {
    AstNode *param = node->params.items[k];
    uint32_t from = p->scope->bindings.len;
    if (param->kind == AST_SPREAD) {
      AstUnary *rest = (AstUnary *)param;
      param->kind = AST_REST;
      if (rest->operand->kind == AST_ASSIGN)
        parser_error_node(p, rest->operand, "Rest parameter may not have a default initializer");
      rest->operand = pattern_from_expression(p, rest->operand, TARGET_PARAM);
    } else {
      node->params.items[k] = pattern_from_expression(p, param, TARGET_PARAM);
    }
    scope_set_initialized(p, p->scope, from, param->end);
  }
}

static void check_arrow_operators(Parser *p, const ArrowMark *mark, bool is_async)
{
  if (p->last_yield > mark->start)
    parser_error(p, p->last_yield - 1, p->last_yield + 4, "Yield expression not allowed in formal parameter");
  if (p->last_await > mark->start)
    parser_error(p, p->last_await - 1, p->last_await + 4,
                 "Illegal await-expression in formal parameters of async function");
  if (is_async && p->last_await_name > mark->start)
    parser_error(p, p->last_await_name - 1, p->last_await_name + 4,
                 "'await' is not a valid identifier name in an async function");
}

AstNode *parse_arrow(Parser *p, AstList params, const ArrowMark *mark, bool is_async)
{
  AstFunction *node = NODE(p, AstFunction, FUNCTION, mark->start);
  FunctionState state;
  if (parser_failed(p) || !parser_has_stack(p))
    return &node->base;
  check_arrow_operators(p, mark, is_async);
  node->base.op = AST_FUNCTION_ARROW;
  node->is_async = is_async;
  node->is_expression = true;
  node->parameters_start = mark->start;
  LazyMark lazy_mark = {arena_mark(p->arena), mark->first_child, mark->refs, mark->is_eager};
  bool no_in = p->no_in;
  parser_enter_function(p, &state, node);
  node->scope = scope_open(p, AST_SCOPE_FUNCTION, mark->start);
  node->scope->is_var_scope = true;
  scope_adopt(p, node->scope, mark);
  if (p->evals.len > mark->evals)
    node->has_direct_eval = true;
  node->params = params;
  convert_params(p, node);
  finish_params(p, node, node->scope);
  state.await_reserved = false; /* bodies are [~Await] */
  lexer_next(p);
  if (tok_is(p, TOK_LBRACE)) {
    parse_body(p, node, TOK_RBRACE);
    node->base.end = p->tok.end;
    scope_close(p);
    parser_leave_function(p, &state);
    parser_make_lazy(p, node, &lazy_mark);
    parser_expect(p, TOK_RBRACE);
    return &node->base;
  }
  check_params(p, node, false, 0, 0);
  node->has_expression_body = true;
  node->body_start = p->tok.start;
  p->no_in = no_in;
  AstUnary *result = NODE(p, AstUnary, RETURN, p->tok.start);
  result->operand = parse_assignment(p);
  FINISH(p, result);
  uint32_t list_mark = p->stack.len;
  parser_push_kept(p, &p->stack, &result->base);
  node->body = parser_pop_list(p, list_mark);
  node->body_end = p->prev_end;
  scope_close(p);
  parser_leave_function(p, &state);
  return FINISH(p, node);
}

/* --- whole-source functions -------------------------------------------------------------------------------------- */

static AstFunction *parse_body_source(Parser *p)
{
  const ParseOptions *options = p->options;
  AstFunction *node = NODE(p, AstFunction, FUNCTION, 0);
  FunctionState state;
  node->base.op = AST_FUNCTION_NORMAL;
  node->is_expression = true;
  node->is_async = options->is_async_function;
  parser_enter_function(p, &state, node);
  node->scope = scope_open(p, AST_SCOPE_FUNCTION, 0);
  node->scope->is_var_scope = true;
  uint32_t mark = p->stack.len;
  for (uint32_t k = 0; k < options->param_count; k++) {
    AstIdentifier *param = NODE(p, AstIdentifier, IDENTIFIER, 0);
    param->name = lexer_intern_c(p, options->param_names[k]);
    param->base.end = 0;
    param->base.flags = AST_REF_DECLARES;
    param->binding = scope_declare_param(p, param->name, 0, 0);
    parser_push_kept(p, &p->stack, &param->base);
  }
  node->params = parser_pop_list(p, mark);
  finish_params(p, node, node->scope);
  parse_body(p, node, TOK_EOF);
  node->base.end = p->len;
  scope_close(p);
  parser_leave_function(p, &state);
  return node;
}

void parse_function_source(Parser *p, AstFunction *root)
{
  AstExpressionStatement *statement = NODE(p, AstExpressionStatement, EXPRESSION_STATEMENT, 0);
  if (p->options->goal == PARSE_FUNCTION_BODY) {
    statement->expression = &parse_body_source(p)->base;
  } else if (p->options->goal == PARSE_LAZY_FUNCTION) {
    statement->expression = &parse_lazy_function(p)->base;
  } else {
    if (!tok_is(p, TOK_FUNCTION) && !tok_is(p, TOK_ASYNC))
      parser_unexpected(p);
    statement->expression = parser_failed(p) ? &statement->base : parse_function_expression(p);
    if (!tok_is(p, TOK_EOF))
      parser_unexpected(p);
  }
  p->result->function = (AstFunction *)statement->expression;
  FINISH(p, statement);
  uint32_t mark = p->stack.len;
  parser_push_kept(p, &p->stack, &statement->base);
  root->body = parser_pop_list(p, mark);
}
