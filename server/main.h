/* SPDX-License-Identifier: ISC */
/* main.h - what the verbs of pautad share; main.c has their table. */
#ifndef PAUTA_MAIN_H
#define PAUTA_MAIN_H

#include <stdbool.h>

enum { ARGS_MAX = 64 };

struct args {
	const char *dir, *listen, *name, *from, *to, *witness;
	const char *by, *with, *reason, *content;
	const char *roles[ARGS_MAX], *keys[ARGS_MAX], *pos[ARGS_MAX];
	unsigned roles_count, keys_count, pos_count;
	bool demo, rebuild, confirm, json;
};

/* Say what is wrong with the words; returns the exit status. */
int main_fail(const char *text);
/* Say why it was not done; the status is that of its kind. */
int main_refuse(const struct why *);
/* Say a verb of the core with up to four words, NULL after the last. */
int main_say(struct args *, const char *verb, const char *one, const char *two,
    const char *three, const char *four);

/* main_define.c: definitions and the calendar. */
int main_check(struct args *);
int main_import(struct args *);
int main_list(struct args *);
int main_manual(struct args *);
int main_diagram(struct args *);
int main_bpmn(struct args *);
int main_calendar_check(struct args *);
int main_calendar_import(struct args *);

#endif
