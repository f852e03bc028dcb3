// SPDX-License-Identifier: MIT
/*
 * WebAssembly modules, decoded, validated and translated: what is accepted, what is refused and with which words, cut
 * short at every byte. Modules are written as their bytes after the header: hexadecimal; ( ) put the length of what is
 * between them in front, 'text' is a name.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "wasm/module.h"

enum { MAX_BYTES = 512, MAX_DEPTH = 8 };

static const uint8_t header[8] = {0, 'a', 's', 'm', 1, 0, 0, 0};

/* The length of the module that the text means. */
static size_t assemble(const char *text, uint8_t out[static MAX_BYTES])
{
  size_t len = sizeof header, open[MAX_DEPTH], depth = 0;
  memcpy(out, header, sizeof header);
  for (; *text; text++) {
    if (*text == '(') {
      open[depth++] = len++;
    } else if (*text == ')') {
      depth--;
      JS_CHECK(len - open[depth] <= 128);
      out[open[depth]] = (uint8_t)(len - open[depth] - 1);
    } else if (*text == '\'') {
      const char *end = strchr(text + 1, '\'');
      size_t count = (size_t)(end - text - 1);
      out[len++] = (uint8_t)count;
      memcpy(out + len, text + 1, count);
      len += count;
      text = end;
    } else if (isxdigit((unsigned char)*text)) {
      const char digits[3] = {text[0], text[1]};
      out[len++] = (uint8_t)strtoul(digits, NULL, 16);
      text++;
    }
    JS_CHECK(len < MAX_BYTES - 64);
  }
  return len;
}

/* Decodes from a block of exactly that size, so that reading past it is seen by the sanitizers. */
static WasmModule *decode(const uint8_t *bytes, size_t length, WasmError *error)
{
  uint8_t *copy = malloc(length ? length : 1);
  memcpy(copy, bytes, length);
  WasmModule *module = wasm_module_new(copy, length, error);
  free(copy);
  return module;
}

/* Is there code for every function? */
static bool translates(WasmModule *module)
{
  for (uint32_t k = module->imported[WASM_FUNCTION]; k < module->functions.len; k++) {
    const WasmCode *code = wasm_module_code(module, k);
    if (!code || !code->unit_count || code != wasm_module_code(module, k))
      return false;
  }
  return true;
}

typedef struct Accepted {
  const char *what, *text;
} Accepted;
static const Accepted accepted[] = {
    {"empty", ""},
    {"custom sections", "00('note' 01 02) 00('name' 01(01 00'f'))"},
    {"every section",
     "00('a') 01(02 60 00 00 60 01 7F 01 7E) 02(05 'm''f' 00 00 'm''t' 01 70 00 01 'm''n' 02 00 01 'm''g' 03 7F 00 "
     "'m''x' 04 00 00) 03(02 00 01) 04(01 70 01 01 0A) 05(01 01 01 02) 0D(01 00 00) 06(02 7F 01 41 05 0B 70 00 D2 01 "
     "0B) 07(05 'f'00 01 't'01 00 'm'02 00 'g'03 01 'x'04 00) 08(01) 09(01 00 41 00 0B 02 01 02) 0C(02) 0A(02 (00 0B) "
     "(01 01 7E 20 00 AC 0B)) 0B(02 00 41 00 0B 02 AA BB 01 01 CC) 00('z')"},
    {"imported function called", "01(01 60 01 7F 00) 02(01 'a''b' 00 00) 03(01 00) 0A(01 (00 20 00 10 00 0B))"},
    {"multi-value", "01(01 60 02 7F 7E 02 7E 7F) 03(01 00) 0A(01 (00 20 01 20 00 0B))"},
    {"multi-value block", "01(02 60 00 02 7F 7F 60 02 7F 7F 01 7F) 03(01 01) 0A(01 (00 20 00 20 01 02 01 6A 0B 0B))"},
    {"loop with br_if", "01(01 60 01 7F 01 7F) 03(01 00) 0A(01 (00 03 40 20 00 41 01 6B 22 00 0D 00 0B 20 00 0B))"},
    {"if else", "01(01 60 01 7F 01 7F) 03(01 00) 0A(01 (00 20 00 04 7F 41 01 05 41 02 0B 0B))"},
    {"br_table", "01(01 60 01 7F 01 7F) 03(01 00) 0A(01 (00 02 40 02 40 02 40 20 00 0E 02 00 01 02 0B 41 0A 0F 0B 41 "
                 "14 0F 0B 41 1E 0B))"},
    {"unreachable stack", "01(01 60 00 01 7F) 03(01 00) 0A(01 (00 00 6A 0B))"},
    {"locals of all number types",
     "01(01 60 00 00)03(01 00) 0A(01 (04 02 7F 01 7E 01 7D 01 7C 20 00 21 01 20 02 1A 20 03 1A 20 04 1A 0B))"},
    {"numeric", "01(01 60 01 7C 01 7F) 03(01 00) 0A(01 (00 20 00 99 FC 02 67 B7 9F AA 41 03 76 0B))"},
    {"memory loads, stores, bulk",
     "01(01 60 00 00) 03(01 00) 05(01 00 01) 0A(01 (00 41 00 41 01 36 02 04 41 00 29 03 00 1A 41 00 41 00 41 04 FC 0A "
     "00 00 41 00 41 00 41 04 FC 0B 00 3F 00 40 00 1A 0B))"},
    {"memory.init and data.drop", "01(01 60 00 00)03(01 00) 05(01 00 01) 0C(01) 0A(01 (00 41 00 41 00 41 01 FC 08 00 "
                                  "00 FC 09 00 0B)) 0B(01 01 01 FF)"},
    {"two memories", "01(01 60 00 00) 03(01 00) 05(02 00 01 00 01) 0A(01 (00 41 00 28 42 01 00 1A 0B))"},
    {"memory of 64 bits", "01(01 60 00 00) 03(01 00) 05(01 04 01) 0A(01 (00 42 00 28 02 00 1A 0B))"},
    {"shared memory", "05(01 03 01 02)"},
    {"tables", "01(01 60 00 00) 03(01 00) 04(01 70 00 02) 0A(01 (00 41 00 25 00 1A 41 00 D0 70 26 00 D0 70 41 01 FC 0F "
               "00 1A FC 10 00 1A 41 00 D0 70 41 01 FC 11 00 41 00 41 00 41 00 FC 0E 00 00 0B))"},
    {"table with an initial value", "04(01 40 00 6F 00 01 D0 6F 0B)"},
    {"table.init and elem.drop", "01(01 60 00 00)03(01 00) 04(01 70 00 01) 09(01 01 00 01 00) 0A(01 (00 41 00 41 00 41 "
                                 "00 FC 0C 00 00 FC 0D 00 0B))"},
    {"call_indirect",
     "01(01 60 00 00)03(01 00) 04(01 70 00 01) 09(01 00 41 00 0B 01 00) 0A(01 (00 41 00 11 00 00 0B))"},
    {"element segments of each flag",
     "01(01 60 00 00)03(01 00) 04(01 70 00 04) 09(08 00 41 00 0B 01 00 01 00 01 00 02 00 41 00 0B 00 01 00 03 00 01 00 "
     "04 41 00 0B 01 D2 00 0B 05 70 01 D0 70 0B 06 00 41 00 0B 70 01 D2 00 0B 07 70 01 D2 00 0B) 0A(01 (00 0B))"},
    {"data segments of each flag", "05(01 00 01) 0B(03 00 41 00 0B 01 AA 01 01 BB 02 00 41 01 0B 01 CC)"},
    {"start", "01(01 60 00 00)03(01 00) 08(00) 0A(01 (00 0B))"},
    {"globals",
     "06(05 7F 00 41 01 0B 7E 01 42 7F 0B 7D 00 43 00 00 80 3F 0B 7C 00 44 00 00 00 00 00 00 F0 3F 0B 6F 00 D0 6F 0B)"},
    {"constant expressions that compute", "06(02 7F 00 41 01 41 02 6A 41 03 6C 0B 7E 00 42 01 42 02 7D 0B)"},
    {"global of a global", "02(01 'a''b' 03 7F 00) 06(01 7F 00 23 00 0B)"},
    {"globals set", "01(01 60 00 00) 03(01 00) 06(01 7F 01 41 00 0B) 0A(01 (00 23 00 41 01 6A 24 00 0B))"},
    {"references", "01(01 60 01 6F 01 7F) 03(01 00) 0A(01 (00 20 00 D1 0B))"},
    {"ref.func declared by an export", "01(01 60 00 00)03(01 00) 07(01 'f'00 00) 0A(01 (00 D2 00 1A 0B))"},
    {"call_ref", "01(01 60 00 00)03(01 00) 09(01 03 00 01 00) 0A(01 (00 D2 00 14 00 0B))"},
    {"br_on_null", "01(01 60 01 63 70 00) 03(01 00) 0A(01 (00 02 40 20 00 D5 00 1A 0B 0B))"},
    {"select typed", "01(01 60 01 6F 01 6F) 03(01 00) 0A(01 (00 20 00 20 00 41 01 1C 01 6F 0B))"},
    {"tail calls", "01(01 60 00 00) 03(01 00) 0A(01 (00 12 00 0B))"},
    {"exceptions: try_table", "01(02 60 00 00 60 01 7F 00) 03(01 00) 0D(01 00 01) 0A(01 (00 02 7F 1F 40 01 00 00 00 41 "
                              "05 08 00 0B 0F 0B 1A 0B))"},
    {"exceptions: catch_all_ref, throw_ref",
     "01(01 60 00 00)03(01 00) 0D(01 00 00) 0A(01 (00 02 69 1F 40 01 03 00 08 00 0B 0F 0B 0A 0B))"},
    {"exceptions: try, catch, rethrow",
     "01(01 60 00 00)03(01 00) 0D(01 00 00) 0A(01 (00 06 40 08 00 07 00 09 00 19 0B 0B))"},
    {"exceptions: delegate", "01(01 60 00 00)03(01 00) 0A(01 (00 06 40 06 40 01 18 00 19 0B 0B))"},
    {"vectors",
     "01(01 60 02 7B 7F 01 7B) 03(01 00) 05(01 00 01) 0A(01 (01 01 7B 20 00 20 01 FD 6B 41 00 FD 00 04 00 FD 6E "
     "22 02 20 02 20 02 FD 52 20 01 20 02 FD 5B 03 00 01 20 01 FD 09 02 00 FD 1B 02 FD 11 FD 50 0B))"},
    {"vector constants and shuffles",
     "01(01 60 00 01 7B) 03(01 00) 0A(01 (00 FD 0C 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D "
     "0E 0F FD 0C 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 FD 0D 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E "
     "1F "
     "0B))"},
    {"atomics",
     "01(01 60 00 00) 03(01 00) 05(01 03 01 02) 0A(01 (00 FE 03 00 41 00 41 01 FE 00 02 00 1A 41 00 41 00 42 7F FE 01 "
     "02 00 1A 41 00 42 01 42 02 FE 49 03 08 41 00 FE 14 00 00 7C 1A 41 00 41 01 FE 17 02 00 0B))"},
    {"recursive types", "01(01 4E 02 60 01 63 01 00 60 01 63 00 00)"},
    {"subtypes", "01(02 50 00 60 00 01 63 70 4F 01 00 60 00 01 64 70)"},
};

UNIT_TEST(wasm_accepts_and_translates_valid_modules)
{
  for (size_t k = 0; k < sizeof accepted / sizeof *accepted; k++) {
    uint8_t bytes[MAX_BYTES];
    WasmError error;
    WasmModule *module = decode(bytes, assemble(accepted[k].text, bytes), &error);
    bool ok = module && translates(module);
    if (!ok)
      fprintf(stderr, "%s: %s @+%u\n", accepted[k].what, module ? "not translated" : error.text, error.offset);
    EXPECT(ok);
    if (module)
      wasm_module_release(module);
  }
}

UNIT_TEST(wasm_refuses_or_accepts_modules_cut_short)
{
  for (size_t k = 0; k < sizeof accepted / sizeof *accepted; k++) {
    uint8_t bytes[MAX_BYTES];
    size_t length = assemble(accepted[k].text, bytes);
    for (size_t cut = 0; cut < length; cut++) {
      WasmError error;
      WasmModule *module = decode(bytes, cut, &error);
      EXPECT(module ? translates(module) : error.text[0] && error.offset <= cut);
      if (module)
        wasm_module_release(module);
    }
  }
}

UNIT_TEST(wasm_survives_any_single_byte_changed)
{
  static const uint8_t changes[] = {0x01, 0x80, 0xFF, 0x40};
  for (size_t k = 0; k < sizeof accepted / sizeof *accepted; k++) {
    uint8_t bytes[MAX_BYTES];
    size_t length = assemble(accepted[k].text, bytes);
    for (size_t at = 0; at < length * sizeof changes; at++) {
      uint8_t *byte = &bytes[at / sizeof changes], old = *byte;
      WasmError error;
      *byte ^= changes[at % sizeof changes];
      WasmModule *module = decode(bytes, length, &error);
      EXPECT(module ? translates(module) : error.text[0] && error.offset <= length);
      if (module)
        wasm_module_release(module);
      *byte = old;
    }
  }
}

typedef struct Refused {
  const char *what, *text, *message;
  uint32_t offset;
} Refused;
static const Refused refused[] = {
    {"section twice", "01(01 60 00 00)01(01 60 00 00)", "unexpected section <Type>", 14},
    {"sections in the wrong order", "03(00) 01(00)", "unexpected section <Type>", 11},
    {"unknown section", "0E(00)", "unknown section code #0x0e", 8},
    {"section past the end", "01 05 00",
     "section (code 1, \"Type\") extends past end of the module (length 5, remaining bytes 1)", 8},
    {"section longer than its contents", "01(00 00)",
     "section was shorter than expected size (2 bytes expected, 1 decoded)", 11},
    {"LEB128 too long", "01(80 80 80 80 80 00)", "length overflow while decoding leb128: types count", 14},
    {"LEB128 with extra bits", "01(FF FF FF FF 7F)", "extra bits in varint", 14},
    {"count too large", "01(05)", "types count of 5 exceeds the remaining bytes", 10},
    {"unknown type form", "01(01 61 00 00)", "unknown type form: 97", 11},
    {"unknown value type", "01(01 60 01 10 00)", "invalid value type 0x10", 13},
    {"type index out of bounds", "01(01 60 00 00)03(01 01)", "no signature at index 1 (1 types)", 17},
    {"reference to no type", "01(01 60 01 63 05 00)", "Type index 5 is out of bounds", 14},
    {"too many parameters", "01(01 60 E9 07 00)", "param count of 1001 exceeds internal limit of 1000", 12},
    {"final supertype", "01(02 60 00 00 50 01 00 60 00 00)", "type has invalid explicit supertype 0", 14},
    {"supertype that comes later", "01(01 50 01 00 60 00 00)", "type 0: invalid supertype 0", 14},
    {"import of no kind", "02(01 'a''b' 05 00)", "unknown import desc code 0x05", 15},
    {"import without a type", "02(01 'a''b' 00 00)", "no signature at index 0 (0 types)", 16},
    {"name that is not UTF-8", "02(01 01 FF 'b' 03 7F 00)", "invalid UTF-8 string for module name", 12},
    {"name past the end", "02(01 09 61)", "expected 9 bytes, fell off end", 12},
    {"functions without code", "01(01 60 00 00)03(01 00)", "function count is 1, but code section is absent", 18},
    {"code without functions", "0A(01 (00 0B))", "function body count 1 mismatch (0 expected)", 10},
    {"body past the end", "01(01 60 00 00)03(01 00) 0A(01 09 00 0B)", "expected 9 bytes, fell off end", 22},
    {"limits flags", "05(01 08 00)", "invalid memory limits flags 0x8", 11},
    {"memory minimum over maximum", "05(01 01 02 01)", "maximum memory size (1) is lower than the minimum (2)", 13},
    {"memory too large", "05(01 00 81 80 04)",
     "initial memory size (65537) is larger than implementation limit (65536)", 12},
    {"memory maximum too large", "05(01 01 00 81 80 04)",
     "maximum memory size (65537 pages) is larger than implementation limit (65536 pages)", 11},
    {"shared memory without maximum", "05(01 02 01)", "shared memory must have a maximum defined", 11},
    {"table too large", "04(01 70 00 81 AD E2 04)",
     "initial table size (10000001) is larger than implementation limit (10000000)", 13},
    {"table of numbers", "04(01 7F 00 01)", "Unexpected type 0x7f", 11},
    {"table of non-null references", "01(01 60 00 00)04(01 64 70 00 01)",
     "Table of non-defaultable table type must have initial value", 21},
    {"mutability", "06(01 7F 02 41 00 0B)", "invalid mutability bit pattern: 2", 12},
    {"global of another type", "06(01 7F 00 42 00 0B)", "type error in constant expression[0] (expected i32, got i64)",
     13},
    {"global of two values", "06(01 7F 00 41 00 41 00 0B)",
     "expected 1 elements on the stack for constant expression, found 2", 13},
    {"global of no value", "06(01 7F 00 0B)", "expected 1 elements on the stack for constant expression, found 0", 13},
    {"global with an instruction", "06(01 7F 00 01 0B)", "opcode 0x01 is not allowed in constant expressions", 13},
    {"global of a later global", "06(01 7F 00 23 00 0B)", "Invalid global index: 0", 15},
    {"global of a mutable one", "02(01 'a''b' 03 7F 01) 06(01 7F 00 23 00 0B)",
     "non-imported or mutable globals cannot be used in constant expressions", 25},
    {"export of nothing", "07(01 'f'00 00)", "function index 0 out of bounds (0 entries)", 14},
    {"export of no kind", "07(01 'f'05 00)", "invalid export kind 0x05", 13},
    {"exports of one name", "05(01 00 01) 07(02 'm'02 00 'm'02 00)",
     "Duplicate export name 'm' for memory 0 and memory 0", 21},
    {"start of no function", "08(00)", "function index 0 out of bounds (0 entries)", 10},
    {"start with parameters", "01(01 60 01 7F 00) 03(01 00) 08(00) 0A(01 (00 0B))",
     "invalid start function: non-zero parameter or return count", 21},
    {"element segment without table", "09(01 00 41 00 0B 00)", "out of bounds table index 0", 11},
    {"element segment flags", "09(01 08)", "illegal flag value 8", 11},
    {"element segment of no function", "04(01 70 00 01) 09(01 00 41 00 0B 01 00)",
     "function index 0 out of bounds (0 entries)", 22},
    {"element segment of another type", "04(01 6F 00 01) 09(01 04 41 00 0B 00)",
     "Element segment of type funcref is not a subtype of referenced table 0 (of type externref)", 17},
    {"data segment without memory", "0B(01 00 41 00 0B 00)",
     "invalid memory index 0 for data section (having 0 memories)", 11},
    {"data segment past the end", "05(01 00 01) 0B(01 00 41 00 0B 09 00)", "expected 9 bytes, fell off end", 21},
    {"data segment flags", "05(01 00 01) 0B(01 03 00)", "illegal flag value 3", 16},
    {"data count differs", "05(01 00 01) 0C(02) 0B(01 01 00)",
     "number of data segments (1) does not match declared number of data segments (2)", 18},
    {"tag with a result", "01(01 60 00 01 7F) 0D(01 00 00)", "tag signature 0 has non-void return", 18},
    {"tag attribute", "01(01 60 00 00)0D(01 01 00)", "exception attribute 1 not supported", 17},
    {"nothing on the stack", "01(01 60 00 00)03(01 00) 0A(01 (00 1A 0B))",
     "Compiling function #0 failed: not enough arguments on the stack for drop", 23},
    {"wrong operand", "01(01 60 00 00)03(01 00) 0A(01 (00 42 00 45 1A 0B))",
     "Compiling function #0 failed: i32.eqz expected type i32, found type i64", 25},
    {"value left", "01(01 60 00 00)03(01 00) 0A(01 (00 41 00 0B))",
     "Compiling function #0 failed: expected 0 elements on the stack for fallthru, found 1", 25},
    {"result missing", "01(01 60 00 01 7F) 03(01 00) 0A(01 (00 0B))",
     "Compiling function #0 failed: expected 1 elements on the stack for fallthru, found 0", 24},
    {"result of another type", "01(01 60 00 01 7F) 03(01 00) 0A(01 (00 42 00 0B))",
     "Compiling function #0 failed: type error in fallthru[0] (expected i32, got i64)", 26},
    {"unknown opcode", "01(01 60 00 00)03(01 00) 0A(01 (00 27 0B))",
     "Compiling function #0 failed: Invalid opcode 0x27", 23},
    {"unknown prefixed opcode", "01(01 60 00 00)03(01 00) 0A(01 (00 FC 7F 0B))",
     "Compiling function #0 failed: invalid numeric opcode: 0xfc7f", 23},
    {"no end", "01(01 60 00 00)03(01 00) 0A(01 (00 01))",
     "Compiling function #0 failed: function body must end with \"end\" opcode", 24},
    {"bytes after the end", "01(01 60 00 00)03(01 00) 0A(01 (00 0B 01))",
     "Compiling function #0 failed: trailing code after function end", 24},
    {"local out of bounds", "01(01 60 00 00)03(01 00) 0A(01 (00 20 00 1A 0B))",
     "Compiling function #0 failed: invalid local index: 0", 23},
    {"too many locals", "01(01 60 00 00)03(01 00) 0A(01 (01 D1 86 03 7F 0B))",
     "Compiling function #0 failed: local count too large", 23},
    {"frame too large", "01(01 60 00 00)03(01 00) 0A(01 (01 C0 B8 02 7B 0B))",
     "Compiling function #0 failed: function needs more than 65535 words of stack", 23},
    {"vector instruction that there is not", "01(01 60 00 00)03(01 00) 0A(01 (00 FD 9A 01 0B))",
     "Compiling function #0 failed: invalid simd opcode: 0xfd9a", 23},
    {"lane that there is not", "01(01 60 01 7B 00) 03(01 00) 0A(01 (00 20 00 FD 1B 04 1A 0B))",
     "Compiling function #0 failed: invalid lane index", 28},
    {"vector of another type", "01(01 60 00 00)03(01 00) 0A(01 (00 41 00 FD 4D 1A 0B))",
     "Compiling function #0 failed: v128.not expected type s128, found type i32", 25},
    {"atomic instruction that there is not", "01(01 60 00 00)03(01 00) 05(01 03 01 01) 0A(01 (00 FE 04 0B))",
     "Compiling function #0 failed: invalid atomic opcode: 0xfe04", 29},
    {"atomic access with another alignment",
     "01(01 60 00 00)03(01 00) 05(01 03 01 01) 0A(01 (00 41 00 FE 10 00 00 1A 0B))",
     "Compiling function #0 failed: invalid alignment; expected the alignment is 2, actual alignment is 0", 33},
    {"local not set", "01(01 60 00 00)03(01 00) 0A(01 (01 01 64 70 20 00 1A 0B))",
     "Compiling function #0 failed: uninitialized non-defaultable local: 0", 26},
    {"global out of bounds", "01(01 60 00 00)03(01 00) 0A(01 (00 23 00 1A 0B))",
     "Compiling function #0 failed: Invalid global index: 0", 23},
    {"immutable global set", "01(01 60 00 00) 03(01 00) 06(01 7F 00 41 00 0B) 0A(01 (00 41 00 24 00 0B))",
     "Compiling function #0 failed: immutable global #0 cannot be assigned", 33},
    {"branch depth", "01(01 60 00 00)03(01 00) 0A(01 (00 0C 05 0B))",
     "Compiling function #0 failed: invalid branch depth: 5", 24},
    {"branch without its value", "01(01 60 00 01 7F) 03(01 00) 0A(01 (00 02 7F 0C 00 0B 0B))",
     "Compiling function #0 failed: expected 1 elements on the stack for branch, found 0", 26},
    {"br_table of two arities", "01(01 60 00 00)03(01 00) 0A(01 (00 02 7F 41 00 41 00 0E 01 00 01 0B 1A 0B))",
     "Compiling function #0 failed: br_table: label arity inconsistent with previous arity 1", 29},
    {"else without if", "01(01 60 00 00)03(01 00) 0A(01 (00 05 0B))",
     "Compiling function #0 failed: else does not match an if", 23},
    {"if without else with a result", "01(01 60 00 00)03(01 00) 0A(01 (00 41 00 04 7F 41 00 0B 1A 0B))",
     "Compiling function #0 failed: type error in fallthru of if without else", 29},
    {"block type", "01(01 60 00 00)03(01 00) 0A(01 (00 02 05 0B 0B))",
     "Compiling function #0 failed: block type index 5 is not a signature definition", 24},
    {"call out of bounds", "01(01 60 00 00)03(01 00) 0A(01 (00 10 07 0B))",
     "Compiling function #0 failed: function index #7 is out of bounds", 24},
    {"call without its arguments", "01(01 60 01 7F 00) 03(01 00) 0A(01 (00 10 00 0B))",
     "Compiling function #0 failed: not enough arguments on the stack for call", 24},
    {"call_indirect without table", "01(01 60 00 00)03(01 00) 0A(01 (00 41 00 11 00 00 0B))",
     "Compiling function #0 failed: table index 0 out of range", 27},
    {"load without memory", "01(01 60 00 00)03(01 00) 0A(01 (00 41 00 28 02 00 1A 0B))",
     "Compiling function #0 failed: memory index 0 exceeds number of declared memories (0)", 26},
    {"alignment", "01(01 60 00 00) 03(01 00) 05(01 00 01) 0A(01 (00 41 00 28 03 00 1A 0B))",
     "Compiling function #0 failed: invalid alignment; expected maximum alignment is 2, actual alignment is 3", 31},
    {"memory.init without data count",
     "01(01 60 00 00) 03(01 00) 05(01 00 01) 0A(01 (00 41 00 41 00 41 00 FC 08 00 00 0B))",
     "Compiling function #0 failed: data count section required", 36},
    {"table out of bounds", "01(01 60 00 00)03(01 00) 0A(01 (00 41 00 25 00 1A 0B))",
     "Compiling function #0 failed: table index 0 exceeds number of tables (0)", 26},
    {"element segment out of bounds", "01(01 60 00 00)03(01 00) 0A(01 (00 FC 0D 00 0B))",
     "Compiling function #0 failed: invalid element segment index: 0", 25},
    {"ref.func undeclared", "01(01 60 00 00)03(01 00) 0A(01 (00 D2 00 1A 0B))",
     "Compiling function #0 failed: undeclared reference to function #0", 23},
    {"select of references", "01(01 60 01 6F 00) 03(01 00) 0A(01 (00 20 00 20 00 41 00 1B 1A 0B))",
     "Compiling function #0 failed: select without type is restricted to number and simd types", 30},
    {"select of two types", "01(01 60 00 00)03(01 00) 0A(01 (00 41 00 42 00 41 00 1B 1A 0B))",
     "Compiling function #0 failed: select operands are of different types", 29},
    {"tag out of bounds", "01(01 60 00 00)03(01 00) 0A(01 (00 08 00 0B))",
     "Compiling function #0 failed: Invalid tag index: 0", 24},
    {"catch without try", "01(01 60 00 00)03(01 00) 0A(01 (00 07 00 0B))",
     "Compiling function #0 failed: catch does not match a try", 23},
    {"rethrow outside of a catch", "01(01 60 00 00)03(01 00) 0A(01 (00 09 00 0B))",
     "Compiling function #0 failed: rethrow not targeting catch or catch-all", 23},
    {"delegate without try", "01(01 60 00 00)03(01 00) 0A(01 (00 18 00 0B))",
     "Compiling function #0 failed: delegate does not match a try", 23},
    {"catch to a label of other types",
     "01(01 60 00 00)03(01 00) 0D(01 00 00) 0A(01 (00 02 7F 1F 40 01 00 00 00 0B 41 00 0B 1A 0B))",
     "Compiling function #0 failed: catch clause does not fit its label", 30},
    {"tail call of another result", "01(02 60 00 00 60 00 01 7F) 03(02 00 01) 0A(02 (00 0B) (00 12 00 0B))",
     "Compiling function #1 failed: tail call type error", 31},
};

UNIT_TEST(wasm_refuses_malformed_and_invalid_modules)
{
  for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
    uint8_t bytes[MAX_BYTES];
    WasmError error;
    WasmModule *module = decode(bytes, assemble(refused[k].text, bytes), &error);
    bool ok = !module && !strcmp(error.text, refused[k].message) && error.offset == refused[k].offset;
    if (!ok)
      fprintf(stderr, "%s: %s @+%u\n", refused[k].what, module ? "accepted" : error.text, error.offset);
    EXPECT(ok);
    if (module)
      wasm_module_release(module);
  }
}

UNIT_TEST(wasm_refuses_other_headers)
{
  static const char *const messages[] = {
      "expected magic word 00 61 73 6d, found 01 61 73 6d",
      "expected version 01 00 00 00, found 02 00 00 00",
  };
  for (uint32_t k = 0; k < 2; k++) {
    uint8_t bytes[sizeof header];
    WasmError error;
    memcpy(bytes, header, sizeof header);
    bytes[4 * k]++;
    EXPECT(!decode(bytes, sizeof bytes, &error));
    EXPECT(!strcmp(error.text, messages[k]) && error.offset == 4 * k);
  }
}

UNIT_TEST(wasm_finds_the_names_of_functions)
{
  uint8_t bytes[MAX_BYTES];
  WasmError error;
  WasmModule *module = decode(
      bytes, assemble("01(01 60 00 00) 03(02 00 00) 0A(02 (00 0B) (00 0B)) 00('name' 01(01 01 'second'))", bytes),
      &error);
  EXPECT(module != NULL);
  WasmName name = wasm_function_name(module, 1);
  EXPECT(name.length == 6 && !memcmp(name.text, "second", 6));
  EXPECT(wasm_function_name(module, 0).length == 0);
  wasm_module_release(module);
}
