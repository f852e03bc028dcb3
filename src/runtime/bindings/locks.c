// SPDX-License-Identifier: MIT
/* internalBinding('locks'): the requests of all threads under the process's mutex, and each thread's events. */
#include "runtime/locks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOCK_GRANTED = 1, LOCK_STOLEN = 2 };
enum { REQUEST_SHARED = 1, REQUEST_IF_AVAILABLE = 2, REQUEST_STEAL = 4 };

struct LockRequest {
  LockRequest *next; /* of the process, in the order of asking */
  LockClient *client;
  uint64_t id;
  bool shared, held;
  char name[]; /* NUL-terminated */
};

typedef struct LockEvent {
  uint64_t id;
  int what;
} LockEvent;

struct LockClient {
  uv_async_t async;
  CulmEnv *env;
  JsRef *callback;
  LockEvent *events; /* under the process's mutex */
  size_t count, capacity;
};

/* Under the mutex. An event that memory refuses is lost, as the lock would be with it: it is dropped. */
static bool tell(LockClient *client, uint64_t id, int what)
{
  if (client->count == client->capacity) {
    size_t capacity = client->capacity ? client->capacity * 2 : 8;
    LockEvent *events = realloc(client->events, capacity * sizeof *events);
    if (!events)
      return false;
    client->events = events;
    client->capacity = capacity;
  }
  client->events[client->count++] = (LockEvent){id, what};
  uv_async_send(&client->async);
  return true;
}

/* Grants what can be granted of a name: from the front, until one has to wait. */
static void grant_waiting(RtProcess *process, const char *name)
{
  bool has_shared = false, has_exclusive = false;
  for (const LockRequest *each = process->locks; each; each = each->next) {
    if (each->held && strcmp(each->name, name) == 0) {
      has_shared |= each->shared;
      has_exclusive |= !each->shared;
    }
  }
  for (LockRequest *each = process->locks; each; each = each->next) {
    if (each->held || strcmp(each->name, name) != 0)
      continue;
    if (has_exclusive || (has_shared && !each->shared) || !tell(each->client, each->id, LOCK_GRANTED))
      return;
    each->held = true;
    has_shared |= each->shared;
    has_exclusive |= !each->shared;
  }
}

static bool is_free(const RtProcess *process, const char *name, bool shared)
{
  for (const LockRequest *each = process->locks; each; each = each->next) {
    if (strcmp(each->name, name) == 0 && !(each->held && each->shared && shared))
      return false;
  }
  return true;
}

static void remove_request(RtProcess *process, LockRequest *request)
{
  LockRequest **link = &process->locks;
  while (*link != request)
    link = &(*link)->next;
  *link = request->next;
  grant_waiting(process, request->name);
  free(request);
}

/* Who holds the name does not any more. */
static void steal(RtProcess *process, const char *name)
{
  for (LockRequest **link = &process->locks; *link;) {
    LockRequest *each = *link;
    if (!each->held || strcmp(each->name, name) != 0) {
      link = &each->next;
      continue;
    }
    *link = each->next;
    (void)tell(each->client, each->id, LOCK_STOLEN);
    free(each);
  }
}

/* Rows of [id, what] that nobody took yet. */
static JsValue take_events(LockClient *client)
{
  CulmEnv *env = client->env;
  uv_mutex_lock(&env->shared->mutex);
  LockEvent *events = client->events;
  size_t count = client->count;
  client->events = NULL;
  client->count = client->capacity = 0;
  uv_mutex_unlock(&env->shared->mutex);
  void *data;
  JsValue rows = rt_typed_array_new(env->cx, JS_FLOAT64, count * 2, &data);
  for (size_t k = 0; !js_is_exception(rows) && k < count; k++) {
    ((double *)data)[2 * k] = (double)events[k].id;
    ((double *)data)[2 * k + 1] = events[k].what;
  }
  free(events);
  return rows;
}

static void on_events(uv_async_t *async)
{
  LockClient *client = async->data;
  CulmEnv *env = client->env;
  JsValue rows = take_events(client);
  if (js_is_exception(rows))
    (void)js_take_exception(env->cx);
  else
    env_call(env, js_ref_get(client->callback), JS_UNDEFINED, 1, &rows, NULL);
}

void locks_release_all(CulmEnv *env)
{
  LockClient *client = env->locks;
  if (!client)
    return;
  RtProcess *process = env->shared;
  LockRequest *mine = NULL;
  uv_mutex_lock(&process->mutex);
  for (LockRequest **link = &process->locks; *link;) {
    LockRequest *each = *link;
    if (each->client != client) {
      link = &each->next;
      continue;
    }
    *link = each->next;
    each->next = mine;
    mine = each;
  }
  while (mine) {
    LockRequest *next = mine->next;
    grant_waiting(process, mine->name);
    free(mine);
    mine = next;
  }
  uv_mutex_unlock(&process->mutex);
}

void locks_client_free(CulmEnv *env)
{
  LockClient *client = env->locks;
  if (!client)
    return;
  js_ref_free(client->callback);
  free(client->events);
  free(client);
  env->locks = NULL;
}

/* start(callback): callback(rows of [id, what]) when something became of this thread's requests. */
static JsValue locks_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  if (env->locks)
    return JS_UNDEFINED;
  LockClient *client = calloc(1, sizeof *client);
  if (!client)
    return js_throw_range_error(cx, "Out of memory");
  client->env = env;
  client->callback = js_ref_new(cx, js_argument(argc, argv, 0));
  uv_async_init(&env->loop, &client->async, on_events);
  client->async.data = client;
  /* As in Node nobody stays alive to wait for a lock. */
  uv_unref((uv_handle_t *)&client->async);
  env->locks = client;
  return JS_UNDEFINED;
}

/* request(name, flags): the request's id, 0 when it is to be had at once and is not. */
static JsValue locks_request(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  RtProcess *process = env->shared;
  int32_t flags = arg_int32(argc, argv, 1, 0);
  size_t length;
  if (!env->locks)
    return js_throw_type_error(cx, "Illegal invocation");
  char *name = js_to_utf8(cx, js_argument(argc, argv, 0), &length);
  if (!name)
    return JS_EXCEPTION;
  LockRequest *request = calloc(1, sizeof *request + length + 1);
  if (!request) {
    free(name);
    return js_throw_range_error(cx, "Out of memory");
  }
  memcpy(request->name, name, length + 1);
  free(name);
  request->client = env->locks;
  request->shared = flags & REQUEST_SHARED;
  uv_mutex_lock(&process->mutex);
  uint64_t id = request->id = ++process->last_lock;
  if ((flags & REQUEST_IF_AVAILABLE) && !is_free(process, request->name, request->shared)) {
    free(request);
    id = 0;
  } else if (flags & REQUEST_STEAL) {
    /* In front of all who wait. */
    steal(process, request->name);
    request->next = process->locks;
    process->locks = request;
    grant_waiting(process, request->name);
  } else {
    LockRequest **link = &process->locks;
    while (*link)
      link = &(*link)->next;
    *link = request;
    grant_waiting(process, request->name);
  }
  uv_mutex_unlock(&process->mutex);
  return js_number((double)id);
}

/* release(id): of a lock, or of a request that waits. */
static JsValue locks_release(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  double id = arg_double(argc, argv, 0, 0);
  uv_mutex_lock(&env->shared->mutex);
  for (LockRequest *each = env->shared->locks; each; each = each->next) {
    if ((double)each->id == id && each->client == env->locks) {
      remove_request(env->shared, each);
      break;
    }
  }
  uv_mutex_unlock(&env->shared->mutex);
  return JS_UNDEFINED;
}

/* take(): rows of [id, what]. */
static JsValue locks_take(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  LockClient *client = env_of(cx)->locks;
  return client ? take_events(client) : js_throw_type_error(cx, "Illegal invocation");
}

/* query(): [name, shared, held, ...] of this thread, as in Node. No heap under the mutex: the rows are copied out
 * first. */
static JsValue locks_query(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  RtProcess *process = env->shared;
  LockRequest *copies = NULL, **end = &copies;
  uv_mutex_lock(&process->mutex);
  for (const LockRequest *each = process->locks; each; each = each->next) {
    size_t size = sizeof *each + strlen(each->name) + 1;
    LockRequest *copy = each->client == env->locks ? malloc(size) : NULL;
    if (!copy)
      continue;
    memcpy(copy, each, size);
    copy->next = NULL;
    *end = copy;
    end = &copy->next;
  }
  uv_mutex_unlock(&process->mutex);
  JsValue list = js_array_new(cx, 0, NULL);
  while (copies) {
    LockRequest *copy = copies;
    copies = copy->next;
    if (!js_is_exception(list) &&
        (!js_array_push(cx, list, js_string_utf8(cx, copy->name, strlen(copy->name))) ||
         !js_array_push(cx, list, js_boolean(copy->shared)) || !js_array_push(cx, list, js_boolean(copy->held))))
      list = JS_EXCEPTION;
    free(copy);
  }
  return list;
}

JsValue binding_locks(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {{"start", locks_start, 1},     {"request", locks_request, 2},
                                       {"release", locks_release, 1}, {"take", locks_take, 0},
                                       {"query", locks_query, 0},     {0}};
  return binding_new(cx, rows);
}
