/* SPDX-License-Identifier: ISC */
/*
 * store_checkpoint.c - signed statements about the chain, and a copy of the
 * whole file.  Checkpoints are no events (they speak of them) and no view
 * (nothing rebuilds a signature): they stay as they were written.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql.h"

int
store_put_checkpoint(struct store *s, const struct checkpoint_row *k,
    struct why *why)
{
	return sql_run(s, SQL_CHECKPOINT_PUT,
	    CELLS(cell_int(k->n), cell_text(k->text), cell_text(k->sig)), why);
}

int
store_each_checkpoint(struct store *s, int64_t from, checkpoint_fn *fn,
    void *arg, struct why *why)
{
	sqlite3_stmt *st = sql_begin(s, SQL_CHECKPOINT_EACH,
	    CELLS(cell_int(from)));
	struct checkpoint_row k;
	int r;

	while ((r = sql_next(s, st, why)) > 0) {
		k = (struct checkpoint_row){
			.n = sqlite3_column_int64(st, 0),
			.text = sql_text(st, 1),
			.sig = sql_text(st, 2),
		};
		if ((r = fn(arg, &k)) != 0)
			break;
	}
	sql_end(s, SQL_CHECKPOINT_EACH, st);
	return r;
}

int64_t
store_last_checkpoint(struct store *s)
{
	return sql_number(s, SQL_CHECKPOINT_LAST, NO_CELLS);
}

int
store_find_chain(struct store *s, int64_t seq, uint8_t chain[HASH_SIZE])
{
	sqlite3_stmt *st;
	int r;

	memset(chain, 0, HASH_SIZE);
	if (seq == 0)
		return 0;
	st = sql_begin(s, SQL_CHAIN_AT, CELLS(cell_int(seq)));
	r = sql_next(s, st, NULL);
	if (r > 0 && !sql_blob(st, 0, chain, HASH_SIZE))
		r = -ERR_SYSTEM;
	else if (r == 0)
		r = -ERR_NOT_FOUND;
	sql_end(s, SQL_CHAIN_AT, st);
	return r < 0 ? r : 0;
}

int
store_copy(struct store *s, const char *path, struct why *why)
{
	int fd, r;

	if (access(path, F_OK) == 0)
		return why_set(why, ERR_REFUSED, "%s ya existe.", path);
	r = sql_run(s, SQL_COPY, CELLS(cell_text(path)), why);
	if (r < 0)
		return r;
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 || fchmod(fd, 0600) < 0 || fsync(fd) < 0)
		r = why_set(why, ERR_SYSTEM, "No se pudo guardar %s: %s.",
		    path, err_reason(errno));
	if (fd >= 0)
		close(fd);
	return r;
}
