// SPDX-License-Identifier: MIT
/*
 * Lazy functions: checked like all others, with every name in them resolved, but their nodes are given back at once,
 * and the text is parsed again when they first run. What stays is what the scopes around have to know: one use of each
 * name that leads out of the function, as reading or as writing. So the nodes of a whole bundle take the memory of its
 * largest function.
 */
#include "parser/parser.h"

/* Below this parsing twice costs more than compiling what is perhaps never called. */
enum { LAZY_MIN_UNITS = 160 };

static bool wants_to_be_lazy(const Parser *p, const AstFunction *node, const LazyMark *mark)
{
  if (p->kept == p->arena || parser_failed(p) || mark->is_eager)
    return false;
  /* Constructors are compiled together with their class; direct eval shows its whole surroundings. */
  return node->base.op <= AST_FUNCTION_SETTER && node->base.end - node->base.start >= LAZY_MIN_UNITS &&
         !node->scope->has_direct_eval;
}

/* A node that outlives the function, for the use of a name in it. Private names keep their position: one that no class
 * declares is an error there. */
static AstIdentifier *lasting_use(Parser *p, AstIdentifier *use, bool is_write)
{
  AstIdentifier **known = &use->name->uses[is_write];
  if (*known && (*known)->base.kind == use->base.kind && use->base.kind != AST_PRIVATE_NAME)
    return *known;
  AstIdentifier *copy = arena_alloc(p->kept, sizeof *copy);
  if (!copy) {
    parser_out_of_memory(p);
    return use;
  }
  *copy = *use;
  copy->base.flags &= AST_REF_ASSIGNED;
  *known = copy;
  return copy;
}

static void keep_uses(Parser *p, uint32_t from)
{
  PendingRef *refs = p->refs.items;
  uint32_t kept = from;
  for (uint32_t k = from; k < p->refs.len && !parser_failed(p); k++) {
    PendingRef ref = refs[k];
    bool is_write = ref.node->base.flags & AST_REF_ASSIGNED;
    uint32_t *at = &ref.node->name->kept_use[is_write];
    if (*at > from && *at <= kept) {
      const PendingRef *same = &refs[*at - 1];
      if (same->node->name == ref.node->name && same->node->base.kind == ref.node->base.kind &&
          !(same->node->base.flags & AST_REF_ASSIGNED) == !is_write && same->pos == ref.pos &&
          same->outside_class == ref.outside_class && same->from_member == ref.from_member)
        continue;
    }
    ref.node = lasting_use(p, ref.node, is_write);
    refs[kept++] = ref;
    *at = kept;
  }
  p->refs.len = kept;
}

void parser_make_lazy(Parser *p, AstFunction *node, const LazyMark *mark)
{
  if (!wants_to_be_lazy(p, node, mark))
    return;
  keep_uses(p, mark->refs);
  if (parser_failed(p))
    return;
  uint32_t count = node->params.len;
  node->is_lazy = true;
  node->has_rest = count && node->params.items[count - 1]->kind == AST_REST;
  node->param_count = count - node->has_rest;
  node->params = node->body = (AstList){0};
  node->name_scope = node->scope = node->body_scope = NULL;
  node->this_binding = node->arguments_binding = node->new_target_binding = node->callee_binding = NULL;
  p->scope->first_child = mark->first_child;
  arena_rewind(p->arena, &mark->arena);
}

AstFunction *parse_lazy_function(Parser *p)
{
  const ParseLazy *lazy = p->options->lazy;
  p->eager_start = lazy->function_start;
  if (lazy->kind == AST_FUNCTION_ARROW) {
    AstNode *node = parse_assignment(p);
    if (node->kind == AST_FUNCTION && !parser_failed(p))
      return (AstFunction *)node;
    parser_unexpected(p);
    return NODE(p, AstFunction, FUNCTION, lazy->start);
  }
  FunctionSpec spec = {.kind = lazy->kind,
                       .start = lazy->function_start,
                       .is_async = lazy->is_async,
                       .is_generator = lazy->is_generator,
                       .is_expression = lazy->is_expression,
                       .is_class_member = lazy->is_class_member,
                       .name_start = lazy->function_start,
                       .name_end = lazy->start};
  if (lazy->name)
    spec.name = lazy->name_is_wide ? lexer_intern_utf16(p, lazy->name, lazy->name_len)
                                   : lexer_intern_latin1(p, lazy->name, lazy->name_len, false);
  return parse_function_rest(p, &spec);
}
