// SPDX-License-Identifier: MIT
/* Functions written as code images and loaded into another Vm. */
#include <stdlib.h>
#include <string.h>

#include "culm/js.h"

#include "unit.h"

static const char program[] =
    "const table = { a: 1.5, b: [1, 2, 'three', -0], big: 123456789012345678901234567890n };\n"
    "class Point { #x = 1; static origin = new Point(); constructor(x = 2) { this.#x = x; } get x() { return this.#x; "
    "} }\n"
    "function* range(n) { for (let i = 0; i < n; i++) yield () => i; }\n"
    "function pick(k) { switch (k) { case 0: return 'zero'; case 1: return 'one'; case 2: return 'two'; case 3: return "
    "'three'; }\n"
    "  try { throw new Error(`no ${k}`); } catch ({ message }) { return message; } finally { table.done = true; } }\n"
    "function twice() { return Array.prototype.map.call(arguments, v => v * 2).join('+'); }\n"
    "const tag = (s, ...v) => s.raw.join('|') + v;\n"
    "return [param, table.b.length, String(table.big), new Point().x, Point.origin.x, [...range(3)].map(f => "
    "f()).join(''),\n"
    "        pick(2), pick(9), table.done, twice(1, 2), tag`x${1}y\\n`, /a+/.exec('caat')[0], pick.toString().length > "
    "100].join();\n";

static JsVm *vm_start(void)
{
  JsConfig config = {0};
  JsHost host = {0};
  return js_vm_new(&config, &host);
}

static void *make_image(size_t *size)
{
  JsVm *vm = vm_start();
  JsContext *cx = js_vm_context(vm);
  JsValue param = js_string_utf8(cx, "param", 5);
  JsValue fn = js_compile_function(cx, js_string_utf8(cx, program, strlen(program)), js_string_utf8(cx, "lib/x.js", 8),
                                   1, &param, JS_UNDEFINED);
  EXPECT(!js_is_exception(fn));
  void *image = js_serialise_function(cx, fn, size);
  EXPECT(image != NULL);
  js_vm_free(vm);
  return image;
}

UNIT_TEST(code_image_runs_in_another_vm)
{
  static const char expected[] = "in,4,123456789012345678901234567890,2,2,012,two,no 9,true,2+4,x|y\\n1,aa,true";
  size_t size;
  void *image = make_image(&size);
  JsVm *vm = vm_start();
  JsContext *cx = js_vm_context(vm);
  JsValue fn = js_load_function(cx, image, size);
  EXPECT(!js_is_exception(fn));
  JsValue arg = js_string_utf8(cx, "in", 2);
  JsValue result = js_call(cx, fn, JS_UNDEFINED, 1, &arg);
  EXPECT(!js_is_exception(result));
  char text[256] = {0};
  if (!js_is_exception(result))
    js_string_write_utf8(cx, result, text, sizeof text - 1);
  EXPECT(strcmp(text, expected) == 0);
  js_vm_free(vm);
  free(image);
}

UNIT_TEST(code_image_of_another_build_is_refused)
{
  size_t size;
  char *image = make_image(&size);
  image[8] ^= 1; /* the stamp */
  JsVm *vm = vm_start();
  JsContext *cx = js_vm_context(vm);
  EXPECT(js_is_exception(js_load_function(cx, image, size)));
  js_vm_free(vm);
  free(image);
}
