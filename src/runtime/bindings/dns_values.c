// SPDX-License-Identifier: MIT
/* Answers of DNS servers as the values of Node's dns module: see dns_channel.h. */
#include "runtime/dns_channel.h"
#include "runtime/dns_parser.h"

#include <ares.h>
#include <arpa/inet.h>
#include <string.h>

/* An object's keys and values in order; each set may fail once, and the rest does nothing. */
typedef struct Builder {
  JsContext *cx;
  JsValue obj;
  bool ok;
} Builder;

static Builder object_begin(JsContext *cx)
{
  Builder out = {cx, js_object_new(cx), false};
  out.ok = !js_is_exception(out.obj);
  return out;
}

static void put(Builder *out, const char *name, JsValue val)
{
  if (out->ok)
    out->ok = !js_is_exception(val) && js_set(out->cx, out->obj, name, val);
}

static void put_number(Builder *out, const char *name, uint32_t n)
{
  put(out, name, js_number(n));
}

static void put_text(Builder *out, const char *name, DnsText text)
{
  put(out, name, js_string_latin1(out->cx, text.bytes, text.length));
}

static JsValue object_end(const Builder *out)
{
  return out->ok ? out->obj : JS_EXCEPTION;
}

static JsValue address_text(JsContext *cx, const DnsRecord *record)
{
  char text[INET6_ADDRSTRLEN];
  inet_ntop(record->type == DNS_A ? AF_INET : AF_INET6, record->data.bytes, text, sizeof text);
  return js_string(cx, text);
}

static JsValue chunks_of(JsContext *cx, DnsText data)
{
  JsValue out = js_array_new(cx, 0, NULL);
  DnsText chunk;
  while (!js_is_exception(out) && dns_text_next(&data, &chunk)) {
    if (!js_array_push(cx, out, js_string_latin1(cx, chunk.bytes, chunk.length)))
      return JS_EXCEPTION;
  }
  return out;
}

static void put_mx(Builder *out, const DnsRecord *record)
{
  put(out, "exchange", js_string(out->cx, record->names[0]));
  put_number(out, "priority", record->numbers[0]);
}

static void put_srv(Builder *out, const DnsRecord *record)
{
  put(out, "name", js_string(out->cx, record->names[0]));
  put_number(out, "port", record->numbers[2]);
  put_number(out, "priority", record->numbers[0]);
  put_number(out, "weight", record->numbers[1]);
}

static void put_soa(Builder *out, const DnsRecord *record)
{
  static const char *const names[] = {"serial", "refresh", "retry", "expire", "minttl"};
  put(out, "nsname", js_string(out->cx, record->names[0]));
  put(out, "hostmaster", js_string(out->cx, record->names[1]));
  for (unsigned k = 0; k < JS_COUNTOF(names); k++)
    put_number(out, names[k], record->numbers[k]);
}

static void put_naptr(Builder *out, const DnsRecord *record)
{
  static const char *const names[] = {"flags", "service", "regexp"};
  for (unsigned k = 0; k < JS_COUNTOF(names); k++)
    put_text(out, names[k], record->texts[k]);
  put(out, "replacement", js_string(out->cx, record->names[0]));
  put_number(out, "order", record->numbers[0]);
  put_number(out, "preference", record->numbers[1]);
}

static void put_tlsa(Builder *out, const DnsRecord *record)
{
  void *data;
  JsValue buffer = js_array_buffer_new(out->cx, record->texts[0].length, &data);
  if (!js_is_exception(buffer) && record->texts[0].length)
    memcpy(data, record->texts[0].bytes, record->texts[0].length);
  put_number(out, "certUsage", record->numbers[0]);
  put_number(out, "selector", record->numbers[1]);
  put_number(out, "match", record->numbers[2]);
  put(out, "data", buffer);
}

static void put_caa(Builder *out, const DnsRecord *record)
{
  put_number(out, "critical", record->numbers[0]);
  put(out, "type", js_intern(out->cx, "CAA"));
  JsValue tag = js_string_latin1(out->cx, record->texts[0].bytes, record->texts[0].length);
  JsValue value = js_string_latin1(out->cx, record->texts[1].bytes, record->texts[1].length);
  if (out->ok)
    out->ok = !js_is_exception(tag) && !js_is_exception(value) && js_set_key(out->cx, out->obj, tag, value);
}

/* In the order in which resolveAny() tells of them. */
static const struct {
  DnsType type;
  const char *name;
  void (*put)(Builder *, const DnsRecord *); /* NULL: a name, an address or texts */
} kinds[] = {
    {DNS_CNAME, "CNAME", NULL}, {DNS_A, "A", NULL},           {DNS_AAAA, "AAAA", NULL},
    {DNS_MX, "MX", put_mx},     {DNS_NS, "NS", NULL},         {DNS_TXT, "TXT", NULL},
    {DNS_SRV, "SRV", put_srv},  {DNS_PTR, "PTR", NULL},       {DNS_NAPTR, "NAPTR", put_naptr},
    {DNS_SOA, "SOA", put_soa},  {DNS_TLSA, "TLSA", put_tlsa}, {DNS_CAA, "CAA", put_caa},
};

/* A record among those of resolveAny(). */
static JsValue any_value(JsContext *cx, size_t kind, const DnsRecord *record)
{
  Builder out = object_begin(cx);
  if (kinds[kind].put) {
    kinds[kind].put(&out, record);
  } else if (record->type == DNS_A || record->type == DNS_AAAA) {
    put(&out, "address", address_text(cx, record));
    put_number(&out, "ttl", record->ttl);
  } else if (record->type == DNS_TXT) {
    put(&out, "entries", chunks_of(cx, record->data));
  } else {
    put(&out, "value", js_string(cx, record->names[0]));
  }
  if (record->type != DNS_CAA)
    put(&out, "type", js_intern(cx, kinds[kind].name));
  return object_end(&out);
}

/* A record of the type that was asked for. Objects have a `type` as they have in Node, which gives those of SOA and
 * NAPTR the value undefined. */
static JsValue record_value(JsContext *cx, size_t kind, const DnsRecord *record, bool ttl)
{
  if (!ttl && (record->type == DNS_A || record->type == DNS_AAAA))
    return address_text(cx, record);
  if (record->type == DNS_TXT)
    return chunks_of(cx, record->data);
  if (record->type == DNS_NS || record->type == DNS_CNAME || record->type == DNS_PTR)
    return js_string(cx, record->names[0]);
  Builder out = object_begin(cx);
  if (kinds[kind].put) {
    kinds[kind].put(&out, record);
    if (record->type == DNS_MX || record->type == DNS_SRV)
      put(&out, "type", js_intern(cx, kinds[kind].name));
    else if (record->type == DNS_SOA || record->type == DNS_NAPTR)
      put(&out, "type", JS_UNDEFINED);
  } else {
    put(&out, "address", address_text(cx, record));
    put_number(&out, "ttl", record->ttl);
  }
  return object_end(&out);
}

/* The least ttl of the names that led here, at most the record's own: for so long may an address be kept. */
typedef struct Scan {
  bool any, ttl;
  uint32_t least;
} Scan;

/* Appends the values of one kind to `out`. */
static DnsStep collect(JsContext *cx, const unsigned char *bytes, size_t length, size_t kind, Scan *scan, JsValue out)
{
  DnsReader reader;
  DnsRecord record;
  if (!dns_reader_init(&reader, bytes, length))
    return DNS_MALFORMED;
  DnsStep step;
  while ((step = dns_reader_next(&reader, &record)) == DNS_RECORD) {
    if (record.type == DNS_CNAME && record.ttl < scan->least)
      scan->least = record.ttl;
    if (record.type != kinds[kind].type)
      continue;
    if (record.ttl > scan->least)
      record.ttl = scan->least;
    JsValue val = scan->any ? any_value(cx, kind, &record) : record_value(cx, kind, &record, scan->ttl);
    if (js_is_exception(val) || !js_array_push(cx, out, val))
      return DNS_RECORD;
  }
  return step;
}

JsValue dns_answer_values(JsContext *cx, int type, const unsigned char *bytes, size_t length, bool ttl, int *code)
{
  JsValue out = js_array_new(cx, 0, NULL);
  Scan scan = {type == DNS_ANY, ttl, UINT32_MAX};
  DnsStep step = DNS_END;
  if (js_is_exception(out))
    return out;
  for (size_t k = 0; k < JS_COUNTOF(kinds) && step == DNS_END; k++) {
    if (scan.any || kinds[k].type == (DnsType)type)
      step = collect(cx, bytes, length, k, &scan, out);
  }
  if (step == DNS_RECORD)
    return JS_EXCEPTION;
  int64_t count = 0;
  if (!js_length(cx, out, &count))
    return JS_EXCEPTION;
  if (step == DNS_MALFORMED || (count == 0 && type == DNS_SOA)) {
    *code = ARES_EBADRESP;
    return JS_UNDEFINED;
  }
  *code = count ? ARES_SUCCESS : ARES_ENODATA;
  return count == 0 ? JS_UNDEFINED : type == DNS_SOA ? js_get_index(cx, out, 0) : out;
}
