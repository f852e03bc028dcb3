// SPDX-License-Identifier: MIT
/* Early errors that several grammar files check: strict-mode names and literals, templates. */
#include "parser/parser.h"

void check_strict_name(Parser *p, AstName *name, uint32_t start, uint32_t end)
{
  if (name->word == TOK_EVAL || name->word == TOK_ARGUMENTS)
    parser_error(p, start, end, "Unexpected eval or arguments in strict mode");
  else if (token_is_strict_reserved(name->word) && name->word != TOK_AWAIT)
    parser_error(p, start, end, "Unexpected strict mode reserved word");
}

/* A simple parameter list, written before its function was known to be strict. */
void check_strict_params(Parser *p, const AstFunction *function)
{
  for (uint32_t k = 0; k < function->params.len && !parser_failed(p); k++) {
    const AstNode *param = function->params.items[k];
    if (param->kind == AST_IDENTIFIER)
      check_strict_name(p, ((const AstIdentifier *)param)->name, param->start, param->end);
  }
}

void check_assignment_identifier(Parser *p, const AstIdentifier *id)
{
  if (p->is_strict && (id->name->word == TOK_EVAL || id->name->word == TOK_ARGUMENTS))
    parser_error_node(p, &id->base, "Unexpected eval or arguments in strict mode");
}

void check_legacy_literal(Parser *p, const Token *tok)
{
  if (js_likely(!(tok->flags & (TOKEN_OCTAL | TOKEN_EIGHT))) || !p->is_strict)
    return;
  bool is_octal = tok->flags & TOKEN_OCTAL;
  if (tok->type == TOK_NUMBER)
    parser_error(p, tok->start, tok->end,
                 is_octal ? "Octal literals are not allowed in strict mode."
                          : "Decimals with leading zeros are not allowed in strict mode.");
  else
    parser_error(p, tok->start, tok->end,
                 is_octal ? "Octal escape sequences are not allowed in strict mode."
                          : "\\8 and \\9 are not allowed in strict mode.");
}

/* A template piece without cooked value. */
void check_template_escape(Parser *p, const Token *tok)
{
  if (p->lex_error)
    parser_error(p, p->lex_error_start, p->lex_error_end, p->lex_error);
  else
    parser_error(p, tok->start, tok->end, "Invalid escape sequence in template");
}
