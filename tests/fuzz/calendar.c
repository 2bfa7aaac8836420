/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* calendar.c - iCalendar files and recurrences. */
#include "fuzz.h"

#include "../../server/engine/calendar.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = fuzz_text(data, n), day[11];
	struct calendar *cal;
	struct why why;

	if (calendar_load(s, &cal, &why) == 0) {
		calendar_add_working(cal, "2026-11-13", 20, day);
		assert(calendar_is_date(day));
		assert(calendar_between(cal, "2026-11-13", day) >= 0);
		calendar_free(cal);
	}
	(void)calendar_recurs(s, "2026-01-01", "2026-11-23");
	(void)calendar_is_date(s);
	free(s);
	return 0;
}
