/* SPDX-License-Identifier: ISC */
/*
 * view_bandeja.c - the work lists: what waits, for whom, until when.
 *
 * The order is that of the last time the person asked for it (F5, another
 * list, coming back); meanwhile tasks.c only marks what others change.
 */
#include "bandeja.h"

#include "i18n.h"
#include "text.h"

enum { DO_OPEN, DO_KEPT, DO_TAKE, DO_HAND, DO_DROP, DO_FIND, DO_NEW,
	DO_HISTORY, DO_CASE,
	DO_ORDER, DO_FILTER, DO_UNDO, DO_FOLIO, DO_PREFS,
	DO_COMMENTS, DO_CALLS, DO_BOARD, DO_WHY, DO_NOTICES,
	DO_ABSENCE, DO_OUTLETS, DO_MAIL, DO_NOTES, DO_REFRESH, DO_DECIDE, DO_MARK,
	DO_GROUP, DO_TAB };

// clang-format off
static const struct action bandeja_actions[] = {
	{ K_ENTER, K_NONE, N_("Abrir"), N_("Abre la tarea: el paso por hacer o lo que espera su decisión."), DO_OPEN, true },
	{ K_F4, 'f', N_("Filtro"), N_("Deja solo unas tareas: vencidas, de hoy, de un procedimiento, que digan un texto."), DO_FILTER, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez y la ordena."), DO_REFRESH, true },
	{ K_F6, 'n', N_("Nuevo"), N_("Inicia un expediente."), DO_NEW, true },
	{ K_F9, 'h', N_("Historial"), N_("Muestra quién hizo qué en este expediente."), DO_HISTORY, true },
	{ K_F11, 'v', N_("Agrupar"), N_("Junta las tareas por procedimiento, por vencimiento, o las deja seguidas."), DO_GROUP, false },
	{ 'b', '/', N_("Buscar"), N_("Busca expedientes por folio, asunto o contenido."), DO_FIND, true },
	{ 'm', K_NONE, N_("Tomar"), N_("Toma la tarea: queda a su nombre."), DO_TAKE, true },
	{ 't', K_NONE, N_("Turnar"), N_("Pasa la tarea a otra persona del mismo rol."), DO_HAND, true },
	{ 'e', K_NONE, N_("Expediente"), N_("Muestra el expediente completo, paso por paso."), DO_CASE, true },
	{ 'o', K_NONE, N_("Ordenar"), N_("Cambia el orden: vencimiento, folio, procedimiento, estado."), DO_ORDER, true },
	{ ' ', K_NONE, N_("Marcar"), N_("Marca la tarea: Tomar y Turnar se hacen de una vez con todas las marcadas."), DO_MARK, false },
	{ 'u', K_NONE, N_("Deshacer"), N_("Deshace su última decisión durante 30 segundos, si nadie siguió."), DO_UNDO, false },
	{ 'y', K_NONE, N_("Folio"), N_("Muestra el folio solo, para copiarlo."), DO_FOLIO, false },
	{ 'c', K_NONE, N_("Comentarios"), N_("Muestra lo que se comenta de este expediente, y comenta."), DO_COMMENTS, false },
	{ '@', K_NONE, N_("Menciones"), N_("Abre los comentarios que lo mencionan y no ha leído."), DO_CALLS, false },
	{ 'a', K_NONE, N_("Avisos"), N_("Abre lo que se le avisa: días sin su expediente, pasos de otros que esperan de más, lo decidido en su lugar."), DO_NOTICES, false },
	{ K_F10, 'w', N_("Porqué"), N_("Explica de dónde sale cada fecha: la regla, lo que se contó y lo que no."), DO_WHY, false },
	{ 'i', K_NONE, N_("Tablero"), N_("Muestra lo que hay por estado y oficina, y lo que tardan las aprobaciones."), DO_BOARD, false },
	{ 'l', K_NONE, N_("Monitoreo"), N_("Muestra lo que dicen los medios: clasificar, recoger en la síntesis, descartar."), DO_NOTES, false },
	{ K_NONE, K_NONE, N_("Suplencias"), N_("Nombra a quien decide en su lugar, y contesta si lo nombran."), DO_ABSENCE, false },
	{ K_NONE, K_NONE, N_("Medios"), N_("El registro de medios: quién vigila cada uno y cómo va la lectura de su canal."), DO_OUTLETS, false },
	{ K_NONE, K_NONE, N_("Correo"), N_("A quién se envía: las direcciones aprobadas de cada lista."), DO_MAIL, false },
	{ 's', K_NONE, N_("Soltar"), N_("Deja libre una tarea que usted tomó."), DO_DROP, false },
	{ 'p', K_NONE, N_("Por decidir"), N_("Abre la lista de lo que espera su decisión."), DO_DECIDE, false },
	{ K_NONE, K_NONE, N_("Preferencias"), N_("Cambia el idioma, los colores y los avisos de usted."), DO_PREFS, false },
	{ K_NONE, K_NONE, N_("Conservación"), N_("Muestra los registros cuyo plazo de conservación termina, y decide de ellos."), DO_KEPT, false },
	{ '1', K_NONE, N_("Mías"), N_("Lista 1: sus tareas."), DO_TAB, false },
	{ '2', K_NONE, N_("Área"), N_("Lista 2: las tareas de su área."), DO_TAB + 1, false },
	{ '3', K_NONE, N_("En aprobación"), N_("Lista 3: lo que espera una decisión."), DO_TAB + 2, false },
	{ '4', K_NONE, N_("Devueltas"), N_("Lista 4: lo que regresó con observaciones."), DO_TAB + 3, false },
};
// clang-format on

/* ---- the list ---- */

static void
bandeja_ask(struct bandeja *b, bool fresh)
{
	static const char *const flags[BANDEJA_TABS] = {
		NULL, "--area", "--aprobacion", "--devueltas"
	};
	const char *words[] = { "bandeja", flags[b->tab], NULL };

	b->fresh |= fresh;
	app_ask(&b->view, TAG_LIST + b->tab, false, words);
}

void
bandeja_list(struct bandeja *b, bool fresh)
{
	static const char *const keys[BANDEJA_ORDERS] = {
		NULL, "folio", "brief", "state"
	};
	const json_t *all = doc_list(b->doc, "tasks");
	json_t *some;
	size_t i;

	b->fresh |= fresh;
	if (b->doc == NULL)
		return;
	some = json_array();
	for (i = 0; i < json_array_size(all); i++)
		if (bandeja_passes(b, json_array_get(all, i)))
			json_array_append(some, json_array_get(all, i));
	tasks_take(&b->tasks, some, b->fresh, keys[b->order]);
	if (!b->fresh && b->tab == 0 && b->tasks.came)
		app_bell(b->view.app);
	json_decref(some);
	if (b->fresh)
		bandeja_group(b);
	b->fresh = false;
}

static void
bandeja_take(struct bandeja *b, json_t *doc)
{
	json_decref(b->doc);
	json_decref(b->lists);
	b->doc = json_incref(doc);
	b->lists = json_incref(doc_part(doc, "lists"));
	bandeja_list(b, false);
}

/* ---- actions ---- */

static void
bandeja_open_row(struct bandeja *b)
{
	const json_t *task = tasks_at(&b->tasks)->task;
	bool decide = strcmp(doc_text(task, "state"), "approval") == 0 &&
	    doc_is(task, "can");
	char ref[DOC_REF_MAX];

	app_open(b->view.app, decide ? &view_autorizaciones : &view_paso,
	    doc_text(task, "folio"), doc_ref(task, ref));
}

static void
bandeja_do(struct bandeja *b, const char *verb, int tag)
{
	struct line l = { 0 };

	tasks_line(tasks_at(&b->tasks), &l, verb);
	line_ask(&l, &b->view, tag, true);
}

static void
bandeja_on_person(struct view *v, int tag, const char *login)
{
	struct bandeja *b = (struct bandeja *)v;
	char ref[DOC_REF_MAX];
	struct line l = { 0 };

	(void)tag;
	if (b->hand == NULL) {
		bandeja_bulk(b, "turnar", login);
		return;
	}
	line_add(&l, "turnar");
	line_add(&l, doc_text(b->hand, "folio"));
	line_add(&l, doc_ref(b->hand, ref));
	line_addf(&l, "persona=%s", login);
	line_ask(&l, v, TAG_HAND, true);
}

static void
bandeja_ask_people(struct bandeja *b)
{
	bool many = bandeja_marked(b) > 0;
	const char *role;
	struct line l = { 0 };

	json_decref(b->hand);
	b->hand = many ? NULL : json_incref(tasks_at(&b->tasks)->task);
	role = many ? bandeja_bulk_role(b) : doc_text(b->hand, "role");
	app_pick_wait(&b->view, 0, _("Turnar a"), bandeja_on_person);
	line_add(&l, "personas");
	if (*role != '\0')
		line_addf(&l, "rol=%s", role);
	line_ask(&l, &b->view, TAG_PEOPLE, false);
}

void
bandeja_tab(struct bandeja *b, int tab)
{
	if (tab != b->tab) {
		tasks_clear(&b->tasks);
		json_decref(b->doc);
		b->doc = NULL;
	}
	b->tab = tab;
	bandeja_ask(b, true);
}

static void
bandeja_choose_tab(struct bandeja *b, int tab)
{
	bool other = tab != b->tab;

	bandeja_tab(b, tab);
	if (other)
		bandeja_keep(b);
}

static const struct opens bandeja_opens[] = {
	{ DO_CASE, OF_STEP, &view_expediente },
	{ DO_HISTORY, OF_STEP, &view_historial },
	{ DO_COMMENTS, OF_STEP, &view_comentarios },
	{ DO_WHY, OF_STEP, &view_porque },
	{ DO_FIND, OF_NOBODY, &view_buscar },
	{ DO_NEW, OF_NOBODY, &view_nuevo },
	{ DO_DECIDE, OF_NOBODY, &view_autorizaciones },
	{ DO_BOARD, OF_NOBODY, &view_tablero },
	{ DO_ABSENCE, OF_NOBODY, &view_suplencias },
	{ DO_OUTLETS, OF_NOBODY, &view_medios },
	{ DO_MAIL, OF_NOBODY, &view_destinatarios },
	{ DO_NOTES, OF_NOBODY, &view_notas },
	{ DO_KEPT, OF_NOBODY, &view_conservacion },
	{ DO_PREFS, OF_NOBODY, &view_preferencias },
};

static void
bandeja_act(struct view *v, int id)
{
	static const char *const undo[] = { "deshacer", NULL };
	struct bandeja *b = (struct bandeja *)v;
	const struct task_row *row = tasks_at(&b->tasks);
	const char *folio = row != NULL ? doc_text(row->task, "folio") : NULL;
	char ref[DOC_REF_MAX] = "";

	if (app_opens(v->app, bandeja_opens, ARRAY_LEN(bandeja_opens), id,
	    folio, row != NULL ? doc_ref(row->task, ref) : NULL))
		return;
	switch (id) {
	case DO_OPEN:
		bandeja_open_row(b);
		break;
	case DO_TAKE:
		if (bandeja_marked(b) > 0)
			bandeja_bulk(b, "tomar", NULL);
		else
			bandeja_do(b, "tomar", TAG_TAKE);
		break;
	case DO_DROP:
		bandeja_do(b, "soltar", TAG_TAKE);
		break;
	case DO_HAND:
		bandeja_ask_people(b);
		break;
	case DO_NOTICES:
		bandeja_notices(b);
		break;
	case DO_CALLS:
		bandeja_calls(b);
		break;
	case DO_ORDER:
		b->order = (b->order + 1) % BANDEJA_ORDERS;
		bandeja_keep(b);
		bandeja_ask(b, true);
		break;
	case DO_GROUP:
		b->group = (b->group + 1) % BANDEJA_GROUPS;
		bandeja_keep(b);
		bandeja_list(b, true);
		break;
	case DO_MARK:
		bandeja_mark(b);
		break;
	case DO_FILTER:
		bandeja_ask_filter(b);
		break;
	case DO_UNDO:
		app_ask(v, TAG_UNDO, true, undo);
		break;
	case DO_FOLIO:
		app_say(v->app, false, "%s", folio);
		app_copy(v->app, folio);
		break;
	case DO_REFRESH:
		bandeja_ask(b, true);
		break;
	default:
		if (id >= DO_TAB && id < DO_TAB + BANDEJA_TABS)
			bandeja_choose_tab(b, id - DO_TAB);
	}
}

/* Is there a task to act on?  gone: one that has left the list is none. */
static const char *
bandeja_grey_row(const struct bandeja *b, bool gone)
{
	const struct task_row *row = tasks_at(&b->tasks);

	if (row == NULL)
		return b->doc == NULL ?
		    _("La lista todavía no llega del servidor.") :
		    _("No hay una tarea bajo el cursor.");
	return gone && row->gone ? _("Esa tarea ya no está en esta lista; F5 "
	    "la actualiza.") : NULL;
}

static const char *
bandeja_grey(struct view *v, int id)
{
	struct bandeja *b = (struct bandeja *)v;

	switch (id) {
	case DO_CALLS:
		return json_array_size(doc_list(b->doc, "mentions")) > 0 ?
		    NULL : _("Nadie lo menciona en algo que no haya leído.");
	case DO_NOTICES:
		return bandeja_has_notices(b) ? NULL :
		    _("No hay avisos para usted.");
	case DO_TAKE:
	case DO_HAND:
		return bandeja_marked(b) > 0 ? NULL :
		    bandeja_grey_row(b, true);
	case DO_OPEN:
	case DO_DROP:
	case DO_MARK:
		return bandeja_grey_row(b, true);
	case DO_HISTORY:
	case DO_CASE:
	case DO_COMMENTS:
	case DO_WHY:
	case DO_FOLIO:
		return bandeja_grey_row(b, false);
	default:
		return NULL;
	}
}

/* ---- called by the app ---- */

static void
bandeja_open(struct view *v)
{
	static const char *const kept[] = { "preferencia", "inbox", NULL };

	app_ask(v, TAG_KEPT, false, kept);
	bandeja_ask((struct bandeja *)v, true);
}

static void
bandeja_close(struct view *v)
{
	struct bandeja *b = (struct bandeja *)v;

	tasks_clear(&b->tasks);
	json_decref(b->doc);
	json_decref(b->lists);
	json_decref(b->hand);
	free(b->filter);
	bulk_clear(&b->bulk);
}

static bool
bandeja_key(struct view *v, int32_t key)
{
	struct bandeja *b = (struct bandeja *)v;

	b->touched = true;
	return cursor_key(&b->tasks.at, key);
}

static void
bandeja_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct bandeja *b = (struct bandeja *)v;
	const char *folio = doc_text(doc, "folio");

	if (tag == TAG_PEOPLE) {
		app_pick_came(v, 0, status, doc, doc_people(doc));
	} else if (tag >= TAG_BULK) {
		bandeja_bulk_on_doc(b, tag - TAG_BULK, status, doc);
		if (b->bulk.left == 0)
			bandeja_ask(b, false);
	} else if (tag == TAG_KEPT) {
		if (status == 0)	/* without it, as for everybody */
			bandeja_on_kept(b, doc);
	} else if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		if (tag >= TAG_TAKE)
			bandeja_ask(b, false);
	} else if (tag < TAG_TAKE) {
		if (tag == TAG_LIST + b->tab)	/* not of one left already */
			bandeja_take(b, doc);
	} else {
		if (tag == TAG_UNDO)
			app_say(v->app, false, _("%s: se deshizo."), folio);
		else if (*doc_text(doc, "assignee") == '\0')
			app_say(v->app, false, _("%s, paso %s: quedó libre."),
			    folio, doc_text(doc, "step"));
		else
			app_say(v->app, false, _("%s, paso %s: la tiene %s."),
			    folio, doc_text(doc, "step"),
			    doc_text(doc, "assignee"));
		bandeja_ask(b, false);
	}
}

static void
bandeja_on_push(struct view *v, json_t *folios)
{
	struct bandeja *b = (struct bandeja *)v;

	(void)folios;
	bandeja_ask(b, v->covered);	/* coming back, the order may be new */
}

const struct view_class view_bandeja = {
	.name = "bandeja",
	.actions = bandeja_actions,
	.actions_count = ARRAY_LEN(bandeja_actions),
	.size = sizeof(struct bandeja),
	.open = bandeja_open,
	.close = bandeja_close,
	.draw = bandeja_draw,
	.key = bandeja_key,
	.act = bandeja_act,
	.grey = bandeja_grey,
	.on_doc = bandeja_on_doc,
	.on_push = bandeja_on_push,
};
