/* SPDX-License-Identifier: ISC */
/*
 * crash_replay.c - crash images of a recorded run, one after another.
 *
 *   crash-replay LOG IMAGES SEED FOLDER [--until-caught]
 *
 * Half of the cuts come right after an acknowledgement, the others anywhere.
 * Each image is opened in a process of its own: a crash of the program is an
 * answer too.  Prints one line of figures; 0 when all images are good.  Who
 * reads them must see at least as many syncs as commits: a recorder that was
 * passed by would make every image good.
 */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crash_check.h"

enum { SAY_FIRST = 3 };

static uint64_t replay_state;

static uint32_t
replay_dice(uint32_t n)
{
	replay_state = replay_state * 6364136223846793005u +
	    1442695040888963407u;
	return (uint32_t)(replay_state >> 33) % n;
}

struct outcome {
	enum verdict verdict;
	struct why why;
};

static void
replay_one(const struct claims *c, size_t cut, const char *folder,
    struct outcome *out)
{
	int status = 0;
	pid_t pid;

	memset(out, 0, sizeof *out);
	out->verdict = VERDICT_CORRUPT;
	(void)fflush(stdout);
	if ((pid = fork()) == 0) {
		out->verdict = crash_check(folder, c, cut, &out->why);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
		out->verdict = VERDICT_CORRUPT;
		(void)why_set(&out->why, ERR_SYSTEM, "ended with status %d",
		    status);
	}
}

static size_t
replay_cut(const struct crash_log *log, const struct claims *c)
{
	uint32_t i;

	if (replay_dice(2) == 0)
		return replay_dice((uint32_t)log->count + 1);
	i = replay_dice((uint32_t)c->acks_count + 1);
	return (i == 0 ? c->created : c->acks[i - 1].at) + 1;
}

static void
replay_print(const struct crash_log *log, const struct claims *c,
    const size_t *counts, size_t images, size_t held)
{
	size_t i;

	(void)printf("images=%zu", images);
	for (i = 0; i < VERDICT_N; i++)
		(void)printf(" %s=%zu", verdict_names[i], counts[i]);
	(void)printf(" acks=%zu checks=%zu commits=%zu syncs=%zu steps=%zu\n",
	    c->acks_count, held, c->commits_count, log->syncs, log->count);
}

int
main(int argc, char **argv)
{
	size_t counts[VERDICT_N] = { 0 }, held = 0, images, i, cut;
	struct outcome *out;
	struct crash_log log;
	struct claims c;
	enum survival survival;

	if (argc < 5) {
		(void)fputs("crash-replay LOG IMAGES SEED FOLDER "
		    "[--until-caught]\n", stderr);
		return 2;
	}
	log_init("crash-replay", LOG_FATAL);
	crash_log_read(&log, argv[1]);
	claims_read(&c, &log);
	images = strtoul(argv[2], NULL, 10);
	replay_state = strtoull(argv[3], NULL, 10) * 2 + 1;
	out = mmap(NULL, sizeof *out, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (out == MAP_FAILED || log.count == 0)
		return 2;
	for (i = 0; i < images; i++) {
		survival = (enum survival)(i % SURVIVAL_N);
		cut = replay_cut(&log, &c);
		crash_image_build(&log, cut, survival, argv[4], replay_dice);
		replay_one(&c, cut, argv[4], out);
		held += claims_count(&c, cut);
		if (out->verdict != VERDICT_GOOD &&
		    i + 1 - counts[VERDICT_GOOD] <= SAY_FIRST)
			(void)printf("# image=%zu cut=%zu survival=%s %s: %s\n",
			    i, cut, survival_names[survival],
			    verdict_names[out->verdict], out->why.text);
		counts[out->verdict]++;
		if (out->verdict != VERDICT_GOOD && argc > 5) {
			i++;
			break;
		}
	}
	replay_print(&log, &c, counts, i, held);
	return counts[VERDICT_GOOD] == i ? 0 : 1;
}
