/* SPDX-License-Identifier: ISC */
/* check.h - what the files of the checker share; nobody else includes it. */
#ifndef PAUTA_CHECK_H
#define PAUTA_CHECK_H

#include "rule.h"
#include "source.h"

struct fault {
	int line;
	char *text;
};

struct checker {
	const struct procedure *p;
	const struct institution *in;
	struct source *src;
	struct rules *rules;
	struct fault *faults;
	size_t faults_count;
};

/* Keep a fault: a sentence in Spanish about the place at. */
void check_fault(struct checker *, struct spot at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A place within a step: sub NULL is the step itself. */
struct spot step_spot(const struct step *, const char *sub, int j);
/* An item of a list of the definition: "records", 2. */
struct spot item_spot(const char *list, unsigned i);

/* How many items of `sub` load_fill.c put before those of the file. */
int step_made(const struct checker *, const struct step *, const char *sub);

/* Names used by several subjects; each keeps its fault. */
void check_roles(struct checker *, struct spot, char *const *roles, unsigned n);
void check_step_names(struct checker *, struct spot, const char *what,
    char *const *numbers, unsigned n);
bool checker_has_setting(const struct checker *, const char *id);
bool text_is_among(const char *, char *const *, unsigned n);
bool text_is_identifier(const char *);

/*
 * Fields by id.  checker_next_field walks every field of that id in starts and
 * steps: pass NULL first.
 */
const struct field *checker_next_field(const struct checker *, const char *id,
    const struct field *after);
const struct field *checker_find_column(const struct checker *,
    const char *id);
/* Is f a field whose items can be walked: list, file, multi? */
bool field_is_many(const struct field *);

/* The subjects, each in its file. */
void check_head(struct checker *);		/* check_head.c */
void check_starts(struct checker *);		/* check_head.c */
void check_documents(struct checker *);		/* check_document.c */
void check_steps(struct checker *);		/* check_step.c */
void check_fields(struct checker *, struct spot, const struct field *,
    unsigned n, int upto);			/* check_field.c */
void check_approval(struct checker *, const struct step *); /* check_approval.c */
void check_flow(struct checker *);		/* check_flow.c */
void check_totals(struct checker *);		/* check_total.c */
void check_rules(struct checker *);		/* check_rule.c */

#endif
