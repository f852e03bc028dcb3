// SPDX-License-Identifier: MIT
/* Any bytes to the reader of DNS answers: it ends, stays inside them, and its names are as long as they say. */
#include "runtime/dns_parser.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  uint8_t *copy = malloc(size + 1); /* its end is the sanitizer's to watch */
  if (!copy)
    return 0;
  if (size)
    memcpy(copy, data, size);
  DnsReader reader;
  DnsRecord record;
  unsigned records = 0;
  if (dns_reader_init(&reader, copy, size)) {
    while (dns_reader_next(&reader, &record) == DNS_RECORD) {
      DnsText text;
      if (++records > 65535 || reader.at > size || record.data.length > size)
        abort();
      while (record.type == DNS_TXT && dns_text_next(&record.data, &text)) {
        if (text.length > 255 || text.bytes + text.length > copy + size)
          abort();
      }
    }
  }
  free(copy);
  return 0;
}
