// SPDX-License-Identifier: MIT
/* Arguments objects. Unmapped ones are ordinary objects of this kind; mapped ones (sloppy, simple parameters) alias
 * slots of the function's environment: the compiler puts the parameters of such functions into an environment. */
#ifndef OBJECT_ARGUMENTS_H
#define OBJECT_ARGUMENTS_H

#include "object/env.h"

typedef struct JsArguments {
  JsObject obj;
  JS_PTR_SLOT(JsEnv) env;   /* NULL: unmapped */
  const uint16_t *slot_map; /* parameter index -> env slot, 0xFFFF: unmapped; owned by the code, kept by `code` */
  uint32_t mapped_count;
  uint32_t pad;
  JsSlot unmapped; /* hole, or a JsElements of booleans: true where the mapping was cut */
  JsSlot code;
} JsArguments;

extern const JsObjectOps arguments_ops;
/* The shape all arguments objects of a realm begin with. */
JsShape *arguments_shape(JsContext *cx, bool is_strict);
/* CreateUnmappedArgumentsObject */
JS_MUST_USE JsObject *create_unmapped_arguments_object(JsContext *cx, uint32_t argc, const JsValue *argv);
/* CreateMappedArgumentsObject: callee is the function. */
JS_MUST_USE JsObject *create_mapped_arguments_object(JsContext *cx, JsObject *callee, uint32_t argc,
                                                     const JsValue *argv, JsEnv *env, const uint16_t *slot_map,
                                                     uint32_t mapped_count, JsValue code);
void arguments_trace(JsTracer *tracer, JsCell *cell);

#endif
