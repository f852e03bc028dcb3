// SPDX-License-Identifier: MIT
/* JsCode and JsScript cells: source positions, source text, tracing. */
#include "bytecode/code.h"

#include <stdlib.h>

#include "unicode/unicode.h"
#include "object/operations.h"

static uint32_t read_varint(const uint8_t **at, const uint8_t *end)
{
  uint32_t value = 0;
  for (int shift = 0; *at < end && shift < 35; shift += 7) {
    uint8_t byte = *(*at)++;
    value |= (uint32_t)(byte & 0x7F) << shift;
    if (!(byte & 0x80))
      break;
  }
  return value;
}

uint32_t code_position(const JsCode *code, uint32_t pc)
{
  const uint8_t *at = code->positions, *end = at ? at + code->positions_size : NULL;
  uint32_t entry_pc = 0, position = code->source_start;
  while (at < end) {
    entry_pc += read_varint(&at, end);
    uint32_t zigzag = read_varint(&at, end);
    if (entry_pc > pc)
      break;
    position += (zigzag >> 1) ^ (0u - (zigzag & 1));
  }
  return position;
}

JsScript *script_new(JsHeap *heap, JsString *url, JsString *source)
{
  JsScript *script = GC_NEW(heap, SCRIPT, JsScript);
  ptr_slot_init(&script->url, url);
  ptr_slot_init(&script->source, source);
  script->first_line = 1;
  return script;
}

JsString *script_source(JsHeap *heap, JsScript *script)
{
  JsString *source = ptr_slot_get(script->source);
  if (!source && script->load_source) {
    source = script->load_source(heap, script->load_opaque);
    ptr_slot_set(heap, script, &script->source, source);
  }
  return source;
}

static bool ends_line(StringView view, uint32_t k)
{
  uint16_t unit = view_unit(view, k);
  if (unit == '\r')
    return k + 1 >= view.length || view_unit(view, k + 1) != '\n';
  return unit == '\n' || unit == 0x2028 || unit == 0x2029;
}

static void find_lines(JsHeap *heap, JsScript *script)
{
  JsString *source = script_source(heap, script);
  if (script->line_starts || !source)
    return;
  StringView view = string_view(heap, source);
  uint32_t count = 1;
  for (uint32_t k = 0; k < view.length; k++)
    count += ends_line(view, k);
  uint32_t *starts = mem_alloc(gc_heap_account(heap), MEM_CODE, count * sizeof *starts);
  if (!starts)
    return;
  starts[0] = 0;
  for (uint32_t k = 0, line = 1; k < view.length; k++) {
    if (ends_line(view, k))
      starts[line++] = k + 1;
  }
  script->line_starts = starts;
  script->line_count = count;
}

void script_line_column(JsHeap *heap, JsScript *script, uint32_t offset, uint32_t *line, uint32_t *column)
{
  find_lines(heap, script);
  *line = script->first_line;
  *column = offset + script->first_column + 1;
  if (!script->line_starts)
    return;
  uint32_t low = 0, high = script->line_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (script->line_starts[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  *line = script->first_line + low;
  *column = offset - script->line_starts[low] + 1 + (low ? 0 : script->first_column);
}

JsString *script_source_line(JsHeap *heap, JsScript *script, uint32_t line)
{
  find_lines(heap, script);
  JsString *source = script_source(heap, script);
  if (!source || !script->line_starts || line < script->first_line || line - script->first_line >= script->line_count)
    return NULL;
  StringView view = string_view(heap, source);
  uint32_t from = script->line_starts[line - script->first_line], to = from;
  while (to < view.length && !unicode_is_line_terminator(view_unit(view, to)))
    to++;
  return string_substring(heap, source, from, to);
}

JsString *code_source_text(JsHeap *heap, JsCode *code)
{
  JsValue val = slot_get(code->script);
  JsString *source = js_is_cell(val) ? script_source(heap, (JsScript *)js_as_cell(val)) : NULL;
  if (!source || code->source_end > source->length || code->source_start > code->source_end)
    return string_empty(heap);
  return string_substring(heap, source, code->source_start, code->source_end);
}

_Static_assert(sizeof(JsCode) == 200, "update code_trace()");
void code_trace(JsTracer *tracer, JsCell *cell)
{
  JsCode *code = (JsCode *)cell;
  gc_trace_ptr(tracer, code->constants);
  gc_trace_ptr(tracer, code->name);
  gc_trace_slot(tracer, &code->script);
  gc_trace_slot(tracer, &code->feedback);
}

void code_finalise(JsHeap *heap, JsCell *cell)
{
  JsCode *code = (JsCode *)cell;
  if (!code->tables)
    return;
  gc_external_sub(heap, code->tables_size);
  mem_free(gc_heap_account(heap), MEM_CODE, code->tables, code->tables_size);
}

_Static_assert(sizeof(JsScript) == 160, "update script_trace()");
void script_trace(JsTracer *tracer, JsCell *cell)
{
  JsScript *script = (JsScript *)cell;
  gc_trace_ptr(tracer, script->url);
  gc_trace_ptr(tracer, script->eval_code);
  gc_trace_ptr(tracer, script->source);
  gc_trace_ptr(tracer, script->wrapper_head);
  gc_trace_slot(tracer, &script->host_defined);
  gc_trace_ptr(tracer, script->image_strings);
  gc_trace_ptr(tracer, script->image_links);
}

void script_finalise(JsHeap *heap, JsCell *cell)
{
  JsScript *script = (JsScript *)cell;
  mem_free(gc_heap_account(heap), MEM_CODE, script->line_starts, script->line_count * sizeof *script->line_starts);
  if (script->image_owned) {
    gc_external_sub(heap, script->image_size);
    free(script->image_owned);
  }
}
