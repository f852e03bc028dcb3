// SPDX-License-Identifier: MIT
/*
 * Messages: a value as bytes with what cannot be bytes beside them, on its way between ports, which may belong to
 * different threads; and the ports' meeting points.
 *
 * A PortData is a port's mailbox. It outlives the handle that a thread has of it (the handle goes away when the port is
 * transferred) and is in one PortGroup: a pair, or all channels of one name. The group's mutex guards its members,
 * their mailboxes and who is to be woken.
 */
#ifndef RUNTIME_MESSAGE_H
#define RUNTIME_MESSAGE_H

#include "runtime/env.h"

#include <stdatomic.h>

typedef struct PortData PortData;
typedef struct PortGroup PortGroup;

/* Counted: a broadcast message is in several mailboxes. Those carry nothing that can be received only once. */
typedef struct RtMessage {
  atomic_uint references;
  uint8_t *bytes;
  size_t length;
  JsBytes *buffers; /* transferred */
  uint32_t buffer_count;
  JsSharedBytes **shared;
  uint32_t shared_count;
  JsSharedWasm **wasm;
  uint32_t wasm_count;
  PortData **ports;
  uint32_t port_count;
  int *files; /* transferred descriptors; -1: received */
  uint32_t file_count;
  bool is_close; /* the other side is gone */
} RtMessage;

/* Serialises; transfer is an array, or undefined. What it lists is detached only when all went well. source: the port
 * it is sent from, or NULL. NULL: exception. */
JS_MUST_USE RtMessage *message_write(CulmEnv *env, JsValue val, JsValue transfer, const PortData *source);
/* The value; *ports: array of the transferred ports' objects. The message is used up. */
JS_MUST_USE JsValue message_read(CulmEnv *env, RtMessage *message, JsValue *ports);
void message_release(RtMessage *message);

struct PortData {
  PortGroup *group;
  PortData *next_member;
  struct MessageNode *first, *last;
  size_t count;
  uv_async_t *wake; /* of the handle; NULL while in transit */
  bool closed;
};

/* Two mailboxes that send to each other; NULLs when out of memory. */
bool port_data_new_pair(PortData **a, PortData **b);
/* A mailbox among all of this name. */
JS_MUST_USE PortData *port_data_new_named(struct RtProcess *process, const char *name);
/* To all other members of the group; takes over one reference. False: nobody is there. */
bool port_data_post(PortData *from, RtMessage *message);
/* The next message, or NULL. When `only_close`, only if the other side is gone and nothing else waits. */
RtMessage *port_data_receive(PortData *data, bool only_close);
bool port_data_is_empty(PortData *data);
/* Who is woken when something arrives. */
void port_data_attach(PortData *data, uv_async_t *wake);
/* Leaves the group, tells the other of a pair, frees. */
void port_data_free(PortData *data);
bool port_data_is_sibling(const PortData *a, const PortData *b);

/* What the threads of a process share. */
typedef struct RtProcess {
  uv_mutex_t mutex;
  atomic_uint next_thread_id;
  PortGroup *named;          /* list */
  struct Inbox *inboxes;     /* list: where each thread is reached by its id */
  uint64_t start_ns;         /* of the main thread */
  double start_ms;           /* the same, since 1970 */
  struct LockRequest *locks; /* locks.h: list of what is held and waits */
  uint64_t last_lock;        /* the id that was given last */
  atomic_uint trace_mask;    /* trace.h: the categories that are on */
  _Atomic(struct TraceLog *) trace_log;
} RtProcess;
RtProcess *process_shared_new(void);
/* Opens the mailbox of thread `id`; the caller's. NULL: out of memory. */
JS_MUST_USE PortData *process_open_inbox(RtProcess *process, unsigned id);
/* Nobody reaches thread `id` any more. Its mailbox stays with who has it. */
void process_close_inbox(RtProcess *process, unsigned id);
/* Takes over one reference. False: there is no such thread. */
bool process_post(RtProcess *process, unsigned id, RtMessage *message);

/* --- ports as objects (bindings/messaging.c) --------------------------------------------------------------------- */

/* A handle for the mailbox, which it owns from now on; its JavaScript object. */
JS_MUST_USE JsValue port_object_new(CulmEnv *env, PortData *data);
/* The handle belongs to a port. */
bool port_owns_handle(const uv_handle_t *handle);
/* The mailbox of a MessagePort or of its handle; NULL when it is none or is closed. */
PortData *port_object_data(CulmEnv *env, JsValue val);
/* Takes the mailbox away: the port is transferred. */
PortData *port_object_detach(CulmEnv *env, JsValue val);
/* The message that is being read goes to a port of another context. */
bool messaging_reads_elsewhere(const CulmEnv *env);
/* Leaves all channels: the environment ends. */
void messaging_close_all(CulmEnv *env);
/* internalBinding('messaging')'s callbacks: see docs/bindings.md. */
JsValue messaging_callback(CulmEnv *env, const char *name);

#endif
