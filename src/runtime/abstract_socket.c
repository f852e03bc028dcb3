// SPDX-License-Identifier: MIT
/* Abstract local sockets, made without libuv. */
#include "runtime/abstract_socket.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef int (*Attach)(int fd, const struct sockaddr *address, socklen_t length);

static int attach(uv_pipe_t *pipe, const char *name, size_t length, Attach how)
{
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (length > sizeof address.sun_path)
    return UV_ENAMETOOLONG;
  memcpy(address.sun_path, name, length);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -errno;
  int error = how(fd, (const struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
  error = error ? -errno : uv_pipe_open(pipe, fd);
  if (error)
    close(fd);
  return error;
}

int abstract_socket_bind(uv_pipe_t *pipe, const char *name, size_t length)
{
  return attach(pipe, name, length, bind);
}

int abstract_socket_connect(uv_pipe_t *pipe, const char *name, size_t length)
{
  return attach(pipe, name, length, connect);
}
