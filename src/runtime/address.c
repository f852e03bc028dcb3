// SPDX-License-Identifier: MIT
/* Socket addresses between JavaScript and C: see address.h. */
#include "runtime/address.h"
#include "runtime/binding.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

int rt_address_argument(JsContext *cx, int argc, const JsValue *argv, int k, struct sockaddr_storage *out)
{
  char text[128];
  JsValue host = js_argument(argc, argv, k);
  if (!js_value_is_string(host))
    return UV_EINVAL;
  size_t length = js_string_write_utf8(cx, host, text, sizeof text - 1);
  text[length] = 0;
  int port = rt_int_argument(argc, argv, k + 1);
  if (strchr(text, ':'))
    return uv_ip6_addr(text, port, (struct sockaddr_in6 *)out);
  return uv_ip4_addr(text, port, (struct sockaddr_in *)out);
}

JsValue rt_address_describe(JsContext *cx, int error, const struct sockaddr_storage *address)
{
  char text[INET6_ADDRSTRLEN + UV_IF_NAMESIZE + 1];
  if (error)
    return js_int32(error);
  bool v6 = address->ss_family == AF_INET6;
  const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
  const struct sockaddr_in *four = (const struct sockaddr_in *)address;
  if (v6)
    uv_ip6_name(six, text, sizeof text);
  else
    uv_ip4_name(four, text, sizeof text);
  if (v6 && six->sin6_scope_id) { /* a link-local address means nothing without its interface */
    size_t length = strlen(text), room = sizeof text - length - 1;
    text[length] = '%';
    if (uv_if_indextoiid(six->sin6_scope_id, text + length + 1, &room))
      text[length] = 0;
  }
  JsValue out = js_object_new(cx);
  if (js_is_exception(out) || !js_set(cx, out, "address", js_string(cx, text)) ||
      !js_set(cx, out, "family", js_string(cx, v6 ? "IPv6" : "IPv4")) ||
      !js_set(cx, out, "port", js_int32(ntohs(v6 ? six->sin6_port : four->sin_port))))
    return JS_EXCEPTION;
  return out;
}

/* libuv 1.44 cannot be told before bind: the socket is made here. */
int rt_share_port(uv_handle_t *handle, int family)
{
  uv_os_fd_t fd;
  if (uv_fileno(handle, &fd)) {
    bool is_tcp = handle->type == UV_TCP;
    fd = socket(family, (is_tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
      return -errno;
    int error = is_tcp ? uv_tcp_open((uv_tcp_t *)handle, fd) : uv_udp_open((uv_udp_t *)handle, fd);
    if (error)
      return error;
  }
  int on = 1;
  return setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) ? -errno : 0;
}
