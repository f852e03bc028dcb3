// SPDX-License-Identifier: MIT
/*
 * ChannelWrap of internalBinding('cares_wrap'): c-ares on the loop. c-ares tells which sockets it waits for (a
 * uv_poll_t each) and for how long (one timer). What is answered is kept in a list and told to JavaScript when c-ares
 * has returned, so that a callback may do anything with the resolver.
 *
 * A channel of c-ares is made by the first call that needs one, and lives with its object; the object is held while
 * queries are under way. Each round through the servers doubles c-ares's patience; where maxTimeout forbids that, there
 * is one channel for every patience up to it, and a query that timed out goes on to the next.
 */
#include "runtime/address.h"
#include "runtime/binding.h"
#include "runtime/cares_lib.h"
#include "runtime/dns_channel.h"
#include "runtime/dns_parser.h"
#include "runtime/env.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_DEFAULT 2000 /* ms */
#define ROUNDS_MAX       33   /* from 1 ms, doubled, to what an int holds */

typedef struct DnsChannel DnsChannel;

typedef struct DnsRound {
  ares_channel ares;
  DnsChannel *owner;
} DnsRound;

typedef struct DnsSocket {
  uv_poll_t poll; /* first */
  DnsRound *round;
  ares_socket_t fd;
  struct DnsSocket *next;
} DnsSocket;

typedef struct DnsQuery {
  DnsChannel *owner;
  JsRef *object, *context;
  struct DnsQuery *next, **link; /* among those under way, then among those done */
  int type;                      /* DnsType; 0: names of an address */
  int attempt, status;
  bool ttl;
  unsigned char *answer; /* bytes; for an address, names one after another, each with its NUL */
  size_t answer_size;
  char name[];
} DnsQuery;

/* A status beside those of c-ares: the permission model says no. */
#define QUERY_DENIED (-1)

struct DnsChannel {
  CulmEnv *env;
  const CaresLib *lib;
  DnsChannel *next, **link; /* of the environment's */
  JsRef *self;              /* while queries are under way */
  uv_timer_t *timer;        /* while queries are under way */
  DnsSocket *sockets;
  DnsQuery *waiting, *done, **done_end;
  int timeout, tries, max_timeout;
  int round_count; /* 0: nothing made yet */
  DnsRound rounds[ROUNDS_MAX];
};

/* --- life -------------------------------------------------------------------------------------------------------- */

static void query_free(DnsQuery *query)
{
  js_ref_free(query->object);
  js_ref_free(query->context);
  free(query->answer);
  free(query);
}

static void channel_free(DnsChannel *channel)
{
  for (int k = 0; k < channel->round_count; k++)
    channel->lib->ares_destroy(channel->rounds[k].ares);
  if (channel->next)
    channel->next->link = channel->link;
  *channel->link = channel->next;
  free(channel);
}

static void channel_finalise(void *native)
{
  channel_free(native);
}

static const JsHostClass channel_class = {"ChannelWrap", channel_finalise};

static DnsChannel *channel_this(JsValue this_val)
{
  return js_host_native(this_val, &channel_class);
}

/* new ChannelWrap(timeout or -1, tries, maxTimeout or 0) */
static JsValue channel_new(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  DnsChannel *channel = calloc(1, sizeof *channel);
  if (!channel)
    return js_throw_range_error(cx, "Out of memory");
  channel->env = env;
  channel->timeout = arg_int32(argc, argv, 0, -1);
  channel->tries = arg_int32(argc, argv, 1, 4);
  double max_timeout = arg_double(argc, argv, 2, 0);
  channel->max_timeout = max_timeout > 0 && max_timeout < INT32_MAX ? (int)max_timeout : INT32_MAX;
  if (channel->timeout <= 0)
    channel->timeout = PATIENCE_DEFAULT;
  if (channel->timeout > channel->max_timeout)
    channel->timeout = channel->max_timeout;
  if (channel->tries < 1)
    channel->tries = 1;
  channel->done_end = &channel->done;
  channel->link = &env->dns_channels;
  channel->next = env->dns_channels;
  if (channel->next)
    channel->next->link = &channel->next;
  env->dns_channels = channel;
  JsValue obj = js_host_new(cx, &channel_class, channel);
  if (js_is_exception(obj))
    channel_free(channel);
  return obj;
}

void dns_env_free(CulmEnv *env)
{
  for (DnsChannel *channel = env->dns_channels; channel; channel = channel->next) {
    /* Queries are told of the end into the list of those done. */
    for (int k = 0; k < channel->round_count; k++)
      channel->lib->ares_destroy(channel->rounds[k].ares);
    channel->round_count = 0;
    while (channel->sockets) {
      DnsSocket *socket = channel->sockets;
      channel->sockets = socket->next;
      free(socket); /* the loop has closed it */
    }
    while (channel->done) {
      DnsQuery *query = channel->done;
      channel->done = query->next;
      query_free(query);
    }
    free(channel->timer);
    js_ref_free(channel->self);
    channel->timer = NULL;
    channel->self = NULL;
  }
}

/* --- c-ares on the loop ------------------------------------------------------------------------------------------ */

static void on_closed(uv_handle_t *handle)
{
  free(handle); /* a socket's or a timer's: the handle comes first */
}

static void deliver(DnsChannel *channel);
static void on_timer(uv_timer_t *timer);

/* The timer for what comes next: results to tell, or c-ares's next time-out. */
static void schedule(DnsChannel *channel)
{
  if (!channel->timer)
    return;
  uint64_t wait = UINT64_MAX;
  for (int k = 0; k < channel->round_count && !channel->done; k++) {
    struct timeval left, *until = channel->lib->ares_timeout(channel->rounds[k].ares, NULL, &left);
    uint64_t ms = until ? (uint64_t)until->tv_sec * 1000 + ((uint64_t)until->tv_usec + 999) / 1000 : UINT64_MAX;
    if (ms < wait)
      wait = ms;
  }
  if (channel->done)
    wait = 0;
  if (wait == UINT64_MAX)
    uv_timer_stop(channel->timer);
  else
    uv_timer_start(channel->timer, on_timer, wait, 0);
}

static void on_timer(uv_timer_t *timer)
{
  DnsChannel *channel = timer->data;
  for (int k = 0; k < channel->round_count; k++)
    channel->lib->ares_process_fd(channel->rounds[k].ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
  deliver(channel);
}

static void on_socket(uv_poll_t *poll, int status, int events)
{
  DnsSocket *socket = (DnsSocket *)poll;
  DnsChannel *channel = socket->round->owner;
  ares_socket_t fd = socket->fd; /* c-ares may close it, and free the socket with it */
  if (status < 0)
    events = UV_READABLE | UV_WRITABLE; /* c-ares meets the error itself */
  channel->lib->ares_process_fd(socket->round->ares, events & UV_READABLE ? fd : ARES_SOCKET_BAD,
                                events & UV_WRITABLE ? fd : ARES_SOCKET_BAD);
  deliver(channel);
}

/* c-ares: which events of a socket it waits for from now on. */
static void on_socket_state(void *opaque, ares_socket_t fd, int readable, int writable)
{
  DnsRound *round = opaque;
  DnsChannel *channel = round->owner;
  DnsSocket **at = &channel->sockets;
  while (*at && ((*at)->fd != fd || (*at)->round != round))
    at = &(*at)->next;
  DnsSocket *socket = *at;
  if (!readable && !writable) {
    if (!socket || uv_is_closing((uv_handle_t *)&socket->poll))
      return; /* the latter: the environment ends */
    *at = socket->next;
    uv_close((uv_handle_t *)&socket->poll, on_closed);
    return;
  }
  if (!socket) {
    socket = calloc(1, sizeof *socket);
    if (!socket || uv_poll_init_socket(&channel->env->loop, &socket->poll, fd)) {
      free(socket); /* then the query times out */
      return;
    }
    socket->round = round;
    socket->fd = fd;
    socket->next = channel->sockets;
    channel->sockets = socket;
  }
  uv_poll_start(&socket->poll, (readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0), on_socket);
}

/* The channels of c-ares; ARES_SUCCESS or its error. */
static int channel_open(DnsChannel *channel)
{
  if (channel->round_count)
    return ARES_SUCCESS;
  channel->lib = cares_lib_get();
  if (!channel->lib)
    return ARES_ENOTINITIALIZED;
  int rounds = 1, timeout = channel->timeout;
  uint64_t longest = (uint64_t)timeout << (channel->tries < 32 ? channel->tries - 1 : 31);
  if (longest > (uint64_t)channel->max_timeout && channel->max_timeout != INT32_MAX) {
    for (uint64_t at = (uint64_t)timeout; at < (uint64_t)channel->max_timeout; at *= 2)
      rounds++;
    if (rounds > channel->tries)
      rounds = channel->tries;
    else if (rounds == 1)
      rounds = 2; /* of the same patience: c-ares alone would double it */
  }
  for (int k = 0; k < rounds; k++) {
    DnsRound *round = &channel->rounds[k];
    round->owner = channel;
    struct ares_options options = {
        .flags = ARES_FLAG_NOCHECKRESP,
        .timeout = timeout,
        .tries = rounds > 1 ? 1 : channel->tries,
        .sock_state_cb = on_socket_state,
        .sock_state_cb_data = round,
    };
    int error = channel->lib->ares_init_options(
        &round->ares, &options, ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB);
    if (error != ARES_SUCCESS) {
      while (channel->round_count)
        channel->lib->ares_destroy(channel->rounds[--channel->round_count].ares);
      return error;
    }
    channel->round_count++;
    timeout = timeout > channel->max_timeout / 2 ? channel->max_timeout : timeout * 2;
  }
  return ARES_SUCCESS;
}

/* --- queries ----------------------------------------------------------------------------------------------------- */

static void query_link(DnsQuery *query)
{
  DnsChannel *channel = query->owner;
  query->link = &channel->waiting;
  query->next = channel->waiting;
  if (query->next)
    query->next->link = &query->next;
  channel->waiting = query;
}

static void query_done(DnsQuery *query, int status)
{
  DnsChannel *channel = query->owner;
  query->status = status;
  if (query->next)
    query->next->link = query->link;
  *query->link = query->next;
  query->next = NULL;
  *channel->done_end = query;
  channel->done_end = &query->next;
}

static void query_send(DnsQuery *query);

/* A time-out with rounds left begins the next one. True when it did. */
static bool query_retry(DnsQuery *query, int status)
{
  if (status != ARES_ETIMEOUT || query->owner->round_count < 2 || ++query->attempt >= query->owner->tries)
    return false;
  query_send(query);
  return true;
}

static void on_answer(void *opaque, int status, int timeouts, unsigned char *bytes, int length)
{
  DnsQuery *query = opaque;
  if (query_retry(query, status))
    return;
  if (status == ARES_SUCCESS && length > 0) {
    query->answer = malloc((size_t)length);
    if (query->answer)
      memcpy(query->answer, bytes, query->answer_size = (size_t)length);
    else
      status = ARES_ENOMEM;
  }
  query_done(query, status);
}

static void on_names(void *opaque, int status, int timeouts, struct hostent *host)
{
  DnsQuery *query = opaque;
  if (query_retry(query, status))
    return;
  /* Of a server all names are aliases; a line of the hosts file may have none but the first. */
  char *only[] = {status == ARES_SUCCESS ? host->h_name : NULL, NULL};
  char **names = only[0] && host->h_aliases && host->h_aliases[0] ? host->h_aliases : only;
  size_t size = 0;
  for (char **at = names; *at; at++)
    size += strlen(*at) + 1;
  query->answer = size ? malloc(size) : NULL;
  if (size && !query->answer)
    status = ARES_ENOMEM;
  for (char **at = names; *at && query->answer; at++) {
    size_t length = strlen(*at) + 1;
    memcpy(query->answer + query->answer_size, *at, length);
    query->answer_size += length;
  }
  query_done(query, status);
}

static void query_send(DnsQuery *query)
{
  DnsChannel *channel = query->owner;
  if (!permission_allows(channel->env, PERMISSION_NET, NULL)) {
    query_done(query, QUERY_DENIED);
    return;
  }
  ares_channel ares =
      channel->rounds[query->attempt < channel->round_count ? query->attempt : channel->round_count - 1].ares;
  if (query->type) {
    channel->lib->ares_query(ares, query->name, 1, query->type, on_answer, query);
    return;
  }
  unsigned char address[16];
  int family = inet_pton(AF_INET, query->name, address) == 1 ? AF_INET : AF_INET6;
  if (family == AF_INET6)
    (void)inet_pton(AF_INET6, query->name, address);
  channel->lib->ares_gethostbyaddr(ares, address, family == AF_INET ? 4 : 16, family, on_names, query);
}

static const char *error_code(int status)
{
  static const char *const codes[] = {
      [ARES_ENODATA] = "ENODATA",
      [ARES_EFORMERR] = "EFORMERR",
      [ARES_ESERVFAIL] = "ESERVFAIL",
      [ARES_ENOTFOUND] = "ENOTFOUND",
      [ARES_ENOTIMP] = "ENOTIMP",
      [ARES_EREFUSED] = "EREFUSED",
      [ARES_EBADQUERY] = "EBADQUERY",
      [ARES_EBADNAME] = "EBADNAME",
      [ARES_EBADFAMILY] = "EBADFAMILY",
      [ARES_EBADRESP] = "EBADRESP",
      [ARES_ECONNREFUSED] = "ECONNREFUSED",
      [ARES_ETIMEOUT] = "ETIMEOUT",
      [ARES_EOF] = "EOF",
      [ARES_EFILE] = "EFILE",
      [ARES_ENOMEM] = "ENOMEM",
      [ARES_EDESTRUCTION] = "EDESTRUCTION",
      [ARES_EBADSTR] = "EBADSTR",
      [ARES_EBADFLAGS] = "EBADFLAGS",
      [ARES_ENONAME] = "ENONAME",
      [ARES_EBADHINTS] = "EBADHINTS",
      [ARES_ENOTINITIALIZED] = "ENOTINITIALIZED",
      [ARES_ELOADIPHLPAPI] = "ELOADIPHLPAPI",
      [ARES_EADDRGETNETWORKPARAMS] = "EADDRGETNETWORKPARAMS",
      [ARES_ECANCELLED] = "ECANCELLED",
  };
  if (status == QUERY_DENIED)
    return "ERR_ACCESS_DENIED";
  const char *code = status > 0 && status < (int)JS_COUNTOF(codes) ? codes[status] : NULL;
  return code ? code : "UNKNOWN_ARES_ERROR";
}

static JsValue names_of(JsContext *cx, const DnsQuery *query)
{
  JsValue out = js_array_new(cx, 0, NULL);
  const char *at = (const char *)query->answer, *end = at + query->answer_size;
  for (; !js_is_exception(out) && at < end; at += strlen(at) + 1) {
    if (!js_array_push(cx, out, js_string(cx, at)))
      return JS_EXCEPTION;
  }
  return out;
}

/* req.oncomplete(code) or req.oncomplete(null, values) */
static void query_tell(CulmEnv *env, DnsQuery *query)
{
  JsContext *cx = env->cx;
  JsValue args[2] = {JS_NULL, JS_UNDEFINED};
  int status = query->status;
  if (status == ARES_SUCCESS && query->type)
    args[1] = dns_answer_values(cx, query->type, query->answer, query->answer_size, query->ttl, &status);
  else if (status == ARES_SUCCESS)
    args[1] = names_of(cx, query);
  if (js_is_exception(args[1])) {
    (void)js_take_exception(cx);
    args[1] = JS_UNDEFINED;
    status = ARES_ENOMEM;
  }
  if (status != ARES_SUCCESS)
    args[0] = js_string(cx, error_code(status));
  JsValue object = env_ref(query->object);
  JsRef *context = query->context;
  query->context = NULL;
  query_free(query);
  env_call_method_in(env, context, object, "oncomplete", 2, args);
}

/* Tells what is done, then lets go of what an idle channel does not need. */
static void deliver(DnsChannel *channel)
{
  CulmEnv *env = channel->env;
  while (channel->done && !env_is_stopping(env)) {
    DnsQuery *query = channel->done;
    channel->done = query->next;
    if (!channel->done)
      channel->done_end = &channel->done;
    query_tell(env, query);
  }
  if (channel->waiting || channel->done) {
    schedule(channel);
  } else if (channel->timer) {
    uv_close((uv_handle_t *)channel->timer, on_closed);
    js_ref_free(channel->self);
    channel->timer = NULL;
    channel->self = NULL;
  }
}

/* query(req, name, type, ttl) and getHostByAddr(req, address), by magic -> 0 or errno; req.oncomplete comes later */
static JsValue channel_query(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DnsChannel *channel = channel_this(this_val);
  JsValue object = js_argument(argc, argv, 0);
  bool by_address = js_function_magic(cx) == 1;
  if (!channel || !js_value_is_object(object))
    return js_int32(UV_EINVAL);
  if (channel_open(channel) != ARES_SUCCESS)
    return js_int32(UV_ENOSYS);
  char *name = js_to_utf8(cx, js_argument(argc, argv, 1), NULL);
  if (!name)
    return JS_EXCEPTION;
  unsigned char address[16];
  if (by_address && inet_pton(AF_INET, name, address) != 1 && inet_pton(AF_INET6, name, address) != 1) {
    free(name);
    return js_int32(UV_EINVAL);
  }
  size_t size = strlen(name) + 1;
  DnsQuery *query = calloc(1, sizeof *query + size);
  if (query && !channel->timer) {
    channel->timer = calloc(1, sizeof *channel->timer);
    if (channel->timer) {
      uv_timer_init(&channel->env->loop, channel->timer);
      channel->timer->data = channel;
      channel->self = js_ref_new(cx, this_val);
    }
  }
  if (!query || !channel->timer) {
    free(query);
    free(name);
    return js_int32(UV_ENOMEM);
  }
  memcpy(query->name, name, size);
  free(name);
  query->owner = channel;
  query->type = by_address ? 0 : arg_int32(argc, argv, 2, DNS_A);
  query->ttl = js_to_boolean(js_argument(argc, argv, 3));
  query->object = js_ref_new(cx, object);
  query->context = env_context_save(channel->env, object, "QUERYWRAP");
  query_link(query);
  query_send(query);
  schedule(channel);
  return js_int32(0);
}

/* cancel(): all that are under way end with ECANCELLED. */
static JsValue channel_cancel(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DnsChannel *channel = channel_this(this_val);
  for (int k = 0; channel && k < channel->round_count; k++)
    channel->lib->ares_cancel(channel->rounds[k].ares);
  if (channel)
    schedule(channel);
  return JS_UNDEFINED;
}

/* --- servers and addresses --------------------------------------------------------------------------------------- */

/* getServers() -> [[address, port], ...]; port 0 is the usual one */
static JsValue channel_get_servers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DnsChannel *channel = channel_this(this_val);
  JsValue out = js_array_new(cx, 0, NULL);
  struct ares_addr_port_node *list = NULL;
  if (js_is_exception(out) || !channel || channel_open(channel) != ARES_SUCCESS ||
      channel->lib->ares_get_servers_ports(channel->rounds[0].ares, &list) != ARES_SUCCESS)
    return out;
  for (const struct ares_addr_port_node *at = list; at; at = at->next) {
    char text[INET6_ADDRSTRLEN];
    if (!inet_ntop(at->family, &at->addr, text, sizeof text))
      continue;
    JsValue pair = js_array_new(cx, 0, NULL);
    if (js_is_exception(pair) || !js_array_push(cx, pair, js_string(cx, text)) ||
        !js_array_push(cx, pair, js_int32(at->udp_port)) || !js_array_push(cx, out, pair)) {
      out = JS_EXCEPTION;
      break;
    }
  }
  channel->lib->ares_free_data(list);
  return out;
}

/* setServers([address, port, address, port ...]) -> 0, 1 (queries are under way) or errno */
static JsValue channel_set_servers(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DnsChannel *channel = channel_this(this_val);
  JsValue pairs = js_argument(argc, argv, 0);
  int64_t count = 0;
  if (!channel || !js_value_is_array(pairs))
    return js_int32(UV_EINVAL);
  if (channel->waiting || channel->done)
    return js_int32(1);
  if (channel_open(channel) != ARES_SUCCESS)
    return js_int32(UV_ENOSYS);
  if (!js_length(cx, pairs, &count))
    return JS_EXCEPTION;
  count /= 2;
  struct ares_addr_port_node *list = calloc((size_t)count + 1, sizeof *list);
  if (!list)
    return js_int32(UV_ENOMEM);
  int error = 0;
  for (int64_t k = 0; k < count && !error; k++) {
    JsValue pair[2] = {js_get_index(cx, pairs, (uint32_t)k * 2), js_get_index(cx, pairs, (uint32_t)k * 2 + 1)};
    struct sockaddr_storage address;
    if (js_is_exception(pair[0]) || js_is_exception(pair[1])) {
      free(list);
      return JS_EXCEPTION;
    }
    error = rt_address_argument(cx, 2, pair, 0, &address);
    struct ares_addr_port_node *node = &list[k];
    node->family = address.ss_family;
    if (address.ss_family == AF_INET)
      node->addr.addr4 = ((struct sockaddr_in *)&address)->sin_addr;
    else
      memcpy(&node->addr.addr6, &((struct sockaddr_in6 *)&address)->sin6_addr, 16);
    node->udp_port = node->tcp_port = arg_int32(2, pair, 1, 0);
    node->next = k + 1 < count ? node + 1 : NULL;
  }
  for (int k = 0; k < channel->round_count && !error; k++) {
    if (channel->lib->ares_set_servers_ports(channel->rounds[k].ares, count ? list : NULL) != ARES_SUCCESS)
      error = UV_EINVAL;
  }
  free(list);
  return js_int32(error);
}

/* setLocalAddress(IPv4 address or undefined, IPv6 address or undefined): undefined is any. */
static JsValue channel_set_local_address(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  DnsChannel *channel = channel_this(this_val);
  if (!channel || channel_open(channel) != ARES_SUCCESS)
    return js_int32(UV_ENOSYS);
  struct in_addr ip4 = {0};
  struct in6_addr ip6 = {0};
  char text[INET6_ADDRSTRLEN + 1];
  for (int k = 0; k < 2; k++) {
    JsValue val = js_argument(argc, argv, k);
    if (!js_value_is_string(val))
      continue;
    text[js_string_write_utf8(cx, val, text, sizeof text - 1)] = 0;
    if (inet_pton(k == 0 ? AF_INET : AF_INET6, text, k == 0 ? (void *)&ip4 : (void *)&ip6) != 1)
      return js_int32(UV_EINVAL);
  }
  for (int k = 0; k < channel->round_count; k++) {
    channel->lib->ares_set_local_ip4(channel->rounds[k].ares, ntohl(ip4.s_addr));
    channel->lib->ares_set_local_ip6(channel->rounds[k].ares, ip6.s6_addr);
  }
  return js_int32(0);
}

JsValue dns_channel_class_new(JsContext *cx)
{
  static const JsFunctionRow methods[] = {
      {"query", channel_query, 4, 0},
      {"getHostByAddr", channel_query, 2, 1},
      {"cancel", channel_cancel, 0},
      {"getServers", channel_get_servers, 0},
      {"setServers", channel_set_servers, 1},
      {"setLocalAddress", channel_set_local_address, 2},
      {0},
  };
  return js_host_class_new(cx, &channel_class, channel_new, 3, methods);
}
