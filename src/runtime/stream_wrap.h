// SPDX-License-Identifier: MIT
/*
 * Streams of bytes as C sees them: TCP, pipes and terminals (bindings/stream_wrap.c), TLS over any of them, and streams
 * that are JavaScript underneath. Every such object's native data begins with an RtStream. What a stream reads goes to
 * its consumer in C (a protocol: TLS, an HTTP parser, an HTTP/2 session), or to the object's method onread when it has
 * none.
 */
#ifndef RUNTIME_STREAM_WRAP_H
#define RUNTIME_STREAM_WRAP_H

#include "runtime/env.h"

typedef struct RtStream RtStream;
typedef struct RtConsumer RtConsumer;
/* The end of a write or shutdown: 0 or an errno. */
typedef void (*RtDone)(void *opaque, int status);

struct RtConsumer {
  /* count > 0: bytes, valid during the call; < 0: an errno, UV_EOF at the end. */
  void (*on_read)(RtConsumer *consumer, ssize_t count, const uint8_t *bytes);
  /* The stream is being closed: it must not be used any more. */
  void (*on_close)(RtConsumer *consumer);
  /* JavaScript is about to write or to shut down: what the consumer holds back goes out first. May be NULL. */
  void (*before_write)(RtConsumer *consumer);
};

typedef struct RtStreamOps {
  int (*read_start)(RtStream *stream); /* 0 or errno */
  int (*read_stop)(RtStream *stream);
  /* The bytes are taken or copied. 0: all are out (done is not called); 1: done will be called; or errno. */
  int (*write)(RtStream *stream, const char *bytes, size_t length, RtDone done, void *opaque);
  /* 0: done will be called; or errno. */
  int (*shutdown)(RtStream *stream, RtDone done, void *opaque);
} RtStreamOps;

struct RtStream { /* first member of every stream's native data */
  const RtStreamOps *ops;
  CulmEnv *env;
  JsRef *self; /* the object */
  RtConsumer *consumer;
  JsRef *context;         /* the async context in which onread and the like are called; NULL: none */
  uint64_t last_activity; /* loop time of the last bytes read or written */
  double bytes_read, bytes_written;
};

/* The stream behind an object; NULL when it is none or is closed. */
RtStream *rt_stream_of(JsValue val);
/* NULL gives the bytes back to onread. */
void rt_stream_set_consumer(RtStream *stream, RtConsumer *consumer);
/* For streams: what was read, to the consumer or to onread. May run JavaScript that closes the stream. */
void rt_stream_deliver(RtStream *stream, ssize_t count, const uint8_t *bytes);
/* The same past the consumer: a count and what it read, or an errno, to onread. */
void rt_stream_deliver_to_object(RtStream *stream, ssize_t count, const uint8_t *bytes);
/* self[method](...argv) through the door, in the stream's context. */
void rt_stream_call(RtStream *stream, const char *method, int argc, const JsValue *argv);
/* For streams: the object is closed; tells the consumer. */
void rt_stream_closed(RtStream *stream);
/* JavaScript's readStart, readStop, writeBuffer, writeString, shutdown, getCounts over the operations. */
extern const JsFunctionRow rt_stream_methods[];

/* The classes of streams that are not libuv's, for rt_stream_of. */
extern const JsHostClass tls_wrap_class, js_stream_class;

/* A request object of JavaScript, whose oncomplete(status) is called when it is done: rt_request_done is an RtDone that
 * also frees. NULL: out of memory. */
typedef struct RtRequest RtRequest;
RtRequest *rt_request_new(JsContext *cx, JsValue object, const char *type, JsValue owner);
void rt_request_free(RtRequest *request);
void rt_request_done(void *opaque, int status);

/* The open libuv stream of a TCP, Pipe or TTY object; NULL when val is none or is closing. */
uv_stream_t *stream_wrap_handle(JsValue val);
/* The open libuv handle of a UDP object (bindings/udp_wrap.c); NULL when val is none or is closing. */
uv_udp_t *udp_wrap_handle(JsValue val);

#endif
