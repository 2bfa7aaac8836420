/* SPDX-License-Identifier: ISC */
/*
 * view_conservacion.c - records kept: what is due by month and keeper, why each
 * is still here and why it may go; to keep one longer, to ask that it goes, to
 * approve that, and to receive it.  What is asked of several marked at once is
 * one command each, with what came of it; approving is done one by one.
 */
#include "conservacion.h"

#include "i18n.h"
#include "retained.h"

enum { TAG_LIST, TAG_ACT, TAG_BULK };	/* and on: of each marked */
/* What is done with a record is a RETAINED_ of retained.h. */
enum { DO_MONTH = RETAINED_ACTS, DO_SUMMARY, DO_MARK, DO_REFRESH };
enum { ASK_UNTIL = DO_REFRESH + 1, ASK_KEEP_WHY };

// clang-format off
static const struct action conservacion_actions[] = {
	{ 't', K_NONE, N_("Transferir"), N_("Propone transferir al archivo el registro, cuyo plazo terminó."), RETAINED_TRANSFER, true },
	{ 'c', K_NONE, N_("Conservar hasta"), N_("Conserva el registro hasta un día posterior al de su plazo, con motivo."), RETAINED_KEEP, true },
	{ 'b', K_NONE, N_("Proponer baja"), N_("Propone dar de baja el registro; un renglón de hemeroteca se da de baja ya."), RETAINED_DISPOSE, true },
	{ 'a', K_NONE, N_("Aprobar"), N_("Aprueba que se transfiera o se dé de baja; no quien lo propuso."), RETAINED_APPROVE, true },
	{ 'd', K_NONE, N_("No aprobar"), N_("No lo aprueba, con motivo: el registro se sigue conservando."), RETAINED_DECLINE, false },
	{ 'r', K_NONE, N_("Recibir"), N_("Lo recibe el archivo; la relación firmada de lo recibido la da la orden «transferencias», en CSV o en PDF."), RETAINED_RECEIVE, false },
	{ 's', K_NONE, N_("Resumen"), N_("Cuenta por mes y responsable lo que termina; elija uno para ver solo eso."), DO_SUMMARY, true },
	{ ' ', K_NONE, N_("Marcar"), N_("Marca el registro: proponer, conservar y recibir se hacen de una vez con todos los marcados."), DO_MARK, false },
	{ K_F4, 'f', N_("Mes"), N_("Muestra lo que termina en otro mes; vacío, lo vencido y lo de este."), DO_MONTH, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez."), DO_REFRESH, false },
};
// clang-format on

static void
conservacion_ask(struct view *v)
{
	struct conservacion *s = (struct conservacion *)v;
	struct line l = { 0 };

	line_add(&l, "conservacion");
	if (s->month != NULL && *s->month != '\0')
		line_addf(&l, "mes=%s", s->month);
	if (s->keeper != NULL)
		line_addf(&l, "custodia=%s", s->keeper);
	line_ask(&l, v, TAG_LIST, false);
}

const json_t *
conservacion_at(const struct conservacion *s)
{
	return json_array_get(doc_list(s->doc, "rows"), (size_t)s->at.at);
}

int
conservacion_count(const struct conservacion *s)
{
	return (int)json_array_size(doc_list(s->doc, "rows"));
}

static int
conservacion_marked(const struct conservacion *s)
{
	int i, n = 0;

	for (i = 0; s->marked != NULL && i < conservacion_count(s); i++)
		n += s->marked[i];
	return n;
}

/* ---- what is done with a record ---- */

static void
conservacion_send_one(struct conservacion *s, const json_t *one, int id,
    const char *why, int tag)
{
	struct line l = { 0 };

	retained_line(&l, one, id, s->until, why);
	line_ask(&l, &s->view, tag, true);
}

static void
conservacion_on_one(struct view *v, int tag, const char *place)
{
	const struct bulk_one *one = bulk_at(&((struct conservacion *)v)->bulk,
	    place);

	(void)tag;
	app_say(v->app, !one->good, "%s", one->said);
}

/* All answered: a line for each. */
static void
conservacion_show_bulk(struct conservacion *s)
{
	unsigned good = bulk_good(&s->bulk);

	conservacion_ask(&s->view);
	app_say(s->view.app, good < s->bulk.count,
	    _("%u de %u registros."), good, s->bulk.count);
	bulk_show(&s->bulk, &s->view, _("Lo que resultó de cada registro"),
	    conservacion_on_one);
}

static bool
conservacion_on_bulk(struct conservacion *s, int n, bool good,
    const char *why)
{
	return bulk_take(&s->bulk, n, good, good ? xstrdup(_("Quedó escrito.")) :
	    xasprintf(_("No: %s"), why));
}

static void
conservacion_send_marked(struct conservacion *s, int id, const char *why)
{
	const json_t *one;
	int i, n;

	bulk_clear(&s->bulk);
	for (i = 0; i < conservacion_count(s); i++) {
		if (!s->marked[i])
			continue;
		s->marked[i] = false;
		one = json_array_get(doc_list(s->doc, "rows"), (size_t)i);
		n = bulk_add(&s->bulk, doc_text(one, "folio"),
		    doc_text(one, "ref"));
		if (retained_may(one, id))
			conservacion_send_one(s, one, id, why, TAG_BULK + n);
		else
			(void)conservacion_on_bulk(s, n, false,
			    _("ahora no, o no le corresponde a usted."));
	}
	if (s->bulk.left == 0)
		conservacion_show_bulk(s);
}

static void
conservacion_send(struct conservacion *s, int id, const char *why)
{
	if (conservacion_marked(s) > 0)
		conservacion_send_marked(s, id, why);
	else if (conservacion_at(s) != NULL)
		conservacion_send_one(s, conservacion_at(s), id, why,
		    TAG_ACT);
}

/* ---- which of them are shown ---- */

static void
conservacion_on_month(struct view *v, int tag, const char *value)
{
	struct conservacion *s = (struct conservacion *)v;
	const char *blank = strchr(value, ' ');

	(void)tag;
	free(s->month);
	free(s->keeper);
	s->month = blank == NULL ? NULL :
	    xasprintf("%.*s", (int)(blank - value), value);
	s->keeper = blank == NULL ? NULL : xstrdup(blank + 1);
	conservacion_ask(v);
}

/* What ends by month and keeper; one of them is chosen, or all again. */
static void
conservacion_summary(struct conservacion *s)
{
	const json_t *list = doc_list(s->doc, "months"), *m;
	json_t *items = json_array();
	char *value;
	size_t i;

	app_choice(items, "", "%s",
	    _("Lo vencido y lo de este mes, de todos"));
	for (i = 0; i < json_array_size(list); i++) {
		m = json_array_get(list, i);
		value = xasprintf("%s %s", doc_text(m, "month"),
		    doc_text(m, "keeper"));
		app_choice(items, value, "%s %5lld  %s", doc_text(m, "month"),
		    doc_int(m, "count"), doc_text(m, "keeper_title"));
		free(value);
	}
	app_pick(&s->view, 0, _("Lo que termina, por mes y responsable"),
	    items, conservacion_on_month);
	json_decref(items);
}

static void
conservacion_mark(struct conservacion *s)
{
	if (conservacion_at(s) == NULL)
		return;
	s->marked[s->at.at] = !s->marked[s->at.at];
	(void)cursor_key(&s->at, K_DOWN);
}

static void
conservacion_on_text(struct view *v, int tag, const char *text)
{
	struct conservacion *s = (struct conservacion *)v;

	switch (tag) {
	case DO_MONTH:
		free(s->month);
		free(s->keeper);	/* it is not seen: of everybody again */
		s->month = xstrdup(text);
		s->keeper = NULL;
		conservacion_ask(v);
		break;
	case ASK_UNTIL:
		free(s->until);
		s->until = xstrdup(text);
		app_prompt(v, ASK_KEEP_WHY, _("Conservar: motivo"),
		    _("Queda escrito con la decisión."), false,
		    conservacion_on_text);
		break;
	case ASK_KEEP_WHY:
		conservacion_send(s, RETAINED_KEEP, text);
		break;
	default:
		conservacion_send(s, tag, text);
	}
}

static void
conservacion_act(struct view *v, int id)
{
	switch (id) {
	case DO_REFRESH:
		conservacion_ask(v);
		break;
	case DO_SUMMARY:
		conservacion_summary((struct conservacion *)v);
		break;
	case DO_MARK:
		conservacion_mark((struct conservacion *)v);
		break;
	case DO_MONTH:
		app_prompt(v, id, _("Mes en que termina el plazo"),
		    _("2027-11; vacío: lo vencido y lo de este mes."), false,
		    conservacion_on_text);
		break;
	case RETAINED_KEEP:
		app_prompt(v, ASK_UNTIL, _("Conservar hasta"),
		    _("Un día posterior al de su plazo: 2028-06-30."), false,
		    conservacion_on_text);
		break;
	case RETAINED_DISPOSE:
	case RETAINED_DECLINE:
		app_prompt(v, id, _("Motivo"),
		    _("Queda escrito con la decisión."), false,
		    conservacion_on_text);
		break;
	default:
		conservacion_send((struct conservacion *)v, id, "");
	}
}

static const char *
conservacion_grey(struct view *v, int id)
{
	const struct conservacion *s = (struct conservacion *)v;
	const json_t *one = conservacion_at(s);

	if (id >= DO_MONTH && id != DO_MARK)
		return NULL;
	if (one == NULL)
		return _("No hay un registro bajo el cursor.");
	if (id == DO_MARK)
		return NULL;
	if (conservacion_marked(s) > 0)
		return id == RETAINED_APPROVE || id == RETAINED_DECLINE ?
		    _("Se aprueba de uno en uno: quite las marcas.") : NULL;
	return retained_may(one, id) ? NULL :
	    _("Ahora no, o no le corresponde a usted: abajo dice por qué.");
}

/* ---- called by the app ---- */

static void
conservacion_close(struct view *v)
{
	struct conservacion *s = (struct conservacion *)v;

	json_decref(s->doc);
	free(s->month);
	free(s->until);
	free(s->keeper);
	free(s->marked);
	bulk_clear(&s->bulk);
}

static bool
conservacion_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct conservacion *)v)->at, key);
}

/* The finger and the marks stay on what they were on. */
static void
conservacion_take(struct conservacion *s, json_t *doc)
{
	static const char *const keys[] = { "folio", "ref", "row", NULL };
	const json_t *rows = doc_list(doc, "rows"), *was;
	bool *marked = xcalloc(json_array_size(rows) + 1, sizeof *marked);
	size_t i;
	int k;

	json_array_foreach(doc_list(s->doc, "rows"), i, was)
		if (s->marked[i] && (k = doc_find(rows, was, keys, -1)) >= 0)
			marked[k] = true;
	free(s->marked);
	s->marked = marked;
	s->at.at = doc_find(rows, conservacion_at(s), keys, s->at.at);
	json_decref(s->doc);
	s->doc = json_incref(doc);
	cursor_fit(&s->at, conservacion_count(s));
}

static void
conservacion_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct conservacion *s = (struct conservacion *)v;

	if (tag >= TAG_BULK) {
		if (conservacion_on_bulk(s, tag - TAG_BULK, status == 0,
		    doc_why(doc)))
			conservacion_show_bulk(s);
		return;
	}
	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	if (tag == TAG_ACT) {
		app_say(v->app, false, "%s",
		    strcmp(doc_text(doc, "state"), "transferred") == 0 ?
		    _("Quedó escrito. La relación firmada, en CSV o PDF: orden "
		    "«transferencias».") : _("Quedó escrito."));
		conservacion_ask(v);
		return;
	}
	conservacion_take(s, doc);
}

const struct view_class view_conservacion = {
	.name = "conservacion",
	.actions = conservacion_actions,
	.actions_count = ARRAY_LEN(conservacion_actions),
	.size = sizeof(struct conservacion),
	.open = conservacion_ask,
	.close = conservacion_close,
	.draw = conservacion_draw,
	.key = conservacion_key,
	.act = conservacion_act,
	.grey = conservacion_grey,
	.on_doc = conservacion_on_doc,
};
