// SPDX-License-Identifier: MIT
/* Hosts of URLs: domains (with ICU's UTS #46 for what is not ASCII), IPv4 and IPv6 addresses, opaque hosts. */
#include "runtime/url_parser.h"

#include <stdio.h>

#include "base/base64.h"
#include "unicode/icu.h"

static bool is_forbidden_host(unsigned char c)
{
  return c == 0 || strchr("\t\n\r #/:<>?@[\\]^|", c) != NULL;
}

static bool is_forbidden_domain(unsigned char c)
{
  return is_forbidden_host(c) || c <= 0x1F || c == '%' || c == 0x7F;
}

/* --- IPv4 ----------------------------------------------------------------------------------------------------------*/

/* IPv4 number parser  https://url.spec.whatwg.org/#ipv4-number-parser; false: not a number. Saturates. */
static bool parse_ipv4_number(const char *text, size_t length, uint64_t *out)
{
  unsigned base = 10;
  if (length == 0)
    return false;
  if (length >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    base = 16;
    text += 2;
    length -= 2;
  } else if (length >= 2 && text[0] == '0') {
    base = 8;
    text++;
    length--;
  }
  uint64_t value = 0;
  for (size_t i = 0; i < length; i++) {
    int digit = hex_digit((unsigned char)text[i]);
    if (digit < 0 || (unsigned)digit >= base)
      return false;
    value = value * base + (unsigned)digit;
    if (value > 0xFFFFFFFFFFull)
      value = 0xFFFFFFFFFFull;
  }
  *out = value;
  return true;
}

/* ends in a number checker  https://url.spec.whatwg.org/#ends-in-a-number-checker */
static bool ends_in_number(const char *host, size_t length)
{
  if (length > 0 && host[length - 1] == '.')
    length--;
  size_t start = length;
  while (start > 0 && host[start - 1] != '.')
    start--;
  if (start == length)
    return false;
  bool digits = true;
  for (size_t i = start; i < length; i++)
    digits = digits && host[i] >= '0' && host[i] <= '9';
  uint64_t ignored;
  return digits || parse_ipv4_number(host + start, length - start, &ignored);
}

/* IPv4 parser  https://url.spec.whatwg.org/#concept-ipv4-parser */
static bool parse_ipv4(StrBuf *out, const char *host, size_t length)
{
  uint64_t numbers[4];
  unsigned count = 0;
  if (length > 0 && host[length - 1] == '.')
    length--;
  for (size_t start = 0; start <= length;) {
    size_t end = start;
    while (end < length && host[end] != '.')
      end++;
    if (count == 4 || !parse_ipv4_number(host + start, end - start, &numbers[count]))
      return false;
    count++;
    start = end + 1;
  }
  for (unsigned i = 0; i + 1 < count; i++)
    if (numbers[i] > 255)
      return false;
  if (numbers[count - 1] >= (uint64_t)1 << (8 * (5 - count)))
    return false;
  uint32_t address = (uint32_t)numbers[count - 1];
  for (unsigned i = 0; i + 1 < count; i++)
    address += (uint32_t)numbers[i] << (8 * (3 - i));
  strbuf_printf(out, "%u.%u.%u.%u", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
  return true;
}

/* --- IPv6 ----------------------------------------------------------------------------------------------------------*/

/* The dotted end of an IPv6 address: two pieces. Returns false when it is none. */
static bool parse_embedded_ipv4(const char *text, size_t length, uint16_t pieces[2])
{
  unsigned seen = 0;
  size_t i = 0;
  pieces[0] = pieces[1] = 0;
  while (i < length) {
    if (seen > 0) {
      if (text[i] != '.' || seen == 4)
        return false;
      i++;
    }
    if (i >= length || text[i] < '0' || text[i] > '9')
      return false;
    unsigned value = 0;
    for (bool first = true; i < length && text[i] >= '0' && text[i] <= '9'; i++, first = false) {
      if (!first && value == 0)
        return false;
      value = value * 10 + (unsigned)(text[i] - '0');
      if (value > 255)
        return false;
    }
    pieces[seen / 2] = (uint16_t)(pieces[seen / 2] * 256 + value);
    seen++;
  }
  return seen == 4;
}

/* IPv6 parser  https://url.spec.whatwg.org/#concept-ipv6-parser */
static bool parse_ipv6(const char *text, size_t length, uint16_t address[8])
{
  unsigned piece = 0;
  int compress = -1;
  size_t i = 0;
  memset(address, 0, 8 * sizeof *address);
  if (length > 0 && text[0] == ':') {
    if (length < 2 || text[1] != ':')
      return false;
    i = 2;
    compress = (int)++piece;
  }
  while (i < length) {
    if (piece == 8)
      return false;
    if (text[i] == ':') {
      if (compress >= 0)
        return false;
      i++;
      compress = (int)++piece;
      continue;
    }
    unsigned value = 0, digits = 0;
    size_t start = i;
    while (digits < 4 && i < length && hex_digit((unsigned char)text[i]) >= 0) {
      value = value * 16 + (unsigned)hex_digit((unsigned char)text[i++]);
      digits++;
    }
    if (i < length && text[i] == '.') {
      if (digits == 0 || piece > 6 || !parse_embedded_ipv4(text + start, length - start, address + piece))
        return false;
      piece += 2;
      break;
    }
    if (i < length && text[i] == ':') {
      if (++i == length)
        return false;
    } else if (i < length) {
      return false;
    }
    address[piece++] = (uint16_t)value;
  }
  if (compress >= 0) {
    unsigned swaps = piece - (unsigned)compress;
    for (piece = 7; piece != 0 && swaps > 0; piece--, swaps--) {
      unsigned other = (unsigned)compress + swaps - 1;
      uint16_t kept = address[piece];
      address[piece] = address[other];
      address[other] = kept;
    }
    return true;
  }
  return piece == 8;
}

/* IPv6 serialiser  https://url.spec.whatwg.org/#concept-ipv6-serializer: the longest run of zeroes is left out. */
static void serialise_ipv6(StrBuf *out, const uint16_t address[8])
{
  int start = -1, longest = 1;
  for (int i = 0; i < 8; i++) {
    int run = 0;
    while (i + run < 8 && address[i + run] == 0)
      run++;
    if (run > longest) {
      start = i;
      longest = run;
    }
    i += run;
  }
  strbuf_append_char(out, '[');
  for (int i = 0; i < 8; i++) {
    if (i == start) {
      strbuf_append_str(out, i == 0 ? "::" : ":");
      i += longest - 1;
      continue;
    }
    strbuf_printf(out, "%x", address[i]);
    if (i != 7)
      strbuf_append_char(out, ':');
  }
  strbuf_append_char(out, ']');
}

/* --- domains -------------------------------------------------------------------------------------------------------*/

/* UIDNAInfo and its numbers, frozen since ICU 4.6 */
typedef struct IdnaInfo {
  int16_t size;
  int8_t is_transitional_different, reserved_b3;
  uint32_t errors;
  int32_t reserved_i2, reserved_i3;
} IdnaInfo;
enum {
  IDNA_CHECK_BIDI = 4,
  IDNA_CHECK_CONTEXTJ = 8,
  IDNA_NONTRANSITIONAL_TO_ASCII = 16,
  IDNA_NONTRANSITIONAL_TO_UNICODE = 32
};
/* Empty and long labels, and hyphens, are no errors: VerifyDnsLength and CheckHyphens are false. */
enum { IDNA_TOLERATED = 1 | 2 | 4 | 8 | 16 | 32 };

static bool convert_idna(StrBuf *out, const char *input, size_t length, bool to_ascii, bool strict)
{
  const Icu *icu = icu_load();
  if (icu == NULL || length > 1 << 20)
    return false;
  IcuError error = 0;
  IcuIdna *idna = icu->uidna_openUTS46(
      IDNA_CHECK_BIDI | IDNA_CHECK_CONTEXTJ | IDNA_NONTRANSITIONAL_TO_ASCII | IDNA_NONTRANSITIONAL_TO_UNICODE, &error);
  if (error > 0)
    return false;
  IdnaInfo info = {.size = sizeof info};
  size_t room = length * 4 + 64; /* an upper guess; asked for again when short */
  bool ok = false;
  for (int attempt = 0; attempt < 2 && strbuf_reserve(out, room); attempt++) {
    error = 0;
    int32_t size = (to_ascii ? icu->uidna_nameToASCII_UTF8 : icu->uidna_nameToUnicodeUTF8)(
        idna, input, (int32_t)length, out->data + out->len, (int32_t)room, &info, &error);
    if (error == ICU_BUFFER_OVERFLOW) {
      room = (size_t)size + 1;
      continue;
    }
    if (error <= 0 && (!strict || (info.errors & ~(uint32_t)IDNA_TOLERATED) == 0)) {
      out->len += (size_t)size;
      ok = true;
    }
    break;
  }
  icu->uidna_close(idna);
  return ok;
}

static bool is_plain_ascii_domain(const char *input, size_t length)
{
  for (size_t i = 0; i < length; i++) {
    if ((unsigned char)input[i] >= 0x80)
      return false;
    /* A punycode label must be checked. */
    if ((input[i] == 'x' || input[i] == 'X') && i + 4 <= length && (input[i + 1] == 'n' || input[i + 1] == 'N') &&
        input[i + 2] == '-' && input[i + 3] == '-' && (i == 0 || input[i - 1] == '.'))
      return false;
  }
  return true;
}

static bool to_ascii_lower(StrBuf *out, const char *input, size_t length)
{
  for (size_t i = 0; i < length; i++)
    strbuf_append_char(out, (char)(input[i] >= 'A' && input[i] <= 'Z' ? input[i] + 32 : input[i]));
  return !out->failed;
}

bool url_domain_to_ascii(StrBuf *out, const char *input, size_t length)
{
  size_t start = out->len;
  if (is_plain_ascii_domain(input, length) ? !to_ascii_lower(out, input, length)
                                           : !convert_idna(out, input, length, true, true))
    return false;
  if (out->len == start)
    return false;
  for (size_t i = start; i < out->len; i++)
    if (is_forbidden_domain((unsigned char)out->data[i]))
      return false;
  return true;
}

void url_domain_to_unicode(StrBuf *out, const char *input, size_t length)
{
  if (is_plain_ascii_domain(input, length))
    to_ascii_lower(out, input, length);
  else
    (void)convert_idna(out, input, length, false, false);
}

/* --- hosts ---------------------------------------------------------------------------------------------------------*/

bool url_parse_host(StrBuf *out, const char *input, size_t length, bool is_opaque)
{
  if (length > 0 && input[0] == '[') {
    uint16_t address[8];
    if (input[length - 1] != ']' || !parse_ipv6(input + 1, length - 2, address))
      return false;
    serialise_ipv6(out, address);
    return !out->failed;
  }
  if (is_opaque) {
    for (size_t i = 0; i < length; i++)
      if (is_forbidden_host((unsigned char)input[i]))
        return false;
    url_percent_encode(out, input, length, URL_ENCODE_C0);
    return !out->failed;
  }
  StrBuf decoded, domain;
  strbuf_init(&decoded, out->account, out->tag);
  strbuf_init(&domain, out->account, out->tag);
  url_percent_decode(&decoded, input, length);
  bool ok = !decoded.failed && url_domain_to_ascii(&domain, decoded.data ? decoded.data : "", decoded.len);
  if (ok) {
    if (ends_in_number(domain.data, domain.len))
      ok = parse_ipv4(out, domain.data, domain.len);
    else
      strbuf_append(out, domain.data, domain.len);
  }
  strbuf_free(&decoded);
  strbuf_free(&domain);
  return ok && !out->failed;
}
