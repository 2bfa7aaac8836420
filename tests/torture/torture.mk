# The programs of tests/torture.  Mutants are the product's own sources with
# one thing broken by a sed script (tests/torture/mutant-*.sed): a test that
# does not catch them proves nothing.
TORTURE = $(BUILD)/tests/torture
TORTURE_ROOMS = $(BUILD)/core.a $(BUILD)/store.a $(BUILD)/engine.a \
	$(BUILD)/proto.a
TORTURE_BELOW = $(BUILD)/server/conf.o $(TORTURE_ROOMS)
TORTURE_PROGRAMS = $(addprefix $(TORTURE)/, record.so crash-drive \
	crash-drive-ack crash-drive-normal crash-drive-folder \
	crash-drive-blob crash-drive-keep crash-replay \
	kill9 early/pautad early/pauta-session early/pauta-screen linear \
	cas/pautad cas/pauta-session cas/pauta-screen part/pautad inject.so \
	faults)

$(TORTURE)/record.so: tests/torture/record.c tests/torture/record.h \
    tests/torture/preload.h
	@mkdir -p $(@D)
	$(CC) -std=c11 -g -O1 -fPIC -shared -Wall -Wextra -Werror -o $@ $< -ldl

$(TORTURE)/inject.so: tests/torture/inject.c tests/torture/inject.h \
    tests/torture/preload.h
	@mkdir -p $(@D)
	$(CC) -std=c11 -g -O1 -fPIC -shared -Wall -Wextra -Werror -o $@ $<

$(TORTURE)/%.o: tests/torture/%.c | $(BUILD)/proto/pauta.pb-c.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(TORTURE)/faults.o: ALL_CFLAGS += -D_GNU_SOURCE	# prlimit
$(TORTURE)/mutant-keep.o: ALL_CFLAGS += -D_GNU_SOURCE	# sync_file_range

$(TORTURE)/crash_drive_ack.o: tests/torture/crash_drive.c \
    | $(BUILD)/proto/pauta.pb-c.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -DTORTURE_ACK_EARLY -c -o $@ $<

# mutant NAME of SOURCE: the script must change it.
define torture_mutant
$(TORTURE)/mutant-$(1).c: $(2) tests/torture/mutant-$(1).sed
	@mkdir -p $$(@D)
	sed -f tests/torture/mutant-$(1).sed $(2) >$$@.tmp
	! cmp -s $(2) $$@.tmp
	mv $$@.tmp $$@
$(TORTURE)/mutant-$(1).o: $(TORTURE)/mutant-$(1).c | $(BUILD)/proto/pauta.pb-c.h
	$$(CC) $$(ALL_CFLAGS) -iquote $(dir $(2)) -c -o $$@ $$<
endef
$(eval $(call torture_mutant,normal,server/store/schema.c))
$(eval $(call torture_mutant,folder,server/store/store.c))
$(eval $(call torture_mutant,blob,server/store/blob.c))
$(eval $(call torture_mutant,part,server/store/blob.c))
$(eval $(call torture_mutant,keep,server/keep/keep.c))
$(eval $(call torture_mutant,early,server/core/stream.c))
$(eval $(call torture_mutant,cas,server/engine/decide_do.c))

# An object before the archives stands in for the member of that source.
TORTURE_DRIVE = $(BUILD)/keep.a $(BUILD)/confine.a $(TORTURE_BELOW)
$(TORTURE)/crash-drive: $(TORTURE)/crash_drive.o $(TORTURE_DRIVE)
$(TORTURE)/crash-drive-ack: $(TORTURE)/crash_drive_ack.o $(TORTURE_DRIVE)
$(TORTURE)/crash-drive-%: $(TORTURE)/crash_drive.o $(TORTURE)/mutant-%.o \
    $(TORTURE_DRIVE)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_keep) $(LIBS_confine) $(LIBS_core)
$(TORTURE)/crash-drive $(TORTURE)/crash-drive-ack:
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_keep) $(LIBS_confine) $(LIBS_core)
$(TORTURE)/crash-replay: $(addprefix $(TORTURE)/, crash_replay.o \
    crash_check.o crash_image.o) $(TORTURE_BELOW)
$(TORTURE)/kill9: $(addprefix $(TORTURE)/, kill9.o kill9_worker.o \
    kill9_check.o peer.o server.o) $(TORTURE_BELOW)
$(TORTURE)/linear: $(addprefix $(TORTURE)/, linear.o linear_model.o peer.o \
    server.o) $(TORTURE_BELOW)
$(TORTURE)/faults: $(addprefix $(TORTURE)/, faults.o peer.o server.o) \
    $(TORTURE_BELOW)
# A server of its own folder for each broken core, beside the real sessions.
TORTURE_SERVER = $(BUILD)/server/main.o $(BUILD)/admin.a $(TORTURE_ROOMS)
$(TORTURE)/%/pauta-session: | $(BUILD)/pauta-session
	@mkdir -p $(@D)
	ln -sf ../../../pauta-session $@
$(TORTURE)/%/pauta-screen: | $(BUILD)/pauta-screen
	@mkdir -p $(@D)
	ln -sf ../../../pauta-screen $@
$(TORTURE)/%/pautad: $(TORTURE)/mutant-%.o $(TORTURE_SERVER)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $(BUILD)/server/main.o $< \
	    $(filter-out $< $(BUILD)/server/main.o, $^) $(LIBS_core)

$(filter-out %.so %/pautad %/pauta-session %/pauta-screen \
    $(TORTURE)/crash-drive%, $(TORTURE_PROGRAMS)):
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_core)

torture-programs: $(TORTURE_PROGRAMS)

torture:
	sh tests/torture/all.sh
.PHONY: torture torture-programs
