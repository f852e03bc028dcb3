// SPDX-License-Identifier: MIT
/* The parameters every file of lib/ is wrapped in, for the runtime and for tools/embed_lib. */
#ifndef RUNTIME_LIB_WRAPPER_H
#define RUNTIME_LIB_WRAPPER_H

#define LIB_WRAPPER_PARAMS "exports", "require", "module", "process", "internalBinding", "primordials"

#endif
