/* SPDX-License-Identifier: MIT */
/*
 * Culm's JavaScript engine: the public interface.
 *
 * A JsVm is one JavaScript thread's world; a JsContext is what every call takes. A JsValue in a C local, argument or
 * array on the C stack is alive: no rooting is needed there. A value kept anywhere else (malloc memory, a struct of
 * another library, a static) needs a JsRef. Cells never move.
 *
 * Errors: a function that returns JsValue gives JS_EXCEPTION, one that returns bool gives false, one that returns a
 * pointer gives NULL, and the exception is pending: return at once with your own sentinel, or js_take_exception.
 * Functions that take JsContext may run JavaScript and collect, unless their comment says otherwise. All functions of
 * one Vm are for its thread.
 */
#ifndef CULM_JS_H
#define CULM_JS_H

#include "culm/value.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define JS_API       __attribute__((visibility("default")))
#define JS_API_CHECK __attribute__((visibility("default"), warn_unused_result))
#else
#define JS_API
#define JS_API_CHECK
#endif

typedef struct JsVm JsVm;
typedef struct JsContext JsContext;
typedef struct JsRef JsRef;

/* --- Vm ---------------------------------------------------------------------------------------------------------- */

typedef struct JsConfig {
  size_t heap_limit_bytes; /* 0: default */
  size_t nursery_bytes;    /* 0: default */
  size_t stack_bytes;      /* VM stack, 0: default */
  unsigned gc_stress;      /* collect at every n-th allocation; 0: off */
  bool trace_gc, verify_heap, gc_scribble, dump_bytecode;
} JsConfig;

/* import, import.source, import.defer */
typedef enum { JS_IMPORT_EVALUATION, JS_IMPORT_SOURCE, JS_IMPORT_DEFER } JsImportPhase;

/* What the host supplies; any member may be NULL. opaque is handed back. */
typedef struct JsHost {
  void *opaque;
  /* A promise was rejected with nobody listening (handled false), or got its first handler after that (true). */
  void (*promise_rejection)(JsContext *cx, JsValue promise, JsValue reason, bool handled, void *opaque);
  /* import(): promise must be settled by js_module_finish_dynamic_import or by its resolvers; false: exception pending.
   * referrer is the host_defined value the running code was compiled with. JS_IMPORT_DEFER is for
   * js_module_import_deferred. */
  JsValue (*import_dynamically)(JsContext *cx, JsValue referrer, JsValue specifier, JsValue attributes,
                                JsImportPhase phase, void *opaque);
  bool (*import_meta)(JsContext *cx, JsValue host_defined, JsValue meta, void *opaque);
  void (*jobs_pending)(JsVm *vm, void *opaque);
  bool (*interrupt)(JsContext *cx, void *opaque);
  /* From any thread: an Atomics.waitAsync of this Vm was notified or has a new deadline. The Vm's thread is to call
   * js_settle_async_waits soon. */
  void (*wake)(JsVm *vm, void *opaque);
  /* A promise of [ArrayBuffer, URL]: the bytes of what WebAssembly.compileStreaming or instantiateStreaming was given,
   * and where they come from ("": nowhere). NULL: there are no such functions. */
  JsValue (*wasm_source)(JsContext *cx, JsValue source, void *opaque);
} JsHost;

/* NULL: out of memory. */
JS_API JsVm *js_vm_new(const JsConfig *config, const JsHost *host);
JS_API void js_vm_free(JsVm *vm);
JS_API JsContext *js_vm_context(JsVm *vm);
JS_API JsVm *js_context_vm(JsContext *cx);
/* One word for the embedder. */
JS_API void js_vm_set_data(JsVm *vm, void *data);
JS_API void *js_vm_data(JsVm *vm);
/* From any thread: the running JavaScript ends with a termination that no catch sees. */
JS_API void js_vm_terminate(JsVm *vm);
/* From its own thread, at once. */
JS_API JsValue js_throw_termination(JsContext *cx);
JS_API bool js_is_terminating(const JsContext *cx);
/* Also one that was asked for and has not been noticed yet. */
JS_API void js_cancel_termination(JsContext *cx);
JS_API void js_gc(JsVm *vm, bool major);
/* For a host whose loop is about to wait: is there collecting to do that would otherwise be done while the program
 * runs, or memory to give back; and a few milliseconds of it (true: there is more). */
JS_API bool js_idle_is_due(JsVm *vm);
JS_API bool js_idle_step(JsVm *vm);

typedef struct JsMemory {
  size_t heap_used, heap_total, heap_limit, external, malloced;
  size_t array_buffers; /* of external: bytes of ArrayBuffers and SharedArrayBuffers */
  uint64_t minor_collections, major_collections;
  uint64_t pause_ns_total, pause_ns_max;
} JsMemory;
JS_API void js_memory(JsVm *vm, JsMemory *out);
/* Called when an allocation does not fit under the heap limit, bytes; returns the limit from now on. A higher one lets
 * the program run on (after js_vm_terminate, say, to unwind it); the same one ends the process with the fatal error.
 * Must not call the engine but for js_vm_terminate. */
typedef size_t (*JsNearHeapLimitCallback)(JsVm *vm, size_t limit, void *opaque);
JS_API void js_vm_set_near_heap_limit(JsVm *vm, JsNearHeapLimitCallback callback, void *opaque);
/* Called at the end of each collection, when the engine must not be called. NULL: nobody. */
typedef struct JsGcEvent {
  bool major, requested; /* of all cells; by js_gc */
  uint64_t begin_ns, end_ns;
  size_t used_before, used_after, committed_before, committed_after;
} JsGcEvent;
typedef void (*JsGcObserver)(const JsGcEvent *event, void *opaque);
JS_API void js_vm_set_gc_observer(JsVm *vm, JsGcObserver observer, void *opaque);
/* Writes what is in the heap as a .heapsnapshot of V8's format. with_numbers: numbers in properties are nodes too.
 * may_collect: first everything unreachable goes; false only within a near-heap-limit callback, from which this may be
 * called. The writer must not call the engine; false from it ends the writing. False: it did, or out of memory. */
typedef bool (*JsSnapshotWriter)(void *opaque, const char *bytes, size_t length);
JS_API bool js_heap_snapshot(JsVm *vm, bool with_numbers, bool may_collect, JsSnapshotWriter write, void *opaque);
/* An array of the objects in the heap, of all realms, that inherit from proto. */
JS_API_CHECK JsValue js_query_objects(JsContext *cx, JsValue proto);
/* Memory that values keep alive outside the heap. */
JS_API void js_adjust_external(JsVm *vm, int64_t delta_bytes);

/* --- kinds of values (value.h has numbers, booleans, undefined, null) -------------------------------------------- */

typedef enum JsType {
  JS_TYPE_UNDEFINED,
  JS_TYPE_NULL,
  JS_TYPE_BOOLEAN,
  JS_TYPE_NUMBER,
  JS_TYPE_STRING,
  JS_TYPE_SYMBOL,
  JS_TYPE_BIGINT,
  JS_TYPE_OBJECT,
  JS_TYPE_FUNCTION
} JsType;
JS_API JsType js_value_type(JsValue val);
JS_API bool js_value_is_object(JsValue val); /* functions too */
JS_API bool js_value_is_string(JsValue val);
JS_API bool js_value_is_symbol(JsValue val);
JS_API bool js_value_is_bigint(JsValue val);
JS_API bool js_value_is_function(JsValue val);
JS_API bool js_value_is_array(JsValue val); /* Array objects; not proxies of them */

/* What an object is made of, past `class` tampering: util.types and structuredClone are built on it. */
typedef enum JsObjectKind {
  JS_OBJECT_ORDINARY,
  JS_OBJECT_ARRAY,
  JS_OBJECT_FUNCTION,
  JS_OBJECT_PROXY,
  JS_OBJECT_ERROR,
  JS_OBJECT_BOOLEAN,
  JS_OBJECT_NUMBER,
  JS_OBJECT_STRING,
  JS_OBJECT_SYMBOL,
  JS_OBJECT_BIGINT,
  JS_OBJECT_DATE,
  JS_OBJECT_REGEXP,
  JS_OBJECT_MAP,
  JS_OBJECT_SET,
  JS_OBJECT_WEAK_MAP,
  JS_OBJECT_WEAK_SET,
  JS_OBJECT_WEAK_REF,
  JS_OBJECT_PROMISE,
  JS_OBJECT_ARRAY_BUFFER,
  JS_OBJECT_SHARED_ARRAY_BUFFER,
  JS_OBJECT_TYPED_ARRAY,
  JS_OBJECT_DATA_VIEW,
  JS_OBJECT_ARGUMENTS,
  JS_OBJECT_GENERATOR,
  JS_OBJECT_MAP_ITERATOR,
  JS_OBJECT_SET_ITERATOR,
  JS_OBJECT_MODULE_NAMESPACE,
  JS_OBJECT_WEBASSEMBLY, /* Module, Instance, Memory ... */
  JS_OBJECT_HOST
} JsObjectKind;
JS_API JsObjectKind js_object_kind(JsValue obj);
/* Functions: kind of code. */
JS_API bool js_function_is_async(JsValue fn);
JS_API bool js_function_is_generator(JsValue fn);
/* Proxy's target and handler (null once revoked); false when val is no proxy. */
JS_API bool js_proxy_details(JsValue val, JsValue *target, JsValue *handler);
/* The primitive in a wrapper object; JS_HOLE for anything else. */
JS_API JsValue js_unwrap_primitive(JsValue obj);

JS_API bool js_to_boolean(JsValue val);
JS_API_CHECK bool js_to_double(JsContext *cx, JsValue val, double *out);
JS_API_CHECK bool js_to_int32(JsContext *cx, JsValue val, int32_t *out);
/* Saturating; NaN is 0. BigInts are taken modulo 2^64. */
JS_API_CHECK bool js_to_int64(JsContext *cx, JsValue val, int64_t *out);
JS_API_CHECK JsValue js_to_string(JsContext *cx, JsValue val);
JS_API_CHECK JsValue js_to_object(JsContext *cx, JsValue val);
JS_API bool js_strict_equals(JsContext *cx, JsValue a, JsValue b);
JS_API bool js_same_value(JsContext *cx, JsValue a, JsValue b);
JS_API JsValue js_bigint_from_int64(JsContext *cx, int64_t i);
JS_API JsValue js_bigint_from_uint64(JsContext *cx, uint64_t u);
JS_API uint64_t js_bigint_to_uint64(JsValue bigint);

/* --- strings ----------------------------------------------------------------------------------------------------- */

JS_API JsValue js_string_utf8(JsContext *cx, const char *bytes, size_t length); /* bad sequences become U+FFFD */
JS_API JsValue js_string_latin1(JsContext *cx, const void *bytes, size_t length);
JS_API JsValue js_string_utf16(JsContext *cx, const uint16_t *units, size_t length);
JS_API JsValue js_string(JsContext *cx, const char *utf8); /* NUL-terminated */
/* The shared string of a property name: fastest as key. */
JS_API JsValue js_intern(JsContext *cx, const char *ascii);
/* Units to be filled by the caller before the next call; NULL with RangeError when too long. */
JS_API_CHECK bool js_string_reserve_latin1(JsContext *cx, size_t length, JsValue *string, uint8_t **units);
JS_API_CHECK bool js_string_reserve_utf16(JsContext *cx, size_t length, JsValue *string, uint16_t **units);
JS_API size_t js_string_length(JsValue string); /* code units */
typedef struct JsStringView {
  const void *units; /* uint8_t (Latin-1) or uint16_t */
  uint32_t length;
  bool is_wide;
} JsStringView;
/* Never throws; flattens. Valid while the string is alive. */
JS_API JsStringView js_string_view(JsContext *cx, JsValue string);
JS_API size_t js_string_utf8_size(JsContext *cx, JsValue string); /* bytes, without NUL */
/* At most cap bytes, whole characters; returns the count. No NUL. */
JS_API size_t js_string_write_utf8(JsContext *cx, JsValue string, char *out, size_t cap);
/* ToString, then a malloc'ed NUL-terminated copy: free() it. *length may be NULL. */
JS_API_CHECK char *js_to_utf8(JsContext *cx, JsValue val, size_t *length);

JS_API JsValue js_symbol_new(JsContext *cx, const char *description);
/* Symbol.for(key) */
JS_API JsValue js_symbol_for(JsContext *cx, const char *key);
/* Symbol.<name>: "iterator", "asyncIterator", "toStringTag" ...; undefined when there is none. */
JS_API JsValue js_symbol_well_known(JsContext *cx, const char *name);

/* --- objects ----------------------------------------------------------------------------------------------------- */

JS_API JsValue js_global(JsContext *cx);
JS_API JsValue js_object_new(JsContext *cx);
JS_API JsValue js_object_new_with_proto(JsContext *cx, JsValue proto); /* proto: object or null */
JS_API_CHECK JsValue js_array_new(JsContext *cx, size_t count, const JsValue *values);
JS_API_CHECK bool js_array_push(JsContext *cx, JsValue array, JsValue val); /* own, fresh arrays */
JS_API_CHECK bool js_length(JsContext *cx, JsValue array_like, int64_t *out);
/* Adds a plain property to an own, fresh, ordinary object, under a name of Latin-1 units; *had: it has one of that name
 * already, and nothing was done. */
JS_API_CHECK bool js_object_add_latin1(JsContext *cx, JsValue obj, const void *name, size_t length, JsValue val,
                                       bool *had);

JS_API_CHECK JsValue js_get(JsContext *cx, JsValue obj, const char *name);
JS_API_CHECK JsValue js_get_key(JsContext *cx, JsValue obj, JsValue key);
JS_API_CHECK JsValue js_get_index(JsContext *cx, JsValue obj, uint32_t index);
JS_API_CHECK bool js_set(JsContext *cx, JsValue obj, const char *name, JsValue val);
JS_API_CHECK bool js_set_key(JsContext *cx, JsValue obj, JsValue key, JsValue val);
JS_API_CHECK bool js_set_index(JsContext *cx, JsValue obj, uint32_t index, JsValue val);
JS_API_CHECK bool js_has_key(JsContext *cx, JsValue obj, JsValue key, bool *out);
JS_API_CHECK bool js_has_own_key(JsContext *cx, JsValue obj, JsValue key, bool *out);
JS_API_CHECK bool js_delete_key(JsContext *cx, JsValue obj, JsValue key, bool *out);

typedef enum JsPropertyFlags {
  JS_WRITABLE = 1,
  JS_ENUMERABLE = 2,
  JS_CONFIGURABLE = 4,
  JS_PLAIN = 7,  /* as by assignment */
  JS_HIDDEN = 5, /* as built-in methods */
  JS_FIXED = 0
} JsPropertyFlags;
JS_API_CHECK bool js_define(JsContext *cx, JsValue obj, const char *name, JsValue val, int flags);
JS_API_CHECK bool js_define_key(JsContext *cx, JsValue obj, JsValue key, JsValue val, int flags);
/* Gives an empty object the built-in functions that a library written in JavaScript relies on, as they are before any
 * program ran: ReflectApply, or MapPrototypeEntries with the map as first argument (builtins/originals.c lists them).
 */
void js_define_originals(JsContext *cx, JsValue obj);
/* A data property of an ordinary object that does not have it yet; its value is what make(), called at the first look
 * at it, gives. */
JS_API_CHECK bool js_define_lazy(JsContext *cx, JsValue obj, JsValue key, JsValue make, int flags);
/* A configurable accessor over a value that make() gives when it is first looked at; what is assigned takes its place.
 */
JS_API_CHECK bool js_define_held(JsContext *cx, JsValue obj, JsValue key, JsValue make);
/* getter, setter: functions or undefined. */
JS_API_CHECK bool js_define_accessor(JsContext *cx, JsValue obj, JsValue key, JsValue getter, JsValue setter,
                                     int flags);
JS_API_CHECK JsValue js_get_prototype(JsContext *cx, JsValue obj);
JS_API_CHECK bool js_set_prototype(JsContext *cx, JsValue obj, JsValue proto);

enum { JS_KEYS_STRINGS = 1, JS_KEYS_SYMBOLS = 2, JS_KEYS_ENUMERABLE_ONLY = 4, JS_KEYS_SKIP_INDICES = 8 };
/* Array of own keys. */
JS_API_CHECK JsValue js_own_keys(JsContext *cx, JsValue obj, int which);
/* Visits the own enumerable properties of an object that has nothing but plain ones under names that are no indices, in
 * their order, until visit returns false; true when all have been visited. Neither runs user code. */
typedef bool (*JsPropertyVisitor)(JsContext *cx, JsValue name, JsValue val, void *opaque);
JS_API bool js_each_plain_property(JsContext *cx, JsValue obj, JsPropertyVisitor visit, void *opaque);
/* A walk over own enumerable string-keyed properties, in their order, of an ordinary object without indices, or over
 * those of an Array that are no indices. Begin: false, there is something that such a walk does not show. Next: the
 * value as of now, a getter's too; *key is a hole at the end. Properties that are gone meanwhile are passed over, new
 * ones do not show. The walk stands on the C stack. */
typedef struct JsPropertyWalk {
  JsValue obj;
  void *shape;
  uint32_t at;
} JsPropertyWalk;
JS_API bool js_walk_begin(JsContext *cx, JsValue obj, JsPropertyWalk *walk);
JS_API_CHECK bool js_walk_next(JsContext *cx, JsPropertyWalk *walk, JsValue *key, JsValue *val);
/* For many objects that start alike: a function (v0, v1 ...) that makes copies of `model`, an ordinary object of plain
 * properties, with these values under `keys` (an Array). */
JS_API_CHECK JsValue js_stamp_function(JsContext *cx, JsValue model, JsValue keys);
/* A copy, from C; JS_HOLE when `stamp` is no such function. */
JS_API_CHECK JsValue js_stamp_copy(JsContext *cx, JsValue stamp, int argc, const JsValue *argv);
/* Fields: properties that C looks at again and again on objects that JavaScript made, by their number in a list of
 * names (symbols, and strings that are no indices). No program runs. NULL: exception. */
typedef struct JsFields JsFields;
JS_API_CHECK JsFields *js_fields_new(JsContext *cx, uint32_t count, const JsValue *names);
JS_API void js_fields_free(JsFields *fields); /* NULL is allowed */
/* The value of a data property, also an inherited one; undefined when there is none; JS_HOLE: it cannot be told (no
 * object, a getter, a proxy). */
JS_API JsValue js_field_get(JsFields *fields, JsValue obj, uint32_t k);
/* What js_field_get gives for the names first, first + 1 ..., which are always asked for together. */
JS_API void js_fields_read(JsFields *fields, JsValue obj, uint32_t first, uint32_t count, JsValue *out);
/* Like js_set, for a name that objects alike do not have yet. */
JS_API_CHECK bool js_field_put(JsFields *fields, JsValue obj, uint32_t k, JsValue val);
/* Writes an own property that is there, writable and data; false: nothing was done. */
JS_API bool js_field_set(JsFields *fields, JsValue obj, uint32_t k, JsValue val);
JS_API_CHECK bool js_instance_of(JsContext *cx, JsValue val, JsValue ctor, bool *out);

/* --- functions --------------------------------------------------------------------------------------------------- */

/* A C function. A constructor call has this_val JS_HOLE and js_is_construct_call true. Missing arguments: js_argument.
 */
typedef JsValue (*JsFunctionCallback)(JsContext *cx, JsValue this_val, int argc, const JsValue *argv);
static inline JsValue js_argument(int argc, const JsValue *argv, int k)
{
  return k < argc ? argv[k] : JS_UNDEFINED;
}
JS_API JsValue js_function_new(JsContext *cx, JsFunctionCallback fn, const char *name, int length);
/* With values of its own, read by js_function_data, and a small number, read by js_function_magic. */
JS_API JsValue js_closure_new(JsContext *cx, JsFunctionCallback fn, const char *name, int length, int magic,
                              int data_count, const JsValue *data);
JS_API JsValue js_function_data(JsContext *cx, int k); /* of the running function */
/* Value k of a function made by js_closure_new over this callback; undefined for anything else. */
JS_API JsValue js_closure_data(JsValue fn, JsFunctionCallback callback, int k);
JS_API int js_function_magic(JsContext *cx);
JS_API bool js_is_construct_call(JsContext *cx);
JS_API JsValue js_current_new_target(JsContext *cx);

JS_API_CHECK JsValue js_call(JsContext *cx, JsValue fn, JsValue this_val, int argc, const JsValue *argv);
JS_API_CHECK JsValue js_new(JsContext *cx, JsValue ctor, int argc, const JsValue *argv);
JS_API_CHECK JsValue js_invoke(JsContext *cx, JsValue obj, const char *method, int argc, const JsValue *argv);

typedef struct JsFunctionRow {
  const char *name;
  JsFunctionCallback fn;
  int length;
  int magic; /* for js_function_magic */
} JsFunctionRow;
/* Defines functions as JS_HIDDEN properties. rows end with a NULL name. */
JS_API_CHECK bool js_define_functions(JsContext *cx, JsValue obj, const JsFunctionRow *rows);

/* --- host objects: JavaScript classes over native data ----------------------------------------------------------- */

/* Static description; identity is its address. finalise gets the native pointer when the object dies: it only frees. */
typedef struct JsHostClass {
  const char *name;
  void (*finalise)(void *native);
} JsHostClass;
/* `class name { constructor }` with methods on the prototype; constructor must call js_host_new. methods may be NULL.
 */
JS_API_CHECK JsValue js_host_class_new(JsContext *cx, const JsHostClass *cls, JsFunctionCallback constructor,
                                       int length, const JsFunctionRow *methods);
/* Within the constructor: an instance with the prototype of new.target. */
JS_API_CHECK JsValue js_host_new(JsContext *cx, const JsHostClass *cls, void *native);
/* From C: an instance of the class whose constructor function this is. */
JS_API_CHECK JsValue js_host_new_of(JsContext *cx, JsValue constructor, const JsHostClass *cls, void *native);
/* The native pointer, NULL when val is no instance of cls (nothing is thrown). */
JS_API void *js_host_native(JsValue val, const JsHostClass *cls);
JS_API void js_host_set_native(JsValue val, const JsHostClass *cls, void *native);

/* --- exceptions -------------------------------------------------------------------------------------------------- */

JS_API JsValue js_throw(JsContext *cx, JsValue val);
#if defined(__GNUC__)
#define JS_API_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define JS_API_PRINTF(f, a)
#endif
JS_API JsValue js_throw_type_error(JsContext *cx, const char *format, ...) JS_API_PRINTF(2, 3);
JS_API JsValue js_throw_range_error(JsContext *cx, const char *format, ...) JS_API_PRINTF(2, 3);
JS_API JsValue js_throw_plain_error(JsContext *cx, const char *format, ...) JS_API_PRINTF(2, 3);
/* A new Error (or another type by constructor name), not thrown. */
JS_API JsValue js_error_new(JsContext *cx, const char *type, JsValue message);
JS_API bool js_exception_pending(JsContext *cx);
/* The pending exception, no longer pending; undefined when none. */
JS_API JsValue js_take_exception(JsContext *cx);
/* Where a SyntaxError from compiling was found; false for other errors. Strings, 1-based lines, 0-based columns. */
typedef struct JsErrorLocation {
  JsValue url, source_line;
  uint32_t line, column, end_column;
} JsErrorLocation;
JS_API bool js_error_location(JsContext *cx, JsValue error, JsErrorLocation *out);

/* Where the last exception that reached C was thrown, when error is that exception: url, line, column,
 * source_line (undefined for embedded code). False when it is not known. */
JS_API bool js_thrown_location(JsContext *cx, JsValue error, JsErrorLocation *out);

/* For C that recurses: throws a RangeError when the C stack is nearly used up. */
JS_API_CHECK bool js_check_stack(JsContext *cx);

/* --- references
 * --------------------------------------------------------------------------------------------------------------------
 */

/* Keeps val alive until freed. NULL: out of memory (nothing is thrown). */
JS_API JsRef *js_ref_new(JsContext *cx, JsValue val);
JS_API JsValue js_ref_get(const JsRef *ref);
JS_API void js_ref_set(JsRef *ref, JsValue val);
JS_API void js_ref_free(JsRef *ref); /* NULL is allowed */
/* Becomes weak: js_ref_get gives undefined once the object died. And back (false when it died). */
JS_API void js_ref_weaken(JsRef *ref);
JS_API bool js_ref_strengthen(JsRef *ref);

/* --- running code
 * ---------------------------------------------------------------------------------------------------------------------
 */

/* A script; its completion value. host_defined reaches import_dynamically; JS_UNDEFINED for none. */
JS_API_CHECK JsValue js_eval(JsContext *cx, JsValue source, JsValue url, JsValue host_defined);
/* The source as body of a function with these parameters (strings); not called. */
JS_API_CHECK JsValue js_compile_function(JsContext *cx, JsValue source, JsValue url, int param_count,
                                         const JsValue *params, JsValue host_defined);
/* Does this parse as a module? Never throws. */
JS_API bool js_parses_as_module(JsContext *cx, JsValue source);

/* Where the text is not TypeScript, or is what only transform turns into JavaScript. */
typedef struct JsTypescriptError {
  bool is_unsupported;
  JsValue message;     /* a string */
  uint32_t start, end; /* units of the source */
} JsTypescriptError;
/* The source with its types replaced by spaces. transform: enums, namespaces and their kind become JavaScript.
 * JS_UNDEFINED with *error set when it is none. */
JS_API_CHECK JsValue js_strip_types(JsContext *cx, JsValue source, bool transform, JsTypescriptError *error);
/* A function from js_serialise_function's bytes, which must stay valid as long as the Vm (embedded library code). */
JS_API_CHECK JsValue js_load_function(JsContext *cx, const void *bytes, size_t size);
/* malloc'ed bytes; free() them. */
JS_API_CHECK void *js_serialise_function(JsContext *cx, JsValue fn, size_t *size);

/* Code that was compiled of a text before, by a process of the same build. Anything may be given as such: what does not
 * fit is told by status, and the text is compiled. */
typedef enum {
  JS_CACHE_ACCEPTED,
  JS_CACHE_DAMAGED,     /* not such bytes, or not all of them */
  JS_CACHE_OTHER_BUILD, /* or something else was compiled: a script, say, and not a module */
  JS_CACHE_OTHER_SOURCE,
} JsCacheStatus;
typedef struct JsCodeCache {
  void *bytes; /* malloc'ed; the engine's when it accepted them, else still the caller's */
  size_t size;
  JsCacheStatus status;
} JsCodeCache;
/* What was compiled so far of a function's (js_compile_function_at), a script's or a module's text: malloc'ed bytes.
 * NULL with an exception where code cannot be kept: for coverage, of a binary without build id. */
JS_API_CHECK void *js_code_cache(JsContext *cx, JsValue compiled, size_t *size);
/* Two builds that can use each other's have the same. */
JS_API uint32_t js_code_cache_tag(void);

/* Where a text begins: in a larger file, say. */
typedef struct JsOrigin {
  JsValue url;           /* string */
  uint32_t line, column; /* 0-based */
  JsValue host_defined;  /* reaches import_dynamically; undefined for none */
  bool allow_await;      /* scripts: `await` at top level makes the completion value a promise of it */
  JsCodeCache *cache;    /* or NULL */
} JsOrigin;
/* A script to be run any number of times, in any realm: an opaque value, for locals, closures' data and references. */
JS_API_CHECK JsValue js_script_compile(JsContext *cx, JsValue source, const JsOrigin *origin);
/* In the current realm; its completion value. */
JS_API_CHECK JsValue js_script_run(JsContext *cx, JsValue script);
/* js_compile_function with an origin, in the current realm. */
JS_API_CHECK JsValue js_compile_function_at(JsContext *cx, JsValue source, const JsOrigin *origin, int param_count,
                                            const JsValue *params);

/* --- realms
 * ---------------------------------------------------------------------------------------------------------------------
 */

/* A realm with its own global object and built-ins: an opaque value as above. sandbox: an object that the global object
 * stands over (reads fall back on the built-ins, writes and declarations go to it), or undefined. */
JS_API_CHECK JsValue js_realm_new(JsContext *cx, JsValue sandbox);
JS_API JsValue js_realm_current(JsContext *cx);
/* Makes it the current one, for what is compiled, run and made; gives back the one before. */
JS_API JsValue js_realm_enter(JsContext *cx, JsValue realm);
JS_API JsValue js_realm_global(JsValue realm);
/* Adds to the realm's built-ins, behind what its sandbox has. */
JS_API_CHECK bool js_realm_define(JsContext *cx, JsValue realm, const char *name, JsValue val);
/* Whether eval() and new Function() work there. */
JS_API void js_realm_allow_code_from_strings(JsValue realm, bool allow);
/* Whether WebAssembly compiles modules there. */
JS_API void js_realm_allow_wasm(JsValue realm, bool allow);
/* From now on promise jobs that are made in this realm wait for js_run_realm_jobs, which runs them until none is left.
 */
JS_API void js_realm_keep_jobs(JsValue realm);
JS_API_CHECK bool js_run_realm_jobs(JsContext *cx, JsValue realm);

/* --- jobs and promises ------------------------------------------------------------------------------------------- */

/* Runs promise jobs until none is left. False: a job threw (only queueMicrotask callbacks and host jobs can); call
 * again for the rest. */
JS_API_CHECK bool js_run_jobs(JsContext *cx);
JS_API bool js_jobs_are_pending(JsVm *vm);
/* fn runs in the async context of now. */
JS_API void js_enqueue_job(JsContext *cx, JsValue fn);
/* A queue of calls beside the jobs, for process.nextTick. enqueue: a function (fn, ...args), which hands its call to
 * `slow` when the queue is closed or fn is no function; one made with undefined takes functions at any time. They are
 * called with undefined as `this`, in the async context of their enqueueing. */
JS_API JsValue js_tick_enqueue_function(JsContext *cx, JsValue slow);
/* Runs them all. False: one threw (exception pending; the rest stays). */
JS_API_CHECK bool js_run_ticks(JsContext *cx);
/* *count always holds how many wait; it must live as long as the Vm's code. */
JS_API void js_tick_count_to(JsVm *vm, uint32_t *count);
JS_API void js_tick_close(JsVm *vm, bool closed);

/* Timers and immediates, whose lists a host's loop turns with the functions that this gives. live_timers: those that
 * keep the loop alive; immediates: [0] waiting, [1] of those keeping it alive. */
typedef struct JsTimerHost {
  void (*schedule)(void *opaque, double msecs); /* the next are due then */
  void (*keep_alive)(void *opaque, bool on);    /* there are live timers, or none any more */
  void (*keep_turning)(void *opaque);           /* there is a first live immediate */
  double (*now)(void *opaque);
  int32_t *live_timers;
  uint32_t *immediates;
  const bool *is_hooked; /* everything goes to the slow functions */
  void *opaque;
} JsTimerHost;
/* slow: an object with setTimeout, setInterval (this: whether it is live), clearTimeout, insert(timer, list, start),
 * setImmediate and describe(), which gives [timer, keys, list, keys, immediate, keys, queue, keys], the models and
 * their properties (api/api_timers.c). Once a Vm. */
JS_API_CHECK JsValue js_timers_new(JsContext *cx, const JsTimerHost *host, JsValue slow);
/* emit(name, ...args) of event emitters: calls the function or functions that stand under `name` in this._events.
 * Whatever is more than that goes to `slow`: the event 'error', and emitters whose property `capture` (a symbol) is not
 * false. */
JS_API JsValue js_emit_function(JsContext *cx, JsValue slow, JsValue capture);
/* Those of addListener, prependListener, once, removeListener and listenerCount over the same table, as an object, made
 * with an object of functions of these names, which get what the former cannot do without calling anybody. mode: the
 * symbol under which an emitter says that names stay in its table; limits: an array whose first element is how many
 * listeners of one event are too many where the emitter's _maxListeners is undefined. */
JS_API_CHECK JsValue js_emitter_methods(JsContext *cx, JsValue slow, JsValue mode, JsValue limits);
/* The short ways of readable streams, as an object of functions (interp/readable.c lists them and what `given` holds:
 * the functions they stand for and fall back to, and what these go on with). The bits of a stream's state word, by
 * name. */
JS_API_CHECK JsValue js_readable_functions(JsContext *cx, JsValue given);
JS_API_CHECK JsValue js_readable_bits(JsContext *cx);
/* Settles the promises of Atomics.waitAsync that were notified or timed out. Gives the nanoseconds until the next one
 * times out; UINT64_MAX: none does. */
JS_API uint64_t js_settle_async_waits(JsContext *cx);
/* One value that promise jobs carry from where they were made to where they run; undefined at first. */
JS_API JsValue js_async_context(JsContext *cx);
JS_API void js_set_async_context(JsContext *cx, JsValue val);
/* fn(event, promise, parent) is called when a promise is made (0; parent: the one that it is derived from), before (1)
 * and after (2) a reaction runs on its behalf, and when it is resolved (3). undefined: nothing is called, at no cost.
 * What it throws is dropped. */
JS_API void js_set_promise_hook(JsContext *cx, JsValue fn);
/* Code coverage of what is compiled from now on; all of it is compiled at once then. False: exception. */
JS_API_CHECK bool js_coverage_start(JsContext *cx);
JS_API void js_coverage_stop(JsContext *cx);
/* What has been counted: an array of scripts [url, source, functions], in the order of their compilation, each function
 * [name, start, end, calls, ranges], where ranges is a flat list of start, end and count in units of the source; end
 * -1: the continuation of something that control may leave, up to the next range or its parent's end. reset: all
 * counters begin at 0 again. undefined: it is off. */
JS_API_CHECK JsValue js_coverage_take(JsContext *cx, bool reset);
/* found(url, mapping URL, source, is from a string, url without regard to a sourceURL comment) is called of each text
 * compiled that names a source map. stack(text, call sites) gives a stack trace's text with other positions in it; what
 * is no string, or throws, leaves the text as it is. undefined: none. */
JS_API void js_set_source_map_hooks(JsContext *cx, JsValue found, JsValue stack);
/* NewPromiseCapability of %Promise%. */
JS_API_CHECK JsValue js_promise_new(JsContext *cx, JsValue *resolve, JsValue *reject);
typedef enum JsPromiseState { JS_PROMISE_PENDING, JS_PROMISE_FULFILLED, JS_PROMISE_REJECTED } JsPromiseState;
JS_API JsPromiseState js_promise_state(JsValue promise, JsValue *result);

/* --- ArrayBuffer and its views ----------------------------------------------------------------------------------- */

typedef enum JsElementType {
  JS_INT8,
  JS_UINT8,
  JS_UINT8_CLAMPED,
  JS_INT16,
  JS_UINT16,
  JS_INT32,
  JS_UINT32,
  JS_FLOAT16,
  JS_FLOAT32,
  JS_FLOAT64,
  JS_BIGINT64,
  JS_BIGUINT64,
  JS_DATA_VIEW
} JsElementType;
/* Zeroed. *data may be NULL. RangeError when it cannot be had. */
JS_API_CHECK JsValue js_array_buffer_new(JsContext *cx, size_t length, void **data);
/* Over memory of the host; free_fn(data, opaque) when it dies, on the Vm's thread (may be NULL). */
JS_API_CHECK JsValue js_array_buffer_external(JsContext *cx, void *data, size_t length,
                                              void (*free_fn)(void *data, void *opaque), void *opaque);
/* False when val is no (Shared)ArrayBuffer. Detached: length 0. */
JS_API bool js_array_buffer_get(JsValue val, void **data, size_t *length);
JS_API_CHECK bool js_array_buffer_detach(JsContext *cx, JsValue buffer);
/* From now on nothing detaches the buffer: its bytes serve more than one owner. Anything but an ArrayBuffer is left
 * alone. */
JS_API void js_array_buffer_pin(JsContext *cx, JsValue buffer);
JS_API bool js_array_buffer_is_pinned(JsValue buffer);
JS_API_CHECK JsValue js_typed_array_new(JsContext *cx, JsElementType type, JsValue buffer, size_t byte_offset,
                                        size_t length);
/* A Uint8Array over part of an ArrayBuffer that has it, with a prototype of its own (an object). */
JS_API_CHECK JsValue js_uint8_array_over(JsContext *cx, JsValue proto, JsValue buffer, size_t byte_offset,
                                         size_t length);
typedef struct JsView {
  uint8_t *data; /* of the first byte of the view; NULL when detached or empty */
  size_t byte_length;
  JsElementType type;
} JsView;
/* Typed arrays, DataViews, and ArrayBuffers as a whole (as JS_UINT8); false for anything else. No user code runs. */
JS_API bool js_view(JsValue val, JsView *out);
/* For bytes that another thread is going to use: as js_view, and as long as the value is alive the bytes stay where
 * they are, even when the buffer is detached meanwhile (its bytes are then copied rather than moved). */
JS_API bool js_view_lend(JsValue val, JsView *out);
JS_API JsValue js_view_buffer(JsContext *cx, JsValue view, size_t *byte_offset);

/* --- taking apart and making, without running code --------------------------------------------------------------- */

JS_API_CHECK JsValue js_date_new(JsContext *cx, double time);
JS_API bool js_date_value(JsValue val, double *time);
/* False when val is no RegExp. */
JS_API bool js_regexp_parts(JsContext *cx, JsValue val, JsValue *source, JsValue *flags);
JS_API_CHECK JsValue js_regexp_new(JsContext *cx, JsValue source, JsValue flags);
JS_API_CHECK JsValue js_map_new(JsContext *cx);
JS_API_CHECK JsValue js_set_new(JsContext *cx);
/* Of a Map; of a Set with val undefined. */
JS_API_CHECK bool js_collection_add(JsContext *cx, JsValue collection, JsValue key, JsValue val);
/* 64-bit words, least significant first; valid while the value is alive. */
JS_API size_t js_bigint_words(JsValue bigint, const uint64_t **words, bool *negative);
JS_API_CHECK JsValue js_bigint_from_words(JsContext *cx, size_t count, const uint64_t *words, bool negative);
/* An Array without holes. */
JS_API bool js_array_is_dense(JsValue array);
/* An element of an Array whose elements are plain; JS_HOLE when there is none. */
JS_API JsValue js_array_peek(JsValue array, uint32_t k);
enum { JS_BUFFER_ANY = 1, JS_BUFFER_SHARED = 2, JS_BUFFER_DETACHED = 4, JS_BUFFER_RESIZABLE = 8 };
/* 0 when val is no (Shared)ArrayBuffer. max_length may be NULL. */
JS_API unsigned js_array_buffer_traits(JsValue val, size_t *max_length);
JS_API bool js_view_tracks_length(JsValue view);
JS_API_CHECK JsValue js_array_buffer_resizable(JsContext *cx, size_t length, size_t max_length);
/* Bytes on their way from one Vm to another: malloc'ed. */
typedef struct JsBytes {
  void *data;
  size_t length, max_length;
  bool resizable;
} JsBytes;
/* Detaches an ArrayBuffer that is neither shared nor detached. */
JS_API_CHECK bool js_array_buffer_take(JsContext *cx, JsValue buffer, JsBytes *out);
/* They are the new buffer's then; on an exception still the caller's. */
JS_API_CHECK JsValue js_array_buffer_adopt(JsContext *cx, const JsBytes *bytes);
/* What SharedArrayBuffers of several Vms share, retained for the caller; NULL when val is none. */
typedef struct JsSharedBytes JsSharedBytes;
JS_API JsSharedBytes *js_shared_bytes(JsValue val);
JS_API void js_shared_bytes_release(JsSharedBytes *bytes);
JS_API_CHECK JsValue js_shared_array_buffer_new(JsContext *cx, JsSharedBytes *bytes, bool growable);
/* What several Vms may share of WebAssembly: modules and shared memories. Retained for the caller; NULL when val is
 * neither. */
typedef struct JsSharedWasm JsSharedWasm;
JS_API JsSharedWasm *js_shared_wasm(JsValue val);
JS_API void js_shared_wasm_release(JsSharedWasm *shared);
/* An object of the current realm for it. */
JS_API_CHECK JsValue js_shared_wasm_object(JsContext *cx, JsSharedWasm *shared);

/* --- modules
 * ----------------------------------------------------------------------------------------------------------------------------------
 */

/* Source text module record, as an opaque value. */
JS_API_CHECK JsValue js_module_compile(JsContext *cx, JsValue source, JsValue url, JsValue host_defined);
JS_API_CHECK JsValue js_module_compile_at(JsContext *cx, JsValue source, const JsOrigin *origin);
/* Synthetic module: evaluate (a function, called with the record) sets the exports. */
JS_API_CHECK JsValue js_module_synthetic(JsContext *cx, JsValue url, int export_count, const JsValue *export_names,
                                         JsValue evaluate);
JS_API_CHECK bool js_module_set_export(JsContext *cx, JsValue module, JsValue name, JsValue val);
/* What `import source` of the module binds. */
JS_API_CHECK bool js_module_set_source(JsContext *cx, JsValue module, JsValue source);
/* JS_UNDEFINED: there is none. */
JS_API JsValue js_module_source(JsValue module);
/* Array of { specifier, attributes, phase } objects, phase a JsImportPhase, without repeats. */
JS_API_CHECK JsValue js_module_requests(JsContext *cx, JsValue module);
JS_API_CHECK bool js_module_link(JsContext *cx, JsValue module, int count, const JsValue *modules);
JS_API_CHECK bool js_module_instantiate(JsContext *cx, JsValue module);
/* Promise. */
JS_API_CHECK JsValue js_module_evaluate(JsContext *cx, JsValue module);
JS_API_CHECK JsValue js_module_namespace(JsContext *cx, JsValue module);
/* A promise of the namespace that evaluates the module when it is looked into; what is asynchronous runs before. */
JS_API_CHECK JsValue js_module_import_deferred(JsContext *cx, JsValue module);
/* 0 unlinked, 1 linking, 2 linked, 3 evaluating, 4 evaluated, 5 errored */
JS_API int js_module_status(JsValue module);
JS_API JsValue js_module_error(JsValue module);
JS_API bool js_module_is_async(JsValue module);
JS_API bool js_module_has_top_level_await(JsValue module);
/* Where a module of this one's graph waits at its top level: what keeps the graph from being done. False: nowhere. */
JS_API bool js_module_stalled_at(JsContext *cx, JsValue module, JsErrorLocation *out);

/* --- for util.inspect and friends -------------------------------------------------------------------------------- */

/* Entries of a Map, Set, their iterators, a WeakMap or WeakSet: array of values or [k, v, k, v ...], *pairs says which;
 * undefined for anything else. */
JS_API_CHECK JsValue js_preview_entries(JsContext *cx, JsValue obj, bool *pairs);
/* The constructor's name without running code, "" when none. */
JS_API JsValue js_constructor_name(JsContext *cx, JsValue obj);

#ifdef __cplusplus
}
#endif

#endif
