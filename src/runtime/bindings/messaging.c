// SPDX-License-Identifier: MIT
/*
 * internalBinding('messaging'): ports of this thread. A port has an async handle that whoever posts to it rings; what
 * waits is delivered, each message through the door for callbacks, once the port is started.
 */
#include "runtime/contextify.h"
#include "runtime/message.h"

#include <stdlib.h>
#include <string.h>

typedef struct Port {
  uv_async_t async;
  CulmEnv *env;
  PortData *data; /* NULL: closed or transferred */
  JsRef *self;    /* strong until the handle is closed */
  JsRef *context; /* where its messages and ports are made; NULL: here */
  JsRef *wrap;    /* then: makes the object of a handle */
  bool started, draining, close_requested;
  struct Port *next, **link; /* in the environment's list, while open */
} Port;

static const JsHostClass port_class = {"MessagePortHandle", NULL};

/* The most messages that are delivered in one go. */
enum { DELIVER_AT_ONCE = 1000 };

JsValue messaging_callback(CulmEnv *env, const char *name)
{
  JsValue callbacks = env_ref(env->messaging_callbacks);
  return js_value_is_object(callbacks) ? js_get(env->cx, callbacks, name) : JS_UNDEFINED;
}

/* The handle behind a MessagePort, or the handle itself. */
static Port *port_of(CulmEnv *env, JsValue val)
{
  Port *port = js_host_native(val, &port_class);
  if (port || !js_value_is_object(val) || !env->messaging_handle_key || js_object_kind(val) != JS_OBJECT_ORDINARY)
    return port;
  JsValue handle = js_get_key(env->cx, val, env_ref(env->messaging_handle_key));
  if (js_is_exception(handle)) {
    js_take_exception(env->cx);
    return NULL;
  }
  return js_host_native(handle, &port_class);
}

PortData *port_object_data(CulmEnv *env, JsValue val)
{
  Port *port = port_of(env, val);
  return port ? port->data : NULL;
}

static void on_closed(uv_handle_t *handle)
{
  Port *port = handle->data;
  js_ref_free(port->self);
  js_ref_free(port->context);
  js_ref_free(port->wrap);
  free(port);
}

/* The handle goes; the mailbox is the caller's. */
static PortData *let_go(Port *port)
{
  PortData *data = port->data;
  port->data = NULL;
  if (data)
    port_data_attach(data, NULL);
  js_host_set_native(js_ref_get(port->self), &port_class, NULL);
  *port->link = port->next;
  if (port->next)
    port->next->link = port->link;
  uv_close((uv_handle_t *)&port->async, on_closed);
  return data;
}

PortData *port_object_detach(CulmEnv *env, JsValue val)
{
  Port *port = port_of(env, val);
  JsValue self = js_ref_get(port->self);
  PortData *data = let_go(port);
  env_call_method(env, self, "ondetach", 0, NULL);
  return data;
}

static void close_port(Port *port)
{
  CulmEnv *env = port->env;
  JsValue self = js_ref_get(port->self);
  PortData *data = let_go(port);
  if (data)
    port_data_free(data);
  env_call_method(env, self, "onclose", 0, NULL);
}

bool messaging_reads_elsewhere(const CulmEnv *env)
{
  return env->reading_port != NULL;
}

/* message_read() for a port, in its context. */
static JsValue read_for(Port *port, RtMessage *message, JsValue *ports)
{
  CulmEnv *env = port->env;
  if (!port->context)
    return message_read(env, message, ports);
  JsContext *cx = env->cx;
  Port *outer = env->reading_port;
  JsValue before = js_realm_enter(cx, contextify_realm(cx, js_ref_get(port->context)));
  env->reading_port = port;
  JsValue val = message_read(env, message, ports);
  env->reading_port = outer;
  (void)js_realm_enter(cx, before);
  return val;
}

/* False: the port was closed. */
static bool deliver(Port *port, RtMessage *message)
{
  CulmEnv *env = port->env;
  JsValue self = js_ref_get(port->self), argv[2];
  if (message->is_close) {
    message_release(message);
    close_port(port);
    return false;
  }
  argv[0] = read_for(port, message, &argv[1]);
  if (js_is_exception(argv[0])) {
    argv[0] = js_take_exception(env->cx);
    env_call_method(env, self, "onmessageerror", 1, argv);
  } else {
    env_call_method(env, self, "onmessage", 2, argv);
  }
  /* What was called may have closed or transferred it. */
  return js_host_native(self, &port_class) == port && port->data;
}

/* What waits when the port is closed still is delivered. */
static void drain(Port *port, size_t most)
{
  if (port->draining)
    return;
  port->draining = true;
  while (most-- > 0 && port->data && !env_is_stopping(port->env)) {
    RtMessage *message = port_data_receive(port->data, !port->started);
    if (!message || !deliver(port, message))
      break;
  }
  port->draining = false;
  if (port->data && port->close_requested) {
    close_port(port);
    return;
  }
  if (port->data && port->started && !port_data_is_empty(port->data))
    uv_async_send(&port->async);
}

static void on_async(uv_async_t *handle)
{
  drain(handle->data, DELIVER_AT_ONCE);
}

void messaging_close_all(CulmEnv *env)
{
  while (env->ports) {
    PortData *data = let_go(env->ports);
    if (data)
      port_data_free(data);
  }
}

bool port_owns_handle(const uv_handle_t *handle)
{
  return handle->type == UV_ASYNC && ((const uv_async_t *)handle)->async_cb == on_async;
}

static JsValue handle_new(CulmEnv *env, PortData *data)
{
  JsContext *cx = env->cx;
  Port *port = calloc(1, sizeof *port);
  if (!port)
    return js_throw_range_error(cx, "Out of memory");
  JsValue handle = js_host_new_of(cx, env_ref(env->messaging_handle_class), &port_class, port);
  if (js_is_exception(handle)) {
    free(port);
    return handle;
  }
  port->env = env;
  port->data = data;
  port->self = js_ref_new(cx, handle);
  port->next = env->ports;
  port->link = &env->ports;
  if (port->next)
    port->next->link = &port->next;
  env->ports = port;
  uv_async_init(&env->loop, &port->async, on_async);
  port->async.data = port;
  uv_unref((uv_handle_t *)&port->async);
  port_data_attach(data, &port->async);
  return handle;
}

static JsValue wrap_elsewhere(CulmEnv *env, JsValue handle, JsValue context, JsValue wrap)
{
  Port *port = js_host_native(handle, &port_class);
  port->context = js_ref_new(env->cx, context);
  port->wrap = js_ref_new(env->cx, wrap);
  return js_call(env->cx, wrap, JS_UNDEFINED, 1, &handle);
}

JsValue port_object_new(CulmEnv *env, PortData *data)
{
  /* The classes are made when the library part is loaded. */
  JsContext *cx = env->cx;
  JsValue id = js_string(cx, "internal/worker/ports");
  JsValue lib = js_call(cx, env_ref(env->require), JS_UNDEFINED, 1, &id);
  JsValue handle = js_is_exception(lib) ? lib : handle_new(env, data);
  if (js_is_exception(handle)) {
    port_data_free(data);
    return handle;
  }
  if (env->reading_port)
    return wrap_elsewhere(env, handle, js_ref_get(env->reading_port->context), js_ref_get(env->reading_port->wrap));
  return js_call(cx, messaging_callback(env, "wrapPort"), JS_UNDEFINED, 1, &handle);
}

/* --- the binding ------------------------------------------------------------------------------------------------- */

static JsValue handle_constructor(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_throw_type_error(cx, "Illegal constructor");
}

/* createChannel() → [handle, handle] */
static JsValue create_channel(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  PortData *a, *b;
  if (!port_data_new_pair(&a, &b))
    return js_throw_range_error(cx, "Out of memory");
  JsValue handles[2];
  handles[0] = handle_new(env, a);
  handles[1] = js_is_exception(handles[0]) ? handles[0] : handle_new(env, b);
  return js_is_exception(handles[1]) ? JS_EXCEPTION : js_array_new(cx, 2, handles);
}

/* createBroadcast(name) → handle */
static JsValue create_broadcast(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  char *name = js_to_utf8(cx, js_argument(argc, argv, 0), NULL);
  if (!name)
    return JS_EXCEPTION;
  PortData *data = port_data_new_named(env->shared, name);
  free(name);
  return data ? handle_new(env, data) : js_throw_range_error(cx, "Out of memory");
}

static Port *this_port(JsContext *cx, JsValue this_val)
{
  return port_of(env_of(cx), this_val);
}

/* post(value, transfer): false when nobody is there. */
static JsValue port_post(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  Port *port = this_port(cx, this_val);
  PortData *data = port ? port->data : NULL;
  RtMessage *message = message_write(env, js_argument(argc, argv, 0), js_argument(argc, argv, 1), data);
  if (!message)
    return JS_EXCEPTION;
  /* A getter may have closed the port. */
  port = this_port(cx, this_val);
  if (!data || !port || port->data != data) {
    message_release(message);
    return JS_FALSE;
  }
  for (uint32_t k = 0; k < message->port_count; k++) {
    if (port_data_is_sibling(data, message->ports[k])) {
      /* Nobody could ever receive it. */
      message_release(message);
      return JS_NULL;
    }
  }
  return js_boolean(port_data_post(data, message));
}

static JsValue port_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Port *port = this_port(cx, this_val);
  if (port) {
    port->started = true;
    if (!port_data_is_empty(port->data))
      uv_async_send(&port->async);
  }
  return JS_UNDEFINED;
}

static JsValue port_stop(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Port *port = this_port(cx, this_val);
  if (port)
    port->started = false;
  return JS_UNDEFINED;
}

static JsValue port_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Port *port = this_port(cx, this_val);
  if (port && port->draining)
    port->close_requested = true;
  else if (port)
    close_port(port);
  return JS_UNDEFINED;
}

/* Delivers all that waits, at once. */
static JsValue port_drain(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Port *port = this_port(cx, this_val);
  if (port)
    drain(port, SIZE_MAX);
  return JS_UNDEFINED;
}

static JsValue port_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Port *port = this_port(cx, this_val);
  if (port)
    uv_ref((uv_handle_t *)&port->async);
  return JS_UNDEFINED;
}

static JsValue port_unref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Port *port = this_port(cx, this_val);
  if (port)
    uv_unref((uv_handle_t *)&port->async);
  return JS_UNDEFINED;
}

static JsValue port_has_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  Port *port = this_port(cx, this_val);
  return js_boolean(port && uv_has_ref((uv_handle_t *)&port->async));
}

/* receive(port) → [value, ports], or undefined when nothing waits. */
static JsValue receive(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  Port *port = port_of(env, js_argument(argc, argv, 0));
  if (!port)
    return JS_UNDEFINED;
  RtMessage *message = port_data_receive(port->data, false);
  if (!message)
    return JS_UNDEFINED;
  JsValue parts[2];
  if (message->is_close) {
    message_release(message);
    close_port(port);
    return JS_UNDEFINED;
  }
  parts[0] = read_for(port, message, &parts[1]);
  return js_is_exception(parts[0]) ? JS_EXCEPTION : js_array_new(cx, 2, parts);
}

static JsValue structured_clone(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  JsValue ports;
  RtMessage *message = message_write(env, js_argument(argc, argv, 0), js_argument(argc, argv, 1), NULL);
  return message ? message_read(env, message, &ports) : JS_EXCEPTION;
}

/* move(port, context, wrap) → wrap(handle): the port's mailbox has an object of the context from now on. */
static JsValue move_port(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  JsValue port = js_argument(argc, argv, 0);
  if (!port_object_data(env, port))
    return js_throw_type_error(cx, "Illegal invocation");
  PortData *data = port_object_detach(env, port);
  JsValue handle = handle_new(env, data);
  if (js_is_exception(handle)) {
    port_data_free(data);
    return handle;
  }
  return wrap_elsewhere(env, handle, js_argument(argc, argv, 1), js_argument(argc, argv, 2));
}

/* setCallbacks(callbacks, handleKey): see docs/bindings.md. */
static JsValue set_callbacks(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  env_keep(env, &env->messaging_callbacks, js_argument(argc, argv, 0));
  env_keep(env, &env->messaging_handle_key, js_argument(argc, argv, 1));
  return JS_UNDEFINED;
}

JsValue binding_messaging(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow rows[] = {
      {"createChannel", create_channel, 0},
      {"createBroadcast", create_broadcast, 1},
      {"receive", receive, 1},
      {"structuredClone", structured_clone, 2},
      {"move", move_port, 3},
      {"setCallbacks", set_callbacks, 2},
      {0},
  };
  static const JsFunctionRow port_rows[] = {
      {"post", port_post, 2},   {"start", port_start, 0},    {"stop", port_stop, 0},
      {"close", port_close, 0}, {"drain", port_drain, 0},    {"ref", port_ref, 0},
      {"unref", port_unref, 0}, {"hasRef", port_has_ref, 0}, {0},
  };
  JsValue binding = binding_new(cx, rows);
  JsValue handle_class = js_host_class_new(cx, &port_class, handle_constructor, 0, port_rows);
  if (js_is_exception(binding) || js_is_exception(handle_class))
    return JS_EXCEPTION;
  env_keep(env, &env->messaging_handle_class, handle_class);
  return binding;
}
