// SPDX-License-Identifier: MIT
/*
 * internalBinding('tls_wrap'): TLS over any stream. Encrypted bytes pass through two memory BIOs; clear bytes go to the
 * consumer or to onread as with every stream, and all of it happens here, without JavaScript. Contract:
 * docs/bindings.md.
 */
#include "runtime/tls_wrap.h"

#include "runtime/binding.h"
#include "runtime/openssl_error.h"

#include <stdlib.h>
#include <string.h>

enum { READ_CHUNK = 64 * 1024 };
#define NOT_ENCRYPTED SIZE_MAX

/* A write whose end has not been told: it is done when the flight of that number is. */
struct TlsWrite {
  TlsWrite *next;
  size_t flight, length;
  RtDone done;
  void *opaque;
};

static void wrap_finalise(void *native);

const JsHostClass tls_wrap_class = {"TLSWrap", wrap_finalise};
static const RtStreamOps tls_ops;

TlsWrap *tls_wrap_of(JsValue val)
{
  return js_host_native(val, &tls_wrap_class);
}

TlsWrap *tls_wrap_this(JsContext *cx, JsValue this_val)
{
  TlsWrap *wrap = tls_wrap_of(this_val);
  if (!wrap)
    js_throw_type_error(cx, "Illegal invocation");
  return wrap;
}

/* --- life -------------------------------------------------------------------------------------------------------- */

static void free_ssl(TlsWrap *wrap)
{
  if (wrap->ssl)
    wrap->lib->SSL_free(wrap->ssl);
  if (wrap->next_session)
    wrap->lib->SSL_SESSION_free(wrap->next_session);
  wrap->ssl = NULL;
  wrap->next_session = NULL;
  js_ref_free(wrap->context_ref);
  wrap->context_ref = NULL;
}

static void wrap_free(TlsWrap *wrap)
{
  free_ssl(wrap);
  js_ref_free(wrap->base.self);
  js_ref_free(wrap->base.context);
  js_ref_free(wrap->under_ref);
  free(wrap->clear);
  free(wrap->alpn);
  free(wrap->ocsp);
  free(wrap);
}

/* Only at the end of the Vm: until it is closed, the object is kept alive. */
static void wrap_finalise(void *native)
{
  if (native)
    wrap_free(native);
}

static void release_if_over(TlsWrap *wrap)
{
  if (!wrap->closed || wrap->busy)
    return;
  free_ssl(wrap);
  if (wrap->flights_begun == wrap->flights_done)
    wrap_free(wrap);
}

void tls_wrap_enter(TlsWrap *wrap)
{
  wrap->busy++;
  wrap->in_ssl++;
  wrap->base.env->call_depth++; /* no ticks inside OpenSSL */
}

void tls_wrap_leave(TlsWrap *wrap)
{
  wrap->base.env->call_depth--;
  wrap->in_ssl--;
  wrap->busy--; /* the caller is busy too, or looks at closed itself */
}

JsValue tls_wrap_ask(TlsWrap *wrap, const char *method, int argc, const JsValue *argv)
{
  CulmEnv *env = wrap->base.env;
  JsValue self = js_ref_get(wrap->base.self), result = JS_UNDEFINED;
  JsValue fn = wrap->closed ? JS_UNDEFINED : js_get(env->cx, self, method);
  if (js_is_exception(fn)) {
    env_uncaught(env, js_take_exception(env->cx), false);
    return JS_UNDEFINED;
  }
  env_call(env, fn, self, argc, argv, &result);
  return result;
}

/* --- writes ------------------------------------------------------------------------------------------------------ */

static bool push_write(TlsWrap *wrap, size_t flight, size_t length, RtDone done, void *opaque)
{
  TlsWrite *write = calloc(1, sizeof *write);
  if (!write)
    return false;
  write->flight = flight;
  write->length = length;
  write->done = done;
  write->opaque = opaque;
  *wrap->writes_end = write;
  wrap->writes_end = &write->next;
  return true;
}

/* Tells the writes that are over; all of them when there is an error. The caller is busy. */
static void tell_writes(TlsWrap *wrap, int status)
{
  while (wrap->writes && (status || wrap->writes->flight <= wrap->flights_done)) {
    TlsWrite *write = wrap->writes;
    RtDone done = write->done;
    void *opaque = write->opaque;
    wrap->writes = write->next;
    if (!wrap->writes)
      wrap->writes_end = &wrap->writes;
    free(write);
    done(opaque, status);
  }
}

static void on_flight(void *opaque, int status)
{
  TlsWrap *wrap = opaque;
  wrap->flights_done++;
  wrap->busy++;
  tell_writes(wrap, status);
  wrap->busy--;
  release_if_over(wrap);
}

static long output_pending(TlsWrap *wrap, char **bytes)
{
  return wrap->lib->BIO_ctrl(wrap->out, BIO_CTRL_INFO, 0, bytes);
}

/* A BIO keeps its largest size, and wipes all of it each time: a large one is replaced. */
static void empty_output(TlsWrap *wrap, size_t length)
{
  enum { LARGE = 64 * 1024 };
  if (!wrap->ssl)
    return;
  BIO *fresh = length > LARGE ? wrap->lib->BIO_new(wrap->lib->BIO_s_mem()) : NULL;
  if (!fresh) {
    wrap->lib->BIO_ctrl(wrap->out, BIO_CTRL_RESET, 0, NULL);
    return;
  }
  wrap->lib->SSL_set0_wbio(wrap->ssl, fresh);
  wrap->out = fresh;
}

/* Encrypted bytes to the stream below; 0 or errno. */
static int flush(TlsWrap *wrap)
{
  char *bytes = NULL;
  long length = wrap->ssl ? output_pending(wrap, &bytes) : 0;
  if (length <= 0 || wrap->hold_output)
    return 0;
  if (!wrap->under)
    return UV_ECANCELED;
  wrap->flights_begun++;
  int result = wrap->under->ops->write(wrap->under, bytes, (size_t)length, on_flight, wrap);
  empty_output(wrap, (size_t)length);
  if (result == 1)
    return 0;
  wrap->flights_done++;
  return result;
}

/* The number of the flight that carries what has been encrypted so far. */
static size_t current_flight(TlsWrap *wrap)
{
  char *bytes;
  return wrap->flights_begun + (output_pending(wrap, &bytes) > 0 ? 1 : 0);
}

static bool keep_clear(TlsWrap *wrap, const char *bytes, size_t length)
{
  if (wrap->clear_cap - wrap->clear_length < length) {
    size_t cap = wrap->clear_length + length;
    char *grown = realloc(wrap->clear, cap);
    if (!grown)
      return false;
    wrap->clear = grown;
    wrap->clear_cap = cap;
  }
  if (length)
    memcpy(wrap->clear + wrap->clear_length, bytes, length);
  wrap->clear_length += length;
  return true;
}

static void report_failure(TlsWrap *wrap)
{
  wrap->failed = true;
  JsContext *cx = wrap->base.env->cx;
  JsValue error = openssl_tls_error_new(cx);
  flush(wrap); /* the alert */
  if (js_is_exception(error))
    error = js_take_exception(cx);
  rt_stream_call(&wrap->base, "onerror", 1, &error);
}

/* All of the bytes, or none: then OpenSSL's error. */
static int encrypt(TlsWrap *wrap, const char *bytes, size_t length)
{
  size_t written;
  wrap->lib->ERR_clear_error();
  tls_wrap_enter(wrap);
  int done = wrap->lib->SSL_write_ex(wrap->ssl, bytes, length, &written);
  int error = done == 1 ? SSL_ERROR_NONE : wrap->lib->SSL_get_error(wrap->ssl, done);
  tls_wrap_leave(wrap);
  return error;
}

static int tls_op_write(RtStream *stream, const char *bytes, size_t length, RtDone done, void *opaque)
{
  TlsWrap *wrap = (TlsWrap *)stream;
  if (wrap->closed || wrap->failed || !wrap->under)
    return UV_ECANCELED;
  stream->bytes_written += (double)length;
  bool waits = !wrap->established || wrap->clear_length || wrap->in_ssl;
  if (!waits && length) {
    wrap->busy++;
    int error = encrypt(wrap, bytes, length), status = 0;
    waits = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
    if (error && !waits) {
      report_failure(wrap);
      status = UV_EPROTO;
    } else if (!waits) {
      status = flush(wrap);
    }
    size_t flight = wrap->ssl ? current_flight(wrap) : 0;
    wrap->busy--;
    if (status || !waits) {
      if (!status && !wrap->closed && flight > wrap->flights_done)
        status = push_write(wrap, flight, length, done, opaque) ? 1 : UV_ENOMEM;
      release_if_over(wrap);
      return status;
    }
  }
  if (!waits)
    return 0;
  if (!keep_clear(wrap, bytes, length) || !push_write(wrap, NOT_ENCRYPTED, length, done, opaque))
    return UV_ENOMEM;
  return 1;
}

/* What was written too early. */
static void encrypt_clear(TlsWrap *wrap)
{
  if (!wrap->established || !wrap->writes)
    return;
  if (wrap->clear_length) {
    int error = encrypt(wrap, wrap->clear, wrap->clear_length);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE || wrap->closed)
      return;
    if (error) {
      report_failure(wrap);
      tell_writes(wrap, UV_EPROTO);
      return;
    }
    free(wrap->clear);
    wrap->clear = NULL;
    wrap->clear_length = wrap->clear_cap = 0;
  }
  size_t flight = current_flight(wrap);
  for (TlsWrite *write = wrap->writes; write; write = write->next)
    if (write->flight == NOT_ENCRYPTED)
      write->flight = flight;
}

static int tls_op_shutdown(RtStream *stream, RtDone done, void *opaque)
{
  TlsWrap *wrap = (TlsWrap *)stream;
  if (!wrap->under)
    return UV_ENOTCONN;
  if (wrap->ssl && wrap->established && !wrap->failed) {
    tls_wrap_enter(wrap);
    wrap->lib->SSL_shutdown(wrap->ssl);
    wrap->lib->ERR_clear_error();
    tls_wrap_leave(wrap);
    flush(wrap);
  }
  if (!wrap->under) {
    release_if_over(wrap);
    return UV_ENOTCONN;
  }
  return wrap->under->ops->shutdown(wrap->under, done, opaque);
}

/* --- reads ------------------------------------------------------------------------------------------------------- */

static void tell_eof(TlsWrap *wrap)
{
  if (wrap->told_eof)
    return;
  wrap->told_eof = true;
  rt_stream_deliver(&wrap->base, UV_EOF, NULL);
}

static bool is_waiting(int error)
{
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_X509_LOOKUP ||
         error == SSL_ERROR_WANT_CLIENT_HELLO_CB;
}

/* What stopped OpenSSL. */
static void handle_stop(TlsWrap *wrap, int error)
{
  if (error == SSL_ERROR_ZERO_RETURN)
    tell_eof(wrap);
  else if (!is_waiting(error))
    report_failure(wrap);
  else if (error == SSL_ERROR_WANT_READ && wrap->eof_below)
    tell_eof(wrap);
}

static void tell_handshake_done(TlsWrap *wrap)
{
  if (!wrap->handshake_done)
    return;
  wrap->handshake_done = false;
  if (!wrap->reading && wrap->under)
    wrap->under->ops->read_stop(wrap->under);
  rt_stream_call(&wrap->base, "onhandshakedone", 0, NULL);
}

static void do_handshake(TlsWrap *wrap)
{
  wrap->lib->ERR_clear_error();
  tls_wrap_enter(wrap);
  int done = wrap->lib->SSL_do_handshake(wrap->ssl);
  int error = done == 1 ? SSL_ERROR_NONE : wrap->lib->SSL_get_error(wrap->ssl, done);
  tls_wrap_leave(wrap);
  if (wrap->closed)
    return;
  if (error) {
    handle_stop(wrap, error);
    return;
  }
  wrap->established = true;
  wrap->handshake_done = true;
  tell_handshake_done(wrap);
}

/* Everything that has come, in pieces as large as the buffer. */
static void decrypt(TlsWrap *wrap)
{
  uint8_t chunk[READ_CHUNK];
  while (!wrap->closed && !wrap->failed) {
    size_t have = 0, count;
    int error = SSL_ERROR_NONE;
    wrap->lib->ERR_clear_error();
    tls_wrap_enter(wrap);
    /* Records as they come: only a stream of full ones is gathered. */
    do {
      int done = wrap->lib->SSL_read_ex(wrap->ssl, chunk + have, sizeof chunk - have, &count);
      if (done == 1)
        have += count;
      else
        error = wrap->lib->SSL_get_error(wrap->ssl, done);
    } while (!error && count == SSL3_RT_MAX_PLAIN_LENGTH && have < sizeof chunk && !wrap->closed);
    tls_wrap_leave(wrap);
    if (!wrap->closed)
      tell_handshake_done(wrap); /* of a renegotiation */
    if (have && !wrap->closed)
      rt_stream_deliver(&wrap->base, (ssize_t)have, chunk);
    if (error) {
      if (!wrap->closed && !wrap->failed)
        handle_stop(wrap, error);
      return;
    }
  }
}

void tls_wrap_cycle(TlsWrap *wrap)
{
  if (wrap->closed || !wrap->started || wrap->failed)
    return;
  if (wrap->busy) {
    wrap->again = true;
    return;
  }
  wrap->busy++;
  do {
    wrap->again = false;
    if (!wrap->established)
      do_handshake(wrap);
    if (!wrap->closed && !wrap->failed && wrap->established)
      decrypt(wrap);
    if (!wrap->closed && !wrap->failed)
      encrypt_clear(wrap);
    int status = wrap->closed ? 0 : flush(wrap);
    if (!wrap->closed)
      tell_writes(wrap, status);
  } while (wrap->again && !wrap->closed && !wrap->failed);
  wrap->busy--;
  release_if_over(wrap);
}

static void on_under_read(RtConsumer *consumer, ssize_t count, const uint8_t *bytes)
{
  TlsWrap *wrap = (TlsWrap *)((char *)consumer - offsetof(TlsWrap, consumer));
  if (wrap->closed || wrap->failed)
    return;
  if (count > 0) {
    wrap->lib->BIO_write(wrap->in, bytes, (int)count);
    tls_wrap_cycle(wrap);
  } else if (count == UV_EOF) {
    wrap->eof_below = true;
    if (wrap->started)
      tls_wrap_cycle(wrap);
    else
      tell_eof(wrap);
  } else {
    rt_stream_deliver(&wrap->base, count, NULL);
  }
}

static void on_under_close(RtConsumer *consumer)
{
  TlsWrap *wrap = (TlsWrap *)((char *)consumer - offsetof(TlsWrap, consumer));
  wrap->under = NULL;
}

/* The stream below may be reading already, for the handshake. */
static int under_read_start(TlsWrap *wrap)
{
  int status = wrap->under ? wrap->under->ops->read_start(wrap->under) : UV_EBADF;
  return status == UV_EALREADY ? 0 : status;
}

static int tls_op_read_start(RtStream *stream)
{
  TlsWrap *wrap = (TlsWrap *)stream;
  wrap->reading = true;
  return under_read_start(wrap);
}

/* The handshake goes on. */
static int tls_op_read_stop(RtStream *stream)
{
  TlsWrap *wrap = (TlsWrap *)stream;
  wrap->reading = false;
  return wrap->under && wrap->established ? wrap->under->ops->read_stop(wrap->under) : 0;
}

static const RtStreamOps tls_ops = {tls_op_read_start, tls_op_read_stop, tls_op_write, tls_op_shutdown};

/* --- methods ----------------------------------------------------------------------------------------------------- */

static bool make_ssl(TlsWrap *wrap, SecureContext *context)
{
  const TlsLib *lib = wrap->lib;
  lib->ERR_clear_error();
  wrap->ssl = lib->SSL_new(context->ctx);
  if (!wrap->ssl)
    return false;
  wrap->in = lib->BIO_new(lib->BIO_s_mem());
  wrap->out = lib->BIO_new(lib->BIO_s_mem());
  if (!wrap->in || !wrap->out) {
    lib->BIO_free_all(wrap->in);
    lib->BIO_free_all(wrap->out);
    return false;
  }
  lib->BIO_ctrl(wrap->in, BIO_C_SET_BUF_MEM_EOF_RETURN, -1, NULL);
  lib->SSL_set_bio(wrap->ssl, wrap->in, wrap->out);
  lib->SSL_set_ex_data(wrap->ssl, 0, wrap);
  if (wrap->is_server)
    lib->SSL_set_accept_state(wrap->ssl);
  else
    lib->SSL_set_connect_state(wrap->ssl);
  return true;
}

/* new TLSWrap(stream's handle, SecureContext, isServer) */
static JsValue wrap_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  RtStream *under = rt_stream_of(js_argument(argc, argv, 0));
  SecureContext *context = secure_context_of(js_argument(argc, argv, 1));
  if (!under || !context)
    return js_throw_type_error(cx, "A TLSWrap needs an open stream and a context");
  TlsWrap *wrap = calloc(1, sizeof *wrap);
  if (!wrap)
    return js_throw_range_error(cx, "Out of memory");
  wrap->lib = context->lib;
  wrap->writes_end = &wrap->writes;
  wrap->is_server = js_to_boolean(js_argument(argc, argv, 2));
  if (!make_ssl(wrap, context)) {
    wrap_free(wrap);
    return openssl_error_throw(cx, "SSL_new");
  }
  JsValue obj = js_host_new(cx, &tls_wrap_class, wrap);
  if (js_is_exception(obj)) {
    wrap_free(wrap);
    return obj;
  }
  wrap->base.ops = &tls_ops;
  wrap->base.env = env_of(cx);
  wrap->base.self = js_ref_new(cx, obj);
  wrap->base.context = env_context_save(wrap->base.env, obj, "TLSWRAP");
  wrap->under_ref = js_ref_new(cx, argv[0]);
  wrap->context_ref = js_ref_new(cx, argv[1]);
  wrap->consumer = (RtConsumer){on_under_read, on_under_close};
  wrap->under = under;
  rt_stream_set_consumer(under, &wrap->consumer);
  return obj;
}

/* start(): the handshake */
static JsValue wrap_start(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  if (!wrap)
    return JS_EXCEPTION;
  if (wrap->started)
    return JS_UNDEFINED;
  wrap->started = true;
  under_read_start(wrap);
  tls_wrap_cycle(wrap);
  return JS_UNDEFINED;
}

/* receive(view): encrypted bytes that came before this object */
static JsValue wrap_receive(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_this(cx, this_val);
  JsView view;
  if (!wrap || !rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (view.byte_length)
    on_under_read(&wrap->consumer, (ssize_t)view.byte_length, view.data);
  return JS_UNDEFINED;
}

/* getWriteQueueSize(): clear bytes whose write is not over */
static JsValue wrap_queue_size(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_of(this_val);
  double size = 0;
  for (TlsWrite *write = wrap ? wrap->writes : NULL; write; write = write->next)
    size += (double)write->length;
  return js_number(size);
}

/* destroySSL(): the stream below is left alone. */
static JsValue wrap_destroy(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  TlsWrap *wrap = tls_wrap_of(this_val);
  if (!wrap)
    return JS_UNDEFINED;
  js_host_set_native(this_val, &tls_wrap_class, NULL);
  wrap->closed = true;
  wrap->busy++;
  if (wrap->under)
    rt_stream_set_consumer(wrap->under, NULL);
  wrap->under = NULL;
  rt_stream_closed(&wrap->base);
  tell_writes(wrap, UV_ECANCELED);
  wrap->busy--;
  release_if_over(wrap);
  return JS_UNDEFINED;
}

JsValue binding_tls_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow methods[] = {
      {"start", wrap_start, 0},
      {"receive", wrap_receive, 1},
      {"getWriteQueueSize", wrap_queue_size, 0},
      {"destroySSL", wrap_destroy, 0},
      {0},
  };
  static const JsFunctionRow none[] = {{0}};
  JsValue binding = binding_new(cx, none), fn = js_host_class_new(cx, &tls_wrap_class, wrap_new, 3, methods);
  if (js_is_exception(binding) || js_is_exception(fn))
    return JS_EXCEPTION;
  JsValue proto = js_get(cx, fn, "prototype");
  if (js_is_exception(proto) || !js_define_functions(cx, proto, rt_stream_methods) ||
      !js_define_functions(cx, proto, tls_handshake_methods) || !js_define_functions(cx, proto, tls_fact_methods) ||
      !js_set(cx, binding, "TLSWrap", fn))
    return JS_EXCEPTION;
  return binding;
}
