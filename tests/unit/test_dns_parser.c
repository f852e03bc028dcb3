// SPDX-License-Identifier: MIT
/* The reader of DNS answers: whole, cut short, and with names that lead nowhere. */
#include "runtime/dns_parser.h"
#include "unit.h"

#include <string.h>

#define HEADER(answers) "\x12\x34\x81\x80\0\1\0" answers "\0\0\0\0"
#define QUESTION        "\1a\4test\0\0\1\0\1"
#define CNAME(data)     "\xc0\x0c\0\5\0\1\0\0\0\x3c\0" data

/* How reading `count` records ends, each step a letter: r a record, e the end, m malformed. */
static void read_all(const char *bytes, size_t length, char out[static 8])
{
  DnsReader reader;
  DnsRecord record;
  size_t at = 0;
  if (!dns_reader_init(&reader, (const uint8_t *)bytes, length)) {
    memcpy(out, "-", 2);
    return;
  }
  DnsStep step = DNS_RECORD;
  while (step == DNS_RECORD && at < 7) {
    step = dns_reader_next(&reader, &record);
    out[at++] = step == DNS_RECORD ? 'r' : step == DNS_END ? 'e' : 'm';
  }
  out[at] = 0;
}

static bool reads(const char *bytes, size_t length, const char *expected)
{
  char out[8];
  read_all(bytes, length, out);
  return strcmp(out, expected) == 0;
}

#define READS(text, expected) EXPECT(reads(text, sizeof(text) - 1, expected))

UNIT_TEST(dns_parser_steps)
{
  READS(HEADER("\1") QUESTION CNAME("\4") "\1b\xc0\x0e", "re");
  READS(HEADER("\2") QUESTION CNAME("\4") "\1b\xc0\x0e", "rm");
  READS(HEADER("\0") QUESTION, "e");
  READS("\x12\x34", "-");
  READS(HEADER("\0") "\1a\4te", "-");
}

UNIT_TEST(dns_parser_pointers_lead_backwards)
{
  READS(HEADER("\1") QUESTION CNAME("\2") "\xc0\x24", "m"); /* to itself */
  READS(HEADER("\1") QUESTION CNAME("\2") "\xc0\xff", "m"); /* behind the end */
  READS(HEADER("\1") QUESTION CNAME("\2") "\xc0\x01", "m"); /* into the header */
  READS(HEADER("\1") QUESTION CNAME("\3") "\1b\xc0", "m");  /* half a pointer */
  READS(HEADER("\1") QUESTION CNAME("\2") "\x80\x00", "m"); /* no kind of label */
}

UNIT_TEST(dns_parser_escapes_names)
{
  static const char bytes[] = HEADER("\1") QUESTION CNAME("\x09") "\4a.b\1\2\\c\0";
  DnsReader reader;
  DnsRecord record;
  EXPECT(dns_reader_init(&reader, (const uint8_t *)bytes, sizeof bytes - 1));
  EXPECT(dns_reader_next(&reader, &record) == DNS_RECORD);
  EXPECT(strcmp(record.names[0], "a\\.b\\001.\\\\c") == 0);
  EXPECT(record.ttl == 60);
}

UNIT_TEST(dns_parser_every_prefix_is_safe)
{
  static const char bytes[] = HEADER("\1") QUESTION "\xc0\x0c\0\x23\0\1\0\0\0\x3c\0\x0f\0\7\0\x08\1s\3abc\1r\1x\0";
  char out[8];
  for (size_t length = 0; length < sizeof bytes - 1; length++) {
    read_all(bytes, length, out);
    EXPECT(strcmp(out, "-") == 0 || strcmp(out, "m") == 0);
  }
  READS(HEADER("\1") QUESTION "\xc0\x0c\0\x23\0\1\0\0\0\x3c\0\x0f\0\7\0\x08\1s\3abc\1r\1x\0", "re");
}
