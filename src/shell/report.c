// SPDX-License-Identifier: MIT
/* Uncaught errors and unhandled rejections, as text. */
#include "shell/shell.h"

#include <stdlib.h>

#include "object/error_object.h"

void shell_write_string(JsContext *cx, JsString *str, FILE *out)
{
  size_t length, size;
  char *text = string_to_utf8_alloc(cx->heap, str, &length, &size);
  if (!text)
    return;
  fwrite(text, 1, length, out);
  string_utf8_free(cx->heap, text, size);
}

/* As Node shows an uncaught one. */
void shell_report_value(JsContext *cx, JsValue error, FILE *out)
{
  JsString *text = NULL;
  if (js_is_object(error)) {
    JsValue stack = get_property(cx, js_as_object(error), KEY(cx->heap, stack));
    if (js_is_exception(stack))
      (void)take_exception(cx);
    else if (js_is_string(stack))
      text = js_as_string(stack);
  }
  if (!text) {
    text = to_string(cx, error);
    if (!text) {
      (void)take_exception(cx);
      text = value_to_message_string(cx, error);
    }
    fprintf(out, "Uncaught ");
  }
  if (text)
    shell_write_string(cx, text, out);
  fputc('\n', out);
}

struct ShellRejection {
  JsRoot promise, reason;
  ShellRejection *next;
};

static void drop_rejection(JsHeap *heap, ShellRejection *rejection)
{
  gc_root_remove(heap, &rejection->promise);
  gc_root_remove(heap, &rejection->reason);
  free(rejection);
}

void shell_promise_rejection(JsContext *cx, JsValue promise, JsValue reason, bool handled, void *opaque)
{
  ShellRejection **list = &((Shell *)opaque)->rejections;
  if (handled) {
    for (ShellRejection **at = list; *at; at = &(*at)->next) {
      if (js_same_bits((*at)->promise.val, promise)) {
        ShellRejection *gone = *at;
        *at = gone->next;
        drop_rejection(cx->heap, gone);
        return;
      }
    }
    return;
  }
  ShellRejection *rejection = calloc(1, sizeof *rejection);
  JS_CHECK(rejection != NULL);
  gc_root_add(cx->heap, &rejection->promise, promise, "unhandled promise");
  gc_root_add(cx->heap, &rejection->reason, reason, "unhandled reason");
  while (*list)
    list = &(*list)->next;
  *list = rejection;
}

bool shell_report_rejections(Shell *shell, FILE *out)
{
  bool any = shell->rejections != NULL;
  while (shell->rejections) {
    ShellRejection *rejection = shell->rejections;
    shell->rejections = rejection->next;
    if (out)
      shell_report_value(&shell->vm->cx, rejection->reason.val, out);
    drop_rejection(shell->vm->heap, rejection);
  }
  return any;
}
