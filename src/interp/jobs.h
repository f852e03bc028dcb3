// SPDX-License-Identifier: MIT
/*
 * [DOC] Jobs
 *
 * Promise jobs, microtasks and ticks run in a drain: one activation of the interpreter's loop for all of them. The
 * first one's frame is an entry frame marked FRAME_JOB; where it would leave the loop, jobs_go_on settles what waits
 * for its value and lays the frame of the next job in its place. Jobs that are no ordinary JavaScript function are run
 * in C in between. An exception that leaves a job's frame leaves the loop; the drain goes on behind it.
 */
#ifndef INTERP_JOBS_H
#define INTERP_JOBS_H

#include "object/vm.h"

/* How a job has begun. */
typedef enum {
  JOB_NONE,   /* there is none */
  JOB_PUSHED, /* its frame is the running one */
  JOB_DONE,
  JOB_FAILED /* exception pending */
} JsJobBegun;

/* Runs promise jobs until the queue is empty; nothing from within a job. False: a job threw (exception pending; the
 * rest stays queued); a microtask's async context is still there. */
JS_MUST_USE bool jobs_run(JsContext *cx);
/* The same of ticks. */
JS_MUST_USE bool jobs_run_ticks(JsContext *cx);
/* The interpreter's loop has left the frame of a drain's job. True: cx->frame is the next one's. */
JS_MUST_USE bool jobs_go_on(JsContext *cx, JsValue returned);

/* A reaction's job whose handler is called: what it returns settles `derived`, a promise nobody else resolves, or
 * undefined. */
void job_enqueue_then(JsContext *cx, JsValue handler, JsValue argument, JsValue derived, JsValue async_context);
/* The activation that awaits goes on with a value; state: see async_resume. */
void job_enqueue_resume(JsContext *cx, JsValue state, JsValue value, JsValue async_context);
/* A function is called; its exception is whoever's that drains. */
void job_enqueue_call(JsContext *cx, JsValue fn);

/* ticks.c: the next of the queue of ticks, with FRAME_JOB. */
JS_MUST_USE JsJobBegun ticks_begin_next(JsContext *cx);

#endif
