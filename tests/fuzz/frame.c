/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/* frame.c - frames off the wire: taken whole, written back the same. */
#include "fuzz.h"

#include "../../proto/frame.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf in, out;
	Pauta__Message *m, *again;

	buf_init(&in, 2 * (FRAME_MAX + 4));
	buf_init(&out, 2 * (FRAME_MAX + 4));
	if (buf_add(&in, data, n) == 0)
		while (frame_get(&in, &m) == 1) {
			if (frame_put(&out, m) == 0) {
				assert(frame_get(&out, &again) == 1);
				pauta__message__free_unpacked(again, NULL);
			}
			pauta__message__free_unpacked(m, NULL);
		}
	buf_clear(&in);
	buf_clear(&out);
	return 0;
}
