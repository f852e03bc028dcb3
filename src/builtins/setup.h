// SPDX-License-Identifier: MIT
/* Putting a Vm together: the object layer with the hooks of the interpreter, the built-ins and the modules. */
#ifndef BUILTINS_SETUP_H
#define BUILTINS_SETUP_H

#include "builtins/builtin.h"

/* A function or getter of an intrinsic, by name or (name NULL) symbol, whatever has become of it there. */
JsValue builtin_original(JsContext *cx, JsIntrinsicId holder, const char *name, uint16_t symbol);

/* A whole Vm with one realm, current. NULL: out of memory. */
JsVm *vm_new(const JsVmOptions *options, const JsHostHooks *hooks);

#endif
