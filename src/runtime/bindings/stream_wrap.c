// SPDX-License-Identifier: MIT
/*
 * internalBinding('tcp_wrap'), ('pipe_wrap') and ('tty_wrap'): libuv's streams. Contract: docs/bindings.md.
 *
 * A handle's object is kept alive from the constructor to the end of close(). Writes go out at once as far as the
 * kernel takes them (uv_try_write); what is left is copied and queued. Requests are plain objects whose
 * oncomplete(status) is called through the door.
 */
#include "runtime/abstract_socket.h"
#include "runtime/address.h"
#include "runtime/stream_wrap.h"

#include "runtime/binding.h"
#include "runtime/encodings.h"
#include "runtime/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

/* Node's: big enough for most messages in one read. What is read is used or copied before the loop's next read, so that
 * one buffer serves all streams. */
enum { READ_CHUNK = 64 * 1024 };

typedef struct StreamWrap {
  RtStream base; /* first */
  union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
    uv_tty_t tty;
  } uv;              /* its data is the wrap */
  bool is_connected; /* a TCP socket */
  JsRef *on_closed;
  struct LaterConnect *later; /* a connection whose outcome is still to be told */
} StreamWrap;

typedef struct StreamRequest {
  union {
    uv_write_t write;
    uv_shutdown_t shutdown;
    uv_connect_t connect;
  } uv;
  RtDone done;
  void *opaque;
  char *bytes;
} StreamRequest;

typedef struct LaterConnect {
  uv_timer_t timer; /* first */
  StreamRequest *request;
  StreamWrap *wrap; /* NULL: closed meanwhile */
  CulmEnv *env;
  int status;
} LaterConnect;

static const RtStreamOps uv_stream_ops;

static const JsHostClass tcp_class = {"TCP", NULL};
static const JsHostClass pipe_class = {"Pipe", NULL};
static const JsHostClass tty_class = {"TTY", NULL};

RtStream *rt_stream_of(JsValue val)
{
  static const JsHostClass *const classes[] = {&tcp_class, &tls_wrap_class, &pipe_class, &js_stream_class, &tty_class};
  for (unsigned k = 0; k < sizeof classes / sizeof *classes; k++) {
    void *native = js_host_native(val, classes[k]);
    if (native)
      return native;
  }
  return NULL;
}

static StreamWrap *stream_this(JsValue val)
{
  void *wrap = js_host_native(val, &tcp_class);
  if (!wrap)
    wrap = js_host_native(val, &pipe_class);
  return wrap ? wrap : js_host_native(val, &tty_class);
}

uv_stream_t *stream_wrap_handle(JsValue val)
{
  StreamWrap *wrap = stream_this(val);
  return wrap ? &wrap->uv.stream : NULL;
}

/* --- life -------------------------------------------------------------------------------------------------------- */

static JsValue wrap_attach(JsContext *cx, StreamWrap *wrap, JsValue obj, const char *type, JsValue owner)
{
  wrap->base.ops = &uv_stream_ops;
  wrap->base.env = env_of(cx);
  wrap->base.self = js_ref_new(cx, obj);
  wrap->base.context = env_context_save_for(wrap->base.env, obj, type, owner);
  wrap->base.last_activity = uv_now(&wrap->base.env->loop);
  wrap->uv.handle.data = wrap;
  return obj;
}

/* The first argument of TCP and Pipe for listening sockets; the second is the server of a connection. */
enum { KIND_SERVER = 1 };

static JsValue tcp_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  JsValue obj = js_host_new(cx, &tcp_class, wrap);
  if (js_is_exception(obj)) {
    free(wrap);
    return obj;
  }
  uv_tcp_init(&env_of(cx)->loop, &wrap->uv.tcp);
  return wrap_attach(cx, wrap, obj, rt_int_argument(argc, argv, 0) == KIND_SERVER ? "TCPSERVERWRAP" : "TCPWRAP",
                     js_argument(argc, argv, 1));
}

static JsValue pipe_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  enum { PIPE_IPC = 2 };
  StreamWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  JsValue obj = js_host_new(cx, &pipe_class, wrap);
  if (js_is_exception(obj)) {
    free(wrap);
    return obj;
  }
  uv_pipe_init(&env_of(cx)->loop, &wrap->uv.pipe, rt_int_argument(argc, argv, 0) == PIPE_IPC);
  return wrap_attach(cx, wrap, obj, rt_int_argument(argc, argv, 0) == KIND_SERVER ? "PIPESERVERWRAP" : "PIPEWRAP",
                     js_argument(argc, argv, 1));
}

static void free_wrap(uv_handle_t *handle)
{
  free(handle->data);
}

/* new TTY(fd): throws libuv's error. */
static JsValue tty_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  int error = uv_tty_init(&env_of(cx)->loop, &wrap->uv.tty, rt_int_argument(argc, argv, 0), 0);
  if (error) {
    free(wrap);
    return uv_error_throw(cx, error, "uv_tty_init", NULL, NULL);
  }
  JsValue obj = js_host_new(cx, &tty_class, wrap);
  if (js_is_exception(obj)) {
    wrap->uv.handle.data = wrap;
    uv_close(&wrap->uv.handle, free_wrap);
    return obj;
  }
  return wrap_attach(cx, wrap, obj, "TTYWRAP", JS_UNDEFINED);
}

static void detach(JsValue obj)
{
  if (js_host_native(obj, &tcp_class))
    js_host_set_native(obj, &tcp_class, NULL);
  else if (js_host_native(obj, &pipe_class))
    js_host_set_native(obj, &pipe_class, NULL);
  else
    js_host_set_native(obj, &tty_class, NULL);
}

static void on_closed(uv_handle_t *handle)
{
  StreamWrap *wrap = handle->data;
  if (wrap->later)
    wrap->later->wrap = NULL;
  if (wrap->on_closed)
    env_call(wrap->base.env, js_ref_get(wrap->on_closed), js_ref_get(wrap->base.self), 0, NULL, NULL);
  env_resource_gone(wrap->base.env, js_ref_get(wrap->base.self));
  js_ref_free(wrap->on_closed);
  js_ref_free(wrap->base.self);
  js_ref_free(wrap->base.context);
  free(wrap);
}

static void close_wrap(JsContext *cx, JsValue this_val, StreamWrap *wrap, JsValue callback)
{
  if (js_value_is_function(callback))
    wrap->on_closed = js_ref_new(cx, callback);
  detach(this_val);
  rt_stream_closed(&wrap->base);
}

static JsValue stream_close(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = stream_this(this_val);
  if (!wrap)
    return JS_UNDEFINED;
  close_wrap(cx, this_val, wrap, js_argument(argc, argv, 0));
  uv_close(&wrap->uv.handle, on_closed);
  return JS_UNDEFINED;
}

static JsValue stream_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = stream_this(this_val);
  if (wrap)
    uv_ref(&wrap->uv.handle);
  return JS_UNDEFINED;
}

static JsValue stream_unref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = stream_this(this_val);
  if (wrap)
    uv_unref(&wrap->uv.handle);
  return JS_UNDEFINED;
}

static JsValue stream_has_ref(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = stream_this(this_val);
  return js_boolean(wrap && uv_has_ref(&wrap->uv.handle));
}

static JsValue stream_fd(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = stream_this(this_val);
  uv_os_fd_t fd;
  return js_int32(wrap && uv_fileno(&wrap->uv.handle, &fd) == 0 ? fd : -1);
}

/* --- operations -------------------------------------------------------------------------------------------------- */

static StreamRequest *request_new(RtDone done, void *opaque)
{
  StreamRequest *request = calloc(1, sizeof *request);
  if (!request)
    return NULL;
  request->done = done;
  request->opaque = opaque;
  return request;
}

static void request_free(StreamRequest *request)
{
  free(request->bytes);
  free(request);
}

static void request_done(StreamRequest *request, int status)
{
  RtDone done = request->done;
  void *opaque = request->opaque;
  request_free(request);
  done(opaque, status);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
  CulmEnv *env = ((StreamWrap *)handle->data)->base.env;
  if (!env->read_buffer)
    env->read_buffer = malloc(READ_CHUNK);
  *buf = uv_buf_init(env->read_buffer, env->read_buffer ? READ_CHUNK : 0);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
  StreamWrap *wrap = stream->data;
  if (count != 0)
    rt_stream_deliver(&wrap->base, count, (const uint8_t *)buf->base);
}

static int uv_op_read_start(RtStream *stream)
{
  return uv_read_start(&((StreamWrap *)stream)->uv.stream, on_alloc, on_read);
}

static int uv_op_read_stop(RtStream *stream)
{
  return uv_read_stop(&((StreamWrap *)stream)->uv.stream);
}

static void on_written(uv_write_t *write, int status)
{
  request_done((StreamRequest *)write, status);
}

/* Bytes that the kernel took, or an errno. A connected TCP socket is written with send(), which asks less of the kernel
 * than write() does. */
static ssize_t write_now(StreamWrap *wrap, const char *bytes, size_t length)
{
  uv_os_fd_t fd;
  if (!wrap->is_connected || uv_fileno(&wrap->uv.handle, &fd) != 0) {
    uv_buf_t buf = {(char *)bytes, length};
    return uv_try_write(&wrap->uv.stream, &buf, 1);
  }
  ssize_t count;
  do
    count = send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (count < 0 && errno == EINTR);
  return count >= 0 ? count : uv_translate_sys_error(errno);
}

/* At once as far as the kernel takes the bytes, the rest is copied and queued. */
static int uv_op_write(RtStream *stream, const char *bytes, size_t length, RtDone done, void *opaque)
{
  StreamWrap *wrap = (StreamWrap *)stream;
  stream->bytes_written += (double)length;
  size_t written = 0;
  if (uv_stream_get_write_queue_size(&wrap->uv.stream) == 0) {
    ssize_t count = length ? write_now(wrap, bytes, length) : 0;
    if (count >= 0)
      written = (size_t)count;
    else if (count != UV_EAGAIN && count != UV_ENOSYS)
      return (int)count;
    if (written == length && length)
      return 0;
  }
  StreamRequest *request = request_new(done, opaque);
  if (!request || !(request->bytes = malloc(length - written + 1))) {
    if (request)
      request_free(request);
    return UV_ENOMEM;
  }
  if (length > written)
    memcpy(request->bytes, bytes + written, length - written);
  uv_buf_t rest = {request->bytes, length - written};
  int error = uv_write(&request->uv.write, &wrap->uv.stream, &rest, 1, on_written);
  if (error) {
    request_free(request);
    return error;
  }
  return 1;
}

static void on_shutdown(uv_shutdown_t *shutdown, int status)
{
  request_done((StreamRequest *)shutdown, status);
}

static int uv_op_shutdown(RtStream *stream, RtDone done, void *opaque)
{
  StreamRequest *request = request_new(done, opaque);
  if (!request)
    return UV_ENOMEM;
  int error = uv_shutdown(&request->uv.shutdown, &((StreamWrap *)stream)->uv.stream, on_shutdown);
  if (error)
    request_free(request);
  return error;
}

static const RtStreamOps uv_stream_ops = {uv_op_read_start, uv_op_read_stop, uv_op_write, uv_op_shutdown};

/* --- servers and connections ------------------------------------------------------------------------------------- */

static void on_connection(uv_stream_t *server, int status)
{
  StreamWrap *wrap = server->data;
  JsContext *cx = wrap->base.env->cx;
  JsValue self = js_ref_get(wrap->base.self), args[2] = {js_int32(status), JS_UNDEFINED};
  if (status == 0) {
    JsValue ctor = js_get(cx, self, "constructor"), argv[] = {js_int32(0), self};
    JsValue before = js_async_context(cx);
    js_set_async_context(cx, env_ref(wrap->base.context)); /* the connection inherits the server's */
    args[1] = js_is_exception(ctor) ? ctor : js_new(cx, ctor, 2, argv);
    js_set_async_context(cx, before);
    if (js_is_exception(args[1])) {
      env_uncaught(wrap->base.env, js_take_exception(cx), false);
      return;
    }
    StreamWrap *client = stream_this(args[1]);
    int error = client ? uv_accept(server, &client->uv.stream) : UV_EBADF;
    if (!error)
      client->is_connected = client->uv.handle.type == UV_TCP;
    if (error) {
      if (client) {
        detach(args[1]);
        uv_close(&client->uv.handle, on_closed);
      }
      args[0] = js_int32(error);
      args[1] = JS_UNDEFINED;
    }
  }
  rt_stream_call(&wrap->base, "onconnection", 2, args);
}

static JsValue stream_listen(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = stream_this(this_val);
  if (!permission_check(cx, PERMISSION_NET, NULL))
    return JS_EXCEPTION;
  return js_int32(wrap ? uv_listen(&wrap->uv.stream, rt_int_argument(argc, argv, 0), on_connection) : UV_EBADF);
}

static void trace_connect_begin(JsContext *cx, const void *request, const char *key, const char *text)
{
  CulmEnv *env = env_of(cx);
  char args[600];
  if (trace_is_on(env, TRACE_NET))
    trace_async(env, TRACE_NET, TRACE_ASYNC_BEGIN, "connect", request, trace_text_args(args, sizeof args, key, text));
}

static void trace_connect_end(CulmEnv *env, const void *request, int status)
{
  char args[40];
  if (!trace_is_on(env, TRACE_NET))
    return;
  snprintf(args, sizeof args, "{\"status\":%d}", status);
  trace_async(env, TRACE_NET, TRACE_ASYNC_END, "connect", request, args);
}

static void on_connected(uv_connect_t *connect, int status)
{
  StreamWrap *wrap = connect->handle->data;
  CulmEnv *env = wrap->base.env;
  wrap->is_connected = status == 0 && wrap->uv.handle.type == UV_TCP;
  env->pending[RT_PENDING_CONNECT]--;
  trace_connect_end(env, connect, status);
  request_done((StreamRequest *)connect, status);
}

/* bind(address, port, ipv6Only, reusePort) */
static JsValue tcp_bind(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  struct sockaddr_storage address;
  if (!wrap)
    return js_int32(UV_EBADF);
  if (!permission_check(cx, PERMISSION_NET, NULL))
    return JS_EXCEPTION;
  int error = rt_address_argument(cx, argc, argv, 0, &address);
  unsigned flags = js_to_boolean(js_argument(argc, argv, 2)) ? UV_TCP_IPV6ONLY : 0;
  if (!error && js_to_boolean(js_argument(argc, argv, 3)))
    error = rt_share_port(&wrap->uv.handle, address.ss_family);
  return js_int32(error ? error : uv_tcp_bind(&wrap->uv.tcp, (struct sockaddr *)&address, flags));
}

/* connect(req, address, port) */
static JsValue tcp_connect(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  struct sockaddr_storage address;
  if (!wrap)
    return js_int32(UV_EBADF);
  if (!permission_allows(env_of(cx), PERMISSION_NET, NULL))
    return js_int32(PERMISSION_ERRNO);
  int error = rt_address_argument(cx, argc, argv, 1, &address);
  if (error)
    return js_int32(error);
  RtRequest *object = rt_request_new(cx, js_argument(argc, argv, 0), "TCPCONNECTWRAP", this_val);
  StreamRequest *request = object ? request_new(rt_request_done, object) : NULL;
  error = request ? uv_tcp_connect(&request->uv.connect, &wrap->uv.tcp, (struct sockaddr *)&address, on_connected)
                  : UV_ENOMEM;
  if (error) {
    rt_request_free(object);
    free(request);
    return js_int32(error);
  }
  env_of(cx)->pending[RT_PENDING_CONNECT]++;
  if (trace_is_on(env_of(cx), TRACE_NET)) {
    char ip[64];
    uv_ip_name((struct sockaddr *)&address, ip, sizeof ip);
    trace_connect_begin(cx, request, "ip", ip);
  }
  return js_int32(0);
}

static JsValue tcp_open(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  return js_int32(wrap ? uv_tcp_open(&wrap->uv.tcp, rt_int_argument(argc, argv, 0)) : UV_EBADF);
}

/* duplicate() -> a descriptor of the same socket, the caller's own; or errno */
static JsValue tcp_duplicate(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  uv_os_fd_t fd;
  int error = wrap ? uv_fileno(&wrap->uv.handle, &fd) : UV_EBADF;
  if (error)
    return js_int32(error);
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return js_int32(copy < 0 ? uv_translate_sys_error(errno) : copy);
}

/* Where the type of service of a socket's packets is set: IPv4's or IPv6's traffic class (ip(7), ipv6(7)). */
static bool type_of_service_of(StreamWrap *wrap, int *fd, int *level, int *name)
{
  struct sockaddr_storage address;
  int length = sizeof address;
  if (!wrap || uv_fileno(&wrap->uv.handle, fd) ||
      uv_tcp_getsockname(&wrap->uv.tcp, (struct sockaddr *)&address, &length))
    return false;
  *level = address.ss_family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
  *name = address.ss_family == AF_INET6 ? IPV6_TCLASS : IP_TOS;
  return true;
}

/* setTypeOfService(0 to 255) → errno */
static JsValue tcp_set_type_of_service(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int fd, level, name, value = rt_int_argument(argc, argv, 0);
  if (!type_of_service_of(js_host_native(this_val, &tcp_class), &fd, &level, &name))
    return js_int32(UV_EBADF);
  return js_int32(setsockopt(fd, level, name, &value, sizeof value) ? -errno : 0);
}

/* getTypeOfService() → the value, or errno */
static JsValue tcp_get_type_of_service(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int fd, level, name, value = 0;
  socklen_t size = sizeof value;
  if (!type_of_service_of(js_host_native(this_val, &tcp_class), &fd, &level, &name))
    return js_int32(UV_EBADF);
  return js_int32(getsockopt(fd, level, name, &value, &size) ? -errno : value);
}

static JsValue tcp_set_no_delay(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  return js_int32(wrap ? uv_tcp_nodelay(&wrap->uv.tcp, js_to_boolean(js_argument(argc, argv, 0))) : UV_EBADF);
}

static int set_int_option(int fd, int level, int option, int value)
{
  return setsockopt(fd, level, option, &value, sizeof value) ? uv_translate_sys_error(errno) : 0;
}

/* setKeepAlive(enable, seconds, seconds between probes, probes): without seconds the system's idle time stays as it is;
 * of the last two, libuv's unless they are positive */
static JsValue tcp_set_keep_alive(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  if (!wrap)
    return js_int32(UV_EBADF);
  bool enable = js_to_boolean(js_argument(argc, argv, 0));
  int seconds = rt_int_argument(argc, argv, 1);
  int interval = rt_int_argument(argc, argv, 2), count = rt_int_argument(argc, argv, 3);
  uv_os_fd_t fd;
  int error = uv_fileno(&wrap->uv.handle, &fd);
  if (error)
    return js_int32(error);
  if (enable && seconds <= 0)
    return js_int32(set_int_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1));
  error = uv_tcp_keepalive(&wrap->uv.tcp, enable, (unsigned)seconds);
  if (!error && enable && interval > 0)
    error = set_int_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, interval);
  if (!error && enable && count > 0)
    error = set_int_option(fd, IPPROTO_TCP, TCP_KEEPCNT, count);
  return js_int32(error);
}

/* reset(callback): closes with RST. */
static JsValue tcp_reset(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  if (!wrap)
    return js_int32(UV_EBADF);
  int error = uv_tcp_close_reset(&wrap->uv.tcp, on_closed);
  if (!error)
    close_wrap(cx, this_val, wrap, js_argument(argc, argv, 0));
  return js_int32(error);
}

/* getsockname() and getpeername(): { address, family, port } or errno */
static JsValue tcp_sock_name(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  struct sockaddr_storage address;
  int length = sizeof address;
  int error = wrap ? uv_tcp_getsockname(&wrap->uv.tcp, (struct sockaddr *)&address, &length) : UV_EBADF;
  return rt_address_describe(cx, error, &address);
}

static JsValue tcp_peer_name(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tcp_class);
  struct sockaddr_storage address;
  int length = sizeof address;
  int error = wrap ? uv_tcp_getpeername(&wrap->uv.tcp, (struct sockaddr *)&address, &length) : UV_EBADF;
  return rt_address_describe(cx, error, &address);
}

/* --- pipes ------------------------------------------------------------------------------------------------------- */

static JsValue pipe_open(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &pipe_class);
  return js_int32(wrap ? uv_pipe_open(&wrap->uv.pipe, rt_int_argument(argc, argv, 0)) : UV_EBADF);
}

/* The name of a local socket; NULL and an errno when it does not fit: libuv would cut it. */
static char *pipe_path_argument(JsContext *cx, int argc, const JsValue *argv, int k, size_t *given_length, int *error)
{
  char *path = js_to_utf8(cx, js_argument(argc, argv, k), given_length);
  size_t length = *given_length;
  bool fits = path && length < sizeof((struct sockaddr_un *)0)->sun_path;
  *error = path && (!fits || (path[0] && strlen(path) != length)) ? UV_EINVAL : 0;
  return path;
}

static bool is_abstract(const char *path, size_t length)
{
  return length > 0 && path[0] == '\0';
}

static JsValue pipe_bind(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &pipe_class);
  if (!wrap)
    return js_int32(UV_EBADF);
  if (!permission_check(cx, PERMISSION_NET, NULL))
    return JS_EXCEPTION;
  int error;
  size_t length;
  char *path = pipe_path_argument(cx, argc, argv, 0, &length, &error);
  if (!path)
    return JS_EXCEPTION;
  if (!error)
    error = is_abstract(path, length) ? abstract_socket_bind(&wrap->uv.pipe, path, length)
                                      : uv_pipe_bind(&wrap->uv.pipe, path);
  /* A socket that is bound may connect, too, and then be read and written: libuv is to know. */
  uv_os_fd_t fd;
  if (!error && uv_fileno(&wrap->uv.handle, &fd) == 0)
    error = uv_pipe_open(&wrap->uv.pipe, fd);
  free(path);
  return js_int32(error);
}

static void trace_pipe_connect(JsContext *cx, const void *request, const char *path, size_t length)
{
  CulmEnv *env = env_of(cx);
  if (!trace_is_on(env, TRACE_NET))
    return;
  bool abstract = is_abstract(path, length);
  char args[600];
  /* The name without its NUL. */
  trace_text_args(args, sizeof args, "pipe_path", abstract ? path + 1 : path);
  size_t end = strlen(args);
  if (end > 2 && end + 40 < sizeof args)
    snprintf(args + end - 1, sizeof args - end, ",\"path_type\":\"%s\"}", abstract ? "abstract socket" : "file");
  trace_async(env, TRACE_NET, TRACE_ASYNC_BEGIN, "connect", request, args);
}

static void free_later(uv_handle_t *timer)
{
  free(timer);
}

static void on_later(uv_timer_t *timer)
{
  LaterConnect *later = (LaterConnect *)timer;
  StreamRequest *request = later->request;
  int status = later->wrap ? later->status : UV_ECANCELED;
  if (later->wrap)
    later->wrap->later = NULL;
  trace_connect_end(later->env, request, status);
  uv_close((uv_handle_t *)timer, free_later);
  request_done(request, status);
}

/* What came of it is told in the loop's next turn, as of any connection. The request keeps the handle's object alive.
 */
static int connect_abstract(StreamWrap *wrap, StreamRequest *request, const char *name, size_t length)
{
  LaterConnect *later = calloc(1, sizeof *later);
  if (!later) {
    rt_request_free(request->opaque);
    request_free(request);
    return UV_ENOMEM;
  }
  later->request = request;
  later->wrap = wrap;
  later->env = wrap->base.env;
  wrap->later = later;
  later->status = abstract_socket_connect(&wrap->uv.pipe, name, length);
  uv_timer_init(&wrap->base.env->loop, &later->timer);
  uv_timer_start(&later->timer, on_later, 0, 0);
  return 0;
}

/* connect(req, path) */
static JsValue pipe_connect(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &pipe_class);
  if (!wrap)
    return js_int32(UV_EBADF);
  if (!permission_allows(env_of(cx), PERMISSION_NET, NULL))
    return js_int32(PERMISSION_ERRNO);
  int error;
  size_t length;
  char *path = pipe_path_argument(cx, argc, argv, 1, &length, &error);
  if (!path)
    return JS_EXCEPTION;
  if (error) {
    free(path);
    return js_int32(error);
  }
  RtRequest *object = rt_request_new(cx, js_argument(argc, argv, 0), "PIPECONNECTWRAP", this_val);
  StreamRequest *request = object ? request_new(rt_request_done, object) : NULL;
  if (!request) {
    rt_request_free(object);
    free(path);
    return js_int32(UV_ENOMEM);
  }
  trace_pipe_connect(cx, request, path, length);
  error = is_abstract(path, length) ? connect_abstract(wrap, request, path, length) : 0;
  if (!is_abstract(path, length)) {
    uv_pipe_connect(&request->uv.connect, &wrap->uv.pipe, path, on_connected);
    env_of(cx)->pending[RT_PENDING_CONNECT]++;
  }
  free(path);
  return js_int32(error);
}

/* An object of binding[name] that has taken over the next handle waiting in an IPC pipe; exception or value. */
static JsValue accept_as(JsContext *cx, StreamWrap *wrap, const char *binding_name, const char *class_name)
{
  JsValue binding = env_binding(wrap->base.env, js_string(cx, binding_name));
  JsValue ctor = js_is_exception(binding) ? binding : js_get(cx, binding, class_name), kind = js_int32(0);
  JsValue obj = js_is_exception(ctor) ? ctor : js_new(cx, ctor, 1, &kind);
  if (js_is_exception(obj))
    return obj;
  StreamWrap *stream = stream_this(obj);
  /* libuv takes any handle of the pending type here, datagram sockets too. */
  uv_stream_t *into = stream ? &stream->uv.stream : (uv_stream_t *)udp_wrap_handle(obj);
  int error = into ? uv_accept(&wrap->uv.stream, into) : UV_EINVAL;
  return error ? uv_error_throw(cx, error, "accept", NULL, NULL) : obj;
}

/* takePending(): the next handle that came with what was read: a TCP, Pipe or UDP object, undefined when there is none
 */
static JsValue pipe_take_pending(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &pipe_class);
  if (!wrap || !wrap->uv.pipe.ipc || uv_pipe_pending_count(&wrap->uv.pipe) == 0)
    return JS_UNDEFINED;
  switch (uv_pipe_pending_type(&wrap->uv.pipe)) {
  case UV_TCP: return accept_as(cx, wrap, "tcp_wrap", "TCP");
  case UV_NAMED_PIPE: return accept_as(cx, wrap, "pipe_wrap", "Pipe");
  case UV_UDP: return accept_as(cx, wrap, "udp_wrap", "UDP");
  default: return js_throw_type_error(cx, "A handle of unknown kind came through the pipe");
  }
}

/* writeHandle(req, bytes, handle): the bytes with a handle attached -> 0, and req.oncomplete(status) will come; or
 * errno */
static JsValue pipe_write_handle(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &pipe_class);
  JsValue sent = js_argument(argc, argv, 2);
  uv_stream_t *handle = stream_wrap_handle(sent);
  if (!handle)
    handle = (uv_stream_t *)udp_wrap_handle(sent);
  JsView view;
  if (!wrap || !handle || !js_view(js_argument(argc, argv, 1), &view))
    return js_int32(wrap ? UV_EINVAL : UV_EBADF);
  RtRequest *object = rt_request_new(cx, js_argument(argc, argv, 0), "WRITEWRAP", this_val);
  StreamRequest *request = object ? request_new(rt_request_done, object) : NULL;
  if (request)
    request->bytes = malloc(view.byte_length + 1);
  int error = UV_ENOMEM;
  if (request && request->bytes) {
    memcpy(request->bytes, view.data, view.byte_length);
    uv_buf_t buf = {request->bytes, view.byte_length};
    error = uv_write2(&request->uv.write, &wrap->uv.stream, &buf, 1, handle, on_written);
  }
  if (error) {
    rt_request_free(object);
    if (request)
      request_free(request);
  }
  return js_int32(error);
}

static JsValue stream_queue_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = stream_this(this_val);
  return js_number(wrap ? (double)uv_stream_get_write_queue_size(&wrap->uv.stream) : 0);
}

static JsValue pipe_fchmod(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &pipe_class);
  return js_int32(wrap ? uv_pipe_chmod(&wrap->uv.pipe, rt_int_argument(argc, argv, 0)) : UV_EBADF);
}

/* --- terminals --------------------------------------------------------------------------------------------------- */

static JsValue tty_set_raw_mode(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tty_class);
  uv_tty_mode_t mode = js_to_boolean(js_argument(argc, argv, 0)) ? UV_TTY_MODE_RAW : UV_TTY_MODE_NORMAL;
  return js_int32(wrap ? uv_tty_set_mode(&wrap->uv.tty, mode) : UV_EBADF);
}

/* getWindowSize() -> [columns, rows] or errno */
static JsValue tty_window_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = js_host_native(this_val, &tty_class);
  int width = 0, height = 0, error = wrap ? uv_tty_get_winsize(&wrap->uv.tty, &width, &height) : UV_EBADF;
  JsValue size[2] = {js_int32(width), js_int32(height)};
  return error ? js_int32(error) : js_array_new(cx, 2, size);
}

static JsValue stream_set_blocking(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  StreamWrap *wrap = stream_this(this_val);
  return js_int32(wrap ? uv_stream_set_blocking(&wrap->uv.stream, js_to_boolean(js_argument(argc, argv, 0)))
                       : UV_EBADF);
}

/* --- tables ------------------------------------------------------------------------------------------------------ */

static const JsFunctionRow stream_methods[] = {
    {"close", stream_close, 1},
    {"ref", stream_ref, 0},
    {"unref", stream_unref, 0},
    {"hasRef", stream_has_ref, 0},
    {"listen", stream_listen, 1},
    {"setBlocking", stream_set_blocking, 1},
    {"getWriteQueueSize", stream_queue_size, 0},
    {0},
};

static JsValue make_binding(JsContext *cx, const JsHostClass *cls, JsFunctionCallback ctor,
                            const JsFunctionRow *methods)
{
  static const JsFunctionRow none[] = {{0}};
  JsValue binding = binding_new(cx, none), fn = js_host_class_new(cx, cls, ctor, 1, methods);
  if (js_is_exception(binding) || js_is_exception(fn))
    return JS_EXCEPTION;
  JsValue proto = js_get(cx, fn, "prototype");
  if (js_is_exception(proto) || !js_define_functions(cx, proto, rt_stream_methods) ||
      !js_define_functions(cx, proto, stream_methods) || !rt_define_getter(cx, proto, "fd", stream_fd) ||
      !js_set(cx, binding, cls->name, fn))
    return JS_EXCEPTION;
  return binding;
}

static JsValue with_constants(JsContext *cx, JsValue binding)
{
  static const RtNumberRow rows[] = {
      {"SOCKET", 0}, {"SERVER", 1}, {"IPC", 2}, {"UV_READABLE", UV_READABLE}, {"UV_WRITABLE", UV_WRITABLE}, {NULL, 0}};
  JsValue constants = js_object_new(cx);
  if (js_is_exception(binding) || !rt_define_numbers(cx, constants, rows) ||
      !js_set(cx, binding, "constants", constants))
    return JS_EXCEPTION;
  return binding;
}

JsValue binding_tcp_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow methods[] = {
      {"open", tcp_open, 1},
      {"bind", tcp_bind, 4},
      {"connect", tcp_connect, 3},
      {"duplicate", tcp_duplicate, 0},
      {"setTypeOfService", tcp_set_type_of_service, 1},
      {"getTypeOfService", tcp_get_type_of_service, 0},
      {"setNoDelay", tcp_set_no_delay, 1},
      {"setKeepAlive", tcp_set_keep_alive, 4},
      {"reset", tcp_reset, 1},
      {"getsockname", tcp_sock_name, 0},
      {"getpeername", tcp_peer_name, 0},
      {0},
  };
  return with_constants(cx, make_binding(cx, &tcp_class, tcp_new, methods));
}

JsValue binding_pipe_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow methods[] = {
      {"open", pipe_open, 1},
      {"bind", pipe_bind, 1},
      {"connect", pipe_connect, 2},
      {"fchmod", pipe_fchmod, 1},
      {"takePending", pipe_take_pending, 0},
      {"writeHandle", pipe_write_handle, 3},
      {0},
  };
  return with_constants(cx, make_binding(cx, &pipe_class, pipe_new, methods));
}

JsValue binding_tty_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow methods[] = {
      {"setRawMode", tty_set_raw_mode, 1}, {"getWindowSize", tty_window_size, 0}, {0}};
  return make_binding(cx, &tty_class, tty_new, methods);
}
