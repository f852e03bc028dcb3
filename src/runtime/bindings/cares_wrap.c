// SPDX-License-Identifier: MIT
/*
 * internalBinding('cares_wrap'): name resolution. Here: getaddrinfo and getnameinfo, the system's, on the thread pool;
 * dns_channel.c asks DNS servers.
 */
#include "runtime/address.h"
#include "runtime/dns_channel.h"
#include "runtime/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Lookup {
  uv_getaddrinfo_t request; /* first */
  CulmEnv *env;
  JsRef *object, *context;
} Lookup;

static JsValue addresses_of(JsContext *cx, const struct addrinfo *list)
{
  JsValue out = js_array_new(cx, 0, NULL);
  for (const struct addrinfo *at = list; at && !js_is_exception(out); at = at->ai_next) {
    char text[64];
    if (at->ai_socktype != SOCK_STREAM)
      continue;
    if (at->ai_family == AF_INET6)
      uv_ip6_name((const struct sockaddr_in6 *)at->ai_addr, text, sizeof text);
    else if (at->ai_family == AF_INET)
      uv_ip4_name((const struct sockaddr_in *)at->ai_addr, text, sizeof text);
    else
      continue;
    if (!js_array_push(cx, out, js_string(cx, text)))
      return JS_EXCEPTION;
  }
  return out;
}

static void trace_lookup_end(CulmEnv *env, const Lookup *lookup, int status, JsValue list)
{
  char text[64];
  int64_t count = 0;
  if (status == 0 && !js_length(env->cx, list, &count))
    (void)js_take_exception(env->cx);
  if (status == 0)
    snprintf(text, sizeof text, "{\"count\":%d,\"order\":0}", (int)count);
  else
    snprintf(text, sizeof text, "{\"error\":%d}", status);
  trace_async(env, TRACE_DNS, TRACE_ASYNC_END, "lookup", lookup, text);
}

static void on_found(uv_getaddrinfo_t *request, int status, struct addrinfo *list)
{
  Lookup *lookup = (Lookup *)request;
  CulmEnv *env = lookup->env;
  env->pending[RT_PENDING_ADDRINFO]--;
  JsValue object = js_ref_get(lookup->object), args[2] = {js_int32(status), JS_UNDEFINED};
  if (status == 0)
    args[1] = addresses_of(env->cx, list);
  if (js_is_exception(args[1])) {
    (void)js_take_exception(env->cx);
    args[0] = js_int32(UV_ENOMEM);
    args[1] = JS_UNDEFINED;
  }
  uv_freeaddrinfo(list);
  if (trace_is_on(env, TRACE_DNS))
    trace_lookup_end(env, lookup, status, args[1]);
  JsRef *context = lookup->context;
  js_ref_free(lookup->object);
  free(lookup);
  env_call_method_in(env, context, object, "oncomplete", 2, args);
}

/* getaddrinfo(req, hostname, family 0|4|6, hints) -> errno; req.oncomplete(status, addresses in the resolver's order)
 */
static JsValue get_addr_info(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  if (!permission_allows(env, PERMISSION_NET, NULL))
    return js_int32(PERMISSION_ERRNO);
  int family = arg_int32(argc, argv, 2, 0);
  struct addrinfo hints = {.ai_family = family == 4   ? AF_INET
                                        : family == 6 ? AF_INET6
                                                      : AF_UNSPEC,
                           .ai_socktype = SOCK_STREAM,
                           .ai_flags = arg_int32(argc, argv, 3, 0)};
  char *name = js_to_utf8(cx, js_argument(argc, argv, 1), NULL);
  if (!name)
    return JS_EXCEPTION;
  Lookup *lookup = calloc(1, sizeof *lookup);
  if (!lookup) {
    free(name);
    return js_int32(UV_ENOMEM);
  }
  lookup->env = env;
  lookup->object = js_ref_new(cx, js_argument(argc, argv, 0));
  lookup->context = env_context_save(env, js_argument(argc, argv, 0), "GETADDRINFOREQWRAP");
  int error = uv_getaddrinfo(&env->loop, &lookup->request, on_found, name, NULL, &hints);
  if (!error && trace_is_on(env, TRACE_DNS)) {
    char text[512];
    trace_async(env, TRACE_DNS, TRACE_ASYNC_BEGIN, "lookup", lookup,
                trace_text_args(text, sizeof text, "hostname", name));
  }
  free(name);
  if (!error) {
    env->pending[RT_PENDING_ADDRINFO]++;
  } else {
    js_ref_free(lookup->object);
    js_ref_free(lookup->context);
    free(lookup);
  }
  return js_int32(error);
}

typedef struct NameLookup {
  uv_getnameinfo_t request; /* first */
  CulmEnv *env;
  JsRef *object, *context;
} NameLookup;

static void on_named(uv_getnameinfo_t *request, int status, const char *hostname, const char *service)
{
  NameLookup *lookup = (NameLookup *)request;
  CulmEnv *env = lookup->env;
  env->pending[RT_PENDING_NAMEINFO]--;
  JsValue object = js_ref_get(lookup->object), args[3] = {js_int32(status), JS_UNDEFINED, JS_UNDEFINED};
  if (status == 0) {
    args[1] = js_string(env->cx, hostname);
    args[2] = js_string(env->cx, service);
  }
  JsRef *context = lookup->context;
  js_ref_free(lookup->object);
  free(lookup);
  env_call_method_in(env, context, object, "oncomplete", 3, args);
}

/* getnameinfo(req, address, port) -> errno; req.oncomplete(status, hostname, service) */
static JsValue get_name_info(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  CulmEnv *env = env_of(cx);
  struct sockaddr_storage address;
  int error = permission_allows(env, PERMISSION_NET, NULL) ? rt_address_argument(cx, argc, argv, 1, &address)
                                                           : PERMISSION_ERRNO;
  NameLookup *lookup = error ? NULL : calloc(1, sizeof *lookup);
  if (!lookup)
    return js_int32(error ? error : UV_ENOMEM);
  lookup->env = env;
  lookup->object = js_ref_new(cx, js_argument(argc, argv, 0));
  lookup->context = env_context_save(env, js_argument(argc, argv, 0), "GETNAMEINFOREQWRAP");
  error = uv_getnameinfo(&env->loop, &lookup->request, on_named, (struct sockaddr *)&address, NI_NAMEREQD);
  if (!error) {
    env->pending[RT_PENDING_NAMEINFO]++;
  } else {
    js_ref_free(lookup->object);
    js_ref_free(lookup->context);
    free(lookup);
  }
  return js_int32(error);
}

JsValue binding_cares_wrap(CulmEnv *env, JsContext *cx)
{
  static const JsFunctionRow functions[] = {{"getaddrinfo", get_addr_info, 4}, {"getnameinfo", get_name_info, 3}, {0}};
  JsValue binding = binding_new(cx, functions), channel = dns_channel_class_new(cx);
  if (js_is_exception(binding) || js_is_exception(channel) || !js_set(cx, binding, "ChannelWrap", channel) ||
      !js_set(cx, binding, "AI_ADDRCONFIG", js_int32(AI_ADDRCONFIG)) ||
      !js_set(cx, binding, "AI_ALL", js_int32(AI_ALL)) || !js_set(cx, binding, "AI_V4MAPPED", js_int32(AI_V4MAPPED)))
    return JS_EXCEPTION;
  return binding;
}
