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

/* The library must not be parsed again by each process: what ran of an image and what did not make the same image. */
UNIT_TEST(code_image_has_functions_that_never_ran)
{
  size_t size, again;
  void *image = make_image(&size);
  JsVm *vm = vm_start();
  JsContext *cx = js_vm_context(vm);
  JsValue fn = js_load_function(cx, image, size);
  EXPECT(!js_is_exception(fn));
  JsValue arg = js_string(cx, "in");
  EXPECT(!js_is_exception(js_call(cx, fn, JS_UNDEFINED, 1, &arg)));
  void *other = js_serialise_function(cx, fn, &again);
  EXPECT(other != NULL && again == size);
  js_vm_free(vm);
  free(image);
  free(other);
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

/* --- cached code: an image with checks around it --- */

static const char cached_program[] =
    "var outer = 20; let lexical = 1;\n"
    "function never() { return [outer, function inner() { return lexical; }]; }\n"
    "function evals(code) { let local = 3; { const block = 4; return eval(code); } }\n"
    "function makes() { let a = 1; return { up() { return ++a; }, deep() { let b = 5; return () => () => a + b; } }; "
    "}\n"
    "switch (outer) { case 20: case 21: case 22: lexical += 1; case 23: lexical += 1; }\n"
    "const tag = (s, ...v) => s; tag`one${1}two`;\n";
static const char cached_question[] =
    "[outer, lexical, evals('local + block'), never()[1](), makes().up(), makes().deep()()()].join()";

static JsValue compile_script(JsContext *cx, JsCodeCache *cache, bool is_renamed)
{
  JsOrigin origin = {.url = js_string(cx, is_renamed ? "other.js" : "cached.js"), .cache = cache};
  return js_script_compile(cx, js_string(cx, cached_program), &origin);
}

static void *make_cache(size_t *size)
{
  JsVm *vm = vm_start();
  JsContext *cx = js_vm_context(vm);
  JsValue script = compile_script(cx, NULL, false);
  EXPECT(!js_is_exception(js_script_run(cx, script)));
  EXPECT(!js_is_exception(js_eval(cx, js_string(cx, "evals('1')"), js_string(cx, "x"), JS_UNDEFINED)));
  void *bytes = js_code_cache(cx, script, size);
  EXPECT(bytes != NULL);
  js_vm_free(vm);
  return bytes;
}

static JsCodeCache copy_cache(const void *bytes, size_t size)
{
  JsCodeCache cache = {malloc(size + 1), size, JS_CACHE_DAMAGED};
  memcpy(cache.bytes, bytes, size);
  return cache;
}

UNIT_TEST(cached_code_runs_and_is_cached_again)
{
  size_t size;
  void *bytes = make_cache(&size);
  for (int round = 0; round < 3; round++) {
    JsVm *vm = vm_start();
    JsContext *cx = js_vm_context(vm);
    JsCodeCache cache = copy_cache(bytes, size);
    JsValue script = compile_script(cx, &cache, round > 0);
    EXPECT(cache.status == JS_CACHE_ACCEPTED);
    JsValue again = compile_script(cx, NULL, false); /* not run: all its functions are lazy */
    size_t other_size;
    void *other = js_code_cache(cx, again, &other_size);
    EXPECT(other != NULL);
    free(other);
    EXPECT(!js_is_exception(js_script_run(cx, script)));
    js_gc(vm, true);
    JsValue result = js_eval(cx, js_string(cx, cached_question), js_string(cx, "x"), JS_UNDEFINED);
    char text[128] = {0};
    EXPECT(!js_is_exception(result));
    js_string_write_utf8(cx, result, text, sizeof text - 1);
    EXPECT(strcmp(text, "20,3,7,3,2,6") == 0);
    free(bytes);
    bytes = js_code_cache(cx, script, &size);
    EXPECT(bytes != NULL);
    js_vm_free(vm);
  }
  free(bytes);
}

UNIT_TEST(cached_code_with_any_byte_changed_or_missing_is_not_used)
{
  size_t size;
  void *bytes = make_cache(&size);
  JsVm *vm = vm_start();
  JsContext *cx = js_vm_context(vm);
  bool ok = true;
  for (size_t k = 0; k < size && ok; k++) {
    JsCodeCache cache = copy_cache(bytes, size);
    ((char *)cache.bytes)[k] ^= (char)(1 << k % 8);
    ok = !js_is_exception(compile_script(cx, &cache, false)) && cache.status != JS_CACHE_ACCEPTED;
    free(cache.bytes);
  }
  for (size_t k = 0; k < size && ok; k += 7) {
    JsCodeCache cache = copy_cache(bytes, k);
    ok = !js_is_exception(compile_script(cx, &cache, false)) && cache.status != JS_CACHE_ACCEPTED;
    free(cache.bytes);
  }
  EXPECT(ok);
  JsCodeCache cache = copy_cache(bytes, size);
  JsOrigin origin = {.url = js_string(cx, "cached.js"), .cache = &cache};
  JsValue fn = js_compile_function_at(cx, js_string(cx, cached_program), &origin, 0, NULL);
  EXPECT(!js_is_exception(fn) && cache.status == JS_CACHE_OTHER_BUILD);
  free(cache.bytes);
  js_vm_free(vm);
  free(bytes);
}

UNIT_TEST(cached_code_of_a_module_links_and_runs)
{
  static const char source[] = "import { a as b } from 'a'; export { b as c }; export * as all from 'a';\n"
                               "export default function named() { return b * 2; }\n"
                               "globalThis.seen = [b, typeof named, import.meta !== undefined].join();\n";
  void *bytes = NULL;
  size_t size = 0;
  for (int round = 0; round < 2; round++) {
    JsVm *vm = vm_start();
    JsContext *cx = js_vm_context(vm);
    JsCodeCache cache = round ? copy_cache(bytes, size) : (JsCodeCache){0};
    JsOrigin origin = {.url = js_string(cx, "m.mjs"), .cache = round ? &cache : NULL};
    JsValue module = js_module_compile_at(cx, js_string(cx, source), &origin);
    EXPECT(!js_is_exception(module));
    EXPECT(cache.status == JS_CACHE_ACCEPTED);
    JsValue other =
        js_module_compile(cx, js_string(cx, "export let a = 21;"), js_string(cx, "a.mjs"), js_string(cx, "a.mjs"));
    EXPECT(js_module_link(cx, other, 0, NULL) && js_module_link(cx, module, 1, &other));
    EXPECT(js_module_instantiate(cx, module));
    EXPECT(!js_is_exception(js_module_evaluate(cx, module)));
    JsValue seen = js_get(cx, js_global(cx), "seen");
    char text[64] = {0};
    js_string_write_utf8(cx, seen, text, sizeof text - 1);
    EXPECT(strcmp(text, "21,function,true") == 0);
    if (!round)
      bytes = js_code_cache(cx, module, &size);
    js_vm_free(vm);
  }
  free(bytes);
}
