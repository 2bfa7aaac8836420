# Pauta.  `make help` lists what can be asked of it.
#
# One library a room (docs/ARCHITECTURE.md), so that a program links only what
# its room may use.  BUILD=dir builds elsewhere; SAN=1 adds ASan and UBSan;
# V=1 shows each command whole.

PREFIX  ?= /usr/local
SAN     ?= 0
CC      ?= cc
ifeq ($(SAN),1)
BUILD   ?= build/san
SANFLAGS = -fsanitize=address,undefined -fno-sanitize-recover=all -O1
else
BUILD   ?= build
SANFLAGS = -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong
endif

WARN = -Wall -Wextra -Wpedantic -Wmissing-prototypes -Wstrict-prototypes \
	-Wshadow -Wvla -Wwrite-strings -Wformat=2 -Wundef -Wpointer-arith \
	-Wold-style-definition -Wimplicit-fallthrough -Werror
CFLAGS  ?= -g
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -fPIE \
	$(SANFLAGS) $(WARN) $(CFLAGS) -I$(BUILD)/proto -Iproto \
	-include proto/banned.h -DPAUTA_SHARE='"$(PREFIX)/share/pauta"' -MMD -MP
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now $(SANFLAGS) $(LDFLAGS)

# What pauta-render draws with: cairo, Pango and Poppler make paper, gdk-pixbuf
# and libwebp read images, chafa makes cells of them.
RENDER_PKGS = pangocairo gdk-pixbuf-2.0 poppler-glib chafa libwebp
CFLAGS_render := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(RENDER_PKGS)))
LIBS_drawing := $(shell pkg-config --libs $(RENDER_PKGS))

# What pauta-video looks at videos with.  Where it is not, that program is not.
VIDEO_PKGS = libavformat libavcodec libswscale libavutil
HAVE_VIDEO := $(shell pkg-config --exists $(VIDEO_PKGS) && echo yes)
CFLAGS_video := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(VIDEO_PKGS)))
LIBS_film := $(shell pkg-config --libs $(VIDEO_PKGS))

# What each room may link: the libraries of its one door and of the rooms below.
LIBS_proto  = -lprotobuf-c -ljansson -lutf8proc -lcrypto
LIBS_engine = -lcyaml -lyaml -lical -lstemmer -lsqlite3 $(LIBS_proto)
LIBS_store  = -lsqlite3 $(LIBS_proto)
LIBS_core   = -luv $(LIBS_engine)
LIBS_confine = -lseccomp
LIBS_keep   = -lmagic $(LIBS_proto)
LIBS_courier = -lcurl -lexpat $(LIBS_confine) $(LIBS_proto)
LIBS_render = $(LIBS_confine) $(LIBS_drawing) -lm $(LIBS_proto)
LIBS_ssh    = -lssh $(LIBS_proto)
LIBS_client = -lncursesw -ltinfo -lpanelw -lssh $(LIBS_proto)
# What a screen of the server does without: ssh and its ciphers.
LIBS_screen = $(filter-out -lssh -lcrypto,$(LIBS_client))

PROGRAMS = $(BUILD)/pautad $(BUILD)/pauta-session $(BUILD)/pauta-keep \
	$(BUILD)/pauta-render $(BUILD)/pauta-courier $(BUILD)/pauta \
	$(BUILD)/pauta-screen
ifeq ($(HAVE_VIDEO),yes)
PROGRAMS += $(BUILD)/pauta-video
endif

CATALOGUES = $(BUILD)/locale/en/LC_MESSAGES/pauta.mo

.PHONY: all tests help deps check demo deb lint fmt clean install
all: $(PROGRAMS) $(CATALOGUES)

$(BUILD)/locale/%/LC_MESSAGES/pauta.mo: proto/po/%.po
	@mkdir -p $(@D)
	$(call Q,MSG)msgfmt --check -o $@ $<

help:
	@sed -n 's/^#: //p' Makefile

ifneq ($(V),1)
Q = @printf '%-4s %s\n' $(1) $(@:$(BUILD)/%=%);
endif

# ---- sources: every .c of a room; main files apart ----
MAINS = server/main.c server/ssh/main.c server/keep/main.c \
	server/render/main.c server/courier/main.c client/main.c \
	client/screen_main.c client/screen_witness.c
src = $(filter-out $(MAINS),$(wildcard $(1)/*.c))
obj = $(patsubst %.c,$(BUILD)/%.o,$(1))
PROTO_OBJ  = $(call obj,$(call src,proto)) $(BUILD)/proto/pauta.pb-c.o
ENGINE_OBJ = $(call obj,$(call src,server/engine))
STORE_OBJ  = $(call obj,$(call src,server/store))
CORE_OBJ   = $(call obj,$(call src,server/core))
ADMIN_OBJ  = $(call obj,$(call src,server))
CONFINE_OBJ = $(call obj,$(call src,server/confine))
KEEP_OBJ   = $(call obj,$(call src,server/keep))
COURIER_OBJ = $(call obj,$(call src,server/courier))
RENDER_OBJ = $(call obj,$(call src,server/render))
VIDEO_OBJ  = $(call obj,$(call src,server/video))
SSH_OBJ    = $(call obj,$(call src,server/ssh))
CLIENT_OBJ = $(call obj,$(call src,client))

$(BUILD)/proto/pauta.pb-c.c $(BUILD)/proto/pauta.pb-c.h &: proto/pauta.proto
	@mkdir -p $(BUILD)/proto
	$(call Q,GEN)protoc-c --proto_path=proto --c_out=$(BUILD)/proto proto/pauta.proto

$(BUILD)/proto/pauta.pb-c.o: $(BUILD)/proto/pauta.pb-c.c
	$(call Q,CC)$(CC) -std=c11 -g -fPIE $(SANFLAGS) -I$(BUILD)/proto -c -o $@ $<

$(BUILD)/server/render/%.o: ALL_CFLAGS += $(CFLAGS_render)
$(BUILD)/server/keep/%.o: ALL_CFLAGS += -D_GNU_SOURCE	# sync_file_range
$(BUILD)/server/video/%.o: ALL_CFLAGS += $(CFLAGS_video)
$(BUILD)/%.o: %.c | $(BUILD)/proto/pauta.pb-c.h
	@mkdir -p $(@D)
	$(call Q,CC)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/tests/unit/digest_test.o $(BUILD)/tests/unit/copy_test.o \
    $(BUILD)/tests/unit/handover_test.o: \
    ALL_CFLAGS += $(CFLAGS_render)

$(BUILD)/proto.a:  $(PROTO_OBJ)
$(BUILD)/engine.a: $(ENGINE_OBJ)
$(BUILD)/store.a:  $(STORE_OBJ)
$(BUILD)/core.a:   $(CORE_OBJ)
$(BUILD)/admin.a:  $(ADMIN_OBJ)
$(BUILD)/confine.a: $(CONFINE_OBJ)
$(BUILD)/keep.a:   $(KEEP_OBJ)
$(BUILD)/courier.a: $(COURIER_OBJ)
$(BUILD)/render.a: $(RENDER_OBJ)
$(BUILD)/ssh.a:    $(SSH_OBJ)
$(BUILD)/client.a: $(CLIENT_OBJ)
$(BUILD)/%.a:
	@rm -f $@
	$(call Q,AR)ar rcs $@ $^

$(BUILD)/pautad: $(BUILD)/server/main.o $(BUILD)/admin.a $(BUILD)/core.a \
    $(BUILD)/store.a $(BUILD)/engine.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_core)
$(BUILD)/pauta-session: $(BUILD)/server/ssh/main.o $(BUILD)/ssh.a \
    $(BUILD)/confine.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_ssh)
$(BUILD)/pauta-keep: $(BUILD)/server/keep/main.o $(BUILD)/keep.a \
    $(BUILD)/confine.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_keep)
$(BUILD)/pauta-render: $(BUILD)/server/render/main.o $(BUILD)/render.a \
    $(BUILD)/keep.a $(BUILD)/confine.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_render)
# The same program with another list of kinds, which stands before its own.
$(BUILD)/pauta-video: $(BUILD)/server/render/main.o $(VIDEO_OBJ) \
    $(BUILD)/render.a $(BUILD)/keep.a $(BUILD)/confine.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_film) $(LIBS_render)
$(BUILD)/pauta-courier: $(BUILD)/server/courier/main.o $(BUILD)/courier.a \
    $(BUILD)/confine.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_courier)
$(BUILD)/pauta: $(BUILD)/client/main.o $(BUILD)/client.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_client)

# What stands before the archive stands in for the member of that name.
$(BUILD)/pauta-screen: $(BUILD)/client/screen_main.o \
    $(BUILD)/client/screen_witness.o $(BUILD)/client.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_screen)

# ---- tests: a program a module, linked with its room and those below.
# The second line of each file names the rooms: "/* rooms: engine proto */"
UNIT = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
SCREEN = $(patsubst tests/screen/%.c,$(BUILD)/tests/%,$(wildcard tests/screen/*_test.c))
rooms = $(shell sed -n 's:^/\* rooms\: \(.*\) \*/$$:\1:p' tests/unit/$(1).c)

tests: fuzz-programs $(UNIT) $(SCREEN) $(BUILD)/tests/scenarios-run \
    $(BUILD)/tests/picture $(if $(HAVE_VIDEO),$(BUILD)/tests/video)

$(SCREEN): $(BUILD)/tests/%: $(BUILD)/tests/screen/%.o \
    $(BUILD)/tests/screen/screen.o $(BUILD)/tests/screen/core.o \
    $(BUILD)/proto.a | $(BUILD)/pauta-screen
	@mkdir -p $(@D)
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ -lcmocka -lvterm $(LIBS_proto)

# The native client's screens over a socket instead of ssh, for same_test.
$(BUILD)/tests/screen-native: $(BUILD)/tests/screen/native_main.o \
    $(BUILD)/client.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_client)
$(BUILD)/tests/same_test: | $(BUILD)/tests/screen-native

# The real program with jobs that mean no good, for render_test.
$(BUILD)/tests/render/pauta-render: $(BUILD)/server/render/main.o \
    $(BUILD)/tests/render/kinds.o $(BUILD)/render.a $(BUILD)/keep.a \
    $(BUILD)/confine.a $(BUILD)/proto.a
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_render)
$(BUILD)/tests/render_test: | $(BUILD)/tests/render/pauta-render
$(BUILD)/tests/render/%.o: ALL_CFLAGS += $(CFLAGS_render)
$(BUILD)/tests/render/video.o: ALL_CFLAGS += $(CFLAGS_video)
$(BUILD)/tests/video: $(BUILD)/tests/render/video.o
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_film)
$(BUILD)/tests/picture: $(BUILD)/tests/render/picture.o
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_render)

$(BUILD)/tests/scenarios-run: $(BUILD)/tests/scenarios/run.o \
    $(BUILD)/engine.a $(BUILD)/proto.a
	@mkdir -p $(@D)
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_engine)

.SECONDEXPANSION:
$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o \
    $$(foreach r,$$(call rooms,$$*),$(BUILD)/$$(r).a)
	@mkdir -p $(@D)
	$(call Q,LD)$(CC) $(LDFLAGS_ALL) -o $@ $^ -lcmocka \
	    $(foreach r,$(call rooms,$*),$(LIBS_$(r)))

#: make          build the programs in build/
#: make demo     install what is missing, build, start a demo office, open it
demo:
	@sh tests/demo.sh
#: make check    install what is missing, build with sanitizers, run every test
check:
	@sh tests/check.sh
#: make deps     install the Debian packages that building and testing need
deps:
	@sh tests/deps.sh
#: make lint     layers, banned functions, file sizes, documents, shell
lint: $(BUILD)/proto/pauta.pb-c.h
	@BUILD=$(BUILD) sh tests/check/lint.sh
#: make fmt      lay out the lines changed since the last commit
fmt:
	git clang-format --force --extensions c,h HEAD -- proto server client
#: make install  DESTDIR= PREFIX=/usr/local
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/pauta/procedures \
	    $(DESTDIR)$(PREFIX)/share/pauta/calendars $(DESTDIR)$(PREFIX)/share/pauta/export
	install $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -D -m 644 $(BUILD)/locale/en/LC_MESSAGES/pauta.mo \
	    $(DESTDIR)$(PREFIX)/share/locale/en/LC_MESSAGES/pauta.mo
	install -m 644 server/procedures/*.yaml server/procedures/demo.txt \
	    $(DESTDIR)$(PREFIX)/share/pauta/procedures
	install -m 644 server/calendars/*.ics $(DESTDIR)$(PREFIX)/share/pauta/calendars
	install -m 644 server/export/* $(DESTDIR)$(PREFIX)/share/pauta/export
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 644 docs/completion/* \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	for m in docs/*.[1-8]; do d=$(DESTDIR)$(PREFIX)/share/man/man$${m##*.}; \
	    install -d $$d; install -m 644 $$m $$d; done
#: make deb      a Debian package in build/deb: programs, manuals, service
deb:
	@$(MAKE) --no-print-directory BUILD=build/deb PREFIX=/usr all
	@BUILD=build/deb sh server/package/deb.sh
#: make clean    remove what was built
clean:
	rm -rf build

#: make bench    how fast, as ratios of one run; ROUNDS=1 MANY=100000: a look
#: make bench-deps  PostgreSQL and sshd, which make bench compares with
include tests/bench/bench.mk

#: make torture  hours of power cuts, kills, races, faults; SEED= PERCENT= PARTS=
include tests/torture/torture.mk
#: make fuzz     libFuzzer on every decoder, FUZZ_SECONDS=60 each (clang)
include tests/fuzz/fuzz.mk

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.SECONDARY:
