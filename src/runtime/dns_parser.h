// SPDX-License-Identifier: MIT
/*
 * Reads answers of DNS servers (RFC 1035, section 4): a cursor over the records of the answer section, and one decoder
 * for the kinds that Node's dns module knows. Knows neither JavaScript nor sockets; everything comes from outside, so
 * every length and pointer is checked.
 */
#ifndef RUNTIME_DNS_PARSER_H
#define RUNTIME_DNS_PARSER_H

#include "base/check.h"

#include <stddef.h>
#include <stdint.h>

/* The types of RFC 1035, 3596, 2782, 3403, 6698 and 8659 that are decoded. */
typedef enum DnsType {
  DNS_A = 1,
  DNS_NS = 2,
  DNS_CNAME = 5,
  DNS_SOA = 6,
  DNS_PTR = 12,
  DNS_MX = 15,
  DNS_TXT = 16,
  DNS_AAAA = 28,
  DNS_SRV = 33,
  DNS_NAPTR = 35,
  DNS_TLSA = 52,
  DNS_ANY = 255,
  DNS_CAA = 257,
} DnsType;

/* A name of 255 bytes, each written as \DDD. */
#define DNS_NAME_TEXT_SIZE 1024

typedef struct DnsText {
  const uint8_t *bytes; /* in the answer */
  size_t length;
} DnsText;

typedef struct DnsRecord {
  uint16_t type;
  uint32_t ttl;
  DnsText data;
  /* By type: A, AAAA the bytes in data. NS, CNAME, PTR names[0]. MX numbers[0], names[0]. SRV numbers priority, weight,
   * port, names[0]. SOA names nsname, hostmaster, numbers serial to minttl. NAPTR numbers order, preference, texts
   * flags, service, regexp, names[0]. TLSA numbers usage, selector, matching, texts[0]. CAA numbers flags, texts tag,
   * value. TXT by dns_text_next over data. */
  uint32_t numbers[5];
  DnsText texts[3];
  char names[2][DNS_NAME_TEXT_SIZE];
} DnsRecord;

typedef struct DnsReader {
  const uint8_t *bytes;
  size_t length, at;
  unsigned left; /* records of the answer section still to come */
} DnsReader;

typedef enum DnsStep { DNS_RECORD, DNS_END, DNS_MALFORMED } DnsStep;

/* False when this is no whole header and question. */
JS_MUST_USE bool dns_reader_init(DnsReader *reader, const uint8_t *bytes, size_t length);
/* The next record of class IN, decoded if it is of a type above, else its type, ttl and data. */
DnsStep dns_reader_next(DnsReader *reader, DnsRecord *out);
/* Character strings of a TXT record one by one: takes them off *data. False at the end; dns_reader_next has checked
 * them. */
bool dns_text_next(DnsText *data, DnsText *out);

#endif
