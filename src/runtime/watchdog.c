// SPDX-License-Identifier: MIT
/*
 * The watchdog has a loop of its own in its own thread: a timer, and a signal handle (libuv tells every loop that
 * asks), and an async handle that ends it.
 */
#include "runtime/watchdog.h"

#include <signal.h>
#include <stdlib.h>

struct Watchdog {
  uv_loop_t loop;
  uv_thread_t thread;
  uv_timer_t timer;
  uv_signal_t signal;
  uv_async_t stop;
  JsVm *vm;
  WatchdogResult result; /* written by the thread, read when it has ended */
};

static void bite(Watchdog *dog, WatchdogResult why)
{
  if (dog->result != WATCHDOG_QUIET)
    return;
  dog->result = why;
  js_vm_terminate(dog->vm);
}

static void on_timer(uv_timer_t *timer)
{
  bite(timer->data, WATCHDOG_TIMEOUT);
}

static void on_signal(uv_signal_t *handle, int number)
{
  bite(handle->data, WATCHDOG_SIGINT);
}

static void close_handle(uv_handle_t *handle, void *opaque)
{
  if (!uv_is_closing(handle))
    uv_close(handle, NULL);
}

static void on_stop(uv_async_t *async)
{
  uv_walk(async->loop, close_handle, NULL);
}

static void watch(void *opaque)
{
  Watchdog *dog = opaque;
  uv_run(&dog->loop, UV_RUN_DEFAULT);
}

Watchdog *watchdog_start(CulmEnv *env, uint64_t timeout_ms, bool on_sigint)
{
  Watchdog *dog = calloc(1, sizeof *dog);
  if (!dog || uv_loop_init(&dog->loop) != 0) {
    free(dog);
    return NULL;
  }
  dog->vm = env->vm;
  bool ok = uv_async_init(&dog->loop, &dog->stop, on_stop) == 0;
  if (ok && timeout_ms) {
    uv_timer_init(&dog->loop, &dog->timer);
    dog->timer.data = dog;
    ok = uv_timer_start(&dog->timer, on_timer, timeout_ms, 0) == 0;
  }
  if (ok && on_sigint) {
    ok = uv_signal_init(&dog->loop, &dog->signal) == 0;
    dog->signal.data = dog;
    ok = ok && uv_signal_start(&dog->signal, on_signal, SIGINT) == 0;
  }
  if (ok && uv_thread_create(&dog->thread, watch, dog) == 0)
    return dog;
  uv_walk(&dog->loop, close_handle, NULL);
  uv_run(&dog->loop, UV_RUN_DEFAULT);
  uv_loop_close(&dog->loop);
  free(dog);
  return NULL;
}

WatchdogResult watchdog_stop(Watchdog *dog)
{
  uv_async_send(&dog->stop);
  uv_thread_join(&dog->thread);
  uv_loop_close(&dog->loop);
  WatchdogResult result = dog->result;
  free(dog);
  return result;
}
