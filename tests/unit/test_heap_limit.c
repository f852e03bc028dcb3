// SPDX-License-Identifier: MIT
/* js_vm_set_near_heap_limit: a heap that fills up can be given room and its program ended. */
#include <string.h>

#include "culm/js.h"

#include "unit.h"

#define LIMIT ((size_t)32 << 20)

static size_t raise_and_terminate(JsVm *vm, size_t limit, void *opaque)
{
  ++*(int *)opaque;
  js_vm_terminate(vm);
  return limit + LIMIT;
}

static JsValue run(JsContext *cx, const char *body)
{
  JsValue source = js_string_utf8(cx, body, strlen(body));
  JsValue fn = js_compile_function(cx, source, js_string_utf8(cx, "x.js", 4), 0, NULL, JS_UNDEFINED);
  return js_is_exception(fn) ? fn : js_call(cx, fn, JS_UNDEFINED, 0, NULL);
}

UNIT_TEST(near_heap_limit_ends_a_program_and_leaves_the_vm_usable)
{
  JsConfig config = {.heap_limit_bytes = LIMIT};
  JsHost host = {0};
  JsVm *vm = js_vm_new(&config, &host);
  JsContext *cx = js_vm_context(vm);
  int calls = 0;
  js_vm_set_near_heap_limit(vm, raise_and_terminate, &calls);
  JsValue result = run(cx, "try { const a = []; for (;;) a.push({}); } catch { return 'caught'; }");
  EXPECT(js_is_exception(result));
  EXPECT(js_is_terminating(cx));
  EXPECT(calls >= 1);
  js_cancel_termination(cx);
  js_gc(vm, true);
  result = run(cx, "return 6 * 7;");
  EXPECT(!js_is_exception(result) && js_is_int32(result) && js_as_int32(result) == 42);
  js_vm_free(vm);
}
