/* SPDX-License-Identifier: ISC */
/*
 * load_schema.c - the keys of a definition, in tables for libcyaml.
 *
 * One row a key: what it is called in the file, in which struct it lands.
 * NEED rows must be there, the others may be.  A new key is one row here, one
 * member in procedure.h and one paragraph in docs/pauta-procedure.5.
 */
#include "load.h"

enum {
	OPTIONAL = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	MANDATORY = CYAML_FLAG_POINTER
};

// clang-format off
#define TEXT(key, type, member) \
	CYAML_FIELD_STRING_PTR(key, OPTIONAL, struct type, member, 0, \
	    CYAML_UNLIMITED)
#define NEED(key, type, member) \
	CYAML_FIELD_STRING_PTR(key, MANDATORY, struct type, member, 0, \
	    CYAML_UNLIMITED)
#define TEXTS(key, type, member) LIST(key, type, member, schema_text)
#define LIST(key, type, member, schema) \
	CYAML_FIELD_SEQUENCE(key, OPTIONAL, struct type, member, &schema, 0, \
	    CYAML_UNLIMITED)
#define NEED_LIST(key, type, member, schema) \
	CYAML_FIELD_SEQUENCE(key, MANDATORY, struct type, member, &schema, 0, \
	    CYAML_UNLIMITED)
#define BOOL(key, type, member) \
	CYAML_FIELD_BOOL(key, CYAML_FLAG_OPTIONAL, struct type, member)
#define SCHEMA(type) { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct type, \
	type##_keys) }
// clang-format on

static const cyaml_strval_t kind_names[] = {
	{ "heading", STEP_HEADING },
	{ "task", STEP_TASK },
	{ "decision", STEP_DECISION },
	{ "approval", STEP_APPROVAL },
};

static const cyaml_strval_t type_names[] = {
	{ "text", FIELD_TEXT },
	{ "longtext", FIELD_LONGTEXT },
	{ "int", FIELD_INT },
	{ "date", FIELD_DATE },
	{ "time", FIELD_TIME },
	{ "datetime", FIELD_DATETIME },
	{ "yesno", FIELD_YESNO },
	{ "choice", FIELD_CHOICE },
	{ "multi", FIELD_MULTI },
	{ "person", FIELD_PERSON },
	{ "area", FIELD_AREA },
	{ "medium", FIELD_MEDIUM },
	{ "file", FIELD_FILE },
	{ "location", FIELD_LOCATION },
	{ "list", FIELD_LIST },
	{ "ref", FIELD_REF },
	{ "verdicts", FIELD_VERDICTS },
};

static const cyaml_strval_t reads_names[] = {
	{ "own", READS_OWN },
	{ "finished", READS_FINISHED },
	{ "everything", READS_ALL },
};

static const cyaml_strval_t assurance_names[] = {
	{ "S", ASSURANCE_S },
	{ "F", ASSURANCE_F },
};

static const cyaml_strval_t effect_names[] = {
	{ "send_mail", EFFECT_MAIL },
	{ "publish", EFFECT_PUBLISH },
	{ "verify", EFFECT_VERIFY },
};

static const cyaml_strval_t document_names[] = {
	{ "sintesis", DOCUMENT_DIGEST },
};

const char *
document_kind_name(enum document_kind kind)
{
	return document_names[kind].str;
}

const char *
step_kind_name(enum step_kind kind)
{
	return kind_names[kind].str;
}

const char *
field_type_name(enum field_type type)
{
	return type_names[type].str;
}

const char *
assurance_name(enum assurance assurance)
{
	return assurance_names[assurance].str;
}

// clang-format off
static const cyaml_schema_value_t schema_text = {
	CYAML_VALUE_STRING(MANDATORY, char *, 0, CYAML_UNLIMITED)
};

/* A list has columns, which are fields: the table refers to itself. */
static const cyaml_schema_value_t schema_field;

static const cyaml_schema_field_t field_keys[] = {
	NEED("id", field, id),
	NEED("label", field, label),
	CYAML_FIELD_ENUM("type", CYAML_FLAG_STRICT, struct field, type,
	    type_names, ARRAY_LEN(type_names)),
	TEXT("required", field, required),
	TEXTS("choices", field, choices),
	LIST("columns", field, columns, schema_field),
	CYAML_FIELD_INT_PTR("min", OPTIONAL, struct field, min),
	CYAML_FIELD_INT_PTR("max", OPTIONAL, struct field, max),
	TEXT("of", field, of),
	TEXT("verdicts", field, verdicts),
	TEXT("document", field, document),
	TEXTS("accepts", field, accepts),
	TEXT("preset", field, preset),
	TEXT("auto", field, automatic),
	TEXT("applies", field, applies),
	TEXT("help", field, help),
	TEXT("notes", field, notes),
	TEXT("note", field, note),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_field = SCHEMA(field);

static const cyaml_schema_field_t check_keys[] = {
	NEED("rule", check, rule),
	NEED("say", check, say),
	TEXT("source", check, source),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_check = SCHEMA(check);

static const cyaml_schema_field_t arm_keys[] = {
	TEXT("when", arm, when),
	NEED_LIST("to", arm, to, schema_text),
	TEXT("each", arm, each),
	TEXT("label", arm, label),
	BOOL("jump", arm, jump),
	BOOL("returns", arm, returns),
	TEXT("needs", arm, needs),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_arm = SCHEMA(arm);

static const cyaml_schema_field_t approval_keys[] = {
	NEED("id", approval, id),
	NEED("act", approval, act),
	TEXTS("authors", approval, authors),
	TEXTS("shows", approval, shows),
	TEXTS("return_to", approval, return_to),
	TEXT("verdict", approval, verdict),
	TEXT("approve", approval, approve),
	TEXT("reject", approval, reject),
	TEXT("remarks", approval, remarks),
	CYAML_FIELD_ENUM("assurance", CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT,
	    struct approval, assurance, assurance_names,
	    ARRAY_LEN(assurance_names)),
	BOOL("touch", approval, touch),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t redo_keys[] = {
	TEXTS("roles", redo, roles),
	TEXTS("until", redo, until),
	TEXTS("later", redo, later),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t effect_keys[] = {
	CYAML_FIELD_ENUM("do", CYAML_FLAG_STRICT, struct effect, kind,
	    effect_names, ARRAY_LEN(effect_names)),
	TEXT("when", effect, when),
	TEXT("list", effect, list),
	TEXT("title", effect, title),
	TEXT("text", effect, text),
	TEXT("url", effect, url),
	TEXT("attach", effect, attach),
	TEXT("verdicts", effect, verdicts),
	TEXT("lead", effect, lead),
	TEXT("captions", effect, captions),
	TEXT("record", effect, record),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_effect = SCHEMA(effect);

static const cyaml_schema_field_t escalation_keys[] = {
	NEED("after", escalation, after),
	NEED_LIST("to", escalation, to, schema_text),
	TEXT("repeat", escalation, repeat),
	CYAML_FIELD_INT_PTR("times", OPTIONAL, struct escalation, times),
	NEED("say", escalation, say),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_escalation = SCHEMA(escalation);

static const cyaml_schema_field_t step_keys[] = {
	NEED("number", step, number),
	CYAML_FIELD_ENUM("kind", CYAML_FLAG_STRICT, struct step, kind,
	    kind_names, ARRAY_LEN(kind_names)),
	TEXT("title", step, title),
	TEXT("do", step, instruction),
	TEXT("help", step, help),
	TEXTS("roles", step, roles),
	LIST("fields", step, fields, schema_field),
	LIST("checks", step, checks, schema_check),
	TEXT("applies", step, applies),
	TEXT("otherwise", step, otherwise),
	TEXT("assign", step, assign),
	TEXT("due", step, due),
	TEXT("due_why", step, due_why),
	TEXT("warn", step, warn),
	LIST("escalate", step, escalate, schema_escalation),
	TEXTS("records", step, records),
	BOOL("per_row", step, per_row),
	BOOL("fork", step, fork),
	TEXTS("join", step, join),
	LIST("next", step, next, schema_arm),
	CYAML_FIELD_MAPPING_PTR("approval", OPTIONAL, struct step, approval,
	    approval_keys),
	CYAML_FIELD_MAPPING_PTR("redo", OPTIONAL, struct step, redo,
	    redo_keys),
	LIST("effects", step, effects, schema_effect),
	TEXT("note", step, note),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_step = SCHEMA(step);

static const cyaml_schema_field_t document_keys[] = {
	NEED("id", document, id),
	CYAML_FIELD_ENUM("kind", CYAML_FLAG_STRICT, struct document, kind,
	    document_names, ARRAY_LEN(document_names)),
	NEED("title", document, title),
	NEED("name", document, name),
	NEED("date", document, date),
	TEXT("folder", document, folder),
	TEXT("filed", document, filed),
	NEED_LIST("pieces", document, pieces, schema_text),
	NEED("heading", document, heading),
	TEXT("outlet", document, outlet),
	TEXT("place", document, place),
	TEXT("published", document, published),
	TEXT("genre", document, genre),
	TEXT("section", document, section),
	TEXT("rank", document, rank),
	TEXT("order", document, order),
	TEXTS("beside", document, beside),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_document = SCHEMA(document);

static const cyaml_schema_field_t start_keys[] = {
	NEED("id", start, id),
	NEED("title", start, title),
	TEXTS("roles", start, roles),
	LIST("fields", start, fields, schema_field),
	NEED_LIST("next", start, next, schema_arm),
	TEXT("subject", start, subject),
	TEXT("priority", start, priority),
	TEXT("rrule", start, rrule),
	TEXT("at", start, at),
	TEXT("scope", start, scope),
	TEXT("duty", start, duty),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_start = SCHEMA(start);

static const cyaml_schema_field_t record_keys[] = {
	NEED("number", record, number),
	NEED("id", record, id),
	NEED("name", record, name),
	NEED("keeper", record, keeper),
	TEXT("medium", record, medium),
	TEXT("retention", record, retention),
	TEXT("from", record, from),
	TEXT("place", record, place),
	TEXT("disposition", record, disposition),
	BOOL("working", record, working),
	TEXT("rows", record, rows),
	TEXT("keep_until", record, keep_until),
	TEXTS("disposers", record, disposers),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_record = SCHEMA(record);

static const cyaml_schema_field_t policy_keys[] = {
	NEED("id", policy, id),
	NEED("text", policy, text),
	TEXTS("steps", policy, steps),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_policy = SCHEMA(policy);

static const cyaml_schema_field_t term_keys[] = {
	NEED("term", term, term),
	NEED("meaning", term, meaning),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_term = SCHEMA(term);

static const cyaml_schema_field_t annex_keys[] = {
	NEED("code", annex, code),
	NEED("title", annex, title),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_annex = SCHEMA(annex);

static const cyaml_schema_field_t setting_keys[] = {
	NEED("id", setting, id),
	NEED("type", setting, type),
	TEXT("default", setting, initial),
	TEXT("text", setting, text),
	TEXT("source", setting, source),
	TEXTS("choices", setting, choices),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_setting = SCHEMA(setting);

static const cyaml_schema_field_t signature_keys[] = {
	NEED("act", signature, act),
	NEED("role", signature, role),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_signature = SCHEMA(signature);

static const cyaml_schema_field_t measure_keys[] = {
	TEXT("text", measure, text),
	TEXTS("steps", measure, steps),
	TEXT("dated", measure, dated),
	TEXT("when", measure, when),
	TEXT("start", measure, start),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t indicator_keys[] = {
	NEED("id", indicator, id),
	NEED("printed", indicator, printed),
	CYAML_FIELD_MAPPING("numerator", CYAML_FLAG_DEFAULT,
	    struct indicator, numerator, measure_keys),
	CYAML_FIELD_MAPPING("denominator", CYAML_FLAG_DEFAULT,
	    struct indicator, denominator, measure_keys),
	BOOL("must_match", indicator, must_match),
	TEXT("note", indicator, note),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_indicator = SCHEMA(indicator);

static const cyaml_schema_field_t procedure_keys[] = {
	NEED("code", procedure, code),
	NEED("revision", procedure, revision),
	NEED("issued_on", procedure, issued_on),
	NEED("title", procedure, title),
	NEED("brief", procedure, brief),
	NEED("objective", procedure, objective),
	NEED("scope", procedure, scope),
	TEXT("product", procedure, product),
	TEXT("client", procedure, client),
	NEED("folio", procedure, folio),
	LIST("policies", procedure, policies, schema_policy),
	LIST("definitions", procedure, definitions, schema_term),
	LIST("annexes", procedure, annexes, schema_annex),
	LIST("signatures", procedure, signatures, schema_signature),
	LIST("settings", procedure, settings, schema_setting),
	LIST("indicators", procedure, indicators, schema_indicator),
	LIST("records", procedure, records, schema_record),
	LIST("documents", procedure, documents, schema_document),
	NEED_LIST("starts", procedure, starts, schema_start),
	NEED_LIST("steps", procedure, steps, schema_step),
	CYAML_FIELD_END
};
const cyaml_schema_value_t schema_procedure = {
	CYAML_VALUE_MAPPING(MANDATORY, struct procedure, procedure_keys)
};

static const cyaml_schema_field_t role_keys[] = {
	NEED("id", role, id),
	NEED("title", role, title),
	TEXT("brief", role, brief),
	BOOL("business", role, business),
	BOOL("board", role, board),
	CYAML_FIELD_ENUM("reads", CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT,
	    struct role, reads, reads_names, ARRAY_LEN(reads_names)),
	BOOL("outlets", role, outlets),
	BOOL("figures", role, figures),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_role = SCHEMA(role);

static const cyaml_schema_field_t office_keys[] = {
	NEED("id", office, id),
	NEED("name", office, name),
	NEED("zone", office, zone),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_office = SCHEMA(office);

static const cyaml_schema_field_t file_type_keys[] = {
	NEED("id", file_type, id),
	NEED("title", file_type, title),
	NEED("kind", file_type, kind),
	NEED_LIST("mime", file_type, mime, schema_text),
	TEXTS("suffixes", file_type, suffixes),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t schema_file_type = SCHEMA(file_type);

static const cyaml_schema_field_t retention_keys[] = {
	TEXTS("propose", retention, propose),
	NEED_LIST("approve", retention, approve, schema_text),
	NEED_LIST("receive", retention, receive, schema_text),
	NEED_LIST("archive", retention, archive, schema_text),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t institution_keys[] = {
	NEED("id", institution, id),
	NEED("name", institution, name),
	TEXT("unit", institution, unit),
	NEED_LIST("roles", institution, roles, schema_role),
	NEED_LIST("offices", institution, offices, schema_office),
	TEXTS("areas", institution, areas),
	LIST("settings", institution, settings, schema_setting),
	LIST("file_types", institution, types, schema_file_type),
	CYAML_FIELD_MAPPING_PTR("retention", OPTIONAL, struct institution,
	    retention, retention_keys),
	CYAML_FIELD_END
};
const cyaml_schema_value_t schema_institution = {
	CYAML_VALUE_MAPPING(MANDATORY, struct institution, institution_keys)
};
// clang-format on
