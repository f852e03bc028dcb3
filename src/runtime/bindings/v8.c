// SPDX-License-Identifier: MIT
/* internalBinding('v8'): numbers about the heap. */
#include "runtime/heap_dump.h"

#include <stdlib.h>

/* heapStatistics(Float64Array(14)): in the order of v8.getHeapStatistics(). */
static JsValue v8_heap_statistics(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  JsMemory memory;
  js_memory(env_of(cx)->vm, &memory);
  if (!js_view(js_argument(argc, argv, 0), &view) || view.type != JS_FLOAT64 || view.byte_length < 14 * sizeof(double))
    return js_throw_type_error(cx, "Float64Array(14) expected");
  double *out = (double *)(void *)view.data;
  double available = memory.heap_limit > memory.heap_used ? (double)(memory.heap_limit - memory.heap_used) : 0;
  double values[14] = {(double)memory.heap_total,
                       0,
                       (double)memory.heap_total,
                       available,
                       (double)memory.heap_used,
                       (double)memory.heap_limit,
                       (double)memory.malloced,
                       (double)memory.malloced,
                       0,
                       1,
                       0,
                       0,
                       0,
                       (double)memory.external};
  for (int k = 0; k < 14; k++)
    out[k] = values[k];
  return JS_UNDEFINED;
}

static JsValue v8_is_one_byte(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsValue string = js_argument(argc, argv, 0);
  return js_boolean(js_value_is_string(string) && !js_string_view(cx, string).is_wide);
}

/* exposeGc(): contexts made from now on have a global gc(). */
static JsValue v8_expose_gc(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  env_of(cx)->options->values[OPT_EXPOSE_GC].set = js_to_boolean(js_argument(argc, argv, 0));
  return JS_UNDEFINED;
}

static JsValue v8_start_coverage(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_coverage_start(cx) ? JS_UNDEFINED : JS_EXCEPTION;
}

static JsValue v8_stop_coverage(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  js_coverage_stop(cx);
  return JS_UNDEFINED;
}

/* takeCoverage(reset): see js_coverage_take. */
static JsValue v8_take_coverage(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_coverage_take(cx, js_to_boolean(js_argument(argc, argv, 0)));
}

/* heapSnapshot(withNumbers): an array of Uint8Arrays. */
static JsValue v8_heap_snapshot(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return heap_dump_chunks(env_of(cx), js_to_boolean(js_argument(argc, argv, 0)));
}

/* writeHeapSnapshot(path, withNumbers): 0 or errno. */
static JsValue v8_write_heap_snapshot(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char *path = js_to_utf8(cx, js_argument(argc, argv, 0), NULL);
  if (!path)
    return JS_EXCEPTION;
  JsValue result = JS_EXCEPTION;
  if (permission_check(cx, PERMISSION_FS_WRITE, path))
    result = js_int32(heap_dump_file(env_of(cx), path, js_to_boolean(js_argument(argc, argv, 1)), true));
  free(path);
  return result;
}

/* queryObjects(prototype): what inherits from it. */
static JsValue v8_query_objects(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_query_objects(cx, js_argument(argc, argv, 0));
}

static JsValue v8_snapshot_near_limit(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double count;
  if (!js_to_double(cx, js_argument(argc, argv, 0), &count))
    return JS_EXCEPTION;
  heap_dump_near_limit(env_of(cx), count >= 1 && count < UINT32_MAX ? (unsigned)count : 0);
  return JS_UNDEFINED;
}

JsValue binding_v8(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"heapStatistics", v8_heap_statistics, 1},
      {"isOneByte", v8_is_one_byte, 1},
      {"exposeGc", v8_expose_gc, 1},
      {"startCoverage", v8_start_coverage, 0},
      {"stopCoverage", v8_stop_coverage, 0},
      {"takeCoverage", v8_take_coverage, 1},
      {"heapSnapshot", v8_heap_snapshot, 1},
      {"writeHeapSnapshot", v8_write_heap_snapshot, 2},
      {"queryObjects", v8_query_objects, 1},
      {"snapshotNearHeapLimit", v8_snapshot_near_limit, 1},
      {0},
  };
  return binding_new(cx, rows);
}
