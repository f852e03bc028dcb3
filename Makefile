# Everyday commands; the build itself is CMake + Ninja.
FILTER ?=
PREFIX ?= /usr/local

.PHONY: all release test test262 asan gc-stress bench counts fuzz check format install clean

all: build/build.ninja
	@ninja -C build

build/build.ninja:
	@cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null

# What is installed and measured: build-release/culm, laid out by what bench/training executes (some two minutes; gcc).
release:
	@tools/release

test:
	@./test $(FILTER)

# test262: `make test262 SUITE=path/to/checkout FILTER=language/expressions JOBS=4`; a random one of 13 tests with a collection
# at every 13th allocation: `make test262 SUITE=... SAMPLE=13 SEED=1 STRESS=13`
JOBS ?= 2
SAMPLE ?= 1
STRESS ?= 0
test262: all
	@[ -n "$(SUITE)" ] || { echo "make test262 SUITE=path of a checkout of github.com/tc39/test262"; exit 2; }
	@tools/test262 $(SUITE) --jobs $(JOBS) --sample $(SAMPLE) $(if $(SEED),--seed $(SEED)) --stress $(STRESS) $(FILTER)

# The whole suite under AddressSanitizer and UndefinedBehaviorSanitizer.
asan:
	@[ -f build-asan/build.ninja ] || cmake -S . -B build-asan -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCULM_SANITIZE=ON >/dev/null
	@ninja -C build-asan all culm-unit
	@ASAN_OPTIONS=detect_stack_use_after_return=0:detect_leaks=0 tools/test --build build-asan $(FILTER)

# The engine's tests with a collection at every few allocations.
gc-stress: all
	@tools/test --build build --mode gc-stress $(FILTER)

# The table of what is to be reached, beside the node on PATH: `make bench NODE=/path/to/node BUN=/path/to/bun`; a glance, or a
# part of it: BENCH="--quick --only compute"
NODE ?= node
BUN ?=
bench: release
	@python3 bench/run.py --rt node=$(NODE) --rt 'jitless,compute=$(NODE) --jitless' $(if $(BUN),--rt bun=$(BUN)) --rt culm=$(CURDIR)/build-release/culm \
	  --base node $(BENCH)

# Instruction counts of small programs against the recorded ones; needs valgrind.
counts: all
	@tools/counts --build build

# Each fuzz target for FUZZ_SECONDS; needs clang.
FUZZ_SECONDS ?= 60
fuzz:
	@[ -f build-fuzz/build.ninja ] || CC=clang cmake -S . -B build-fuzz -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCULM_SANITIZE=ON -DCULM_FUZZ=ON >/dev/null
	@ninja -C build-fuzz
	@for f in build-fuzz/fuzz_*; do [ -x $$f ] && [ -f $$f ] && $$f -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 || [ ! -x $$f ] || exit 1; done

check:
	@tools/check

format:
	@git ls-files 'src/*.[ch]' 'include/*.h' 'tests/*.[ch]' 'fuzz/*.c' | xargs clang-format -i

install: release
	install -D -m 755 build-release/culm $(DESTDIR)$(PREFIX)/bin/culm
	ln -sf culm $(DESTDIR)$(PREFIX)/bin/node
	install -D -m 644 build-release/libculmjs.a $(DESTDIR)$(PREFIX)/lib/libculmjs.a
	install -d $(DESTDIR)$(PREFIX)/include/culm
	install -m 644 include/culm/*.h $(DESTDIR)$(PREFIX)/include/culm
	@python3 tools/npm_packages.py $(DESTDIR)$(PREFIX)

clean:
	rm -rf build build-asan build-fuzz build-profile build-release
