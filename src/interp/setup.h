// SPDX-License-Identifier: MIT
/* How the interpreter hooks itself into a Vm. */
#ifndef INTERP_SETUP_H
#define INTERP_SETUP_H

#include "object/vm.h"

/* Sets the Vm's upward hooks that belong to the interpreter. False: out of memory. */
JS_MUST_USE bool interp_init(JsVm *vm);
/* Makes `length`, `name` and `prototype` of an interpreted function. */
JS_MUST_USE bool interp_materialise(JsContext *cx, JsObject *fn, JsKey key);

#endif
