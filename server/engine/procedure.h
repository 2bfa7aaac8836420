/* SPDX-License-Identifier: ISC */
/*
 * procedure.h - a procedure of the manual as the program holds it: the C twin
 * of the YAML format, field for field, loaded by load.c through libcyaml and
 * documented for authors in docs/pauta-procedure.5.  Nothing here changes
 * after loading.  Every string is Spanish text or an identifier of the file.
 *
 * An "expression" is a SQL scalar expression (rule.h) kept as text.
 */
#ifndef PAUTA_PROCEDURE_H
#define PAUTA_PROCEDURE_H

#include "../../proto/base.h"

enum step_kind { STEP_HEADING, STEP_TASK, STEP_DECISION, STEP_APPROVAL };

enum field_type {
	FIELD_TEXT, FIELD_LONGTEXT, FIELD_INT, FIELD_DATE, FIELD_TIME,
	FIELD_DATETIME, FIELD_YESNO, FIELD_CHOICE, FIELD_MULTI, FIELD_PERSON,
	FIELD_AREA, FIELD_MEDIUM, FIELD_FILE, FIELD_LOCATION, FIELD_LIST,
	FIELD_REF, FIELD_VERDICTS
};

/* A typed field of a step, of a start, or a column of a list field. */
struct field {
	char *id;		/* English, snake_case, from the glossary */
	char *label;		/* Spanish */
	enum field_type type;
	char *required;		/* "yes", "no" or an expression; NULL is no */
	char **choices;		/* choice, multi; NULL-free array */
	unsigned choices_count;
	struct field *columns;	/* list */
	unsigned columns_count;
	int64_t *min, *max;	/* int: bounds; file, list, multi: how many */
	char *of;		/* ref: field listed from; verdicts: of which list */
	char *verdicts;		/* ref: those of them; only what they approve is listed */
	char *document;		/* file: made by the server, if nobody attached one */
	char **accepts;		/* file, location: kinds of file_types; any */
	unsigned accepts_count;
	char *preset;		/* expression: proposed, may be changed */
	char *automatic;	/* expression: written by the system, not typed */
	char *applies;		/* expression; when false the field is no_aplica */
	char *help;		/* one line under the field */
	char *notes;		/* list: takes notes of the media, by this verb */
	char *note;		/* column of such a list: the part of a note */
};

/* A refusal: when rule is false the step is refused with say. */
struct check {
	char *rule, *say, *source;
};

/*
 * An arm out of a step.  The first arm (in order) whose when is true or
 * absent is taken; with step.fork all such arms are.
 */
struct arm {
	char *when;		/* expression */
	char **to;		/* step numbers, or the single word "end" */
	unsigned to_count;
	char *each;		/* list field: one sub-case per row of this answer */
	char *label;		/* Spanish name of the choice, for screens */
	bool jump;		/* an explicit "salto a" of the manual: logged */
	bool returns;		/* this arm is a regresar: round + 1, remark needed */
	char *needs;		/* remark field when it is not `remarks` */
};

/*
 * What is done outside, by the courier (effect.c): a mail to a list of approved
 * addresses or a page, once the step is answered and not returned; a look at a
 * page, while it waits.  title, text and url are expressions.
 */
enum effect_kind { EFFECT_MAIL, EFFECT_PUBLISH, EFFECT_VERIFY };

struct effect {
	enum effect_kind kind;
	char *when;		/* expression; absent: always */
	char *list;		/* send_mail: name of the list of addresses */
	char *title, *text, *url;
	char *attach;		/* field of files that go with it */
	char *verdicts;		/* field that says which of them */
	char *lead;		/* publish: field that names the first of them */
	char *captions;		/* publish: list of what is said under each */
	char *record;		/* send_mail: its register, a row a recipient */
};

/*
 * How sure the record must be of who decided: by the server's word (S), or by
 * a signature made with the decider's own key (F).
 */
enum assurance { ASSURANCE_S, ASSURANCE_F };

/* Who decides and what a decision binds; NULL on steps that approve nothing. */
struct approval {
	char *id;		/* AP-01 */
	char *act;		/* "Aprobar", "Visto bueno", "Autorizar" */
	char **authors;		/* steps whose doers may not decide (SD-01) */
	unsigned authors_count;
	char **shows;		/* steps whose fields the decider compares */
	unsigned shows_count;
	char **return_to;	/* steps; first is the default */
	unsigned return_to_count;
	char *verdict;		/* field that carries the decision; default "verdict" */
	char *approve;		/* its value for approving; default "aprobar" */
	char *reject;		/* its value for returning; default "regresar" */
	char *remarks;		/* field for the observation; default "remarks" */
	enum assurance assurance;	/* at least; default S */
	bool touch;		/* F by a key of hardware, touched for it */
};

/* Whoever may answer a done step again (63-COM-P01 1.3). */
struct redo {
	char **roles;		/* freely, while none of `until` is done */
	unsigned roles_count;
	char **until;
	unsigned until_count;
	char **later;		/* roles afterwards, with a reason */
	unsigned later_count;
};

enum { ESCALATE_MAX = 96 };		/* times */

/*
 * Whom else to tell when a step waits too long.  It gives nobody a right: who
 * decides stays who decided.
 */
struct escalation {
	char *after;		/* expression: minutes from `due`, may be < 0 */
	char **to;		/* roles */
	unsigned to_count;
	char *repeat;		/* expression: minutes until it is told again */
	int64_t *times;		/* how often at most; 1 without repeat */
	char *say;		/* what is asked of them, one line */
};

struct step {
	char *number;		/* exactly as printed; D1, D2 for questions */
	enum step_kind kind;
	char *title;		/* heading, or the question of a decision */
	char *instruction;	/* "do": one line of at most 80 cells */
	char *help;
	char **roles;		/* as written; empty inherits */
	unsigned roles_count;
	char **inherited;	/* filled by load.c (G1): borrowed from above */
	unsigned inherited_count;
	struct field *fields;
	unsigned fields_count;
	struct check *checks;
	unsigned checks_count;
	char *applies;		/* expression; false closes it as no_aplica */
	char *otherwise;	/* ... with this reason */
	char *assign;		/* expression giving a login */
	char *due;		/* expression giving a datetime */
	char *due_why;		/* where the deadline comes from */
	char *warn;		/* expression: from when it is amber */
	struct escalation *escalate;
	unsigned escalate_count;
	char **records;		/* inventory numbers produced when done */
	unsigned records_count;
	bool per_row;		/* lives inside a sub-case */
	bool fork;		/* take every arm that holds */
	char **join;		/* not opened while one of these is open */
	unsigned join_count;
	struct arm *next;
	unsigned next_count;
	struct approval *approval;
	struct redo *redo;
	struct effect *effects;
	unsigned effects_count;
	char *note;		/* what the manual prints and how it is read [L] */
	int line;		/* in the file; filled by load.c */
	unsigned index;		/* in procedure.steps; filled by load.c */
	const struct step *section;	/* heading above, or NULL */
};

/*
 * What the server makes of a case: of the rows of some lists, which are called
 * its pieces, a file.  The names from heading to rank are columns of those.
 */
enum document_kind { DOCUMENT_DIGEST };

/* Words of document.folder that its date gives: 2026, 11-noviembre. */
#define DOCUMENT_YEAR "{year}"
#define DOCUMENT_MONTH "{month}"

struct document {
	char *id;		/* fields say `document: ID` */
	enum document_kind kind;
	char *title;		/* Spanish, on its cover */
	char *name;		/* expression: of the file, without its end */
	char *date;		/* expression: its day */
	char *folder;		/* where it lies once it is out, or NULL */
	char *filed;		/* expression: its name there; blank: not yet */
	char **pieces;		/* lists */
	unsigned pieces_count;
	char *heading;
	char *outlet, *place, *published, *genre;
	char *section;		/* a choice: parts in the order of its options */
	char *rank;		/* an int: 1 comes first */
	char *order;		/* list whose ref says which comes first, or NULL */
	char **beside;		/* lists: a ref, and texts and files of that piece */
	unsigned beside_count;
};

/* How a case begins. */
struct start {
	char *id, *title;
	char **roles;
	unsigned roles_count;
	struct field *fields;	/* asked at opening, beside the common header */
	unsigned fields_count;
	struct arm *next;	/* every arm that holds is taken */
	unsigned next_count;
	char *subject;		/* expression: title when none is typed */
	char *priority;		/* expression: "normal" or "urgente" */
	char *rrule;		/* RFC 5545 recurrence; the server opens it */
	char *at;		/* "06:00", local */
	char *scope;		/* setting: working_days or all_days */
	char *duty;		/* expression: closed, was the day's duty done? */
};

struct record {			/* inventory of records */
	char *number;		/* "1".."6"; working registers "W1".. */
	char *id;		/* glossary identifier */
	char *name;
	char *keeper;		/* role */
	char *medium;		/* "Electrónico", "Electrónico y/o papel" */
	char *retention;	/* "P1Y", ISO 8601 */
	char *from;		/* it counts from: closed (NULL), year_end */
	char *place;
	char *disposition;
	bool working;
	char *rows;		/* list field: one register row per list row */
	char *keep_until;	/* expression over a row: date it may not go before */
	char **disposers;	/* roles that may dispose of a row */
	unsigned disposers_count;
};

struct policy { char *id, *text; char **steps; unsigned steps_count; };
struct term { char *term, *meaning; };
struct annex { char *code, *title; };
struct setting { char *id, *type, *initial, *text, *source;
	char **choices; unsigned choices_count; };
struct signature { char *act, *role; };

/* count(cases or rows with an event) in a period; see indicator.h */
struct measure {
	char *text;		/* "Videos programados" */
	char **steps;		/* any of these done; empty: cases closed */
	unsigned steps_count;
	char *dated;		/* expression giving a date; NULL: local date of the event */
	char *when;		/* expression over the case at that event */
	char *start;		/* only cases begun this way */
};

struct indicator {
	char *id, *printed;
	struct measure numerator, denominator;
	bool must_match;	/* IND-P04: a difference names the days at fault */
	char *note;
};

struct procedure {
	char *code, *revision, *issued_on, *title;
	char *brief;		/* at most 18 cells, for lists */
	char *objective, *scope, *product, *client, *folio;
	struct policy *policies; unsigned policies_count;
	struct term *definitions; unsigned definitions_count;
	struct annex *annexes; unsigned annexes_count;
	struct setting *settings; unsigned settings_count;
	struct signature *signatures; unsigned signatures_count;
	struct indicator *indicators; unsigned indicators_count;
	struct record *records; unsigned records_count;
	struct document *documents; unsigned documents_count;
	struct start *starts; unsigned starts_count;
	struct step *steps; unsigned steps_count;
	char *source;		/* the file's text, for lines and the record */
	char *file;		/* its name, for messages */
};

/* Institution-wide data: server/procedures/institution.yaml. */
/* What a role reads of its office's cases, unless it takes part in them. */
enum reads {
	READS_BY_KIND,		/* all when it has business or a board, else none */
	READS_NOTHING,
	READS_OWN,		/* those it asked for, and those it takes part in */
	READS_FINISHED,		/* also those that came to their end */
	READS_ALL
};
struct role {
	char *id, *title, *brief;
	bool business, board;
	bool outlets;		/* it keeps the register of outlets */
	bool figures;		/* it counts cases that it may not read */
	enum reads reads;
};
struct office { char *id, *name, *zone; };
/* What may be attached: known by its bytes, never by its name. */
struct file_type {
	char *id, *title;	/* "jpeg", "imagen JPEG" */
	char *kind;		/* what fields accept: "image" */
	char **mime; unsigned mime_count;	/* as libmagic names it */
	char **suffixes; unsigned suffixes_count;
};
/* What becomes of a record when its time is over. */
struct retention {
	char **propose; unsigned propose_count;	/* besides its keeper */
	char **approve; unsigned approve_count;
	char **receive; unsigned receive_count;
	char **archive; unsigned archive_count;	/* places that receive */
};
struct institution {
	char *id, *name, *unit;
	struct role *roles; unsigned roles_count;
	struct office *offices; unsigned offices_count;
	char **areas; unsigned areas_count;
	struct setting *settings; unsigned settings_count;
	struct file_type *types; unsigned types_count;
	struct retention *retention;
};

/*
 * Read a definition.  file is its name for messages, text its bytes.  Gives
 * *out.  On a fault appends one line a fault to faults,
 * "FILE:LINE: SENTENCE\n", and returns -ERR_USAGE.
 */
int procedure_load(const char *file, const char *text, struct procedure **out,
    struct buf *faults);
void procedure_free(struct procedure *);

int institution_load(const char *file, const char *text,
    struct institution **out, struct buf *faults);
void institution_free(struct institution *);

/*
 * Prove a loaded definition: every step reachable, every path ends, every
 * loop has an exit, every approval returns, every role, field, record and
 * step named exists, decisions are total, expressions compile and use only
 * known fields, texts fit.  Appends faults as above.  Returns their number.
 */
int procedure_check(const struct procedure *, const struct institution *,
    struct buf *faults);

/* Look things up; NULL when there is none.  Borrowed from the procedure. */
const struct step *procedure_find_step(const struct procedure *,
    const char *number);
const struct start *procedure_find_start(const struct procedure *,
    const char *id);		/* NULL or "" gives the first */
const struct record *procedure_find_record(const struct procedure *,
    const char *number);
const struct document *procedure_find_document(const struct procedure *,
    const char *id);		/* NULL gives the first */
/* The list field of that name, of the first step that has it. */
const struct field *procedure_find_list(const struct procedure *,
    const char *id);
const struct field *step_find_field(const struct step *, const char *id);
const struct field *field_find(const struct field *, unsigned n,
    const char *id);
/* What a definition proposes for a setting; NULL when it has no such one. */
const char *setting_initial(const struct setting *, unsigned n,
    const char *id);
const struct role *institution_find_role(const struct institution *,
    const char *id);
const struct office *institution_find_office(const struct institution *,
    const char *id);
/* The type that those bytes are of, or that is called so. */
const struct file_type *institution_find_mime(const struct institution *,
    const char *mime);
const struct file_type *institution_find_type(const struct institution *,
    const char *id);
/*
 * A field that takes files: of the step, or a column of one of its lists.
 * NULL as id gives the only one; NULL when there are none, or several.
 */
const struct field *step_find_file(const struct step *, const char *id);
enum { STEP_FILES_MAX = 32 };
/* Those fields, in order; returns how many, out may be NULL. */
unsigned step_files(const struct step *, const struct field **out,
    unsigned most);
/* Roles that may act on the step: its own or those carried down (G1). */
const char *const *step_roles(const struct step *, unsigned *n);
bool step_has_role(const struct step *, const char *role);
/* English identifiers used in JSON: "task", "longtext". */
const char *step_kind_name(enum step_kind);
const char *field_type_name(enum field_type);
const char *assurance_name(enum assurance);	/* "S", "F" */
const char *document_kind_name(enum document_kind);	/* "sintesis" */
/* What is asked for while the step waits, not by its answer; or NULL. */
const struct effect *step_find_waiting(const struct step *);

#endif
