# The programs of tests/fuzz: a target a file, its rooms named in its second
# line as in tests/unit.  Linked with main.c they replay the corpus (make
# check); with libFuzzer they look for what is not in it (make fuzz).
FUZZ_NAMES = $(filter-out main,$(basename $(notdir $(wildcard tests/fuzz/*.c))))
FUZZ = $(addprefix $(BUILD)/tests/fuzz-,$(FUZZ_NAMES))
FUZZ_SECONDS ?= 60
fuzz_rooms = $(shell sed -n 's:^/\* rooms\: \(.*\) \*/$$:\1:p' tests/fuzz/$(1).c)

ifeq ($(LIBFUZZER),1)
FUZZ_MAIN = -fsanitize=fuzzer
else
FUZZ_MAIN = $(BUILD)/tests/fuzz/main.o
$(FUZZ): $(FUZZ_MAIN)
endif

.SECONDEXPANSION:
$(BUILD)/tests/fuzz-%: $(BUILD)/tests/fuzz/%.o \
    $$(foreach r,$$(call fuzz_rooms,$$*),$(BUILD)/$$(r).a)
	@mkdir -p $(@D)
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $(filter-out %/main.o,$^) \
	    $(FUZZ_MAIN) $(foreach r,$(call fuzz_rooms,$*),$(LIBS_$(r)))

fuzz-programs: $(FUZZ)

fuzz:
	@sh tests/deps.sh fuzz
	@$(MAKE) --no-print-directory BUILD=build/fuzz SAN=1 CC=clang LIBFUZZER=1 \
	    CFLAGS='-g -fsanitize=fuzzer-no-link -Wno-format-nonliteral' fuzz-programs
	@sh tests/fuzz/fuzz.sh build/fuzz $(FUZZ_SECONDS) $(FUZZ_NAMES)
.PHONY: fuzz fuzz-programs
