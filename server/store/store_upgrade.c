/* SPDX-License-Identifier: ISC */
/*
 * store_upgrade.c - a file of an older schema becomes one of ours.
 *
 *	PATH --copy, verified--> PATH.schema-N.new --rename--> PATH.schema-N
 *	PATH --one transaction--> the same events under the tables of schema.c
 *
 * Killed anywhere, the file is of one version or of the other: it changes by a
 * commit, and only after its copy has its name and is on the disk.  The copy
 * stays until somebody removes it; a record that does not verify is neither
 * copied nor changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "schema.h"
#include "sql.h"

static int
upgrade_verify(const char *path, struct why *why)
{
	struct store *copy = NULL;
	int64_t count;
	int r;

	if ((r = store_open(path, STORE_READONLY, &copy, why)) == 0)
		r = store_verify(copy, &count, why);
	store_free(copy);
	return r;
}

static int
upgrade_copy(struct store *s, const char *name, struct why *why)
{
	char *fresh = xasprintf("%s.new", name);
	char *rest = xasprintf("%s-journal", fresh);
	int r;

	/* Of an attempt that was killed. */
	(void)unlink(fresh);
	(void)unlink(rest);
	if ((r = store_copy(s, fresh, why)) < 0 ||
	    (r = upgrade_verify(fresh, why)) < 0)
		goto out;
	if (rename(fresh, name) < 0 || sync_name(name) < 0)
		r = why_set(why, ERR_SYSTEM, "No se pudo guardar %s: %s.",
		    name, err_reason(errno));
out:
	(void)unlink(fresh);
	free(rest);
	free(fresh);
	return r;
}

static int
upgrade_change(struct store *s, bool *views, struct why *why)
{
	int r;

	if ((r = store_begin(s, why)) < 0)
		return r;
	if ((r = schema_upgrade(s->db, s->version, views, why)) < 0)
		store_rollback(s);
	return r;
}

int
upgrade_run(struct store *s, const char *path, struct why *why)
{
	char *name = xasprintf("%s.schema-%d", path, s->version);
	struct why own;
	bool views;
	int r;

	if ((r = upgrade_copy(s, name, &own)) < 0) {
		r = why_set(why, ERR_SYSTEM, "El registro es de una versión "
		    "anterior (esquema %d; aquí %d) y no se actualizó: no hay "
		    "copia de él. %s", s->version, SCHEMA_VERSION, own.text);
	} else if ((r = upgrade_change(s, &views, why)) == 0) {
		log_at(LOG_INFO, "record=upgrade schema=%d to=%d copy=%s",
		    s->version, SCHEMA_VERSION, name);
		s->version = SCHEMA_VERSION;
		if (!views)
			r = store_commit(s, why);
	}
	free(name);
	return r;
}
