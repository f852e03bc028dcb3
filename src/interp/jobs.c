// SPDX-License-Identifier: MIT
/* Draining the queues of jobs: see jobs.h.  ecma262#sec-jobs */
#include "interp/jobs.h"

#include "interp/generator.h"
#include "interp/interp.h"

typedef struct JsDrain {
  struct JsDrain *outer;
  JsRealm *realm;                            /* between jobs */
  JsValue context;                           /* the async context between jobs */
  JsValue *top;                              /* of the stack */
  bool (*run)(JsContext *cx, JsValue *data); /* what the job that has a frame is */
  JsValue waiting;                           /* then_job: the derived promise; resume_job: the state */
  JsRealm *job_realm;
  bool is_of_ticks;
  bool has_ended; /* there was no other job, or one failed */
  bool failed;
} JsDrain;

/* --- the kinds of jobs ------------------------------------------------------------------------------------------- */

static void settle_derived(JsContext *cx, JsValue derived, JsValue value, bool rejected)
{
  if (!js_is_promise(derived))
    return;
  if (rejected)
    promise_reject(cx, js_as_promise(derived), value);
  else
    promise_resolve_with(cx, js_as_promise(derived), value);
}

/* data: handler, argument, derived promise, async context  ecma262#sec-newpromisereactionjob */
static bool then_job(JsContext *cx, JsValue *data)
{
  JsVm *vm = cx->vm;
  JsValue derived = data[2], saved_context = vm->async_context;
  bool is_hooked = js_is_promise(derived) && !js_is_undefined(vm->promise_hook);
  vm->async_context = data[3];
  vm->running_job = js_is_promise(derived) ? js_as_cell(derived) : NULL;
  if (is_hooked)
    promise_tell_hook(cx, PROMISE_EVENT_BEFORE, js_as_promise(derived));
  JsValue result = js_call1(cx, data[0], JS_UNDEFINED, data[1]);
  bool rejected = js_is_exception(result);
  if (!rejected || !cx->terminating)
    settle_derived(cx, derived, rejected ? take_exception(cx) : result, rejected);
  vm->running_job = NULL;
  if (is_hooked)
    promise_tell_hook(cx, PROMISE_EVENT_AFTER, js_as_promise(derived));
  vm->async_context = saved_context;
  return !cx->terminating;
}

/* data: the awaiting state, the value, async context */
static bool resume_job(JsContext *cx, JsValue *data)
{
  JsValue saved_context = cx->vm->async_context;
  cx->vm->async_context = data[2];
  cx->vm->running_job = js_as_cell(data[0]);
  bool ok = async_resume(cx, data[0], data[1], false);
  cx->vm->running_job = NULL;
  cx->vm->async_context = saved_context;
  return ok;
}

/* data: function, async context. It ends the context of what ran before, too. */
static bool call_job(JsContext *cx, JsValue *data)
{
  cx->vm->async_context = data[1];
  if (js_is_exception(js_call0(cx, data[0], JS_UNDEFINED)))
    return false; /* to be reported in its async context */
  cx->vm->async_context = JS_UNDEFINED;
  return true;
}

void job_enqueue_then(JsContext *cx, JsValue handler, JsValue argument, JsValue derived, JsValue async_context)
{
  vm_enqueue_job_of_4(cx, then_job, handler, argument, derived, async_context);
}
void job_enqueue_resume(JsContext *cx, JsValue state, JsValue value, JsValue async_context)
{
  vm_enqueue_job_of_4(cx, resume_job, state, value, async_context, JS_UNDEFINED);
}
void job_enqueue_call(JsContext *cx, JsValue fn)
{
  vm_enqueue_job_of_4(cx, call_job, fn, cx->vm->async_context, JS_UNDEFINED, JS_UNDEFINED);
}

/* --- the drain --------------------------------------------------------------------------------------------------- */

/* The job's frame, when it is one of the kinds above and an ordinary function. False: nothing was changed that matters.
 */
static bool push_job(JsContext *cx, JsDrain *drain, const JsJob *job, const JsValue *data)
{
  JsVm *vm = cx->vm;
  drain->run = job->run;
  drain->job_realm = job->realm;
  if (job->run == then_job) {
    if (js_unlikely(!js_is_undefined(vm->promise_hook)) ||
        !frame_push_entry(cx, data[0], JS_UNDEFINED, 1, &data[1], FRAME_JOB))
      return false;
    drain->waiting = data[2];
    vm->async_context = data[3];
    vm->running_job = js_is_promise(data[2]) ? js_as_cell(data[2]) : NULL;
    return true;
  }
  if (job->run == resume_job) {
    if (!js_is_kind(data[0], CELL_ASYNC_STATE) || stack_pointer() <= cx->c_stack_limit ||
        !async_function_push(cx, (JsAsyncState *)js_as_cell(data[0]), data[1], FRAME_JOB))
      return false;
    drain->waiting = data[0];
    vm->async_context = data[2];
    vm->running_job = js_as_cell(data[0]);
    return true;
  }
  if (job->run != call_job || !frame_push_entry(cx, data[0], JS_UNDEFINED, 0, NULL, FRAME_JOB))
    return false;
  vm->async_context = data[1];
  return true;
}

static JsJobBegun begin_next(JsContext *cx, JsDrain *drain)
{
  if (drain->is_of_ticks)
    return ticks_begin_next(cx);
  JsJobQueue *queue = &cx->vm->jobs;
  if (!queue->count)
    return JOB_NONE;
  const JsJob *job = &queue->jobs[queue->head];
  queue->head = (queue->head + 1) & (queue->capacity - 1);
  queue->count--;
  if (js_likely(push_job(cx, drain, job, (const JsValue *)job->fn_or_data)))
    return JOB_PUSHED;
  return vm_run_job(cx, job) ? JOB_DONE : JOB_FAILED; /* which copies it before anything can write over the place */
}

/* Runs jobs in C until there is one with a frame. False: the drain has ended. */
static bool begin_jobs(JsContext *cx, JsDrain *drain)
{
  JsJobBegun begun;
  do
    begun = begin_next(cx, drain);
  while (begun == JOB_DONE);
  if (begun == JOB_PUSHED)
    return true;
  drain->has_ended = true;
  drain->failed = begun == JOB_FAILED;
  return false;
}

/* Behind a job that had a frame. */
static void leave_job(JsContext *cx, JsDrain *drain)
{
  JsVm *vm = cx->vm;
  cx->stack_top = drain->top;
  cx->realm = drain->realm;
  if (drain->is_of_ticks)
    return; /* their queue says what the async context is */
  vm->running_job = NULL;
  if (drain->run == call_job)
    drain->context = JS_UNDEFINED;
  if (!drain->failed)
    vm->async_context = drain->context;
  if (js_unlikely(vm->kept_alive != NULL))
    vm_clear_kept_objects(vm);
}

bool jobs_go_on(JsContext *cx, JsValue returned)
{
  JsDrain *drain = cx->vm->drain;
  if (drain->run == then_job) {
    cx->stack_top = drain->top;
    cx->realm = drain->job_realm;
    if (js_likely(js_is_promise(drain->waiting) && !js_is_object(returned) && js_is_undefined(cx->vm->promise_hook) &&
                  !ptr_slot_get(js_as_promise(drain->waiting)->reactions))) {
      /* FAST: nobody waits for it yet. */
      JsPromise *derived = js_as_promise(drain->waiting);
      slot_set(cx->heap, derived, &derived->result, returned);
      derived->state = PROMISE_FULFILLED;
    } else {
      settle_derived(cx, drain->waiting, returned, false);
    }
    if (js_unlikely(cx->terminating)) {
      leave_job(cx, drain);
      drain->has_ended = drain->failed = true;
      return false;
    }
  }
  leave_job(cx, drain);
  return begin_jobs(cx, drain);
}

/* An exception has left a job's frame. False: it is for whoever drains. */
static bool handle_exception(JsContext *cx, JsDrain *drain)
{
  cx->stack_top = drain->top;
  cx->realm = drain->job_realm;
  if (!cx->terminating && drain->run == then_job)
    settle_derived(cx, drain->waiting, take_exception(cx), true);
  else if (!cx->terminating && drain->run == resume_job)
    /* Only a stack overflow before the body's handler could take it gets here. */
    promise_reject(cx, ptr_slot_get(((JsAsyncState *)js_as_cell(drain->waiting))->promise), take_exception(cx));
  else
    drain->failed = true;
  leave_job(cx, drain);
  if (cx->terminating && !drain->is_of_ticks)
    cx->exception = JS_NULL;
  return !drain->failed && !cx->terminating;
}

static bool run(JsContext *cx, bool is_of_ticks)
{
  JsVm *vm = cx->vm;
  JsDrain drain = {.outer = vm->drain,
                   .realm = cx->realm,
                   .job_realm = cx->realm,
                   .context = vm->async_context,
                   .top = cx->stack_top,
                   .is_of_ticks = is_of_ticks};
  vm->drain = &drain;
  while (begin_jobs(cx, &drain)) {
    JsValue result = interp_run(cx);
    if (drain.has_ended)
      break;
    JS_ASSERT(js_is_exception(result));
    if (!handle_exception(cx, &drain)) {
      drain.failed = true;
      break;
    }
  }
  vm->drain = drain.outer;
  return !drain.failed;
}

bool jobs_run(JsContext *cx)
{
  for (const JsDrain *drain = cx->vm->drain; drain; drain = drain->outer) {
    if (!drain->is_of_ticks)
      return true; /* asked by a job: that drain goes on when the job is done */
  }
  bool ok = run(cx, false);
  if (ok)
    vm_clear_kept_objects(cx->vm); /* also behind a callback that made no job */
  else if (cx->terminating)
    cx->exception = JS_NULL;
  return ok;
}

bool jobs_run_ticks(JsContext *cx)
{
  return run(cx, true);
}
