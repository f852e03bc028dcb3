// SPDX-License-Identifier: MIT
/*
 * internalBinding('udp_wrap'): datagram sockets. What arrives goes to the object's onmessage(bytes or errno, remote);
 * a send that the socket takes at once never becomes a request.
 */
#include "runtime/address.h"
#include "runtime/binding.h"
#include "runtime/env.h"
#include "runtime/stream_wrap.h"

#include <stdlib.h>
#include <string.h>

#define UDP_MESSAGE_MAX (64 << 10) /* bytes: no datagram over IP is longer */

typedef struct UdpWrap {
  uv_udp_t handle; /* first: the handle's address is the wrap's */
  CulmEnv *env;
  JsRef *self;    /* while the handle is open */
  JsRef *context; /* the async context of its making */
  char buffer[];  /* what a message is read into */
} UdpWrap;

typedef struct UdpSend {
  uv_udp_send_t request; /* first */
  CulmEnv *env;
  JsRef *object, *context;
  char bytes[];
} UdpSend;

static const JsHostClass udp_class = {"UDP", NULL};

static UdpWrap *udp_this(JsValue this_val)
{
  return js_host_native(this_val, &udp_class);
}

uv_udp_t *udp_wrap_handle(JsValue val)
{
  UdpWrap *wrap = udp_this(val);
  return wrap ? &wrap->handle : NULL;
}

static JsValue udp_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  UdpWrap *wrap = calloc(1, sizeof *wrap + UDP_MESSAGE_MAX);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  JsValue obj = js_host_new(cx, &udp_class, wrap);
  if (js_is_exception(obj)) {
    free(wrap);
    return obj;
  }
  uv_udp_init(&env->loop, &wrap->handle);
  wrap->env = env;
  wrap->self = js_ref_new(cx, obj);
  wrap->context = env_context_save(env, obj, "UDPWRAP");
  return obj;
}

/* --- addresses --------------------------------------------------------------------------------------------------- */

/* open(fd) -> 0 or errno */
static JsValue udp_open(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  return js_int32(wrap ? uv_udp_open(&wrap->handle, arg_int32(argc, argv, 0, -1)) : UV_EBADF);
}

/* bind(address, port, flags, reusePort) -> 0 or errno */
static JsValue udp_bind(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  struct sockaddr_storage address;
  int error = wrap ? rt_address_argument(cx, argc, argv, 0, &address) : UV_EBADF;
  if (!error && !permission_allows(wrap->env, PERMISSION_NET, NULL))
    error = PERMISSION_ERRNO;
  if (!error && js_to_boolean(js_argument(argc, argv, 3)))
    error = rt_share_port((uv_handle_t *)&wrap->handle, address.ss_family);
  if (!error)
    error = uv_udp_bind(&wrap->handle, (struct sockaddr *)&address, (unsigned)arg_int32(argc, argv, 2, 0));
  return js_int32(error);
}

/* connect(address, port) -> 0 or errno */
static JsValue udp_connect(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  struct sockaddr_storage address;
  int error = wrap ? rt_address_argument(cx, argc, argv, 0, &address) : UV_EBADF;
  if (!error && !permission_allows(wrap->env, PERMISSION_NET, NULL))
    error = PERMISSION_ERRNO;
  return js_int32(error ? error : uv_udp_connect(&wrap->handle, (struct sockaddr *)&address));
}

static JsValue udp_disconnect(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  return js_int32(wrap ? uv_udp_connect(&wrap->handle, NULL) : UV_EBADF);
}

/* getsockname() and getpeername(): { address, family, port } or errno; which by magic */
static JsValue udp_name(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  struct sockaddr_storage address;
  int length = sizeof address;
  int error = !wrap                   ? UV_EBADF
              : js_function_magic(cx) ? uv_udp_getpeername(&wrap->handle, (struct sockaddr *)&address, &length)
                                      : uv_udp_getsockname(&wrap->handle, (struct sockaddr *)&address, &length);
  return rt_address_describe(cx, error, &address);
}

/* --- messages ---------------------------------------------------------------------------------------------------- */

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
  *buf = uv_buf_init(((UdpWrap *)handle)->buffer, UDP_MESSAGE_MAX);
}

static void on_message(uv_udp_t *handle, ssize_t count, const uv_buf_t *buf, const struct sockaddr *from,
                       unsigned flags)
{
  UdpWrap *wrap = (UdpWrap *)handle;
  CulmEnv *env = wrap->env;
  if (count == 0 && !from)
    return; /* nothing more for now */
  JsValue self = env_ref(wrap->self), args[2] = {js_int32((int32_t)count), JS_UNDEFINED};
  if (count >= 0) {
    args[0] = rt_bytes_new(env->cx, buf->base, (size_t)count);
    struct sockaddr_storage remote = {0};
    memcpy(&remote, from, from->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in));
    args[1] = rt_address_describe(env->cx, 0, &remote);
    if (js_is_exception(args[0]) || js_is_exception(args[1])) {
      env_uncaught(env, js_take_exception(env->cx), false);
      return;
    }
  }
  env_call_method_within(env, wrap->context, self, "onmessage", 2, args);
}

static JsValue udp_recv_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  int error = wrap ? uv_udp_recv_start(&wrap->handle, on_alloc, on_message) : UV_EBADF;
  return js_int32(error == UV_EALREADY ? 0 : error);
}

static JsValue udp_recv_stop(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  return js_int32(wrap ? uv_udp_recv_stop(&wrap->handle) : UV_EBADF);
}

static void on_sent(uv_udp_send_t *request, int status)
{
  UdpSend *send = (UdpSend *)request;
  CulmEnv *env = send->env;
  JsValue object = env_ref(send->object), arg = js_int32(status);
  JsRef *context = send->context;
  js_ref_free(send->object);
  free(send);
  env->pending[RT_PENDING_SEND]--;
  env_call_method_in(env, context, object, "oncomplete", 1, &arg);
}

/* send(req, chunks, address, port) -> bytes sent at once, plus 1; 0: req.oncomplete(status) will come; or errno.
 * chunks: an array of Uint8Arrays; without an address for a connected socket. */
static JsValue udp_send(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  JsValue chunks = js_argument(argc, argv, 1);
  if (!wrap)
    return js_int32(UV_EBADF);
  if (!permission_allows(wrap->env, PERMISSION_NET, NULL))
    return js_int32(PERMISSION_ERRNO);
  struct sockaddr_storage address;
  struct sockaddr *to = NULL;
  if (js_value_is_string(js_argument(argc, argv, 2))) {
    int error = rt_address_argument(cx, argc, argv, 2, &address);
    if (error)
      return js_int32(error);
    to = (struct sockaddr *)&address;
  }
  int64_t count = 0;
  if (js_value_is_array(chunks) && !js_length(cx, chunks, &count))
    return JS_EXCEPTION;
  size_t total = 0;
  JsView view;
  for (int64_t k = 0; k < count; k++) {
    JsValue chunk = js_get_index(cx, chunks, (uint32_t)k);
    if (js_is_exception(chunk))
      return JS_EXCEPTION;
    if (js_view(chunk, &view))
      total += view.byte_length;
    if (total > UDP_MESSAGE_MAX)
      return js_int32(UV_EMSGSIZE);
  }
  UdpSend *send = malloc(sizeof *send + total + 1);
  if (!send)
    return js_int32(UV_ENOMEM);
  size_t at = 0;
  for (int64_t k = 0; k < count; k++) {
    JsValue chunk = js_get_index(cx, chunks, (uint32_t)k);
    if (!js_is_exception(chunk) && js_view(chunk, &view) && view.byte_length && view.byte_length <= total - at) {
      memcpy(send->bytes + at, view.data, view.byte_length);
      at += view.byte_length;
    }
  }
  uv_buf_t buf = uv_buf_init(send->bytes, (unsigned)at);
  int sent = uv_udp_get_send_queue_count(&wrap->handle) ? UV_EAGAIN : uv_udp_try_send(&wrap->handle, &buf, 1, to);
  if (sent != UV_EAGAIN && sent != UV_ENOSYS) {
    free(send);
    return js_int32(sent >= 0 ? sent + 1 : sent);
  }
  int error = uv_udp_send(&send->request, &wrap->handle, &buf, 1, to, on_sent);
  if (error) {
    free(send);
    return js_int32(error);
  }
  send->env = wrap->env;
  send->object = js_ref_new(cx, js_argument(argc, argv, 0));
  send->context = env_context_save(wrap->env, js_argument(argc, argv, 0), "UDPSENDWRAP");
  wrap->env->pending[RT_PENDING_SEND]++;
  return js_int32(0);
}

static JsValue udp_queue(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  if (!wrap)
    return js_int32(0);
  return js_number((double)(js_function_magic(cx) ? uv_udp_get_send_queue_count(&wrap->handle)
                                                  : uv_udp_get_send_queue_size(&wrap->handle)));
}

/* --- options ----------------------------------------------------------------------------------------------------- */

/* A text argument into a buffer; NULL when it is none. */
static const char *text_argument(JsContext *cx, int argc, const JsValue *argv, int k, char *out, size_t size)
{
  JsValue val = js_argument(argc, argv, k);
  if (!js_value_is_string(val))
    return NULL;
  out[js_string_write_utf8(cx, val, out, size - 1)] = 0;
  return out;
}

/* addMembership(group, interface), dropMembership(...) by magic -> 0 or errno */
static JsValue udp_membership(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  char group[128], interface[128];
  if (!wrap || !text_argument(cx, argc, argv, 0, group, sizeof group))
    return js_int32(wrap ? UV_EINVAL : UV_EBADF);
  return js_int32(uv_udp_set_membership(&wrap->handle, group,
                                        text_argument(cx, argc, argv, 1, interface, sizeof interface),
                                        js_function_magic(cx) ? UV_LEAVE_GROUP : UV_JOIN_GROUP));
}

/* addSourceSpecificMembership(source, group, interface), dropSourceSpecificMembership(...) by magic -> 0 or errno */
static JsValue udp_source_membership(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  char source[128], group[128], interface[128];
  if (!wrap || !text_argument(cx, argc, argv, 0, source, sizeof source) ||
      !text_argument(cx, argc, argv, 1, group, sizeof group))
    return js_int32(wrap ? UV_EINVAL : UV_EBADF);
  return js_int32(uv_udp_set_source_membership(&wrap->handle, group,
                                               text_argument(cx, argc, argv, 2, interface, sizeof interface), source,
                                               js_function_magic(cx) ? UV_LEAVE_GROUP : UV_JOIN_GROUP));
}

static JsValue udp_multicast_interface(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  char interface[128];
  if (!wrap)
    return js_int32(UV_EBADF);
  return js_int32(
      uv_udp_set_multicast_interface(&wrap->handle, text_argument(cx, argc, argv, 0, interface, sizeof interface)));
}

static int (*const number_options[])(uv_udp_t *, int) = {uv_udp_set_multicast_ttl, uv_udp_set_multicast_loop,
                                                         uv_udp_set_broadcast, uv_udp_set_ttl};

/* setMulticastTTL(n) and its like, by magic -> 0 or errno */
static JsValue udp_number_option(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  return js_int32(wrap ? number_options[js_function_magic(cx)](&wrap->handle, arg_int32(argc, argv, 0, -1)) : UV_EBADF);
}

/* bufferSize(size or 0, receive) -> the size now, or errno */
static JsValue udp_buffer_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  int size = arg_int32(argc, argv, 0, 0);
  if (!wrap)
    return js_int32(UV_EBADF);
  int error = js_to_boolean(js_argument(argc, argv, 1)) ? uv_recv_buffer_size((uv_handle_t *)&wrap->handle, &size)
                                                        : uv_send_buffer_size((uv_handle_t *)&wrap->handle, &size);
  return js_int32(error ? error : size);
}

/* --- life -------------------------------------------------------------------------------------------------------- */

static JsValue udp_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  if (wrap && js_function_magic(cx))
    uv_unref((uv_handle_t *)&wrap->handle);
  else if (wrap)
    uv_ref((uv_handle_t *)&wrap->handle);
  return JS_UNDEFINED;
}

static JsValue udp_has_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  return js_boolean(wrap && uv_has_ref((uv_handle_t *)&wrap->handle));
}

static JsValue udp_fd(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  uv_os_fd_t fd;
  return js_int32(wrap && !uv_fileno((uv_handle_t *)&wrap->handle, &fd) ? fd : UV_EBADF);
}

static void on_closed(uv_handle_t *handle)
{
  UdpWrap *wrap = (UdpWrap *)handle;
  CulmEnv *env = wrap->env;
  JsValue self = env_ref(wrap->self);
  js_ref_free(wrap->self);
  env_call_method_within(env, wrap->context, self, "onclose", 0, NULL);
  js_ref_free(wrap->context);
  free(wrap);
}

/* close(): onclose() comes later */
static JsValue udp_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  UdpWrap *wrap = udp_this(this_val);
  if (!wrap)
    return JS_UNDEFINED;
  js_host_set_native(this_val, &udp_class, NULL);
  env_resource_gone(wrap->env, this_val);
  uv_close((uv_handle_t *)&wrap->handle, on_closed);
  return JS_UNDEFINED;
}

JsValue binding_udp_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow none[] = {{0}};
  static const JsFunctionRow methods[] = {
      {"open", udp_open, 1},
      {"bind", udp_bind, 4},
      {"connect", udp_connect, 2},
      {"disconnect", udp_disconnect, 0},
      {"getsockname", udp_name, 0, 0},
      {"getpeername", udp_name, 0, 1},
      {"recvStart", udp_recv_start, 0},
      {"recvStop", udp_recv_stop, 0},
      {"send", udp_send, 4},
      {"getSendQueueSize", udp_queue, 0, 0},
      {"getSendQueueCount", udp_queue, 0, 1},
      {"addMembership", udp_membership, 2, 0},
      {"dropMembership", udp_membership, 2, 1},
      {"addSourceSpecificMembership", udp_source_membership, 3, 0},
      {"dropSourceSpecificMembership", udp_source_membership, 3, 1},
      {"setMulticastInterface", udp_multicast_interface, 1},
      {"setMulticastTTL", udp_number_option, 1, 0},
      {"setMulticastLoopback", udp_number_option, 1, 1},
      {"setBroadcast", udp_number_option, 1, 2},
      {"setTTL", udp_number_option, 1, 3},
      {"bufferSize", udp_buffer_size, 2},
      {"ref", udp_ref, 0, 0},
      {"unref", udp_ref, 0, 1},
      {"hasRef", udp_has_ref, 0},
      {"close", udp_close, 0},
      {0},
  };
  static const RtNumberRow numbers[] = {
      {"UV_UDP_IPV6ONLY", UV_UDP_IPV6ONLY}, {"UV_UDP_REUSEADDR", UV_UDP_REUSEADDR}, {NULL, 0}};
  JsValue binding = binding_new(cx, none);
  JsValue ctor = js_host_class_new(cx, &udp_class, udp_new, 0, methods);
  JsValue proto = js_is_exception(ctor) ? ctor : js_get(cx, ctor, "prototype");
  if (js_is_exception(binding) || js_is_exception(proto) || !rt_define_getter(cx, proto, "fd", udp_fd) ||
      !js_set(cx, binding, "UDP", ctor) || !rt_define_numbers(cx, binding, numbers))
    return JS_EXCEPTION;
  return binding;
}
