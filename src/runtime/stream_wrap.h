// SPDX-License-Identifier: MIT
/* Native streams (TCP, pipes, terminals), for bindings that are handed their objects. */
#ifndef RUNTIME_STREAM_WRAP_H
#define RUNTIME_STREAM_WRAP_H

#include "runtime/env.h"

/* The open libuv stream of a TCP, Pipe or TTY object; NULL when val is none or is closing. */
uv_stream_t *stream_wrap_handle(JsValue val);

#endif
