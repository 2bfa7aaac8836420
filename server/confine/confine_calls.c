/* SPDX-License-Identifier: ISC */
/*
 * confine_calls.c - the system calls that are left to a process that decodes
 * what strangers wrote.  Two lists: what it needs, and what only somebody who
 * has taken it over would ask for.
 */
#include "confine.h"

#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/socket.h>
#include <unistd.h>

#define CALL(name) SCMP_SYS(name)

static const int calls_allowed[] = {
	/* bytes of what it holds, and of what it may open */
	CALL(read), CALL(readv), CALL(pread64), CALL(write), CALL(writev),
	CALL(pwrite64), CALL(lseek), CALL(_llseek), CALL(ftruncate),
	CALL(ftruncate64), CALL(close), CALL(dup), CALL(fcntl), CALL(fcntl64),
	CALL(fstat), CALL(fstat64), CALL(statfs), CALL(statfs64),
	CALL(fstatfs), CALL(fstatfs64),
	CALL(open), CALL(openat), CALL(stat), CALL(stat64), CALL(lstat),
	CALL(lstat64), CALL(fstatat64), CALL(newfstatat), CALL(statx),
	CALL(access), CALL(faccessat), CALL(faccessat2), CALL(readlink),
	CALL(readlinkat), CALL(getcwd), CALL(getdents64), CALL(fadvise64),
	/* memory */
	CALL(brk), CALL(mmap), CALL(mmap2), CALL(munmap), CALL(mremap),
	CALL(mprotect), CALL(madvise),
	/* itself */
	CALL(futex), CALL(rt_sigaction), CALL(rt_sigprocmask),
	CALL(rt_sigreturn), CALL(sigaltstack), CALL(restart_syscall),
	CALL(getpid), CALL(gettid), CALL(getuid), CALL(geteuid), CALL(getgid),
	CALL(getegid), CALL(sched_yield), CALL(sched_getaffinity),
	CALL(getrlimit), CALL(ugetrlimit), CALL(getrusage), CALL(sysinfo),
	CALL(uname), CALL(getrandom), CALL(clock_gettime),
	CALL(clock_gettime64), CALL(clock_getres), CALL(gettimeofday),
	CALL(time), CALL(set_robust_list), CALL(rseq), CALL(exit),
	CALL(exit_group)
};

static const int calls_hostile[] = {
	CALL(socket), CALL(socketpair), CALL(connect), CALL(bind),
	CALL(listen), CALL(accept), CALL(accept4), CALL(sendto),
	CALL(sendmsg), CALL(recvmsg), CALL(execve), CALL(execveat),
	CALL(fork), CALL(vfork), CALL(ptrace), CALL(process_vm_readv),
	CALL(process_vm_writev), CALL(pidfd_open), CALL(pidfd_getfd),
	CALL(kill), CALL(tkill), CALL(mount), CALL(unshare), CALL(setns),
	CALL(bpf), CALL(keyctl), CALL(add_key), CALL(perf_event_open),
	CALL(userfaultfd), CALL(io_uring_setup), CALL(io_uring_enter)
};

/*
 * Of itself it may ask, and end by abort(); limits may be read.  Threads, with
 * which Pango looks for letters, stand behind the same walls; of clone3 nothing
 * can be seen, and the C library goes on without it.
 */
static int
calls_add_bounded(scmp_filter_ctx f)
{
	struct scmp_arg_cmp no_new = SCMP_A2_64(SCMP_CMP_EQ, 0);
	struct scmp_arg_cmp self = SCMP_A0_64(SCMP_CMP_EQ,
	    (scmp_datum_t)getpid());

	struct scmp_arg_cmp thread = SCMP_A0_64(SCMP_CMP_MASKED_EQ,
	    CLONE_THREAD, CLONE_THREAD);

	return seccomp_rule_add_array(f, SCMP_ACT_ALLOW, CALL(prlimit64), 1,
	    &no_new) | seccomp_rule_add_array(f, SCMP_ACT_ALLOW, CALL(tgkill),
	    1, &self) | seccomp_rule_add_array(f, SCMP_ACT_ALLOW, CALL(clone),
	    1, &thread) | seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS),
	    CALL(clone3), 0);
}

static int
calls_add(scmp_filter_ctx f, uint32_t act, const int *calls, size_t n)
{
	size_t i;
	int r = 0;

	for (i = 0; i < n; i++)
		r |= seccomp_rule_add(f, act, calls[i], 0);
	return r;
}

int
confine_calls(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int r;

	if (f == NULL)
		return -ERR_SYSTEM;
	r = calls_add(f, SCMP_ACT_ALLOW, calls_allowed,
	    ARRAY_LEN(calls_allowed));
	r |= calls_add(f, SCMP_ACT_KILL_PROCESS, calls_hostile,
	    ARRAY_LEN(calls_hostile));
	r |= calls_add_bounded(f);
	if (r == 0)
		r = seccomp_load(f);
	seccomp_release(f);
	return r == 0 ? 0 : -ERR_SYSTEM;
}

/* A courier that somebody has taken over would ask for these. */
static const int calls_outlawed[] = {
	CALL(execve), CALL(execveat), CALL(ptrace), CALL(process_vm_readv),
	CALL(process_vm_writev), CALL(pidfd_open), CALL(pidfd_getfd),
	CALL(mount), CALL(unshare), CALL(setns), CALL(bpf), CALL(keyctl),
	CALL(add_key), CALL(perf_event_open), CALL(userfaultfd),
	CALL(io_uring_setup), CALL(io_uring_enter), CALL(listen),
	CALL(accept), CALL(accept4)
};

int
confine_network(void)
{
	static const int families[] = { AF_UNIX, AF_PACKET, AF_VSOCK };
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	size_t i;
	int r;

	if (f == NULL)
		return -ERR_SYSTEM;
	r = calls_add(f, SCMP_ACT_KILL_PROCESS, calls_outlawed,
	    ARRAY_LEN(calls_outlawed));
	for (i = 0; i < ARRAY_LEN(families); i++)
		r |= seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), CALL(socket),
		    1, SCMP_A0_32(SCMP_CMP_EQ, (scmp_datum_t)families[i]));
	if (r == 0)
		r = seccomp_load(f);
	seccomp_release(f);
	return r == 0 ? 0 : -ERR_SYSTEM;
}
