// SPDX-License-Identifier: MIT
/*
 * An HTTP/2 session as the files of internalBinding('http2') share it: http2.c makes and ends sessions, http2_frames.c
 * moves bytes and tells JavaScript what came, http2_submit.c takes what JavaScript says.
 */
#ifndef RUNTIME_HTTP2_SESSION_H
#define RUNTIME_HTTP2_SESSION_H

#include "runtime/binding.h"
#include "runtime/nghttp2_lib.h"
#include "runtime/stream_wrap.h"

/* Bytes that wait for the peer's windows. */
typedef struct Chunk {
  struct Chunk *next;
  RtRequest *request;
  size_t length, sent;
  uint8_t bytes[];
} Chunk;

typedef struct H2Stream {
  struct H2Stream *next, **link; /* in the session's list */
  int32_t id;
  Chunk *chunks, **chunks_end;
  JsRef *headers; /* array under construction: name, value, ... */
  uint32_t header_count, header_bytes;
  size_t unconsumed;
  bool reading, ended, wants_trailers, deferred, too_many_headers;
  bool sends_body;       /* a body follows the headers that were submitted */
  bool resets_after_end; /* reset without an error when END_STREAM is out */
} H2Stream;

typedef struct H2Session {
  const Nghttp2Lib *lib;
  nghttp2_session *session;
  CulmEnv *env;
  JsRef *self, *under_ref;
  RtStream *under;
  RtConsumer consumer;
  H2Stream *streams;
  Chunk *sent; /* written to frames; told when these are out */
  Chunk **sent_end;
  uint8_t *out;
  size_t out_length;
  unsigned busy;
  bool closed, is_server, writing, in_nghttp2, failed;
  uint32_t max_header_pairs, max_header_bytes;
  double frames_received, frames_sent, bytes_received, bytes_sent;
  int32_t invalid_frames;
  uint32_t rejected_streams, max_rejected_streams;
  size_t memory, max_memory; /* bytes of bodies that wait for the peer; above the limit new streams are rejected */
} H2Session;

extern const JsHostClass h2_session_class;

/* --- http2_frames.c ---------------------------------------------------------------------------------------------- */

void h2_session_free(H2Session *session);
/* Frees a closed session on which nobody works any more: the last thing a function does with it. */
void h2_session_release(H2Session *session);
/* Sends everything that may be sent, until a write below is under way. */
void h2_session_flush(H2Session *session);
/* Frames from the peer. */
void h2_session_receive(H2Session *session, const uint8_t *bytes, size_t length);
/* The end of a write of JavaScript's; frees the chunk. */
void h2_chunk_tell(Chunk *chunk, int status);
/* The same for all whose frames are out. */
void h2_session_tell_sent(H2Session *session, int status);
/* NULL when there is no such stream. */
H2Stream *h2_stream_find(H2Session *session, int32_t id);
/* A fresh stream's place in the session. */
void h2_stream_link(H2Session *session, H2Stream *stream, int32_t id);
/* nghttp2's reader of a body; source->ptr is the H2Stream. */
ssize_t h2_read_data(nghttp2_session *nghttp2, int32_t id, uint8_t *buf, size_t length, uint32_t *flags,
                     nghttp2_data_source *source, void *user_data);
void h2_callbacks_set(const Nghttp2Lib *lib, nghttp2_session_callbacks *callbacks, int padding);
extern const RtConsumer h2_consumer; /* of the stream below */

/* --- http2.c ----------------------------------------------------------------------------------------------------- */

/* NULL when val is no open session. */
H2Session *h2_session_of(JsValue val);
/* The same; then a TypeError is pending. */
H2Session *h2_session_this(JsContext *cx, JsValue this_val);

/* --- http2_submit.c ---------------------------------------------------------------------------------------------- */

extern const JsFunctionRow h2_submit_methods[]; /* of Http2Session.prototype */

#endif
