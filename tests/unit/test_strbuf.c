// SPDX-License-Identifier: MIT
#include "base/strbuf.h"
#include "unit.h"

UNIT_TEST(strbuf_appends_and_accounts)
{
  MemAccount account = {0};
  StrBuf buf;
  strbuf_init(&buf, &account, MEM_SCRATCH);
  EXPECT(strcmp(strbuf_cstr(&buf), "") == 0);
  for (int k = 0; k < 1000; k++)
    strbuf_printf(&buf, "%d,", k);
  EXPECT(!buf.failed && buf.len == 10 * 2 + 90 * 3 + 900 * 4);
  EXPECT(strncmp(strbuf_cstr(&buf), "0,1,2,3,4,5,6,7,8,9,10,", 23) == 0);
  strbuf_clear(&buf);
  strbuf_append_str(&buf, "x");
  strbuf_append_char(&buf, 'y');
  strbuf_append_code_point(&buf, 0xe9);
  strbuf_append_code_point(&buf, 0x20ac);
  strbuf_append_code_point(&buf, 0x1f600);
  EXPECT(strcmp(strbuf_cstr(&buf), "xy\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80") == 0);
  EXPECT(account.live[MEM_SCRATCH] == buf.cap);
  strbuf_free(&buf);
  EXPECT(account.total == 0);
}

UNIT_TEST(strbuf_failure_is_sticky)
{
  StrBuf buf;
  strbuf_init(&buf, NULL, MEM_SCRATCH);
  strbuf_append_str(&buf, "kept");
  EXPECT(!strbuf_reserve(&buf, SIZE_MAX - 100));
  strbuf_append_str(&buf, "lost, or fits in the room that was there before; either way nothing breaks");
  EXPECT(buf.failed && memcmp(buf.data, "kept", 4) == 0);
  strbuf_free(&buf);
}
