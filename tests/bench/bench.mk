# The programs of tests/bench.
BENCH = $(BUILD)/tests/bench
BENCH_OBJ = $(call obj,$(filter-out tests/bench/slow.c, \
	$(wildcard tests/bench/*.c)))

$(BENCH)/bench: $(BENCH_OBJ) $(BUILD)/server/conf.o $(BUILD)/core.a \
    $(BUILD)/store.a $(BUILD)/engine.a $(BUILD)/proto.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_core) -lssh

# A preload: each fdatasync takes PAUTA_SLOW_US longer.
$(BENCH)/slow.so: tests/bench/slow.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -g -O1 -fPIC -shared -Wall -Wextra -Werror -o $@ $< -ldl

bench-programs: $(BENCH)/bench $(BENCH)/slow.so

bench: all bench-programs
	sh tests/bench/bench.sh
bench-deps:
	@sh tests/deps.sh bench
.PHONY: bench bench-deps bench-programs
