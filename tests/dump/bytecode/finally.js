// SPDX-License-Identifier: MIT
// flags: --dump-bytecode
// A return through finally: completion registers, handler range, dispatch at the end.
function close(file) {
  try {
    return file.read();
  } finally {
    file.close();
  }
}
