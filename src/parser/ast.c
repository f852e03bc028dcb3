// SPDX-License-Identifier: MIT
/* Names of kinds and operators, for dumps and messages. */
#include "parser/ast.h"

const char *ast_kind_name(AstKind kind)
{
  static const char *const names[] = {
#define AST(kind, type, text) text,
#include "parser/ast.def"
  };
  return names[kind];
}

const char *ast_op_text(AstOp op)
{
  static const char *const texts[] = {
#define V(name, text) text,
      AST_OPS(V)
#undef V
  };
  return texts[op];
}

const char *ast_scope_kind_name(AstScopeKind kind)
{
  static const char *const names[] = {
      [AST_SCOPE_SCRIPT] = "script",
      [AST_SCOPE_MODULE] = "module",
      [AST_SCOPE_EVAL] = "eval",
      [AST_SCOPE_FUNCTION] = "function",
      [AST_SCOPE_FUNCTION_BODY] = "function-body",
      [AST_SCOPE_FUNCTION_NAME] = "function-name",
      [AST_SCOPE_BLOCK] = "block",
      [AST_SCOPE_FOR] = "for",
      [AST_SCOPE_SWITCH] = "switch",
      [AST_SCOPE_CATCH] = "catch",
      [AST_SCOPE_CLASS] = "class",
      [AST_SCOPE_STATIC_BLOCK] = "static-block",
      [AST_SCOPE_WITH] = "with",
      [AST_SCOPE_OUTER] = "outer",
  };
  return names[kind];
}

const char *ast_binding_kind_name(AstBindingKind kind)
{
  static const char *const names[] = {
      [AST_BINDING_VAR] = "var",
      [AST_BINDING_PARAM] = "param",
      [AST_BINDING_FUNCTION] = "function",
      [AST_BINDING_LET] = "let",
      [AST_BINDING_CONST] = "const",
      [AST_BINDING_USING] = "using",
      [AST_BINDING_CLASS] = "class",
      [AST_BINDING_CATCH] = "catch",
      [AST_BINDING_IMPORT] = "import",
      [AST_BINDING_FUNCTION_NAME] = "function-name",
      [AST_BINDING_ARGUMENTS] = "arguments",
      [AST_BINDING_THIS] = "this",
      [AST_BINDING_NEW_TARGET] = "new.target",
      [AST_BINDING_CALLEE] = "callee",
      [AST_BINDING_KEY] = "key",
      [AST_BINDING_PRIVATE_FIELD] = "private-field",
      [AST_BINDING_PRIVATE_METHOD] = "private-method",
      [AST_BINDING_PRIVATE_GETTER] = "private-getter",
      [AST_BINDING_PRIVATE_SETTER] = "private-setter",
      [AST_BINDING_PRIVATE_ACCESSOR] = "private-accessor",
  };
  return names[kind];
}
