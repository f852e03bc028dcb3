// SPDX-License-Identifier: MIT
/* libnghttp2, loaded when a program first asks for HTTP/2; functions keep their names behind the table. */
#ifndef RUNTIME_NGHTTP2_LIB_H
#define RUNTIME_NGHTTP2_LIB_H

#include <sys/types.h>

#include <nghttp2/nghttp2.h>

#define NGHTTP2_LIB_FUNCTIONS(V)                                                                                       \
  V(nghttp2_option_del)                                                                                                \
  V(nghttp2_option_new)                                                                                                \
  V(nghttp2_option_set_builtin_recv_extension_type)                                                                    \
  V(nghttp2_option_set_max_deflate_dynamic_table_size)                                                                 \
  V(nghttp2_option_set_max_reserved_remote_streams)                                                                    \
  V(nghttp2_option_set_max_send_header_block_length)                                                                   \
  V(nghttp2_option_set_max_settings)                                                                                   \
  V(nghttp2_option_set_no_auto_window_update)                                                                          \
  V(nghttp2_option_set_no_closed_streams)                                                                              \
  V(nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation)                                                  \
  V(nghttp2_option_set_peer_max_concurrent_streams)                                                                    \
  V(nghttp2_option_set_stream_reset_rate_limit)                                                                        \
  V(nghttp2_session_callbacks_del)                                                                                     \
  V(nghttp2_session_callbacks_new)                                                                                     \
  V(nghttp2_session_callbacks_set_on_begin_headers_callback)                                                           \
  V(nghttp2_session_callbacks_set_on_data_chunk_recv_callback)                                                         \
  V(nghttp2_session_callbacks_set_on_frame_not_send_callback)                                                          \
  V(nghttp2_session_callbacks_set_on_frame_recv_callback)                                                              \
  V(nghttp2_session_callbacks_set_on_frame_send_callback)                                                              \
  V(nghttp2_session_callbacks_set_on_header_callback)                                                                  \
  V(nghttp2_session_callbacks_set_on_invalid_frame_recv_callback)                                                      \
  V(nghttp2_session_callbacks_set_on_invalid_header_callback)                                                          \
  V(nghttp2_session_callbacks_set_on_stream_close_callback)                                                            \
  V(nghttp2_session_callbacks_set_select_padding_callback)                                                             \
  V(nghttp2_session_client_new2)                                                                                       \
  V(nghttp2_session_consume_connection)                                                                                \
  V(nghttp2_session_consume_stream)                                                                                    \
  V(nghttp2_session_del)                                                                                               \
  V(nghttp2_session_find_stream)                                                                                       \
  V(nghttp2_session_get_effective_local_window_size)                                                                   \
  V(nghttp2_session_get_effective_recv_data_length)                                                                    \
  V(nghttp2_session_get_hd_deflate_dynamic_table_size)                                                                 \
  V(nghttp2_session_get_hd_inflate_dynamic_table_size)                                                                 \
  V(nghttp2_session_get_last_proc_stream_id)                                                                           \
  V(nghttp2_session_get_local_settings)                                                                                \
  V(nghttp2_session_get_local_window_size)                                                                             \
  V(nghttp2_session_get_next_stream_id)                                                                                \
  V(nghttp2_session_get_outbound_queue_size)                                                                           \
  V(nghttp2_session_get_remote_settings)                                                                               \
  V(nghttp2_session_get_remote_window_size)                                                                            \
  V(nghttp2_session_get_stream_local_close)                                                                            \
  V(nghttp2_session_get_stream_local_window_size)                                                                      \
  V(nghttp2_session_get_stream_remote_close)                                                                           \
  V(nghttp2_session_get_stream_user_data)                                                                              \
  V(nghttp2_session_mem_recv)                                                                                          \
  V(nghttp2_session_mem_send)                                                                                          \
  V(nghttp2_session_resume_data)                                                                                       \
  V(nghttp2_session_server_new2)                                                                                       \
  V(nghttp2_session_set_local_window_size)                                                                             \
  V(nghttp2_session_set_next_stream_id)                                                                                \
  V(nghttp2_session_set_stream_user_data)                                                                              \
  V(nghttp2_session_terminate_session)                                                                                 \
  V(nghttp2_session_want_read)                                                                                         \
  V(nghttp2_session_want_write)                                                                                        \
  V(nghttp2_stream_get_state)                                                                                          \
  V(nghttp2_stream_get_sum_dependency_weight)                                                                          \
  V(nghttp2_stream_get_weight)                                                                                         \
  V(nghttp2_strerror)                                                                                                  \
  V(nghttp2_submit_altsvc)                                                                                             \
  V(nghttp2_submit_data)                                                                                               \
  V(nghttp2_submit_goaway)                                                                                             \
  V(nghttp2_submit_headers)                                                                                            \
  V(nghttp2_submit_origin)                                                                                             \
  V(nghttp2_submit_ping)                                                                                               \
  V(nghttp2_submit_push_promise)                                                                                       \
  V(nghttp2_submit_request)                                                                                            \
  V(nghttp2_submit_response)                                                                                           \
  V(nghttp2_submit_rst_stream)                                                                                         \
  V(nghttp2_submit_settings)                                                                                           \
  V(nghttp2_submit_trailer)

typedef struct Nghttp2Lib {
#define FIELD(name) __typeof__(name) *name;
  NGHTTP2_LIB_FUNCTIONS(FIELD)
#undef FIELD
} Nghttp2Lib;

/* NULL when there is none on this machine. Any thread may ask. */
const Nghttp2Lib *nghttp2_lib_get(void);

#endif
