/* SPDX-License-Identifier: ISC */
/*
 * notes.h - the shared inbox as it grows: what a note costs to come in (its
 * story found, its profiles met), to be indexed, to be listed and to be
 * searched for, with few notes and with many, all of the last seven days: the
 * days that grouping looks at.
 */
#ifndef PAUTA_BENCH_NOTES_H
#define PAUTA_BENCH_NOTES_H

/* Prints figures and their ratios; DIR: an office as init made it. */
void notes_run(const char *dir, long few, long many);

#endif
