/* SPDX-License-Identifier: ISC */
/*
 * req.h - one command on its way through the core, and what its handler may
 * use.  A handler owns nothing: documents it makes go into q->out or are given
 * to req_json(), strings to req_text(); all are dropped after the answer.
 */
#ifndef PAUTA_REQ_H
#define PAUTA_REQ_H

#include "../engine/calendar.h"
#include "../engine/engine.h"
#include "../engine/indicator.h"
#include "../engine/rule.h"
#include "../engine/value.h"
#include "../store/store.h"
#include "core.h"

enum { POS_MAX = 4, HELD_BUCKETS = 1024 };

/* Who acts when no account does; no account may have these names. */
#define ACTOR_SYSTEM "sistema"		/* what the calendar opens */
#define ACTOR_OPERATOR "operador"

enum flag {
	FLAG_AREA = 1, FLAG_APPROVAL = 2, FLAG_RETURNED = 4, FLAG_OVERDUE = 8,
	FLAG_REBUILD = 16, FLAG_PEOPLE = 32,
	FLAG_TEXT = 64,		/* of the verb: all its words are one text */
	FLAG_ALL = 128, FLAG_ICS = 256, FLAG_CSV = 512, FLAG_OPML = 1024,
	FLAG_MINE = 2048,
	FLAG_TYPED = 4096	/* of the verb: values stay as they are typed */
};

struct named {
	char *name, *value;
	bool used;
};

/* The signature of a decision, as it came; armour NULL when there is none. */
struct sign {
	const char *armour, *nonce, *issued, *point, *remark;
	json_t *answers;		/* what else the line says */
};

struct req {
	struct core *c;
	const struct caller *who;
	struct actor actor;
	struct grant *grants;
	struct when now;
	const struct verb *verb;
	const char *pos[POS_MAX];
	unsigned pos_count;
	struct named *named;
	unsigned named_count;
	unsigned flags;
	uint8_t op[OP_SIZE];
	bool json;			/* the answer is the document */
	struct sign sign;
	json_t *out;			/* the document, an object */
	struct why why;
	json_t *pool;			/* array: kept until the answer */
	void **kept;			/* strings likewise */
	size_t kept_count;
};

typedef int verb_fn(struct req *);

/* Who may use a verb at all; what it may do is decided further in. */
enum verb_who {
	WHO_PERSON = 1, WHO_OPERATOR = 2, WHO_BOTH = 3, WHO_COURIER = 4
};

struct verb {
	const char *name, *alias;
	enum verb_who who;
	bool writes;			/* takes an operation id */
	unsigned pos_min, pos_max;
	unsigned flags;			/* allowed */
	const char *args;		/* usage */
	verb_fn *run;
	const char *help;
};

const struct verb *verb_find(const char *word);
const struct verb *verb_table(size_t *n);
/* command_line.c: the verb of a line and its words, or a refusal. */
int command_parse(struct req *, const char *const *words);

/* A named argument, used up; NULL when it was not given. */
const char *req_take(struct req *, const char *name);
/* -ERR_USAGE when a named argument is left that nobody took. */
int req_all_used(struct req *);

/*
 * portion.c: what may be longer than one message holds.  PORTION_ROOM bytes
 * of it go in one answer; "next" then says what desde= the rest begins with.
 */
enum { PORTION_ROOM = FRAME_MAX - 131072 };
size_t portion_size(const json_t *item);
/* Takes desde=, 0 when it is not said; -ERR_USAGE when it is no number. */
int portion_from(struct req *, int64_t *from);
/* Keep of the list what fits, from that place on; "next" in the answer. */
void portion_cut(struct req *, json_t *list, int64_t from);
void portion_drop(json_t *list, size_t n);		/* its first ones */
/* Of list o[key] the last ones, room bytes; "KEY_left": how many went. */
void portion_newest(json_t *o, const char *key, size_t room);

/* Keep until the answer; both return their argument. */
json_t *req_json(struct req *, json_t *taken);
char *req_text(struct req *, char *taken);

/* ---- the core's insides, for handlers ---- */

/* A case in memory with the numbers of its events in the record. */
struct held {
	struct case_row row;
	struct kase *ca;
	int64_t *seqs;			/* seqs[i]: record number of case event i + 1 */
	size_t seqs_count, seqs_cap;
	size_t records_put;		/* how many stand in the view */
	bool records_known;		/* that they do */
	int comments_put;		/* whose mentions stand in the view */
	int64_t decided;		/* last decision in the view, or 0 */
	int64_t used;			/* for eviction */
	json_t *filed;			/* files as their rows have them */
	struct held *next;		/* in its chain */
};

/* What the courier has now (job.c); call: it is told that there is more. */
enum { JOBS_FLYING = 24 };
struct jobs {
	struct flight {
		int64_t id;		/* 0: none */
		const struct job_kind *kind;
	} flights[JOBS_FLYING];
	bool call;
};

/* 64 MiB of pages of 2 KiB. */
enum { LOG_MOST_PAGES = 32768 };

struct core {
	char *dir;
	struct store *store;
	struct seal *seal;
	struct feed *feed;		/* NULL until it is wanted */
	struct monitor *monitor;	/* likewise */
	struct rules *rules;
	struct calendar *calendar;
	const struct calendar *calendar_before;	/* cmd_calendar.c; or NULL */
	struct institution *institution;
	struct procedure **procedures;
	bool *current;
	size_t procedures_count;
	json_t *settings;		/* id -> value, as set */
	json_t *origins;		/* code -> its first day; cmd_days.c */
	json_t *stood;			/* counted; cmd_absence_acts.c */
	json_t *people;			/* login -> {"name","active"} */
	struct held **held;
	size_t held_count;
	struct held *by_id[HELD_BUCKETS];	/* the same, in chains */
	int64_t held_clock;
	json_t *touched;		/* folio -> office, this turn */
	int64_t clock_moved;
	int64_t clock_stopped;		/* where it stands; 0: it goes */
	struct when swept;		/* answers forgotten last */
	struct when alarm;		/* when a task is next told of; 0: never */
	bool alarm_known;
	bool test_clock, broken, hold_logged;
	bool log_stuck;			/* it could not be moved: disk full */
	int log_most;			/* pages: then nothing is written */
	bool disk_full;			/* the last turn was undone */
	int64_t disk_reserve;		/* bytes: with fewer free, no files */
	enum disk_level disk_told;	/* in the log, last */
	bool prefs_moved;		/* somebody chose something */
	bool rights_moved;		/* a key or an account changed */
	bool rehearsal;			/* `init --demo`: no server yet */
	const char *programs;		/* folder of pauta-keep…, or NULL */
	struct kept *previews;		/* preview.c; used last comes first */
	struct made *papers;		/* paper.c; begun last comes first */
	struct tray *tray;		/* tray.c; put last comes first */
	json_t *shelf;			/* shelf.c: case -> where; or NULL */
	json_t *shelf_todo;		/* cases it has not read; NULL: any */
	json_t *facts;			/* facts.c: key -> facts; NULL: none */
	json_t *facts_wanted;		/* folio -> office: told of the next */
	struct fact *facts_made;	/* that are being made */
	struct scan *scan;		/* scan.c; NULL until one is wanted */
	struct copy *copy;		/* copy.c; NULL: the courier wants none */
	bool previews_moved;		/* one is there, or will never be */
	struct renderer *renderer;	/* render.c; NULL: no server runs */
	struct jobs jobs;
	struct when spool_swept;
	struct when blobs_loose;	/* some may have no row since; 0: none */
	json_t *blobs_doomed;		/* erased in this turn */
	struct why broken_why;
};

/* The world of an office, for the engine. */
void core_world(struct core *, const char *office, struct world *);
/* A loaded definition; revision NULL gives the one in force.  NULL if none. */
const struct procedure *core_find_procedure(const struct core *,
    const char *code, const char *revision);
const char *core_person_name(const struct core *, const char *login);
const char *core_role_title(const struct core *, const char *role);
const char *core_role_brief(const struct core *, const char *role);

/* case.c: a case by folio, from memory or from its events; -ERR_NOT_FOUND
 * also when the asker may not see it (the same sentence). Borrowed. */
int case_find(struct req *, const char *folio, struct held **);
/* The open step named by q->pos[0] and q->pos[1], and its case. */
int case_token(struct req *, struct held **, const struct token **);
/* The field of a step that a named argument is of; NULL, with why. */
const struct field *step_field(struct req *, const struct step *,
    const char *name);
/* Keep what somebody types in a field of that step. */
int case_put_draft(struct req *, const struct held *, const struct token *,
    const char *field, const char *value);
int case_load_by_id(struct core *, int64_t id, struct held **, struct why *);
/*
 * Cases that stay in memory from one turn to the next.  Who reads all cases in
 * one turn lets go of each that is over (case_spare), or they are all there.
 */
enum { CASES_KEPT = 1024 };
void case_evict(struct core *, size_t keep);
void case_spare(struct core *, struct held *);
void case_drop(struct core *, struct held *);
struct held *case_new(struct core *, const struct procedure *, int64_t id);
void case_held_free(struct held *);
void case_note_seq(struct held *, int64_t seq);

/* access.c */
void access_load(struct req *);		/* fills actor from the record */
void access_clear(struct req *);
/* Any case of that office; this case (a role's "reads"). */
bool access_sees_office(const struct req *, const char *office);
bool access_sees_case(struct req *, const struct case_row *);
bool access_sees_id(struct req *, const char *office, int64_t kase);
bool access_sees_folio(struct req *, const char *office, const char *folio);
/* A right over that office: not one lent for some approvals only. */
bool access_has_role(const struct req *, const char *role, const char *office);
/* May somebody else, with an open account, see the cases of an office? */
bool access_other_sees(struct core *, const char *login, const char *office);
/* Does somebody supervise that office (a role's "board")? */
bool access_boards(const struct req *, const char *office);
/* Is the case counted in his figures: seen, or by a board or "figures"? */
bool access_counts(struct req *, const struct case_row *);
/* Is there an open account? */
bool access_is_active(const struct core *, const char *login);
/* A right that was not taken away; one that is lent was also accepted. */
bool access_is_granted(const struct grant_row *);
/* Would the role join administration or oversight with the office's work,
 * now or later (SD-09)? */
bool access_mixes(const struct req *, const char *login, const char *role);
/* May the names of those who work there be told?  Of everybody? */
bool access_knows_office(const struct req *, const char *office);
bool access_knows_everybody(const struct req *);

/* monitor.c: what it remembers is not of the record as it is now. */
void monitor_forget(struct core *);

/* act.c: decide, write, apply, project.  ca NULL begins a case and gives it. */
int act_command(struct req *, struct held **, const struct procedure *,
    const struct command *);
/* Write an event of the office itself (no case). data borrowed. */
int act_office(struct req *, const char *type, json_t *data);
/*
 * effect_job.c: around the applying of each event of a case: jobs that nobody
 * wants any more, and those that it asks for.  0, or the turn is broken.
 */
int effect_before(struct req *, const struct held *, const json_t *body);
int effect_after(struct req *, struct held *, const json_t *body);
/* cmd_effect.c: [{"address","name"}] of a list; NULL: of all, with "list". */
json_t *core_addresses(void *core, const char *list);
/* The list that names an account's own address (summary.c). */
#define SUMMARY_LIST "avisos"
/* The document every act answers with. */
void act_result(struct req *, const struct held *, const char *step);

/* sign.c: take the words of a signature off the line, before all others. */
void sign_take(struct req *);
/*
 * Of a decision that the engine has admitted: is it signed as its step asks,
 * and is the signature good?  Notes in the body of its event what is proved.
 */
int sign_judge(struct req *, const struct held *, const struct command *,
    json_t *body);
/* What a client needs to sign this step; null when it cannot be. */
json_t *sign_terms(struct req *, const struct kase *, const struct token *);
/* The signature of an answer or NULL; assurance NULL when it decided nothing. */
const json_t *sign_of(const struct kase *, const struct done *,
    const char **assurance);

/* cmd_prefs.c: what the actor chose, {"theme":"mono"}.  A new reference. */
json_t *prefs_chosen(struct req *);
/*
 * "P1Y" as "1 año", into out[PERIOD_TEXT], which it returns; one of several
 * parts as it is written.
 */
enum { PERIOD_TEXT = 32 };
const char *doc_period(const char *iso, char *out);
/* doc_retention.c: a record that is kept, or a row of it from 1; new. */
json_t *doc_retained(struct req *, struct held *, const struct produced *,
    int index);
/* sweep.c: the turn leaves the files of this case to nobody. */
void sweep_case(struct core *, const struct held *);
/* A file may have lost its row: all are looked at, half an hour from now. */
void sweep_later(struct core *);
/* The turn is durable, or was undone. */
void sweep_settle(struct core *, bool done);
/* Now and then: uploads that nobody went on with, and what was left over. */
void sweep_tick(struct core *);

/* cmd_start.c: the next folio of a procedure, kept as q is. */
char *start_folio(struct req *, const struct procedure *, const char *zone);

/*
 * feed.c: the file of the words (store/search.h) follows the record, by the
 * numbers of its events.  feed_step takes a few events or cases more: 1 when
 * there are others, 0 when it has them all or the disk is for decisions, or
 * -ERR_UNAVAILABLE.
 */
int feed_step(struct core *, struct why *);
/* It may have words of a turn that was undone: it begins again. */
void feed_again(struct core *);
/* Events that it does not have yet. */
int64_t feed_behind(const struct core *);
struct search *feed_search(struct core *);
void feed_free(struct feed *);
/* What came of reading a clipping goes in; 0, or it is logged. */
struct scan_row;
int feed_scanned(struct core *, const struct scan_row *);

/* daily.c: a request of the office's own, at this office's hour. */
void daily_begin(struct req *, struct core *, const struct caller *);
void daily_end(struct req *);
/* Does that start open a case on that day of the world's calendar? */
bool daily_recurs(const struct procedure *, const struct start *,
    const char *day, const struct world *);
/*
 * The case of that day of a start that recurs, or 0: the last one that stands
 * (was not cancelled: no other may be begun), else the last.
 */
int64_t daily_find(struct core *, const struct procedure *,
    const struct start *, const char *office, const char *day, bool *stands);
/*
 * cmd_days.c: for what day such a start may be begun by hand: today, else the
 * last of this week that recurs and has no case that stands.  False, with
 * today's case: for none.
 */
bool days_free(struct req *, const struct procedure *, const struct start *,
    const char *office, char day[11], int64_t *todays);
/* cmd_start.c: refuse another case for a day that has this one. */
int start_taken(struct req *, const struct procedure *, int64_t kase,
    const char *day);
/* cmd_days.c: of the last week, [DAY] that are missing (today apart) or undone,
 * for whoever supervises the central office; empty for others. */
json_t *doc_missing(struct req *);
/* ics.c: the deadlines of those TASKs as an iCalendar text. */
json_t *doc_ics(struct req *, const json_t *tasks);
/*
 * clock.c: tell what has come of deadlines and escalations, of some cases at a
 * time.  clock_hear: a task has something to tell then (0: nothing).
 */
void clock_tick(struct core *);
void clock_hear(struct core *, struct when);
/* What was told of it last: NOTICE of docs/api.md, or null. */
json_t *doc_notice(struct req *, const struct token *);

/* project.c: rows of the views from a case, or from an office event. */
int project_case(struct core *, struct held *, struct why *);
int project_office(struct core *, int64_t seq, const json_t *body,
    struct why *);
int project_rebuild(struct core *, bool keep, int64_t *events, bool *equal,
    struct why *);
/* outlet.c: of the event outlet.set. */
int outlet_project(struct core *, int64_t seq, const json_t *data,
    struct why *);
/* Fill views that are empty, in the transaction that is open; commits it. */
int project_fill(struct core *, struct why *);
/* A failure of the store in the middle of a turn: nothing of it happened, and
 * the process ends at its commit.  Returns -ERR_SYSTEM. */
int core_break(struct core *, const struct why *);
/* turn.c: may anything be written?  0, or -ERR_UNAVAILABLE with why. */
int turn_allow(struct core *, struct why *);
/* disk.c: say in the log that there is less room, or room again. */
void disk_watch(struct core *);
/* cmd_seal.c: sign and keep what is due; false when nothing may be written. */
bool core_seal(struct core *);
/* Read settings, people, definitions, calendar again from the record. */
int core_reload(struct core *, struct why *);

/* doc_*.c: the documents of docs/api.md.  New references. */
json_t *doc_task(struct req *, const struct held *, const struct token *);
json_t *doc_field(struct req *, const struct field *, const struct scope *,
    const json_t *value, const char *draft);
/* Of a date or an hour being typed: "reads", "" when it is none. */
void doc_reads(json_t *o, const struct field *, const char *draft,
    const struct world *);
json_t *doc_step(struct req *, struct held *, const struct token *);
/* What typing changes: {"fields":[{"id","required","applies","reads"?}],"leads":[…]}. */
json_t *doc_live(struct req *, const struct held *, const struct token *);
/* What is drafted in it, as values; what is typed wrong is left out.  q keeps it. */
json_t *step_typed(struct req *, const struct held *, const struct token *);
/* What others typed in its fields, beside the draft: [TEXT]. */
json_t *doc_texts(struct req *, const struct held *, const struct token *);
json_t *doc_case(struct req *, struct held *);
/* The last verdicts of each step, item by item (doc_verdict.c). */
json_t *doc_verdicts(struct req *, const struct kase *, int row);
/*
 * Each remark with which the case was returned, newest first, until the step
 * that returned it approves: then it is history.
 */
json_t *doc_remarks(struct req *, const struct kase *);
json_t *doc_open(const struct held *);
json_t *doc_attachments(const struct core *, const struct kase *);
/* "attached" of FIELD o: what is attached to it now, the newest that fit. */
void doc_field_files(struct req *, const struct held *, const struct token *,
    const struct field *, json_t *o);
/* The same of the columns of a list, which offer it by name. */
void doc_row_files(struct req *, const struct held *, const struct token *,
    const struct field *list, json_t *o);
/* How to attach more to a step: "sftp" and "files" of STEP. */
void doc_files(struct req *, const struct held *, const struct token *,
    const struct world *, json_t *step);
/* How large a file of the office may be now; come: what is here of it. */
int64_t file_most(struct req *, const struct world *, const char *office,
    int64_t come);
/* Where a case says some words; *left: in how many places more. */
json_t *doc_hits(struct req *, int64_t kase, const char *text, size_t *left);
json_t *doc_procedure(const struct procedure *);
json_t *doc_annexes(const struct procedure *);	/* [{code, title}] */
/* cmd_absence_acts.c: suplencias N, enterado N, and of the asker's absences
 * what was decided and not seen. */
int absence_acts(struct req *);
int absence_heed(struct req *);
json_t *doc_stood(struct req *);
/* May the asker know of that substitution? */
bool absence_is_seen(const struct req *, const struct grant_row *);
json_t *doc_asked(struct req *);	/* substitutions that wait for his word */

/*
 * What a substitution waits for (grant_row.answer): the head, who may grant it;
 * then the answer of who stands in.  It is in force when that is a yes.
 */
#define ABSENCE_PROPOSED "proposed"
#define ABSENCE_ACCEPTED "accepted"
/* May the asker grant that who stands in for whose, in a role of office? */
bool absence_may_grant(const struct req *, const char *whose,
    const char *office, const char *who);
json_t *doc_mentions(struct req *);	/* of the asker, not read: [COMMENT] */
/* What was asked for outside and how far it is; lines of the history. */
json_t *doc_effects(struct req *, const struct held *);
/* A row of its register for each recipient of a mail, added to list. */
void doc_effect_rows(struct req *, const struct held *, const json_t *mail,
    const struct record_row *, json_t *list);
char *doc_effect_asked(const json_t *body);
char *doc_effect_ended(const struct kase *, const json_t *body);
char *doc_event_text(struct req *, const struct kase *, const json_t *body);

/* print.c: a document as a person reads it, by verb. */
void print_doc(const struct req *, struct buf *);

/* "2.2" or "2.2#3" of a token into out[24]. */
const char *token_ref(const struct token *, char out[24]);
json_t *json_when(struct when);		/* null for 0 */
json_t *json_text(const char *);	/* null for NULL */

#define VERB(f) int f(struct req *)
VERB(cmd_bandeja); VERB(cmd_autorizaciones); VERB(cmd_procedimientos);
VERB(cmd_procedimiento); VERB(cmd_iniciar); VERB(cmd_paso);
VERB(cmd_borrador); VERB(cmd_borrar); VERB(cmd_hacer); VERB(cmd_aprobar); VERB(cmd_devolver);
VERB(cmd_deshacer); VERB(cmd_tomar); VERB(cmd_soltar); VERB(cmd_turnar);
VERB(cmd_reclasificar); VERB(cmd_cancelar); VERB(cmd_baja);
VERB(cmd_calendario); VERB(cmd_porque); VERB(cmd_dias); VERB(cmd_vencimientos); VERB(cmd_comentar); VERB(cmd_comentarios); VERB(cmd_enterado);
VERB(cmd_expediente); VERB(cmd_historial); VERB(cmd_buscar);
VERB(cmd_adjuntos); VERB(cmd_adjuntar); VERB(cmd_quitar);
VERB(cmd_carpeta); VERB(cmd_subir); VERB(cmd_bajar); VERB(cmd_indicadores); VERB(cmd_registro);
VERB(cmd_conservacion); VERB(cmd_conservar); VERB(cmd_transferir); VERB(cmd_proponer);
VERB(cmd_destino); VERB(cmd_recibir); VERB(cmd_transferencias);
VERB(cmd_informe); VERB(cmd_personas); VERB(cmd_suplencia);
VERB(cmd_suplencias); VERB(cmd_tablero); VERB(cmd_suplir); VERB(cmd_ajuste); VERB(cmd_ajustes); VERB(cmd_lugar);
VERB(cmd_leer);
VERB(cmd_preferencia); VERB(cmd_preferencias); VERB(cmd_reloj); VERB(cmd_sellar); VERB(cmd_sello); VERB(cmd_ayuda);
VERB(cmd_person_add); VERB(cmd_person_disable); VERB(cmd_person_list);
VERB(cmd_key_add); VERB(cmd_key_revoke); VERB(cmd_role_grant);
VERB(cmd_role_revoke); VERB(cmd_import); VERB(cmd_verify); VERB(cmd_act_as);
VERB(cmd_estado); VERB(cmd_encargos); VERB(cmd_reintentar);
VERB(cmd_comprobar); VERB(cmd_destinatario); VERB(cmd_destinatarios);
VERB(cmd_medio); VERB(cmd_medios);
VERB(cmd_job_take); VERB(cmd_job_end); VERB(cmd_job_file);
VERB(cmd_vista); VERB(cmd_vista_previa); VERB(cmd_exportar);
VERB(cmd_nota); VERB(cmd_notas); VERB(cmd_apartar); VERB(cmd_clasificar);
VERB(cmd_descartar); VERB(cmd_reponer); VERB(cmd_recoger);
VERB(cmd_comentario); VERB(cmd_perfil); VERB(cmd_perfiles);
#undef VERB

#endif
