// SPDX-License-Identifier: MIT
'use strict';

// A bound datagram handle for the workers of a cluster, or the errno.

const { UDP } = internalBinding('udp_wrap');

function createHandle(address, port, addressType, fd, flags) {
  const handle = new UDP();
  const error = fd >= 0 ? handle.open(fd) :
    handle.bind(address || (addressType === 'udp4' ? '0.0.0.0' : '::'), port || 0, flags, false);
  if (error) {
    handle.close();
    return error;
  }
  return handle;
}

module.exports = { createHandle };
