// SPDX-License-Identifier: MIT
/*
 * What of TypeScript runs: enums, namespaces, `import x = `, `export = `. The text stays where it is and on its lines;
 * what makes it JavaScript is put in between.
 *
 *   enum E { A, B = f(A) }      var E; (function (E) { const A = E["A"] = 0; ... })(E || (E = {}));
 *   namespace N { export ... }  var N; (function (N) { ...; N.a = a; })(N || (N = {}));
 *
 * Members of an enum are constants of the function around them, so that later ones can name them. What a namespace
 * exports is assigned to it; variables that may change are accessors.
 */
#include "parser/typescript/typescript.h"

/* --- names already declared -------------------------------------------------------------------------------------- */

TsScope ts_open_scope(Ts *ts)
{
  TsScope saved = {ts->declared_from, ts->declared.len};
  ts->declared_from = ts->declared.len;
  return saved;
}

void ts_close_scope(Ts *ts, TsScope saved)
{
  ts->declared_from = saved.from;
  ts->declared.len = saved.len;
}

static TsDeclared *find_declared(Ts *ts, const AstName *name)
{
  for (uint32_t k = ts->declared.len; k > ts->declared_from; k--) {
    if (ts->declared.items[k - 1].name == name)
      return &ts->declared.items[k - 1];
  }
  return NULL;
}

void ts_declare(Ts *ts, AstName *name)
{
  if (ts->transform && !ts->is_ambient && !parser_failed(&ts->p))
    parser_push(&ts->p, &ts->declared, ((TsDeclared){.name = name}));
}

/* --- the function around ----------------------------------------------------------------------------------------- */

static void texts(Ts *ts, uint32_t place, const char *before, ParseSpan name, const char *after)
{
  ts_text(ts, place, before);
  ts_copy(ts, place, name);
  ts_text(ts, place, after);
}

/* `var N; (function (N) {`. suffix: of the parameter's name. */
static void open_function(Ts *ts, uint32_t place, ParseSpan name, AstName *atom, bool is_exported, const char *suffix)
{
  if (!find_declared(ts, atom)) {
    texts(ts, place, is_exported && !ts->ns ? "export var " : "var ", name, "; ");
    ts_declare(ts, atom);
  }
  texts(ts, place, "(function (", name, suffix);
  ts_text(ts, place, ") {");
}

/* `})(N || (N = {}));`, or with the namespace's property in it. */
static void close_function(Ts *ts, uint32_t place, ParseSpan name, bool is_exported)
{
  texts(ts, place, "})(", name, "");
  if (is_exported && ts->ns) {
    texts(ts, place, " = ", ts->ns->name, ".");
    texts(ts, place, "", name, " || (");
    texts(ts, place, "", ts->ns->name, ".");
  } else {
    ts_text(ts, place, " || (");
  }
  texts(ts, place, "", name, " = {}));");
}

/* --- enums ------------------------------------------------------------------------------------------------------- */

typedef struct EnumMember {
  ParseSpan name; /* of an identifier, or of the literal with its quotes */
  AstName *atom;
  bool is_identifier; /* one that can be bound */
  bool is_quoted;
  bool has_value;
  uint32_t equals, end; /* `=`; behind the member */
  uint32_t comma;       /* 0: none */
} EnumMember;

/* "name" */
static void quoted(Ts *ts, uint32_t place, const EnumMember *member)
{
  if (member->is_quoted)
    ts_copy(ts, place, member->name);
  else
    texts(ts, place, "\"", member->name, "\"");
}

typedef struct EnumNames {
  ParseSpan name;
  const char *suffix;
} EnumNames;

/* E["name"] */
static void member_of(Ts *ts, uint32_t place, const EnumNames *names, const EnumMember *member)
{
  ts_copy(ts, place, names->name);
  ts_text(ts, place, names->suffix);
  ts_text(ts, place, "[");
  quoted(ts, place, member);
  ts_text(ts, place, "]");
}

static void emit_member(Ts *ts, const EnumNames *names, const EnumMember *member, const EnumMember *previous)
{
  uint32_t place = member->name.start;
  ts_blank(ts, member->name.start, member->has_value ? member->equals + 1 : member->end);
  if (member->is_identifier)
    texts(ts, place, "const ", member->name, " = ");
  else
    ts_text(ts, place, "((v) => { if (typeof v !== \"string\") ");
  if (!member->is_identifier) {
    texts(ts, place, "", names->name, names->suffix);
    ts_text(ts, place, "[v] = ");
    quoted(ts, place, member);
    ts_text(ts, place, "; })(");
  }
  member_of(ts, place, names, member);
  ts_text(ts, place, " = ");
  if (!member->has_value && previous) {
    member_of(ts, place, names, previous);
    ts_text(ts, place, " + 1");
  } else if (!member->has_value) {
    ts_text(ts, place, "0");
  }
  place = member->end;
  if (!member->is_identifier) {
    ts_text(ts, place, ");");
    return;
  }
  texts(ts, place, "; if (typeof ", member->name, " !== \"string\") ");
  texts(ts, place, "", names->name, names->suffix);
  texts(ts, place, "[", member->name, "] = ");
  quoted(ts, place, member);
  ts_text(ts, place, ";");
}

/* name, 'name' or ['name'] with its value */
static void enum_member(Ts *ts, EnumMember *member)
{
  Parser *p = &ts->p;
  bool is_computed = ts_eat(ts, TOK_LBRACKET);
  member->name = (ParseSpan){p->tok.start, p->tok.end};
  member->atom = p->tok.name;
  member->is_quoted = ts_is(ts, TOK_STRING) || (ts_is(ts, TOK_TEMPLATE) && p->tok.flags & TOKEN_TAIL);
  member->is_identifier = !is_computed && ts_is_identifier(ts) && !token_is_strict_reserved((TokenType)p->tok.type);
  if (member->is_quoted || (!is_computed && token_is_word(&p->tok)))
    lexer_next(p);
  else
    ts_error(ts, p->tok.start, p->tok.end, "An enum member must have a name or a string for one");
  if (is_computed) {
    uint32_t bracket = member->name.start - 1;
    ts_blank(ts, bracket, bracket + 1);
    ts_blank(ts, p->tok.start, p->tok.end);
    ts_expect(ts, TOK_RBRACKET);
  }
  member->equals = p->tok.start;
  member->has_value = ts_eat(ts, TOK_ASSIGN);
  if (member->has_value)
    ts_assignment(ts);
  member->end = p->prev_end;
}

void ts_enum(Ts *ts, bool is_exported)
{
  Parser *p = &ts->p;
  uint32_t start = p->tok.start;
  (void)ts_eat(ts, TOK_CONST);
  lexer_next(p);
  EnumNames names = {{p->tok.start, p->tok.end}, ""};
  AstName *atom = p->tok.name;
  ts_identifier(ts);
  ts_expect(ts, TOK_LBRACE);
  uint32_t body = p->prev_end;
  ARENA_VEC(EnumMember) members = {0};
  while (!ts_is(ts, TOK_RBRACE) && !parser_failed(p)) {
    EnumMember member = {0};
    enum_member(ts, &member);
    if (member.is_identifier && member.atom == atom)
      names.suffix = "_1";
    bool more = ts_is(ts, TOK_COMMA);
    if (more) {
      ts_blank(ts, p->tok.start, p->tok.end);
      lexer_next(p);
    }
    parser_push(p, &members, member);
    if (!more)
      break;
  }
  uint32_t close = p->tok.start;
  ts_expect(ts, TOK_RBRACE);
  if (parser_failed(p))
    return;
  ts_needs_transform(ts, start, p->prev_end, "TypeScript enum is not supported in strip-only mode");
  if (!ts->transform || ts->is_ambient)
    return;
  ts_blank(ts, start, body);
  ts_blank(ts, close, close + 1);
  open_function(ts, start, names.name, atom, is_exported, names.suffix);
  TsDeclared *declared = find_declared(ts, atom);
  /* the members of an earlier part can be named too */
  for (uint32_t k = 0; declared && k < declared->names.len; k++) {
    bool is_again = false;
    for (uint32_t n = 0; n < members.len; n++)
      is_again |= members.items[n].atom == declared->names.items[k].atom;
    if (is_again)
      continue;
    texts(ts, start, " const ", declared->names.items[k].span, " = ");
    texts(ts, start, "", names.name, names.suffix);
    texts(ts, start, ".", declared->names.items[k].span, ";");
  }
  for (uint32_t k = 0; k < members.len; k++) {
    emit_member(ts, &names, &members.items[k], k ? &members.items[k - 1] : NULL);
    declared = find_declared(ts, atom);
    if (declared && members.items[k].is_identifier)
      parser_push(p, &declared->names, ((TsName){members.items[k].name, members.items[k].atom}));
  }
  close_function(ts, close, names.name, is_exported);
}

/* --- namespaces -------------------------------------------------------------------------------------------------- */

static void namespace_body(Ts *ts, ParseSpan name, AstName *atom)
{
  Parser *p = &ts->p;
  TsNamespace ns = {.outer = ts->ns, .name = name, .atom = atom, .body = p->tok.start};
  ts->ns = &ns;
  if (ts_eat(ts, TOK_DOT)) {
    /* namespace A.B: B is exported by A */
    ts_blank(ts, p->prev_start, p->prev_end);
    TsScope scope = ts_open_scope(ts);
    ParseSpan inner = {p->tok.start, p->tok.end};
    AstName *inner_atom = p->tok.name;
    ts_identifier(ts);
    ts_blank(ts, inner.start, inner.end);
    open_function(ts, inner.start, inner, inner_atom, true, "");
    namespace_body(ts, inner, inner_atom);
    close_function(ts, p->prev_start, inner, true);
    ts_close_scope(ts, scope);
  } else {
    ts_blank(ts, p->tok.start, p->tok.end);
    ts_expect(ts, TOK_LBRACE);
    ns.body = p->prev_end;
    TsScope scope = ts_open_scope(ts);
    (void)ts_statements(ts, TOK_RBRACE);
    ts_close_scope(ts, scope);
    ts_blank(ts, p->tok.start, p->tok.end);
    ts_expect(ts, TOK_RBRACE);
  }
  ts->ns = ns.outer;
}

void ts_namespace(Ts *ts, bool is_exported)
{
  Parser *p = &ts->p;
  uint32_t start = p->tok.start;
  lexer_next(p);
  ParseSpan name = {p->tok.start, p->tok.end};
  AstName *atom = p->tok.name;
  if (!parser_has_stack(p))
    return;
  ts_identifier(ts);
  ts_blank(ts, start, name.end);
  open_function(ts, start, name, atom, is_exported, "");
  namespace_body(ts, name, atom);
  if (!parser_failed(p))
    close_function(ts, p->prev_start, name, is_exported);
}

/* N.name = name; */
static void export_name(Ts *ts, uint32_t place, ParseSpan name)
{
  texts(ts, place, "; ", ts->ns->name, ".");
  texts(ts, place, "", name, " = ");
  texts(ts, place, "", name, ";");
}

/* A variable that may get another value. */
static void export_variable(Ts *ts, uint32_t place, ParseSpan name)
{
  texts(ts, place, "; Object.defineProperty(", ts->ns->name, ", \"");
  texts(ts, place, "", name, "\", { enumerable: true, configurable: true, get: () => ");
  texts(ts, place, "", name, ", set: (v) => { ");
  texts(ts, place, "", name, " = v; } });");
}

/* The name behind the words of a function's or class's head. */
static ParseSpan declaration_name(Ts *ts)
{
  Parser *p = &ts->p;
  LexerState state = lexer_save(p);
  while (ts_is(ts, TOK_ASYNC) || ts_is(ts, TOK_FUNCTION) || ts_is(ts, TOK_MUL) || ts_is(ts, TOK_CLASS) ||
         ts_is(ts, TOK_IMPORT) || ts_is_word(ts, ts->word.abstract))
    lexer_next(p);
  ParseSpan name = {p->tok.start, p->tok.end};
  lexer_restore(p, &state);
  return name;
}

TsKind ts_namespace_export(Ts *ts)
{
  Parser *p = &ts->p;
  uint32_t start = p->tok.start, edits = ts->edits.len;
  lexer_next(p);
  ts_blank(ts, start, p->prev_end);
  ts_decorators(ts);
  Token next = lexer_peek(p);
  bool is_function = ts_is(ts, TOK_FUNCTION) || (ts_is(ts, TOK_ASYNC) && next.type == TOK_FUNCTION);
  if (is_function || ts_is(ts, TOK_CLASS) || ts_is(ts, TOK_IMPORT) ||
      (ts_is_word(ts, ts->word.abstract) && next.type == TOK_CLASS)) {
    ParseSpan name = declaration_name(ts);
    TsKind kind = ts_statement(ts, false);
    if (kind == TS_VALUE)
      export_name(ts, is_function ? ts->ns->body : p->prev_end, name);
    return kind;
  }
  bool is_const = ts_is(ts, TOK_CONST);
  if (ts_is(ts, TOK_VAR) || ts_is(ts, TOK_LET) || (is_const && next.type != TOK_ENUM)) {
    ARENA_VEC(TsName) names = {0};
    uint32_t first = ts->bound.len;
    bool saved = ts->collects_bound;
    ts->collects_bound = true;
    TsKind kind = ts_statement(ts, false);
    ts->collects_bound = saved;
    for (uint32_t k = first; k < ts->bound.len; k++)
      parser_push(p, &names, ts->bound.items[k]);
    ts->bound.len = first;
    for (uint32_t k = 0; k < names.len && !parser_failed(p); k++) {
      if (is_const)
        export_name(ts, p->prev_end, names.items[k].span);
      else
        export_variable(ts, p->prev_end, names.items[k].span);
    }
    return kind;
  }
  TsKind kind = ts_declaration(ts, true);
  if (kind == TS_NOT_DECLARATION)
    ts_unexpected(ts);
  if (kind == TS_TYPE_ONLY)
    ts->edits.len = edits;
  return kind;
}
