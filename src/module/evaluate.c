// SPDX-License-Identifier: MIT
/* Evaluate ( ) with top-level await  ecma262#sec-moduleevaluation, and the end of import(). */
#include "module/module.h"

#include "object/vm.h"
#include "parser/ast.h"

typedef struct Evaluator {
  JsContext *cx;
  JsElements *stack;
  uint32_t index;
} Evaluator;

static bool is_async_ordered(const JsModule *module)
{
  return module->async_order != MODULE_ORDER_UNSET && module->async_order != MODULE_ORDER_DONE;
}

static void settle(JsContext *cx, JsModule *module)
{
  JsPromise *promise = ptr_slot_get(module->top_level);
  if (!promise)
    return;
  JsValue error = slot_get(module->error);
  if (js_is_hole(error))
    promise_resolve_with(cx, promise, JS_UNDEFINED);
  else
    promise_reject(cx, promise, error);
}

/* Runs the body. Async: the value is the promise of its completion. */
static JsValue run_body(JsContext *cx, JsModule *module)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  JsFunction *body = function_new(cx, ptr_slot_get(info->body), ptr_slot_get(module->env));
  return js_call0(cx, js_from_cell(body), JS_UNDEFINED);
}

static bool evaluate_synthetic(JsContext *cx, JsModule *module)
{
  JsValue error = slot_get(module->error);
  if (module->status == MODULE_EVALUATED) {
    if (!js_is_hole(error))
      (void)throw_value(cx, error);
    return js_is_hole(error);
  }
  module->status = MODULE_EVALUATED;
  JsValue evaluate = slot_get(module->evaluate);
  slot_set(cx->heap, module, &module->evaluate, JS_UNDEFINED);
  if (!js_is_callable(evaluate))
    return true;
  if (!js_is_exception(js_call1(cx, evaluate, JS_UNDEFINED, js_from_object(&module->obj))))
    return true;
  if (!cx->terminating)
    slot_set(cx->heap, module, &module->error, cx->exception);
  return false;
}

/* --- asynchronous completion ------------------------------------------------------------------------------------- */

static bool on_settled(JsContext *cx, JsValue data, JsValue value, bool rejected);

/* ExecuteAsyncModule ( module ) */
static bool execute_async(JsContext *cx, JsModule *module)
{
  JsValue promise = run_body(cx, module);
  if (js_is_exception(promise))
    return false;
  promise_then_callback(cx, js_as_promise(promise), on_settled, js_from_object(&module->obj));
  return true;
}

/* AsyncModuleExecutionRejected ( module, error ) */
static bool execution_rejected(JsContext *cx, JsModule *module, JsValue error)
{
  TRY_OR(false, js_check_c_stack(cx));
  if (module->status == MODULE_EVALUATED)
    return true;
  slot_set(cx->heap, module, &module->error, error);
  module->status = MODULE_EVALUATED;
  module->async_order = MODULE_ORDER_DONE;
  settle(cx, module);
  const JsElements *parents = ptr_slot_get(module->async_parents);
  for (uint32_t k = 0; parents && k < parents->length; k++)
    TRY_OR(false, execution_rejected(cx, js_as_module(slot_get(parents->v[k])), error));
  return true;
}

/* GatherAvailableAncestors ( module, execList ) */
static bool gather_ancestors(JsContext *cx, JsModule *module, JsElements **list)
{
  TRY_OR(false, js_check_c_stack(cx));
  const JsElements *parents = ptr_slot_get(module->async_parents);
  for (uint32_t k = 0; parents && k < parents->length; k++) {
    JsModule *parent = js_as_module(slot_get(parents->v[k]));
    bool known = false;
    for (uint32_t j = 0; j < (*list)->length; j++)
      known |= slot_get((*list)->v[j]).bits == js_from_object(&parent->obj).bits;
    if (known || !js_is_hole(slot_get(ptr_slot_get(parent->cycle_root)->error)))
      continue;
    if (--parent->pending_async == 0) {
      *list = TRY_OR(false, elements_push(cx, *list, js_from_object(&parent->obj)));
      if (!parent->has_top_level_await)
        TRY_OR(false, gather_ancestors(cx, parent, list));
    }
  }
  return true;
}

/* In the order in which they asked for asynchronous evaluation; the list is short. */
static void sort_by_order(JsHeap *heap, JsElements *list)
{
  for (uint32_t k = 1; k < list->length; k++) {
    JsValue moving = slot_get(list->v[k]);
    uint32_t j = k;
    for (; j > 0 && js_as_module(slot_get(list->v[j - 1]))->async_order > js_as_module(moving)->async_order; j--)
      slot_set(heap, list, &list->v[j], slot_get(list->v[j - 1]));
    slot_set(heap, list, &list->v[j], moving);
  }
}

/* AsyncModuleExecutionFulfilled ( module ) */
static bool execution_fulfilled(JsContext *cx, JsModule *module)
{
  if (module->status == MODULE_EVALUATED)
    return true;
  module->async_order = MODULE_ORDER_DONE;
  module->status = MODULE_EVALUATED;
  settle(cx, module);
  JsElements *list = elements_new(cx->heap, 4);
  if (!list) {
    (void)throw_out_of_memory(cx);
    return false;
  }
  TRY_OR(false, gather_ancestors(cx, module, &list));
  sort_by_order(cx->heap, list);
  for (uint32_t k = 0; k < list->length; k++) {
    JsModule *m = js_as_module(slot_get(list->v[k]));
    if (m->status == MODULE_EVALUATED)
      continue;
    if (m->has_top_level_await) {
      TRY_OR(false, execute_async(cx, m));
      continue;
    }
    if (js_is_exception(run_body(cx, m))) {
      if (cx->terminating)
        return false;
      TRY_OR(false, execution_rejected(cx, m, take_exception(cx)));
      continue;
    }
    m->async_order = MODULE_ORDER_DONE;
    m->status = MODULE_EVALUATED;
    settle(cx, m);
  }
  return true;
}

static bool on_settled(JsContext *cx, JsValue data, JsValue value, bool rejected)
{
  JsModule *module = js_as_module(data);
  return rejected ? execution_rejected(cx, module, value) : execution_fulfilled(cx, module);
}

/* --- the graph --------------------------------------------------------------------------------------------------- */

static bool require_evaluated(Evaluator *e, JsModule *module, JsModule *required);

/* IsModuleSCCEvaluated ( module ): it and the cycle it belongs to. */
static bool is_cycle_evaluated(const JsModule *module)
{
  const JsModule *root = ptr_slot_get(module->cycle_root);
  return (root ? root : module)->status == MODULE_EVALUATED;
}

static JsModule *find_stalled(JsContext *cx, JsModule *module, uint64_t visit)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  if (!info || module->visit == visit || !js_check_c_stack(cx))
    return NULL;
  module->visit = visit;
  if (module->status == MODULE_EVALUATING_ASYNC && module->has_top_level_await && !module->pending_async)
    return module;
  for (uint32_t k = 0; k < info->request_count; k++) {
    JsModule *required = module_linked(module, k), *found = required ? find_stalled(cx, required, visit) : NULL;
    if (found)
      return found;
  }
  return NULL;
}

JsModule *module_stalled(JsContext *cx, JsModule *module)
{
  JsModule *found = find_stalled(cx, module, ++cx->vm->next_creation_id);
  if (has_exception(cx))
    (void)take_exception(cx);
  return found;
}

/* GatherAsynchronousTransitiveDependencies ( module ): what has top-level await below a deferred module. visit: the
 * number of this walk. */
static bool gather_async_dependencies(JsContext *cx, JsModule *module, uint64_t visit, JsElements **list)
{
  TRY_OR(false, js_check_c_stack(cx));
  const JsModuleInfo *info = ptr_slot_get(module->info);
  if (module->visit == visit || !info || module->status == MODULE_EVALUATING || is_cycle_evaluated(module))
    return true;
  module->visit = visit;
  if (module->has_top_level_await) {
    *list = elements_push(cx, *list, js_from_object(&module->obj));
    return *list != NULL;
  }
  for (uint32_t k = 0; k < info->request_count; k++)
    TRY_OR(false, gather_async_dependencies(cx, module_linked(module, k), visit, list));
  return true;
}

static JsElements *async_dependencies(JsContext *cx, JsModule *module)
{
  JsElements *list = elements_new(cx->heap, 4);
  if (!list) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  TRY_OR(NULL, gather_async_dependencies(cx, module, ++cx->vm->next_creation_id, &list));
  return list;
}

static bool list_has(const JsElements *list, JsValue val)
{
  for (uint32_t k = 0; k < list->length; k++) {
    if (slot_get(list->v[k]).bits == val.bits)
      return true;
  }
  return false;
}

/* The modules to evaluate before this one: those it imports, not only their source, and of the deferred ones what is
 * asynchronous. NULL with no exception: they are its requests. */
static JsElements *evaluation_list(JsContext *cx, JsModule *module, bool *ok)
{
  const JsModuleInfo *info = ptr_slot_get(module->info);
  uint32_t special = 0;
  *ok = true;
  for (uint32_t k = 0; k < info->request_count; k++)
    special += info->requests[k].phase != AST_PHASE_EVALUATION;
  if (!special)
    return NULL;
  *ok = false;
  JsElements *list = elements_new(cx->heap, info->request_count);
  for (uint32_t k = 0; list && k < info->request_count; k++) {
    JsModule *required = module_linked(module, k);
    if (info->requests[k].phase == AST_PHASE_SOURCE)
      continue;
    if (info->requests[k].phase == AST_PHASE_EVALUATION) {
      if (!list_has(list, js_from_object(&required->obj)))
        list = elements_push(cx, list, js_from_object(&required->obj));
      continue;
    }
    JsElements *more = TRY_OR(NULL, async_dependencies(cx, required));
    for (uint32_t j = 0; list && j < more->length; j++) {
      if (!list_has(list, slot_get(more->v[j])))
        list = elements_push(cx, list, slot_get(more->v[j]));
    }
  }
  *ok = list != NULL;
  return list;
}

/* InnerModuleEvaluation  ecma262#sec-innermoduleevaluation */
static bool inner_evaluate(Evaluator *e, JsModule *module)
{
  JsContext *cx = e->cx;
  TRY_OR(false, js_check_c_stack(cx));
  const JsModuleInfo *info = ptr_slot_get(module->info);
  if (!info)
    return evaluate_synthetic(cx, module);
  if (module->status >= MODULE_EVALUATING_ASYNC) {
    JsValue error = slot_get(module->error);
    if (!js_is_hole(error))
      (void)throw_value(cx, error);
    return js_is_hole(error);
  }
  if (module->status == MODULE_EVALUATING)
    return true;
  if (module->status != MODULE_LINKED) {
    (void)throw_error(cx, JS_MSG_MODULE_NOT_LINKED);
    return false;
  }
  module->status = MODULE_EVALUATING;
  module->dfs_index = module->dfs_ancestor = e->index++;
  module->pending_async = 0;
  e->stack = TRY_OR(false, elements_push(cx, e->stack, js_from_object(&module->obj)));
  bool ok;
  const JsElements *list = evaluation_list(cx, module, &ok);
  if (!ok)
    return false;
  uint32_t count = list ? list->length : info->request_count;
  for (uint32_t k = 0; k < count; k++)
    TRY_OR(false, require_evaluated(e, module, list ? js_as_module(slot_get(list->v[k])) : module_linked(module, k)));
  if (module->pending_async || module->has_top_level_await) {
    module->async_order = ++cx->vm->next_creation_id;
    if (!module->pending_async)
      TRY_OR(false, execute_async(cx, module));
  } else {
    TRY_OR(false, run_body(cx, module));
  }
  if (module->dfs_ancestor != module->dfs_index)
    return true;
  for (;;) {
    JsModule *done = js_as_module(slot_get(e->stack->v[--e->stack->length]));
    done->status = done->async_order == MODULE_ORDER_UNSET ? MODULE_EVALUATED : MODULE_EVALUATING_ASYNC;
    ptr_slot_set(cx->heap, done, &done->cycle_root, module);
    if (done == module)
      return true;
  }
}

static bool require_evaluated(Evaluator *e, JsModule *module, JsModule *required)
{
  JsContext *cx = e->cx;
  TRY_OR(false, inner_evaluate(e, required));
  if (!ptr_slot_get(required->info))
    return true;
  if (required->status == MODULE_EVALUATING) {
    if (required->dfs_ancestor < module->dfs_ancestor)
      module->dfs_ancestor = required->dfs_ancestor;
  } else {
    required = ptr_slot_get(required->cycle_root);
    JsValue error = slot_get(required->error);
    if (!js_is_hole(error)) {
      (void)throw_value(cx, error);
      return false;
    }
  }
  if (!is_async_ordered(required))
    return true;
  module->pending_async++;
  JsElements *parents = ptr_slot_get(required->async_parents);
  if (!parents)
    parents = elements_new(cx->heap, 4);
  if (parents)
    parents = elements_push(cx, parents, js_from_object(&module->obj));
  if (!parents)
    return false;
  ptr_slot_set(cx->heap, required, &required->async_parents, parents);
  return true;
}

static JsValue fail_evaluation(Evaluator *e, JsModule *module, JsPromise *promise)
{
  JsContext *cx = e->cx;
  if (cx->terminating)
    return JS_EXCEPTION;
  JsValue error = take_exception(cx);
  for (uint32_t k = 0; k < e->stack->length; k++) {
    JsModule *m = js_as_module(slot_get(e->stack->v[k]));
    m->status = MODULE_EVALUATED;
    slot_set(cx->heap, m, &m->error, error);
    ptr_slot_set(cx->heap, m, &m->cycle_root, m);
  }
  promise_reject(cx, promise, error);
  return js_from_cell(promise);
}

JsValue module_evaluate(JsContext *cx, JsModule *module)
{
  if (module->status >= MODULE_EVALUATING_ASYNC && ptr_slot_get(module->cycle_root))
    module = ptr_slot_get(module->cycle_root);
  JsPromise *promise = ptr_slot_get(module->top_level);
  if (promise)
    return js_from_cell(promise);
  promise = promise_new(cx);
  ptr_slot_set(cx->heap, module, &module->top_level, promise);
  Evaluator e = {cx, elements_new(cx->heap, 8), 0};
  if (!e.stack)
    return throw_out_of_memory(cx);
  if (!inner_evaluate(&e, module))
    return fail_evaluation(&e, module, promise);
  if (!is_async_ordered(module))
    promise_resolve_with(cx, promise, JS_UNDEFINED);
  return js_from_cell(promise);
}

/* ReadyForSyncExecution ( module ) */
static bool ready_for_sync(JsContext *cx, JsModule *module, uint64_t visit, bool *ready)
{
  TRY_OR(false, js_check_c_stack(cx));
  const JsModuleInfo *info = ptr_slot_get(module->info);
  if (module->visit == visit || !info || is_cycle_evaluated(module))
    return true;
  module->visit = visit;
  *ready = module->status == MODULE_LINKED && !module->has_top_level_await;
  for (uint32_t k = 0; *ready && k < info->request_count; k++)
    TRY_OR(false, ready_for_sync(cx, module_linked(module, k), visit, ready));
  return true;
}

bool module_evaluate_sync(JsContext *cx, JsModule *module)
{
  bool ready = true;
  if (module->status == MODULE_EVALUATED && js_is_hole(slot_get(module->error)))
    return true;
  TRY_OR(false, ready_for_sync(cx, module, ++cx->vm->next_creation_id, &ready));
  if (!ready) {
    (void)throw_error(cx, JS_MSG_DEFERRED_NOT_READY);
    return false;
  }
  JsPromise *promise = js_as_promise(TRY_OR(false, module_evaluate(cx, module)));
  if (promise->state != PROMISE_REJECTED)
    return true;
  promise_set_handled(cx, promise);
  (void)throw_value(cx, slot_get(promise->result));
  return false;
}

/* --- import()
 * -------------------------------------------------------------------------------------------------------------------
 */

/* data: [promise of import(), module, phase]. */
static bool on_import_evaluated(JsContext *cx, JsValue data, JsValue value, bool rejected)
{
  const JsElements *list = (const JsElements *)js_as_cell(data);
  JsPromise *promise = js_as_promise(slot_get(list->v[0]));
  if (rejected) {
    promise_reject(cx, promise, value);
    return true;
  }
  JsModule *module = js_as_module(slot_get(list->v[1]));
  JsObject *ns = module_namespace_of(cx, module, (unsigned)js_as_int32(slot_get(list->v[2])));
  if (ns)
    promise_fulfill(cx, promise, js_from_object(ns));
  else if (!cx->terminating)
    promise_reject(cx, promise, take_exception(cx));
  return !cx->terminating;
}

/* data: [promise of all, how many it waits for]. */
static bool on_dependency_evaluated(JsContext *cx, JsValue data, JsValue value, bool rejected)
{
  JsElements *list = (JsElements *)js_as_cell(data);
  JsPromise *all = js_as_promise(slot_get(list->v[0]));
  int32_t left = js_as_int32(slot_get(list->v[1])) - 1;
  slot_set(cx->heap, list, &list->v[1], js_int32(left));
  if (rejected)
    promise_reject(cx, all, value);
  else if (!left)
    promise_fulfill(cx, all, JS_UNDEFINED);
  return true;
}

static JsElements *new_list(JsContext *cx, uint32_t count, const JsValue *vals)
{
  JsElements *list = elements_new(cx->heap, count);
  if (!list) {
    (void)throw_out_of_memory(cx);
    return NULL;
  }
  for (uint32_t k = 0; k < count; k++)
    slot_init(&list->v[k], vals[k]);
  list->length = count;
  return list;
}

/* The promise of all of them, as SafePerformPromiseAll makes it. */
static JsValue evaluate_all(JsContext *cx, const JsElements *modules)
{
  JsPromise *all = promise_new(cx);
  JsElements *data = TRY(new_list(cx, 2, (JsValue[]){js_from_cell(all), js_int32((int32_t)modules->length)}));
  for (uint32_t k = 0; k < modules->length; k++) {
    JsValue evaluated = TRY(module_evaluate(cx, js_as_module(slot_get(modules->v[k]))));
    promise_then_callback(cx, js_as_promise(evaluated), on_dependency_evaluated, js_from_cell(data));
  }
  return js_from_cell(all);
}

/* What import() waits for; undefined: nothing. */
static JsValue start_evaluation(JsContext *cx, JsModule *module, unsigned phase)
{
  if (phase != AST_PHASE_DEFER)
    return module_evaluate(cx, module);
  JsElements *list = TRY(async_dependencies(cx, module));
  return list->length ? evaluate_all(cx, list) : JS_UNDEFINED;
}

/* GetModuleSource ( )  https://tc39.es/proposal-source-phase-imports/#sec-continue-dynamic-import */
static void finish_source_import(JsContext *cx, JsModule *module, JsPromise *promise)
{
  if (!js_is_hole(slot_get(module->source))) {
    promise_fulfill(cx, promise, slot_get(module->source));
    return;
  }
  (void)throw_error(cx, JS_MSG_IMPORT_PHASE, ptr_slot_get(module->url));
  promise_reject(cx, promise, take_exception(cx));
}

/* ContinueDynamicImport  ecma262#sec-ContinueDynamicImport */
void module_finish_dynamic_import(JsContext *cx, JsModule *module, JsPromise *promise, unsigned phase)
{
  if (phase == AST_PHASE_SOURCE) {
    finish_source_import(cx, module, promise);
    return;
  }
  JsValue evaluated = JS_EXCEPTION;
  JsElements *data =
      new_list(cx, 3, (JsValue[]){js_from_cell(promise), js_from_object(&module->obj), js_int32((int32_t)phase)});
  if (data && module_link(cx, module))
    evaluated = start_evaluation(cx, module, phase);
  if (js_is_exception(evaluated)) {
    if (!cx->terminating)
      promise_reject(cx, promise, take_exception(cx));
  } else if (js_is_undefined(evaluated)) {
    (void)on_import_evaluated(cx, js_from_cell(data), JS_UNDEFINED, false);
  } else {
    promise_then_callback(cx, js_as_promise(evaluated), on_import_evaluated, js_from_cell(data));
  }
}
