// SPDX-License-Identifier: MIT
/* Socket addresses between JavaScript and C. */
#ifndef RUNTIME_ADDRESS_H
#define RUNTIME_ADDRESS_H

#include "base/check.h"
#include "culm/js.h"

#include <uv.h>

/* argv[k] an IP address as text, argv[k + 1] a port: 0 or errno. */
int rt_address_argument(JsContext *cx, int argc, const JsValue *argv, int k, struct sockaddr_storage *out);
/* { address, family, port } of an IP address, or the errno when there is one. */
JS_MUST_USE JsValue rt_address_describe(JsContext *cx, int error, const struct sockaddr_storage *address);
/* Lets other sockets bind to the same port, for the kernel to spread connections or messages over them: before bind, on
 * a TCP or UDP handle. 0 or errno. */
int rt_share_port(uv_handle_t *handle, int family);

#endif
