/* SPDX-License-Identifier: ISC */
/* note.c - see note.h: what comes is made fit, given its key, and kept. */
#include "note.h"

#include <assert.h>
#include <string.h>

#include "../../proto/text.h"
#include "monitor.h"

/* ---- text of strangers, made fit ---- */

/* Is it shown as it is?  A terminal would act on the others. */
static bool
clean_keeps(const char *start, size_t n)
{
	char one[8];

	memcpy(one, start, n);
	one[n] = '\0';
	return text_hidden(one) == 0;
}

/* Blanks become one; of a text, a line break among them stays one. */
static void
clean_add(struct buf *b, const char *in, size_t max, bool lines)
{
	const char *start;
	char gap = '\0';
	int32_t cp;

	while (*(start = in) != '\0' && b->len < max) {
		cp = text_next(&in);
		if (cp == ' ' || cp == '\t' || cp == '\r' || cp == 0xa0) {
			gap = gap == '\n' ? gap : ' ';
		} else if (cp == '\n') {
			gap = lines ? '\n' : ' ';
		} else if (cp == -1 || clean_keeps(start,
		    (size_t)(in - start))) {
			if (gap != '\0' && b->len > 0)
				(void)buf_add(b, &gap, 1);
			gap = '\0';
			if (cp == -1)
				(void)buf_add(b, "\xef\xbf\xbd", 3);
			else
				(void)buf_add(b, start, (size_t)(in - start));
		}
	}
}

/* Given: fit to be kept, at most max bytes. */
static char *
clean_text(const char *in, size_t max, bool lines)
{
	static const char more[] = "…";
	struct why why;
	struct buf b;
	char *out;
	int r;

	buf_init(&b, max + 64);
	/* Composing makes it shorter, hardly ever longer: room for both. */
	clean_add(&b, in != NULL ? in : "", max + 8, lines);
	if (b.len > max - sizeof more) {
		b.len = max - sizeof more;
		(void)buf_str(&b);
		text_cut((char *)b.p);
		b.len = strlen((char *)b.p);
		(void)buf_add(&b, more, sizeof more - 1);
	}
	r = text_take(buf_str(&b), b.len, max * 4, lines ? TEXT_LINES : 0,
	    &out, &why);
	assert(r == 0);
	buf_clear(&b);
	return out;
}

/* ---- what makes it the same ---- */

/* Given: the sum of the key that it came with, or of what it says. */
static char *
note_key(struct core *c, const char *key, const struct note_row *row)
{
	int64_t at = row->published != 0 ? row->published : row->at;
	char hex[HASH_TEXT], day[11], clock[9], *all;
	uint8_t sum[HASH_SIZE];
	struct world w;

	core_world(c, row->office, &w);
	calendar_local(w.zone, (struct when){ at }, day, clock);
	if (key != NULL && *key != '\0')
		all = xstrdup(key);
	else
		all = xasprintf("%s\n%s\n%s\n%s", row->medium, row->title,
		    row->link, day);
	hash_sha256(all, strlen(all), sum);
	free(all);
	return xstrdup(hex_text(sum, HASH_SIZE, hex));
}

/* What it is read by; both texts are given. */
static void
note_read(struct core *c, struct note_row *row, struct sketch *room)
{
	json_t *hits = monitor_hits(c, row->office, row->title, row->text);

	monitor_tell(c, row, room);
	row->hits = json_dumps(hits, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(hits);
}

static int
note_put(struct core *c, struct note_row *row, int64_t *id, struct why *why)
{
	struct sketch room;
	int r = 0;

	if (!store_is_open(c->store) && store_begin(c->store, why) < 0)
		return core_break(c, why);
	note_read(c, row, &room);
	if (store_add_note(c->store, row, id, why) < 0)
		r = core_break(c, why);
	if (r == 0 && *id != 0) {
		row->id = *id;
		row->story = row->story != 0 ? row->story : *id;
		if (store_put_note_story(c->store, *id, row->story, why) < 0)
			r = core_break(c, why);
		monitor_keep(c, row);
		core_touch_list(c, "notas", row->office);
	}
	free((char *)row->alike);
	free((char *)row->hits);
	return r;
}

int
note_add(struct core *c, const struct note *n, struct when now, int64_t *id,
    struct why *why)
{
	struct note_row row = { .office = n->office, .source = n->source,
		.published = n->published.s, .at = now.s };
	int r;

	*id = 0;
	row.medium = clean_text(n->medium, NOTE_NAME_MAX, false);
	row.section = clean_text(n->section, NOTE_NAME_MAX, false);
	row.author = clean_text(n->author, NOTE_NAME_MAX, false);
	row.title = clean_text(n->title, NOTE_TITLE_MAX, false);
	row.text = clean_text(n->text, NOTE_TEXT_MAX, true);
	row.link = clean_text(n->link != NULL &&
	    strlen(n->link) <= NOTE_LINK_MAX ? n->link : "", NOTE_LINK_MAX * 2,
	    false);
	row.key = note_key(c, n->key, &row);
	if (*row.medium == '\0' || *row.title == '\0')
		r = why_set(why, ERR_REFUSED,
		    "Una nota lleva el medio y su titular.");
	else if (store_has_note(c->store, row.office, row.key))
		r = 0;
	else
		r = note_put(c, &row, id, why);
	free((char *)row.medium);
	free((char *)row.section);
	free((char *)row.author);
	free((char *)row.title);
	free((char *)row.text);
	free((char *)row.link);
	free((char *)row.key);
	return r;
}
