// SPDX-License-Identifier: MIT
/* What the array methods that call back do with each element, for walks (interp/walk.h). */
#include "builtins/array.h"

bool array_walk_begin(JsContext *cx, JsArrayWalk *walk, uint32_t argc)
{
  uint32_t len = js_as_array(walk->receiver)->length;
  walk->left = len;
  walk->at = walk->kind & 1 ? (int64_t)len - 1 : 0;
  walk->to = 0;
  walk->element = walk->result = JS_HOLE;
  if (walk->kind == WALK_MAP || walk->kind == WALK_FILTER) {
    JsObject *result =
        TRY_OR(false, array_species_create(cx, js_as_object(walk->receiver), walk->kind == WALK_MAP ? len : 0));
    walk->result = js_from_object(result);
    walk->plain = realm_shape(cx, REALM_SHAPE_ARRAY)->id;
  } else if (walk_is_reduce(walk)) {
    if (argc > 1)
      walk->result = walk->this_arg;
    walk->this_arg = JS_UNDEFINED;
  }
  return true;
}

static bool answer(JsValue val)
{
  return js_is_boolean(val) ? js_is_true(val) : to_boolean(val);
}

static JsWalkStep end(JsValue val, JsValue *result)
{
  *result = val;
  return WALK_ENDS;
}

/* The element is done with. WALK_CALLS: go on. */
static JsWalkStep take_answer(JsContext *cx, JsArrayWalk *walk, JsValue returned, JsValue *result)
{
  switch ((JsWalkKind)walk->kind) {
  case WALK_FOR_EACH: break;
  case WALK_MAP:
    TRY_OR(WALK_FAILED, array_result_add(cx, js_as_object(walk->result), (uint32_t)walk->plain, walk->at, returned));
    break;
  case WALK_FILTER:
    if (answer(returned))
      TRY_OR(WALK_FAILED, array_result_add(cx, js_as_object(walk->result), (uint32_t)walk->plain, (int64_t)walk->to++,
                                           walk->element));
    break;
  case WALK_EVERY:
  case WALK_SOME:
    if (answer(returned) == (walk->kind == WALK_SOME))
      return end(js_boolean(walk->kind == WALK_SOME), result);
    break;
  case WALK_REDUCE:
  case WALK_REDUCE_RIGHT: walk->result = returned; break;
  case WALK_FIND:
  case WALK_FIND_LAST:
    if (answer(returned))
      return end(walk->element, result);
    break;
  case WALK_FIND_INDEX:
  case WALK_FIND_LAST_INDEX:
    if (answer(returned))
      return end(js_number_i64(walk->at), result);
  }
  walk_advance(walk);
  return WALK_CALLS;
}

/* All elements were seen. */
static JsWalkStep finish(JsContext *cx, JsArrayWalk *walk, JsValue *result)
{
  switch ((JsWalkKind)walk->kind) {
  case WALK_FOR_EACH:
  case WALK_FIND:
  case WALK_FIND_LAST: return end(JS_UNDEFINED, result);
  case WALK_EVERY:
  case WALK_SOME: return end(js_boolean(walk->kind == WALK_EVERY), result);
  case WALK_FIND_INDEX:
  case WALK_FIND_LAST_INDEX: return end(js_int32(-1), result);
  case WALK_REDUCE:
  case WALK_REDUCE_RIGHT:
    if (js_is_hole(walk->result)) {
      (void)throw_error(cx, JS_MSG_REDUCE_EMPTY);
      return WALK_FAILED;
    }
    /* fall through */
  case WALK_MAP:
  case WALK_FILTER: return end(walk->result, result);
  }
  JS_UNREACHABLE();
}

int array_walk_step(JsContext *cx, JsArrayWalk *walk, JsValue returned, JsValue *args, uint32_t *argc, JsValue *result)
{
  if (!js_is_hole(returned)) {
    JsWalkStep outcome = take_answer(cx, walk, returned, result);
    if (outcome != WALK_CALLS)
      return outcome;
  }
  JsObject *obj = js_as_object(walk->receiver);
  for (; walk->left; walk_advance(walk)) {
    JsValue val = object_dense_get(obj, (uint32_t)walk->at);
    if (js_unlikely(js_is_hole(val))) {
      TRY_OR(WALK_FAILED, js_poll(cx, 2));
      if (walk->kind >= WALK_FIND)
        val = TRY_OR(WALK_FAILED, get_index(cx, obj, walk->at));
      else
        TRY_OR(WALK_FAILED, array_get_present(cx, obj, walk->at, &val));
      if (js_is_hole(val))
        continue;
    }
    if (walk_is_reduce(walk)) {
      if (js_is_hole(walk->result)) {
        walk->result = val;
        continue;
      }
      *args++ = walk->result;
    }
    walk->element = args[0] = val;
    args[1] = js_number_i64(walk->at);
    args[2] = walk->receiver;
    *argc = walk_is_reduce(walk) ? 4 : 3;
    return WALK_CALLS;
  }
  return finish(cx, walk, result);
}
