/* SPDX-License-Identifier: ISC */
/*
 * app_legend.c - what the action tables say on the last two rows, the title
 * row, and times as a person writes them.
 */
#include "app_own.h"

#include <string.h>

#include "doc.h"
#include "i18n.h"
#include "text.h"

/* Put "F8=Continuar" where it fits; false when both rows are full. */
static bool
legend_put(struct grid *g, int *row, int *col, const char *key,
    const char *name)
{
	int w = text_width(key) + 1 + text_width(name);

	if (*col + w > g->cols && *row == g->rows - 2) {
		*row = g->rows - 1;
		*col = 1;
	}
	if (*col + w > g->cols)
		return false;
	*col += grid_putf(g, *row, *col, -1, GRID_PLAIN, "%s=%s", key, name);
	*col += 2;
	return true;
}

static bool
legend_is_shown(const struct app *a, const struct action *act)
{
	return act->shown && app_grey(a, act) == NULL;
}

void
legend_draw(struct app *a, struct grid *g)
{
	const struct action *acts[APP_ACTIONS];
	int row = g->rows - 2, col = 1;
	size_t n, i;

	switch (a->popup.kind) {
	case POPUP_CONFIRM:
		legend_put(g, &row, &col, _("s"), _("Sí"));
		legend_put(g, &row, &col, "n", _("No"));
		legend_put(g, &row, &col, "Esc", _("Cerrar"));
		return;
	case POPUP_PROMPT:
		legend_put(g, &row, &col, a->popup.lines ? "F8" : "Enter",
		    _("Aceptar"));
		legend_put(g, &row, &col, "Esc", _("Cerrar"));
		return;
	case POPUP_PICK:
	case POPUP_PALETTE:
		legend_put(g, &row, &col, "Enter", _("Elegir"));
		legend_put(g, &row, &col, "Esc", _("Cerrar"));
		return;
	case POPUP_UPLOAD:
		legend_put(g, &row, &col, "Enter", _("Seguir trabajando"));
		legend_put(g, &row, &col, "F6", _("Otro archivo"));
		legend_put(g, &row, &col, "F12", _("Detener"));
		return;
	case POPUP_HELP:
		legend_put(g, &row, &col, "Esc", _("Cerrar"));
		return;
	default:
		break;
	}
	n = app_actions(a, acts);
	for (i = 0; i < n; i++)
		if (legend_is_shown(a, acts[i]))
			legend_put(g, &row, &col, keys_name(acts[i]->key),
			    _(acts[i]->name));
}

/* ---- title ---- */

static const char *
title_me(const struct app *a, const char *key)
{
	const char *s = json_string_value(json_object_get(a->me, key));

	return s == NULL ? "" : s;
}

void
app_title_case(struct app *a, struct grid *g, const char *folio,
    const json_t *doc)
{
	const char *subject = doc_text(doc, "subject");
	char *where = xasprintf("%s  %s", folio, *subject != '\0' ? subject :
	    doc_text(doc, "brief"));

	app_title(a, g, where);
	free(where);
}

void
app_title(struct app *a, struct grid *g, const char *where)
{
	time_t now = (time_t)app_now(a).s;
	const char *role = title_me(a, "role");
	char who[256];
	struct tm tm;
	int w, col;

	localtime_r(&now, &tm);
	for (w = 0; w < 3; w++) {
		/* The less room, the less is said: office, then role go. */
		snprintf(who, sizeof who, "  %s%s%s%s%s%s  %02d:%02d ",
		    w == 0 ? title_me(a, "office") : "",
		    w == 0 && title_me(a, "office")[0] != '\0' ? "  " : "",
		    title_me(a, "login"), w < 2 && role[0] != '\0' ? " (" : "",
		    w < 2 ? role : "", w < 2 && role[0] != '\0' ? ")" : "",
		    tm.tm_hour, tm.tm_min);
		text_cut(who);
		col = g->cols - text_width(who);
		if (col >= 8 + text_width(where))
			break;
	}
	if (col < 8)
		col = g->cols;
	else
		grid_put(g, 0, col, -1, GRID_PLAIN, who);
	grid_put(g, 0, 0, -1, GRID_PLAIN, " PAUTA  ");
	grid_cell(g, 0, 8, col - 8, GRID_PLAIN, where);
	grid_attr_row(g, 0, GRID_REVERSE);
}

static int
when_days(const struct tm *tm)
{
	struct tm noon = { .tm_year = tm->tm_year, .tm_mon = tm->tm_mon,
		.tm_mday = tm->tm_mday, .tm_hour = 12 };

	return (int)(timegm(&noon) / 86400);
}

const char *
app_when_text(const struct app *a, const char *utc, char out[16])
{
	static const char *const months[] = { N_("ene"), N_("feb"), N_("mar"),
		N_("abr"), N_("may"), N_("jun"), N_("jul"), N_("ago"),
		N_("sep"), N_("oct"), N_("nov"), N_("dic") };
	time_t now = (time_t)app_now(a).s, at;
	struct tm here, there;
	struct when t;
	int days;

	out[0] = '\0';
	if (utc == NULL || when_parse(utc, &t) < 0)
		return out;
	at = (time_t)t.s;
	localtime_r(&now, &here);
	localtime_r(&at, &there);
	days = when_days(&there) - when_days(&here);
	if (days == 0)
		snprintf(out, 16, "%02d:%02d", there.tm_hour, there.tm_min);
	else if (days == 1 || days == -1)
		snprintf(out, 16, "%s", days == 1 ? _("mañana") : _("ayer"));
	else if (there.tm_year == here.tm_year)
		snprintf(out, 16, "%d/%s", there.tm_mday,
		    _(months[there.tm_mon]));
	else
		snprintf(out, 16, "%d/%s/%d", there.tm_mday,
		    _(months[there.tm_mon]), there.tm_year + 1900);
	text_cut(out);
	return out;
}
