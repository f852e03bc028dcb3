// SPDX-License-Identifier: MIT
/*
 * Any text is JSON or a SyntaxError; what is JSON is written, and what was written is read and written the same. One Vm
 * serves all inputs: what a run leaves behind is garbage.
 */
#include "builtins/json.h"
#include "builtins/setup.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
  if (!ok)
    abort();
}

/* Immutable once made; the fuzzer has one thread. */
static JsVm *the_vm(void)
{
  static JsVm *vm;
  if (!vm)
    vm = vm_new(&(JsVmOptions){0}, NULL);
  return vm;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1 || size > 1 << 16)
    return 0;
  JsContext *cx = &the_vm()->cx;
  JsString *source = data[0] & 1 ? string_from_latin1(cx->heap, data + 1, size - 1)
                                 : string_from_utf8(cx->heap, (const char *)data + 1, size - 1);
  JsValue val = json_parse(cx, source, NULL);
  if (js_is_exception(val)) {
    (void)take_exception(cx);
    return 0;
  }
  JsValue space = data[0] & 2 ? js_int32(1) : JS_UNDEFINED;
  JsValue text = json_stringify(cx, val, JS_UNDEFINED, space);
  if (js_is_exception(text)) { /* too deep, too long */
    (void)take_exception(cx);
    return 0;
  }
  check(js_is_string(text));
  JsValue again = json_parse(cx, js_as_string(text), NULL);
  check(!js_is_exception(again));
  JsValue second = json_stringify(cx, again, JS_UNDEFINED, space);
  check(js_is_string(second) && string_equals(cx->heap, js_as_string(text), js_as_string(second)));
  return 0;
}
