/* SPDX-License-Identifier: ISC */
/* kinds.c - every kind of job there is; see render.h. */
#include "cells.h"
#include "copy.h"
#include "digest.h"
#include "handover.h"
#include "words.h"

/* Decoders that are not built in, and the list of them. */
static const char *const decoders[] = { "/usr/lib", "/lib", NULL };
/* Letters, and how they are found; how images are told apart. */
static const char *const paper[] = { "/usr/share", "/usr/local/share",
	"/etc/fonts", "/var/cache/fontconfig", "/usr/lib", "/lib", NULL };

// clang-format off
/* name, what does it, folders it may read, seconds of processor,
 * addresses of its libraries */
const struct render_kind render_kinds[] = {
	{ "celdas", render_cells, decoders, 0, 0 },
	{ "copia", render_copy, NULL, 0, 0 },
	{ "relacion", handover_run, paper, 60, 0 },
	{ "sintesis", digest_run, paper, 60, 0 },
	{ "texto", render_words, paper, 60, 0 },
	{ NULL, NULL, NULL, 0, 0 },
};
// clang-format on
