// SPDX-License-Identifier: MIT
/* The reader of DNS answers: see dns_parser.h. */
#include "runtime/dns_parser.h"

#include <stdio.h>
#include <string.h>

#define DNS_HEADER_SIZE   12
#define DNS_NAME_WIRE_MAX 255
#define DNS_CLASS_IN      1

static uint32_t read_16(const uint8_t *at)
{
  return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t read_32(const uint8_t *at)
{
  return read_16(at) << 16 | read_16(at + 2);
}

/* One byte of a label as master files write it (RFC 1035, section 5.1); the characters written. */
static size_t write_character(char *out, uint8_t c)
{
  if (c < ' ' || c >= 127)
    return (size_t)snprintf(out, 5, "\\%03u", c);
  size_t length = 0;
  if (strchr("\".;\\()@$", c))
    out[length++] = '\\';
  out[length++] = (char)c;
  return length;
}

/* The name at *at, which must begin and, up to its first pointer, end before `end`; *at moves behind it. Pointers may
 * lead backwards only (section 4.1.4 speaks of prior occurrences), so that a name ends. */
static bool read_name(const DnsReader *reader, size_t *at, size_t end, char text[static DNS_NAME_TEXT_SIZE])
{
  size_t from = *at, limit = end, wire = 0, written = 0;
  bool jumped = false;
  for (;;) {
    if (from >= limit)
      return false;
    uint8_t size = reader->bytes[from];
    if ((size & 0xC0) == 0xC0) {
      if (limit - from < 2)
        return false;
      size_t target = read_16(reader->bytes + from) & 0x3FFF;
      if (!jumped)
        *at = from + 2;
      jumped = true;
      if (target >= from || target < DNS_HEADER_SIZE)
        return false;
      limit = from;
      from = target;
      continue;
    }
    if (size & 0xC0 || limit - from - 1 < size)
      return false;
    wire += size + 1u;
    if (wire > DNS_NAME_WIRE_MAX)
      return false;
    from++;
    if (size == 0)
      break;
    if (written)
      text[written++] = '.';
    for (unsigned k = 0; k < size; k++, from++) {
      written += write_character(text + written, reader->bytes[from]);
    }
  }
  if (!jumped)
    *at = from;
  text[written] = 0;
  return true;
}

bool dns_reader_init(DnsReader *reader, const uint8_t *bytes, size_t length)
{
  if (length < DNS_HEADER_SIZE)
    return false;
  *reader = (DnsReader){bytes, length, DNS_HEADER_SIZE, read_16(bytes + 6)};
  char name[DNS_NAME_TEXT_SIZE];
  for (unsigned questions = read_16(bytes + 4); questions > 0; questions--) {
    if (!read_name(reader, &reader->at, length, name) || length - reader->at < 4)
      return false;
    reader->at += 4;
  }
  return true;
}

bool dns_text_next(DnsText *data, DnsText *out)
{
  if (data->length == 0 || data->length - 1 < data->bytes[0])
    return false;
  *out = (DnsText){data->bytes + 1, data->bytes[0]};
  data->bytes += out->length + 1;
  data->length -= out->length + 1;
  return true;
}

/* What follows from data: `count` numbers of `size` bytes, taken off it. */
static bool take_numbers(DnsText *data, uint32_t *out, unsigned count, unsigned size)
{
  if (data->length < (size_t)count * size)
    return false;
  for (unsigned k = 0; k < count; k++) {
    out[k] = size == 1 ? data->bytes[0] : size == 2 ? read_16(data->bytes) : read_32(data->bytes);
    data->bytes += size;
    data->length -= size;
  }
  return true;
}

static bool take_name(const DnsReader *reader, DnsText *data, char text[static DNS_NAME_TEXT_SIZE])
{
  size_t at = (size_t)(data->bytes - reader->bytes), end = at + data->length;
  if (!read_name(reader, &at, end, text))
    return false;
  *data = (DnsText){reader->bytes + at, end - at};
  return true;
}

static bool decode(const DnsReader *reader, DnsRecord *record)
{
  DnsText data = record->data, text;
  switch (record->type) {
  case DNS_A: return data.length == 4;
  case DNS_AAAA: return data.length == 16;
  case DNS_NS:
  case DNS_CNAME:
  case DNS_PTR: return take_name(reader, &data, record->names[0]);
  case DNS_SOA:
    return take_name(reader, &data, record->names[0]) && take_name(reader, &data, record->names[1]) &&
           take_numbers(&data, record->numbers, 5, 4);
  case DNS_MX: return take_numbers(&data, record->numbers, 1, 2) && take_name(reader, &data, record->names[0]);
  case DNS_SRV: return take_numbers(&data, record->numbers, 3, 2) && take_name(reader, &data, record->names[0]);
  case DNS_NAPTR:
    return take_numbers(&data, record->numbers, 2, 2) && dns_text_next(&data, &record->texts[0]) &&
           dns_text_next(&data, &record->texts[1]) && dns_text_next(&data, &record->texts[2]) &&
           take_name(reader, &data, record->names[0]);
  case DNS_TLSA:
    record->texts[0] = data.length >= 3 ? (DnsText){data.bytes + 3, data.length - 3} : (DnsText){NULL, 0};
    return take_numbers(&data, record->numbers, 3, 1) && data.length > 0;
  case DNS_CAA:
    if (!take_numbers(&data, record->numbers, 1, 1) || !dns_text_next(&data, &record->texts[0]))
      return false;
    record->texts[1] = data;
    return record->texts[0].length > 0;
  case DNS_TXT:
    while (dns_text_next(&data, &text))
      ;
    return data.length == 0 && record->data.length > 0;
  default: return true;
  }
}

DnsStep dns_reader_next(DnsReader *reader, DnsRecord *out)
{
  while (reader->left > 0) {
    reader->left--;
    if (!read_name(reader, &reader->at, reader->length, out->names[0]) || reader->length - reader->at < 10)
      return DNS_MALFORMED;
    const uint8_t *fixed = reader->bytes + reader->at;
    uint32_t class = read_16(fixed + 2), size = read_16(fixed + 8);
    out->type = (uint16_t)read_16(fixed);
    out->ttl = read_32(fixed + 4);
    reader->at += 10;
    if (reader->length - reader->at < size)
      return DNS_MALFORMED;
    out->data = (DnsText){reader->bytes + reader->at, size};
    reader->at += size;
    if (class != DNS_CLASS_IN)
      continue;
    return decode(reader, out) ? DNS_RECORD : DNS_MALFORMED;
  }
  return DNS_END;
}
