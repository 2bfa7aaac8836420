/* SPDX-License-Identifier: ISC */
/*
 * command.c - the command table: every verb of Pauta, who may say it, how it
 * is written and what it does.  It is the only way to change anything.
 * To add a verb, add a row.
 */
#include <assert.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "req.h"
#include "seal.h"

/* Bytes of an answer: a message holds it with its numbers. */
enum { ANSWER_MAX = FRAME_MAX - 65536 };

#define B WHO_BOTH
#define P WHO_PERSON
#define O WHO_OPERATOR
#define C WHO_COURIER
#define LISTS (FLAG_AREA | FLAG_APPROVAL | FLAG_RETURNED | FLAG_OVERDUE)

// clang-format off
/* name, alias, who, writes, least and most words, flags, usage, handler, help */
static const struct verb verbs[] = {
{ "adjuntar", "attach", P, true, 0, 0, 0, "ruta=/FOLIO/PASO/NOMBRE", cmd_adjuntar,
  N_("Adjunta lo que se acaba de subir; sin archivo, dice cómo subirlo.") },
{ "adjuntos", "attachments", P, false, 1, 1, 0, "FOLIO [desde=N] [suma=SHA256]", cmd_adjuntos,
  N_("Lista los archivos y el material registrado de un expediente.") },
{ "ajuste", "set", P, true, 1, 2, 0, "ID [VALOR]", cmd_ajuste,
  N_("Muestra o cambia un ajuste de la unidad.") },
{ "ajustes", "settings", P, false, 0, 0, 0, "", cmd_ajustes,
  N_("Lista los ajustes con su valor, su origen y lo que cambian.") },
{ "apartar", "hold", P, true, 1, 1, 0, "NOTA [fin=sí] [revision=N]", cmd_apartar,
  N_("Avisa que usted está con una nota, para que nadie más la decida entretanto.") },
{ "aprobar", "approve", P, true, 2, 2, 0, "FOLIO PASO [revision=N] [contenido=HEX] [campo=valor…] [firma=TEXTO nonce=HEX emitida=UTC [punto=N]]", cmd_aprobar,
  N_("Aprueba el paso que espera su decisión.") },
{ "autorizaciones", "approvals", P, false, 0, 0, 0, "", cmd_autorizaciones,
  N_("Lista lo que espera una decisión suya.") },
{ "ayuda", "help", B, false, 0, 1, 0, "[VERBO]", cmd_ayuda,
  N_("Explica una orden, o las lista todas.") },
{ "baja", "dispose", P, true, 2, 2, 0, "FOLIO REGISTRO fila=N motivo=TEXTO", cmd_baja,
  N_("Da de baja una fila de un registro cuyo plazo ya pasó.") },
{ "bajar", "download", P, false, 0, 0, 0, "ruta=/FOLIO/PASO/NOMBRE", cmd_bajar,
  N_("Da los bytes de un adjunto a un programa de archivos.") },
{ "bandeja", "inbox", P, false, 0, 0, LISTS, "[--area] [--aprobacion] [--devueltas] [--vencidas]", cmd_bandeja,
  N_("Lista sus tareas; con una opción, las del área, por aprobar, devueltas o vencidas.") },
{ "borrador", "draft", P, true, 2, 2, FLAG_TYPED, "FOLIO PASO campo=valor…", cmd_borrador,
  N_("Guarda lo escrito en un paso sin terminarlo.") },
{ "borrar", "erase", O, true, 1, 1, 0, "FOLIO por=LOGIN con=LOGIN motivo=TEXTO", cmd_borrar,
  N_("Borra los datos de un expediente terminado; queda escrito quiénes, cuándo y por qué.") },
{ "buscar", "search", P, false, 1, 1, FLAG_TEXT, "TEXTO…", cmd_buscar,
  N_("Busca expedientes por folio, asunto o contenido, sin distinguir acentos.") },
{ "calendario", "calendar", B, true, 0, 0, 0, "[texto=ARCHIVO.ics [contenido=HEX]]", cmd_calendario,
  N_("Días inhábiles; con un archivo muestra qué plazos movería, y con su huella lo pone en vigor.") },
{ "cancelar", "cancel", P, true, 1, 1, 0, "FOLIO motivo=TEXTO", cmd_cancelar,
  N_("Cancela un expediente abierto; queda escrito por qué.") },
{ "carpeta", "folder", P, false, 0, 0, 0, "[ruta=/FOLIO/PASO] [entradas=no] [desde=N]", cmd_carpeta,
  N_("Lista una carpeta de adjuntos como la ven los programas de archivos.") },
{ "clasificar", "classify", P, true, 1, 1, 0, "NOTA [tipo=] [tema=] [ámbito=] [tono=] [grupo=sí] [revision=N]", cmd_clasificar,
  N_("Dice de qué trata una nota del monitoreo.") },
{ "comentar", "comment", P, true, 1, 1, 0, "FOLIO texto=TEXTO", cmd_comentar,
  N_("Comenta un expediente; @LOGIN avisa a una persona que puede leerlo.") },
{ "comentario", "remark", P, true, 1, 1, 0, "NOTA [columna=valor…] [folio=FOLIO] [grupo=sí] [revision=N]", cmd_comentario,
  N_("Lleva una nota al monitoreo del día como comentario por atender.") },
{ "comentarios", "comments", P, false, 1, 1, FLAG_PEOPLE, "FOLIO [--personas] [desde=N]", cmd_comentarios,
  N_("Lista los comentarios de un expediente; con --personas, a quién se puede mencionar.") },
{ "como", "as", O, true, 1, 1, 0, "LOGIN orden=TEXTO", cmd_act_as,
  N_("Ejecuta una orden como otra persona al preparar una oficina de demostración.") },
{ "comprobar", "check", P, true, 2, 2, 0, "FOLIO PASO [campo=valor…]", cmd_comprobar,
  N_("Lee la página que un paso espera y dice si lo publicado está ahí.") },
{ "conservacion", "retention", P, false, 0, 0, 0, "[mes=AAAA-MM] [custodia=ROL]", cmd_conservacion,
  N_("Lista los registros cuyo plazo de conservación termina, por mes y responsable, y por qué siguen aquí.") },
{ "conservar", "keep", P, true, 2, 2, 0, "FOLIO REGISTRO hasta=AAAA-MM-DD motivo=TEXTO", cmd_conservar,
  N_("Conserva un registro hasta un día posterior al de su plazo; queda escrito por qué.") },
{ "descartar", "discard", P, true, 1, 1, 0, "NOTA motivo=TEXTO [grupo=sí] [revision=N]", cmd_descartar,
  N_("Saca una nota del monitoreo; queda escrito quién y por qué.") },
{ "deshacer", "undo", P, true, 0, 1, 0, "[FOLIO]", cmd_deshacer,
  N_("Deshace su última decisión durante 30 segundos, si nadie siguió.") },
{ "destinatario", "recipient", P, true, 1, 3, 0, "alta|baja LISTA CORREO [nombre=TEXTO]", cmd_destinatario,
  N_("Agrega o quita una dirección de una lista de envío; solo a esas se envía.") },
{ "destinatarios", "recipients", P, false, 0, 0, 0, "", cmd_destinatarios,
  N_("Lista las direcciones a las que se envía correo.") },
{ "destino", "fate", P, true, 3, 3, 0, "FOLIO REGISTRO si|no [motivo=TEXTO]", cmd_destino,
  N_("Aprueba, o no, que un registro se transfiera o se dé de baja; no lo decide quien lo propuso.") },
{ "devolver", "return", P, true, 2, 2, 0, "FOLIO PASO motivo=TEXTO [regresa_a=PASO] [revision=N] [contenido=HEX] [firma=TEXTO nonce=HEX emitida=UTC [punto=N]]", cmd_devolver,
  N_("Devuelve lo presentado con una observación.") },
{ "dias", "days", P, false, 0, 0, 0, "[desde=AAAA-MM-DD] [hasta=AAAA-MM-DD]", cmd_dias,
  N_("Dice, día por día, si está el expediente de cada procedimiento diario y si se cumplió.") },
{ "encargo-archivo", "job-file", C, false, 2, 2, 0, "ID N", cmd_job_file,
  N_("Da al mensajero un archivo de un encargo.") },
{ "encargo-fin", "job-end", C, true, 1, 1, 0, "ID resultado=JSON", cmd_job_end,
  N_("Recibe del mensajero lo que resultó de un encargo.") },
{ "encargo-tomar", "job-take", C, true, 0, 0, 0, "", cmd_job_take,
  N_("Da al mensajero los encargos cuya hora llegó.") },
{ "encargos", "jobs", B, false, 0, 0, FLAG_ALL, "[--todos]", cmd_encargos,
  N_("Lista lo que espera salir o entrar por la red, con la causa de lo que no se pudo.") },
{ "enterado", "heed", P, true, 1, 1, 0, "FOLIO|SUPLENCIA [hasta=N]", cmd_enterado,
  N_("Da por leídos los comentarios de un expediente que lo mencionan, o lo decidido en una suplencia.") },
{ "estado", "status", O, false, 0, 0, 0, "", cmd_estado,
  N_("Dice si el servidor puede trabajar: espacio en el disco, bitácora del registro, suspensiones.") },
{ "expediente", "case", P, false, 1, 1, 0, "FOLIO", cmd_expediente,
  N_("Muestra un expediente: pasos, campos, registros y dónde va.") },
{ "exportar", "export", P, false, 1, 1, 0, "FOLIO formato=newsml|ninjs [documento=ID]", cmd_exportar,
  N_("Da el documento de un expediente como lo leen otras redacciones.") },
{ "hacer", "do", P, true, 2, 2, 0, "FOLIO PASO campo=valor… [decision=VALOR]", cmd_hacer,
  N_("Termina un paso con sus campos, o contesta una pregunta.") },
{ "historial", "history", P, false, 1, 1, 0, "FOLIO [desde=N]", cmd_historial,
  N_("Muestra quién hizo qué, cuándo y en lugar de quién.") },
{ "indicadores", "indicators", P, false, 0, 0, 0, "desde=AAAA-MM-DD hasta=AAAA-MM-DD [procedimiento=CODE]", cmd_indicadores,
  N_("Calcula los indicadores del manual en un periodo.") },
{ "informe", "report", P, false, 0, 0, 0, "desde=AAAA-MM-DD hasta=AAAA-MM-DD", cmd_informe,
  N_("Resume expedientes abiertos, cerrados, cancelados y devueltos por procedimiento.") },
{ "iniciar", "start", P, true, 1, 1, 0, "CODE campo=valor… [inicio=ID] [oficina=ID]", cmd_iniciar,
  N_("Abre un expediente y da su folio.") },
{ "leer", "read", P, true, 2, 2, 0, "FOLIO PASO", cmd_leer,
  N_("Pone en el borrador el texto que se leyó de los recortes digitalizados, para corregirlo.") },
{ "llave-alta", "key-add", O, true, 1, 1, 0, "LOGIN llave=TEXTO", cmd_key_add,
  N_("Registra una llave pública de una persona.") },
{ "llave-baja", "key-revoke", O, true, 1, 1, 0, "SHA256:HUELLA", cmd_key_revoke,
  N_("Revoca una llave; sus sesiones ya no entran.") },
{ "lugar", "place", P, true, 0, 1, 0, "[JSON]", cmd_lugar,
  N_("Recuerda en qué pantalla se quedó usted.") },
{ "medio", "outlet", P, true, 1, 2, 0, "[alta|cambio|baja|importar] [N] campo=valor… [oficina=ID] [texto=ARCHIVO]", cmd_medio,
  N_("Muestra o cambia un medio del registro, o importa los de un archivo.") },
{ "medios", "outlets", P, false, 0, 0, FLAG_ALL | FLAG_CSV | FLAG_OPML, "[--todos] [--csv] [--opml] [oficina=ID]", cmd_medios,
  N_("Lista los medios que se vigilan y cómo va la lectura de su canal; también como archivo.") },
{ "nota", "note", P, true, 0, 1, 0, "[NOTA] | medio=TEXTO titular=TEXTO [texto=] [enlace=] [seccion=] [autor=] [fecha=]", cmd_nota,
  N_("Anota en el monitoreo algo que se vio en un medio; con un número, lo muestra entero.") },
{ "notas", "notes", P, false, 0, 0, FLAG_MINE, "[estado=todas] [texto=BUSCA] [perfil=NOMBRE] [tipo=] [tema=] [ámbito=] [tono=] [dia=FECHA] [dias=N] [oficina=ID] [--mias]", cmd_notas,
  N_("Lista las notas del monitoreo por atender, o las que se pidan.") },
{ "paso", "step", P, false, 2, 2, 0, "FOLIO PASO", cmd_paso,
  N_("Muestra un paso: qué hacer, campos, decisión y a dónde lleva.") },
{ "perfil", "profile", P, true, 1, 1, 0, "NOMBRE busca=TEXTO [oficina=ID]", cmd_perfil,
  N_("Cambia o quita lo que la unidad busca en las notas.") },
{ "perfiles", "profiles", P, false, 0, 0, 0, "[oficina=ID]", cmd_perfiles,
  N_("Lista lo que la unidad busca en las notas.") },
{ "persona-alta", "user-add", O, true, 1, 1, 0, "LOGIN nombre=TEXTO [roles='ROL[@OFICINA] …'] [llaves=TEXTO]", cmd_person_add,
  N_("Da de alta a una persona.") },
{ "persona-baja", "user-disable", O, true, 1, 1, 0, "LOGIN", cmd_person_disable,
  N_("Cierra la cuenta de una persona; su historia queda.") },
{ "personas", "people", B, false, 0, 0, 0, "[rol=ROL]", cmd_personas,
  N_("Lista a las personas con sus roles.") },
{ "personas-lista", "user-list", O, false, 0, 0, 0, "", cmd_person_list,
  N_("Lista cuentas, llaves y roles.") },
{ "porque", "why", P, false, 1, 2, 0, "FOLIO [PASO]", cmd_porque,
  N_("Explica cada plazo abierto de un expediente: la regla, lo que se contó y lo que no.") },
{ "preferencia", "preference", P, true, 1, 2, 0, "ID [VALOR]", cmd_preferencia,
  N_("Muestra o cambia cómo prefiere usted Pauta.") },
{ "preferencias", "preferences", P, false, 0, 0, 0, "", cmd_preferencias,
  N_("Lista sus preferencias: idioma, colores, avisos.") },
{ "procedimiento", "procedure", B, false, 1, 1, 0, "CODE [formato=diagrama|bpmn]", cmd_procedimiento,
  N_("Muestra un procedimiento del manual; con formato, su diagrama (SVG) o BPMN 2.0.") },
{ "procedimiento-importar", "import", O, true, 1, 1, 0, "ARCHIVO tipo=procedure|institution|calendar texto=…", cmd_import,
  N_("Pone en vigor una revisión; los expedientes abiertos siguen con la suya.") },
{ "procedimientos", "procedures", B, false, 0, 0, 0, "", cmd_procedimientos,
  N_("Lista los procedimientos y lo que usted puede iniciar.") },
{ "proponer", "propose", P, true, 2, 2, 0, "FOLIO REGISTRO motivo=TEXTO", cmd_proponer,
  N_("Propone dar de baja un registro cuyo plazo terminó.") },
{ "quitar", "detach", P, true, 2, 2, 0, "FOLIO PASO archivo=NOMBRE [campo=ID] [motivo=TEXTO]", cmd_quitar,
  N_("Quita un archivo de un paso abierto; el archivo se conserva en el historial.") },
{ "recibir", "receive", P, true, 2, 2, 0, "FOLIO REGISTRO [motivo=TEXTO]", cmd_recibir,
  N_("Recibe en el archivo un registro cuya transferencia se aprobó.") },
{ "reclasificar", "reclassify", P, true, 2, 2, 0, "FOLIO PASO campo=valor… [motivo=TEXTO]", cmd_reclasificar,
  N_("Contesta otra vez un paso ya hecho, donde el manual lo permite.") },
{ "recoger", "collect", P, true, 1, 1, 0, "NOTA [columna=valor…] [folio=FOLIO] [grupo=sí] [revision=N]", cmd_recoger,
  N_("Lleva una nota a la síntesis del día.") },
{ "registro", "register", P, false, 0, 1, 0, "[NOMBRE] [procedimiento=CODE]", cmd_registro,
  N_("Lista los registros, o las filas de uno.") },
{ "reintentar", "retry", P, true, 1, 1, 0, "N", cmd_reintentar,
  N_("Intenta otra vez, ahora, un encargo que espera o que falló.") },
{ "reloj", "clock", B, true, 0, 2, 0, "[avanzar 2d|3h|5m|30s] [poner|detener FECHA]", cmd_reloj,
  N_("Da la hora del servidor; la mueve solo en instalaciones de prueba.") },
{ "reponer", "restore", P, true, 1, 1, 0, "NOTA [revision=N]", cmd_reponer,
  N_("Regresa al monitoreo una nota sobre la que ya se había decidido.") },
{ "rol-alta", "role-grant", O, true, 2, 2, 0, "LOGIN ROL[@OFICINA] [desde=] [hasta=]", cmd_role_grant,
  N_("Da un rol a una persona en una oficina.") },
{ "rol-baja", "role-revoke", O, true, 2, 2, 0, "LOGIN ROL[@OFICINA]", cmd_role_revoke,
  N_("Quita un rol a una persona.") },
{ "sellar", "seal", O, true, 0, 0, 0, "", cmd_sellar,
  N_("Anuncia la llave que firma el registro y acepta el registro como está; queda escrito.") },
{ "sello", "checkpoint", B, false, 0, 0, 0, "[desde=N]", cmd_sello,
  N_("Da el último sello del registro: guárdelo para comprobar después que nadie lo cambió.") },
{ "soltar", "release", P, true, 2, 2, 0, "FOLIO PASO", cmd_soltar,
  N_("Deja libre una tarea que usted tomó.") },
{ "subir", "upload", P, true, 0, 0, 0, "ruta=/FOLIO/PASO/NOMBRE [nuevo=sí]", cmd_subir,
  N_("Recibe los bytes de un archivo de un programa de archivos.") },
{ "suplencia", "substitute", P, true, 0, 0, 0, "persona=LOGIN desde=FECHA hasta=FECHA motivo=TEXTO [alcance=AP-01,…] [de=LOGIN]", cmd_suplencia,
  N_("Nombra a quien decide en su lugar durante una ausencia, o lo propone a la jefatura; la jefatura, en lugar de otra persona.") },
{ "suplencias", "substitutes", P, false, 0, 1, 0, "[SUPLENCIA]", cmd_suplencias,
  N_("Lista las suplencias nombradas; con el número de una, lo que se decidió en ella.") },
{ "suplir", "stand-in", P, true, 2, 2, 0, "LOGIN si|no", cmd_suplir,
  N_("Acepta o declina suplir a quien lo nombró; si declina, la suplencia termina.") },
{ "tablero", "board", P, false, 0, 1, 0, "[CIFRA] [oficina=ID]", cmd_tablero,
  N_("Cuenta lo que hay por estado y oficina, lo vencido y lo que tardan las aprobaciones; con una cifra, lista lo que cuenta.") },
{ "tomar", "take", P, true, 2, 2, 0, "FOLIO PASO", cmd_tomar,
  N_("Toma una tarea libre de su área.") },
{ "transferencias", "transfers", P, false, 0, 0, 0, "desde=AAAA-MM-DD hasta=AAAA-MM-DD [formato=csv|pdf]", cmd_transferencias,
  N_("Da la relación firmada de lo que el archivo recibió en un periodo, como tabla CSV o como PDF.") },
{ "transferir", "transfer", P, true, 2, 2, 0, "FOLIO REGISTRO [motivo=TEXTO]", cmd_transferir,
  N_("Propone transferir al archivo un registro cuyo plazo terminó.") },
{ "turnar", "hand", P, true, 2, 2, 0, "FOLIO PASO persona=LOGIN", cmd_turnar,
  N_("Pasa una tarea a otra persona del mismo rol.") },
{ "vencimientos", "deadlines", P, false, 0, 0, FLAG_ICS, "[--ics]", cmd_vencimientos,
  N_("Lista los plazos de lo que usted puede hacer; con --ics, como archivo iCalendar.") },
{ "verificar", "verify", O, false, 0, 0, FLAG_REBUILD, "[--rebuild] [testigo=TEXTO]", cmd_verify,
  N_("Recalcula la cadena del registro y compara sus vistas.") },
{ "vista", "look", P, false, 2, 2, 0, "FOLIO ARCHIVO [celdas=60x18] [modo=256|16|mono|ascii]", cmd_vista,
  N_("Muestra una foto de un expediente con los caracteres de la terminal.") },
{ "vista-previa", "preview", P, false, 1, 1, 0, "FOLIO [documento=ID]", cmd_vista_previa,
  N_("Lee como texto el documento que se compone de un expediente.") },
};
// clang-format on

#undef B
#undef P
#undef O
#undef C

const struct verb *
verb_table(size_t *n)
{
	*n = ARRAY_LEN(verbs);
	return verbs;
}

const struct verb *
verb_find(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(verbs); i++)
		if (text_like(verbs[i].name, word) ||
		    strcmp(verbs[i].alias, word) == 0)
			return &verbs[i];
	return NULL;
}

static void
req_clear(struct req *q)
{
	size_t i;

	for (i = 0; i < q->kept_count; i++)
		free(q->kept[i]);
	free(q->kept);
	free(q->named);
	json_decref(q->pool);
	json_decref(q->out);
	access_clear(q);
}

void
answer_clear(struct answer *a)
{
	free(a->code);
	free(a->doc);
	free(a->text);
	memset(a, 0, sizeof *a);
}

static void
command_refuse(struct req *q, enum err e)
{
	char safe[WHY_MAX * 2];

	if (e == ERR_SYSTEM && q->why.text[0] == '\0')
		(void)why_set(&q->why, e, "El servidor no pudo hacerlo.");
	text_safe(q->why.text, safe, sizeof safe, 0);
	json_decref(q->out);
	q->out = json_pack("{s:{s:s, s:s}}", "error", "code", err_code(e),
	    "message", safe);
	assert(q->out != NULL);
}

/* Nothing is written while the record and a witness of it do not agree. */
static int
command_is_held(struct req *q)
{
	const struct why *hold = seal_hold(q->c->seal);

	if (hold == NULL)
		return 0;
	q->why = *hold;
	return -(int)hold->e;
}

/* A resend gets the first answer; a new operation is remembered. */
static bool
command_repeat(struct req *q)
{
	char *text = store_find_answer(q->c->store, q->op, q->who->login);
	json_t *doc;

	if (text == NULL)
		return false;
	if ((doc = json_loads(text, 0, NULL)) != NULL) {
		json_decref(q->out);
		q->out = doc;
	}
	free(text);
	return true;
}

static void
command_remember(struct req *q)
{
	char *text;

	if (!store_is_open(q->c->store))
		return;
	text = json_dumps(q->out, JSON_COMPACT);
	if (store_put_answer(q->c->store, q->op, q->who->login, text,
		q->now.s, &q->why) < 0)
		(void)core_break(q->c, &q->why);
	free(text);
}

/* What was found, as it leaves: a list that fits in no message is refused. */
static int
command_answer(struct req *q, struct answer *a)
{
	struct buf text;
	size_t size;

	free(a->doc);
	free(a->text);
	a->text = NULL;
	a->doc = json_dumps(q->out, JSON_COMPACT | JSON_PRESERVE_ORDER);
	assert(a->doc != NULL);
	size = strlen(a->doc);
	if (!q->json) {
		buf_init(&text, ANSWER_MAX * 2);
		print_doc(q, &text);
		a->text = xstrdup(buf_str(&text));
		size = text.len;
		buf_clear(&text);
	}
	if (size <= ANSWER_MAX || q->verb == NULL || q->verb->writes)
		return 0;
	return why_set(&q->why, ERR_REFUSED,
	    "La respuesta mide %zu KB y caben %d: pida menos.", size / 1024,
	    ANSWER_MAX / 1024);
}

/* What is refused before a word is looked at. */
static int
command_allow(struct req *q)
{
	if (q->c->broken) {
		q->why = q->c->broken_why;
		return -ERR_SYSTEM;
	}
	if (q->who->login != NULL && !access_is_active(q->c, q->who->login))
		return why_set(&q->why, ERR_REFUSED,
		    "Su cuenta ya no está activa: hable con quien administra "
		    "el sistema.");
	return 0;
}

/* The verb is known and may be said: done, or found to be done already. */
static int
command_do(struct req *q)
{
	static const uint8_t none[OP_SIZE];
	bool given = memcmp(q->op, none, OP_SIZE) != 0;
	bool keep = given && q->verb->writes && q->who->login != NULL;
	int r;

	if (!given)
		hash_op(q->op);
	if (q->verb->writes && ((q->verb->run != cmd_sellar &&
	    (r = command_is_held(q)) < 0) ||
	    (r = turn_allow(q->c, &q->why)) < 0))
		return r;
	if (keep && command_repeat(q))
		return 0;
	if ((r = q->verb->run(q)) == 0 && keep)
		command_remember(q);
	return r;
}

void
core_run(struct core *c, const struct caller *who, const uint8_t *op,
    const char *const *words, bool json, struct answer *a)
{
	struct req q = { .c = c, .who = who, .json = json };
	int r;

	i18n_use(who->lang);
	q.now = core_now(c);
	q.out = json_object();
	q.pool = json_array();
	if (op != NULL)
		memcpy(q.op, op, OP_SIZE);
	access_load(&q);
	memset(a, 0, sizeof *a);
	if ((r = command_allow(&q)) == 0 &&
	    (r = command_parse(&q, words)) == 0 &&
	    (r = command_do(&q)) == 0)
		r = command_answer(&q, a);
	/* A read that failed in the store found nothing: not the truth. */
	if (store_has_fault(c->store, &q.why) && !c->broken)
		r = core_break(c, &q.why);
	if (r < 0) {
		command_refuse(&q, (enum err)-r);
		(void)command_answer(&q, a);
	}
	a->status = err_status((enum err)-r);
	a->code = xstrdup(err_code((enum err)-r));
	req_clear(&q);
	i18n_use("es");
}
