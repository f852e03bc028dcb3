// SPDX-License-Identifier: MIT
/*
 * [DOC] Modules
 *
 * Source text and synthetic module records, linking, evaluation with top-level await, namespace objects
 * (ecma262#sec-modules). Loading is the host's: it compiles a record (module_compile), asks for its requests, gives the
 * record for each of them (module_set_linked), and when the whole graph is loaded calls module_link and module_evaluate
 * on its root.
 *
 * A record is an object without prototype, so it may pass through JavaScript as an opaque value. What a module's
 * environment holds for an import is a JsImportBinding that leads to the exporting module's slot.
 */
#ifndef MODULE_MODULE_H
#define MODULE_MODULE_H

#include "bytecode/module_info.h"
#include "interp/promise.h"

typedef enum {
  MODULE_UNLINKED,
  MODULE_LINKING,
  MODULE_LINKED,
  MODULE_EVALUATING,
  MODULE_EVALUATING_ASYNC,
  MODULE_EVALUATED
} JsModuleStatus;

/* JsModule.async_order while no number was given. */
#define MODULE_ORDER_UNSET 0
#define MODULE_ORDER_DONE  UINT64_MAX

typedef struct JsModule {
  JsObject obj;
  JS_PTR_SLOT(JsModuleInfo) info; /* NULL: synthetic */
  JS_PTR_SLOT(JsString) url;
  JsSlot host_defined;
  JS_PTR_SLOT(JsEnv) env;
  JS_PTR_SLOT(JsElements) linked;       /* the record of each request; hole: not given yet */
  JS_PTR_SLOT(JsElements) export_names; /* synthetic: raw keys, the index is the slot */
  JS_PTR_SLOT(JsObject) namespace_object;
  JS_PTR_SLOT(JsObject) deferred_namespace; /* of `import defer`: evaluates the module when looked into */
  JS_PTR_SLOT(JsObject) meta;
  JsSlot error; /* evaluation error, or hole */
  JS_PTR_SLOT(struct JsModule) cycle_root;
  JS_PTR_SLOT(JsPromise) top_level; /* capability of Evaluate() */
  JS_PTR_SLOT(JsElements) async_parents;
  JsSlot evaluate; /* synthetic: function called with the record, or undefined */
  JsSlot source;   /* [[ModuleSource]]: what `import source` binds; hole: there is none */
  uint64_t async_order;
  uint64_t visit; /* the walk over the graph that came by last, a number of its own */
  uint32_t dfs_index, dfs_ancestor, pending_async;
  uint8_t status; /* JsModuleStatus */
  bool has_top_level_await;
  bool graph_is_async; /* once linked: it or something it imports has top-level await */
} JsModule;

JS_INLINE bool js_is_module(JsValue v)
{
  return js_is_kind(v, CELL_MODULE);
}
JS_INLINE JsModule *js_as_module(JsValue v)
{
  return (JsModule *)js_as_cell(v);
}

/* ParseModule. NULL: SyntaxError pending. host_defined: JS_HOLE or the host's word for it. */
JS_MUST_USE JsModule *module_compile(JsContext *cx, JsString *source, JsString *url, const JsCompileOptions *options,
                                     JsValue host_defined);
/* Its exports are undefined until `evaluate` (called with the record as argument; undefined: nothing) sets them. */
JS_MUST_USE JsModule *module_synthetic(JsContext *cx, JsString *url, uint32_t export_count, JsString *const *names,
                                       JsValue evaluate, JsValue host_defined);
/* SetSyntheticModuleExport. False: ReferenceError. */
JS_MUST_USE bool module_set_export(JsContext *cx, JsModule *module, JsString *name, JsValue val);

/* Requests in source order, without repeats. */
uint32_t module_request_count(const JsModule *module);
JsString *module_request_specifier(const JsModule *module, uint32_t request);
uint32_t module_request_attribute_count(const JsModule *module, uint32_t request);
void module_request_attribute(const JsModule *module, uint32_t request, uint32_t index, JsString **key,
                              JsString **value);
/* Source offset of the specifier, for the host's messages. */
uint32_t module_request_position(const JsModule *module, uint32_t request);
void module_set_linked(JsContext *cx, JsModule *module, uint32_t request, JsModule *target);

/* What the module is for those that import its source. */
void module_set_source(JsContext *cx, JsModule *module, JsValue source);
/* 0 evaluation, 1 source, 2 defer */
unsigned module_request_phase(const JsModule *module, uint32_t request);

/* Link ( ). Every module of the graph must have its requests' records. */
JS_MUST_USE bool module_link(JsContext *cx, JsModule *module);
/* Evaluate ( ): a promise. Exceptions of the program reject it; JS_EXCEPTION only for termination. */
JS_MUST_USE JsValue module_evaluate(JsContext *cx, JsModule *module);
/* GetModuleNamespace. NULL: exception. */
JS_MUST_USE JsObject *module_namespace(JsContext *cx, JsModule *module);
/* The same of phase defer. */
JS_MUST_USE JsObject *module_deferred_namespace(JsContext *cx, JsModule *module);
/* The namespace that a request of this phase binds. */
JS_MUST_USE JsObject *module_namespace_of(JsContext *cx, JsModule *module, unsigned phase);
/* Of its graph, a module that waits at its own top level; NULL: none does, or there is no stack to look. */
JsModule *module_stalled(JsContext *cx, JsModule *module);
/* EvaluateModuleSync: what a look into a deferred namespace does. False: exception. */
JS_MUST_USE bool module_evaluate_sync(JsContext *cx, JsModule *module);
/* import.meta of a module: filled by the host at first use. */
JS_MUST_USE JsValue module_import_meta(JsContext *cx, JsValue module);
/* ContinueDynamicImport once the module's graph is loaded: links, evaluates, settles the promise. Phase defer evaluates
 * no more than what is asynchronous. */
void module_finish_dynamic_import(JsContext *cx, JsModule *module, JsPromise *promise, unsigned phase);
/* What running code was compiled with: a module's own host_defined, or the value itself. */
JsValue module_host_defined(JsValue referrer);

/* --- within the folder ------------------------------------------------------------------------------------------- */

typedef enum {
  RESOLUTION_NOT_FOUND,
  RESOLUTION_AMBIGUOUS,
  RESOLUTION_BINDING,
  RESOLUTION_NAMESPACE,
  RESOLUTION_DEFERRED_NAMESPACE
} JsResolutionKind;
typedef struct JsResolution {
  JsResolutionKind kind;
  JsModule *module;
  uint32_t slot; /* BINDING */
} JsResolution;
/* ResolveExport ( exportName ). False: exception (too deep). */
JS_MUST_USE bool module_resolve_export(JsContext *cx, JsModule *module, JsKey name, JsResolution *out);
/* GetExportedNames ( ): raw keys. NULL: exception. */
JS_MUST_USE JsElements *module_exported_names(JsContext *cx, JsModule *module);
JsKey module_info_key(JsHeap *heap, const JsModuleInfo *info, uint32_t name);
JsModule *module_linked(const JsModule *module, uint32_t request);
JS_MUST_USE JsObject *namespace_new(JsContext *cx, JsModule *module, JsElements *names, bool deferred);

void module_trace(JsTracer *tracer, JsCell *cell);
void namespace_trace(JsTracer *tracer, JsCell *cell);

#endif
