// SPDX-License-Identifier: MIT
/* Decoders of the multi-byte encodings, on ICU's converters. */
#ifndef RUNTIME_LEGACY_DECODER_H
#define RUNTIME_LEGACY_DECODER_H

#include "culm/js.h"

/* Adds the class LegacyDecoder to a binding's object. */
bool rt_add_legacy_decoder(JsContext *cx, JsValue binding);

#endif
