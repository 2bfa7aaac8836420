/* SPDX-License-Identifier: ISC */
/*
 * store_erase.c - personal data go, the chain stays.  A body and its salt are
 * forgotten; the leaf is what the chain was made of, and tells nothing
 * without the salt.  Who asked for it is an event (store_verify wants one for
 * every body that is not there).
 */
#include "sql.h"
#include "store_job.h"

int
store_erase_body(struct store *s, int64_t seq, struct why *why)
{
	s->erased = true;
	return sql_run(s, SQL_EVENT_ERASE, CELLS(cell_int(seq)), why);
}

int
store_forget_case(struct store *s, int64_t kase, struct why *why)
{
	int r;

	if ((r = store_put_tasks(s, kase, NULL, 0, why)) < 0 ||
	    (r = store_put_records(s, kase, NULL, 0, why)) < 0 ||
	    (r = store_put_decisions(s, kase, NULL, 0, why)) < 0 ||
	    (r = store_del_drafts(s, kase, NULL, 0, why)) < 0 ||
	    (r = store_del_mentions(s, kase, why)) < 0 ||
	    (r = store_del_case_jobs(s, kase, why)) < 0 ||
	    (r = store_del_files(s, kase, why)) < 0)
		return r;
	return sql_run(s, SQL_CASE_DEL, CELLS(cell_int(kase)), why);
}
