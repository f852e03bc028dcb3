// SPDX-License-Identifier: MIT
/* Any bytes as a WebAssembly module: decoded, validated; of valid ones every function is translated. The header need
 * not be guessed: it is put in front. */
#include <stdlib.h>
#include <string.h>

#include "wasm/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const uint8_t header[8] = {0, 'a', 's', 'm', 1, 0, 0, 0};
  uint8_t *bytes = malloc(sizeof header + size);
  memcpy(bytes, header, sizeof header);
  if (size)
    memcpy(bytes + sizeof header, data, size);
  WasmError error;
  WasmModule *module = wasm_module_new(bytes, sizeof header + size, &error);
  free(bytes);
  if (!module) {
    JS_CHECK(error.text[0] && error.offset <= sizeof header + size);
    return 0;
  }
  for (uint32_t k = module->imported[WASM_FUNCTION]; k < module->functions.len; k++) {
    const WasmCode *code = wasm_module_code(module, k);
    JS_CHECK(code && code->unit_count);
    JS_CHECK(wasm_body_find_offset(module, k, code->unit_count - 1) < module->length);
  }
  wasm_module_release(module);
  return 0;
}
