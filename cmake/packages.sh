# SPDX-License-Identifier: MIT
# What building and testing Culm needs; sourced by ./run and ./test. Installs what is missing on Debian and its kin.
culm_packages="gcc cmake ninja-build pkg-config python3 libuv1-dev zlib1g-dev libssl-dev libnghttp2-dev libc-ares-dev libgmp-dev libicu-dev libbrotli-dev libzstd-dev"

# Does any of these files exist?
culm_any() {
  for file in "$@"; do
    [ -e "$file" ] && return 0
  done
  return 1
}

culm_missing() {
  missing=
  command -v cc >/dev/null 2>&1 || missing="$missing gcc"
  command -v cmake >/dev/null 2>&1 || missing="$missing cmake"
  command -v ninja >/dev/null 2>&1 || missing="$missing ninja-build"
  command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"
  command -v python3 >/dev/null 2>&1 || missing="$missing python3"
  [ -e /usr/include/uv.h ] || missing="$missing libuv1-dev"
  [ -e /usr/include/zlib.h ] || missing="$missing zlib1g-dev"
  [ -e /usr/include/brotli/encode.h ] || missing="$missing libbrotli-dev"
  [ -e /usr/include/zstd.h ] || missing="$missing libzstd-dev"
  [ -e /usr/include/openssl/evp.h ] || missing="$missing libssl-dev"
  [ -e /usr/include/nghttp2/nghttp2.h ] || missing="$missing libnghttp2-dev"
  [ -e /usr/include/ares.h ] || missing="$missing libc-ares-dev"
  culm_any /usr/include/gmp.h /usr/include/*/gmp.h || missing="$missing libgmp-dev"
  culm_any /usr/lib/libicuuc.so.* /usr/lib/*/libicuuc.so.* || missing="$missing libicu-dev"
}

# What tests/npm/databases drives; wanted only with CULM_TEST_SERVERS=1 (600 MB).
culm_missing_servers() {
  [ -n "$CULM_TEST_SERVERS" ] || return 0
  [ -e /usr/lib/postgresql ] || missing="$missing postgresql"
  [ -e /usr/lib/rabbitmq ] || missing="$missing rabbitmq-server"
  [ -e /usr/sbin/mariadbd ] || missing="$missing mariadb-server"
  command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
  [ -e /usr/sbin/nats-server ] || command -v nats-server >/dev/null 2>&1 || missing="$missing nats-server"
}

# tools/counts; wanted only with CULM_COUNTS=1.
culm_missing_counts() {
  [ -n "$CULM_COUNTS" ] || return 0
  command -v valgrind >/dev/null 2>&1 || missing="$missing valgrind"
}

culm_install() {
  culm_missing
  culm_missing_counts
  culm_missing_servers
  [ -z "$missing" ] && return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Culm needs these (Debian's names): $culm_packages; please install them and try again." >&2
    exit 1
  fi
  sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "installing:$missing" >&2
  $sudo apt-get update -qq >&2 || true
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
}

# culm_build TARGET...: configures once, builds what is out of date; quiet unless something fails.
culm_build() {
  if [ ! -f build/build.ninja ]; then
    culm_install
    cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release >build.log 2>&1 || { cat build.log >&2; exit 1; }
    rm -f build.log
  fi
  out=$(ninja -C build "$@" 2>&1) || { printf '%s\n' "$out" | tail -60 >&2; exit 1; }
}
