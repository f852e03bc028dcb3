// SPDX-License-Identifier: MIT
/* Mailboxes and groups: see message.h. Nothing here knows JavaScript values. */
#include "runtime/message.h"

#include <stdlib.h>
#include <time.h>
#include <string.h>
#include <unistd.h>

typedef struct MessageNode {
  struct MessageNode *next;
  RtMessage *message;
} MessageNode;

struct PortGroup {
  uv_mutex_t mutex;
  PortData *members;
  unsigned member_count;
  RtProcess *process; /* of named groups */
  char *name;         /* NULL: a pair */
  PortGroup *next;    /* in the process's list, under its mutex */
};

RtProcess *process_shared_new(void)
{
  RtProcess *process = calloc(1, sizeof *process);
  if (!process)
    return NULL;
  uv_mutex_init(&process->mutex);
  atomic_init(&process->next_thread_id, 1);
  process->start_ns = uv_hrtime();
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  process->start_ms = (double)now.tv_sec * 1e3 + (double)(now.tv_nsec / 1000) / 1e3;
  return process;
}

void message_release(RtMessage *message)
{
  if (atomic_fetch_sub(&message->references, 1) != 1)
    return;
  for (uint32_t k = 0; k < message->buffer_count; k++)
    free(message->buffers[k].data);
  for (uint32_t k = 0; k < message->shared_count; k++)
    js_shared_bytes_release(message->shared[k]);
  for (uint32_t k = 0; k < message->wasm_count; k++)
    js_shared_wasm_release(message->wasm[k]);
  for (uint32_t k = 0; k < message->port_count; k++) {
    if (message->ports[k])
      port_data_free(message->ports[k]);
  }
  for (uint32_t k = 0; k < message->file_count; k++) {
    if (message->files[k] >= 0)
      close(message->files[k]);
  }
  free(message->files);
  free(message->buffers);
  free(message->shared);
  free(message->wasm);
  free(message->ports);
  free(message->bytes);
  free(message);
}

static PortGroup *group_new(const char *name)
{
  PortGroup *group = calloc(1, sizeof *group);
  char *copy = name ? strdup(name) : NULL;
  if (!group || (name && !copy)) {
    free(group);
    free(copy);
    return NULL;
  }
  uv_mutex_init(&group->mutex);
  group->name = copy;
  return group;
}

static void group_free(PortGroup *group)
{
  uv_mutex_destroy(&group->mutex);
  free(group->name);
  free(group);
}

/* Under the group's mutex, or before anyone else knows it. */
static void join(PortGroup *group, PortData *data)
{
  data->group = group;
  data->next_member = group->members;
  group->members = data;
  group->member_count++;
}

bool port_data_new_pair(PortData **a, PortData **b)
{
  PortGroup *group = group_new(NULL);
  *a = calloc(1, sizeof **a);
  *b = calloc(1, sizeof **b);
  if (!group || !*a || !*b) {
    if (group)
      group_free(group);
    free(*a);
    free(*b);
    return false;
  }
  join(group, *a);
  join(group, *b);
  return true;
}

PortData *port_data_new_named(RtProcess *process, const char *name)
{
  PortData *data = calloc(1, sizeof *data);
  if (!data)
    return NULL;
  uv_mutex_lock(&process->mutex);
  PortGroup *group = process->named;
  while (group && strcmp(group->name, name) != 0)
    group = group->next;
  if (!group) {
    group = group_new(name);
    if (group) {
      group->process = process;
      group->next = process->named;
      process->named = group;
    }
  }
  if (group) {
    uv_mutex_lock(&group->mutex);
    join(group, data);
    uv_mutex_unlock(&group->mutex);
  }
  uv_mutex_unlock(&process->mutex);
  if (group)
    return data;
  free(data);
  return NULL;
}

/* Under the group's mutex. */
static void deliver(PortData *to, RtMessage *message)
{
  MessageNode *node = calloc(1, sizeof *node);
  if (!node)
    abort(); /* as any small allocation that fails */
  atomic_fetch_add(&message->references, 1);
  node->message = message;
  if (to->last)
    to->last->next = node;
  else
    to->first = node;
  to->last = node;
  to->count++;
  if (to->wake)
    uv_async_send(to->wake);
}

bool port_data_post(PortData *from, RtMessage *message)
{
  PortGroup *group = from->group;
  bool any = false;
  uv_mutex_lock(&group->mutex);
  for (PortData *each = group->members; each; each = each->next_member) {
    if (each == from)
      continue;
    any = true;
    deliver(each, message);
  }
  uv_mutex_unlock(&group->mutex);
  message_release(message);
  return any;
}

RtMessage *port_data_receive(PortData *data, bool only_close)
{
  uv_mutex_lock(&data->group->mutex);
  MessageNode *node = data->first;
  RtMessage *message = NULL;
  if (node && (!only_close || node->message->is_close)) {
    message = node->message;
    data->first = node->next;
    if (!data->first)
      data->last = NULL;
    data->count--;
  }
  uv_mutex_unlock(&data->group->mutex);
  if (message)
    free(node);
  return message;
}

bool port_data_is_empty(PortData *data)
{
  uv_mutex_lock(&data->group->mutex);
  bool empty = data->count == 0;
  uv_mutex_unlock(&data->group->mutex);
  return empty;
}

void port_data_attach(PortData *data, uv_async_t *wake)
{
  uv_mutex_lock(&data->group->mutex);
  data->wake = wake;
  if (wake && data->count)
    uv_async_send(wake);
  uv_mutex_unlock(&data->group->mutex);
}

static RtMessage *close_message(void)
{
  RtMessage *message = calloc(1, sizeof *message);
  if (!message)
    abort();
  atomic_init(&message->references, 1);
  message->is_close = true;
  return message;
}

/* Takes an empty named group out of the process's list; whether it is the caller's now. */
static bool unlist(PortGroup *group)
{
  for (PortGroup **link = &group->process->named; *link; link = &(*link)->next) {
    if (*link == group) {
      *link = group->next;
      return true;
    }
  }
  return false;
}

void port_data_free(PortData *data)
{
  PortGroup *group = data->group;
  RtProcess *process = group->process;
  if (process)
    uv_mutex_lock(&process->mutex);
  uv_mutex_lock(&group->mutex);
  for (PortData **link = &group->members; *link; link = &(*link)->next_member) {
    if (*link == data) {
      *link = data->next_member;
      group->member_count--;
      break;
    }
  }
  bool last = group->member_count == 0;
  if (!process && group->members) {
    RtMessage *message = close_message();
    deliver(group->members, message);
    message_release(message);
  }
  uv_mutex_unlock(&group->mutex);
  if (process) {
    if (last)
      unlist(group);
    uv_mutex_unlock(&process->mutex);
  }
  for (MessageNode *node = data->first, *next; node; node = next) {
    next = node->next;
    message_release(node->message);
    free(node);
  }
  free(data);
  if (last)
    group_free(group);
}

bool port_data_is_sibling(const PortData *a, const PortData *b)
{
  return a != b && a->group == b->group && !a->group->name;
}

/* --- inboxes of threads ------------------------------------------------------------------------------------------ */

typedef struct Inbox {
  struct Inbox *next;
  unsigned id;
  PortData *entry; /* what is posted here arrives in the thread's mailbox */
} Inbox;

PortData *process_open_inbox(RtProcess *process, unsigned id)
{
  Inbox *inbox = calloc(1, sizeof *inbox);
  PortData *mine = NULL;
  if (!inbox || !port_data_new_pair(&mine, &inbox->entry)) {
    free(inbox);
    return NULL;
  }
  inbox->id = id;
  uv_mutex_lock(&process->mutex);
  inbox->next = process->inboxes;
  process->inboxes = inbox;
  uv_mutex_unlock(&process->mutex);
  return mine;
}

void process_close_inbox(RtProcess *process, unsigned id)
{
  uv_mutex_lock(&process->mutex);
  Inbox **link = &process->inboxes, *found;
  while (*link && (*link)->id != id)
    link = &(*link)->next;
  found = *link;
  if (found)
    *link = found->next;
  uv_mutex_unlock(&process->mutex);
  if (found)
    port_data_free(found->entry);
  free(found);
}

bool process_post(RtProcess *process, unsigned id, RtMessage *message)
{
  uv_mutex_lock(&process->mutex);
  Inbox *inbox = process->inboxes;
  while (inbox && inbox->id != id)
    inbox = inbox->next;
  bool any = inbox && port_data_post(inbox->entry, message);
  uv_mutex_unlock(&process->mutex);
  if (!inbox)
    message_release(message);
  return any;
}
