// SPDX-License-Identifier: MIT
/* js.h: ArrayBuffers, typed arrays and DataViews. */
#include "culm/js.h"

#include "object/operations.h"
#include "object/typed_array.h"

/* The public element types are the engine's, in the same order. */
_Static_assert((int)JS_INT8 == (int)ELEMENT_INT8 && (int)JS_FLOAT16 == (int)ELEMENT_FLOAT16 &&
                   (int)JS_BIGUINT64 == (int)ELEMENT_BIGUINT64 && (int)JS_DATA_VIEW == (int)ELEMENT_TYPE_COUNT,
               "JsElementType follows TYPED_ARRAY_TYPES");

JsValue js_array_buffer_new(JsContext *cx, size_t length, void **data)
{
  JsArrayBuffer *buffer = TRY(array_buffer_new(cx, length));
  if (data)
    *data = buffer->data;
  return js_from_object(&buffer->obj);
}

static void leave_alone(void *data, void *opaque)
{
  (void)data, (void)opaque;
}

JsValue js_array_buffer_external(JsContext *cx, void *data, size_t length, void (*free_fn)(void *data, void *opaque),
                                 void *opaque)
{
  return js_from_object(
      &TRY(array_buffer_new_external(cx, data, length, free_fn ? free_fn : leave_alone, opaque))->obj);
}

bool js_array_buffer_get(JsValue val, void **data, size_t *length)
{
  if (!js_is_array_buffer(val))
    return false;
  const JsArrayBuffer *buffer = js_as_array_buffer(val);
  if (data)
    *data = buffer->data;
  if (length)
    *length = array_buffer_byte_length(buffer);
  return true;
}

bool js_array_buffer_detach(JsContext *cx, JsValue buffer)
{
  if (!js_is_array_buffer(buffer)) {
    throw_error(cx, JS_MSG_INCOMPATIBLE_RECEIVER, "DetachArrayBuffer", buffer);
    return false;
  }
  return detach_array_buffer(cx, js_as_array_buffer(buffer), JS_UNDEFINED);
}

void js_array_buffer_pin(JsContext *cx, JsValue buffer)
{
  if (js_is_array_buffer(buffer) && !array_buffer_is_shared(js_as_array_buffer(buffer)))
    array_buffer_pin(cx->heap, js_as_array_buffer(buffer));
}

bool js_array_buffer_is_pinned(JsValue buffer)
{
  return js_is_array_buffer(buffer) && array_buffer_is_pinned(js_as_array_buffer(buffer));
}

JsValue js_typed_array_new(JsContext *cx, JsElementType type, JsValue buffer, size_t byte_offset, size_t length)
{
  if (!js_is_array_buffer(buffer))
    return throw_error(cx, JS_MSG_DATA_VIEW_BUFFER);
  if ((unsigned)type > JS_DATA_VIEW)
    return throw_error(cx, JS_MSG_NOT_A_TYPED_ARRAY);
  JsArrayBuffer *store = js_as_array_buffer(buffer);
  size_t bytes = array_buffer_byte_length(store);
  uint32_t shift = type == JS_DATA_VIEW ? 0 : element_shift((JsArrayElement)type);
  if (array_buffer_is_detached(store))
    return throw_error(cx, JS_MSG_DETACHED_BUFFER, "Construct");
  if (byte_offset & (((size_t)1 << shift) - 1))
    return throw_error(cx, JS_MSG_VIEW_OFFSET_ALIGNMENT, typed_array_name((JsArrayElement)type), 1 << shift);
  if (byte_offset > bytes)
    return throw_error(cx, JS_MSG_VIEW_OFFSET, js_number((double)byte_offset));
  if (length > (bytes - byte_offset) >> shift)
    return throw_error(cx, JS_MSG_TYPED_ARRAY_LENGTH, js_number((double)length));
  if (type == JS_DATA_VIEW)
    return js_from_object(&TRY(data_view_new(cx, store, byte_offset, length))->obj);
  return js_from_object(&TRY(typed_array_new(cx, (JsArrayElement)type, store, byte_offset, length))->obj);
}

JsValue js_uint8_array_over(JsContext *cx, JsValue proto, JsValue buffer, size_t byte_offset, size_t length)
{
  if (!js_is_array_buffer(buffer) || !js_is_object(proto))
    return throw_error(cx, JS_MSG_DATA_VIEW_BUFFER);
  JsArrayBuffer *store = js_as_array_buffer(buffer);
  size_t bytes = array_buffer_byte_length(store);
  if (byte_offset > bytes || length > bytes - byte_offset)
    return throw_error(cx, JS_MSG_TYPED_ARRAY_LENGTH, js_number((double)length));
  return js_from_object(&typed_array_new_over(cx, js_as_object(proto), store, byte_offset, length)->obj);
}

bool js_view_lend(JsValue val, JsView *out)
{
  if (!js_view(val, out))
    return false;
  JsArrayBuffer *buffer;
  if (js_is_typed_array(val))
    buffer = ptr_slot_get(js_as_typed_array(val)->buffer);
  else if (js_is_kind(val, CELL_DATA_VIEW))
    buffer = ptr_slot_get(((const JsDataView *)js_as_cell(val))->buffer);
  else
    buffer = js_as_array_buffer(val);
  buffer->lent = true;
  return true;
}

bool js_view(JsValue val, JsView *out)
{
  if (js_is_typed_array(val)) {
    const JsTypedArray *array = js_as_typed_array(val);
    out->type = (JsElementType)typed_array_type(array);
    out->byte_length = typed_array_length(array) << element_shift(typed_array_type(array));
    out->data = out->byte_length ? typed_array_data(array) : NULL;
    return true;
  }
  if (js_is_kind(val, CELL_DATA_VIEW)) {
    const JsDataView *view = (const JsDataView *)js_as_cell(val);
    out->type = JS_DATA_VIEW;
    out->byte_length = data_view_byte_length(view);
    out->data = out->byte_length ? ptr_slot_get(view->buffer)->data + view->byte_offset : NULL;
    return true;
  }
  if (js_is_array_buffer(val)) {
    const JsArrayBuffer *buffer = js_as_array_buffer(val);
    out->type = JS_UINT8;
    out->byte_length = array_buffer_byte_length(buffer);
    out->data = out->byte_length ? buffer->data : NULL;
    return true;
  }
  return false;
}

JsValue js_view_buffer(JsContext *cx, JsValue view, size_t *byte_offset)
{
  JsArrayBuffer *buffer;
  size_t offset;
  if (js_is_typed_array(view)) {
    buffer = ptr_slot_get(js_as_typed_array(view)->buffer);
    offset = js_as_typed_array(view)->byte_offset;
  } else if (js_is_kind(view, CELL_DATA_VIEW)) {
    buffer = ptr_slot_get(((JsDataView *)js_as_cell(view))->buffer);
    offset = ((JsDataView *)js_as_cell(view))->byte_offset;
  } else {
    return JS_UNDEFINED;
  }
  if (byte_offset)
    *byte_offset = offset;
  return js_from_object(&buffer->obj);
}
