/* SPDX-License-Identifier: ISC */
/*
 * blob.h - the bytes of attachments, beside the record:
 *
 *	DIR/blobs/OFFICE/ab/cdef…	whole files, named by their SHA-256
 *	DIR/spool/OFFICE/KEY		what is being received, or was cut off
 *
 * Every name is ours: an office's identifier and hexadecimal digits.  One file
 * serves all attachments of an office with the same bytes, never two offices:
 * nobody learns from disk space what others have.  A file gets its name when
 * it is whole and on the disk, and the folder with it, before any row of the
 * record speaks of it.
 */
#ifndef PAUTA_BLOB_H
#define PAUTA_BLOB_H

#include "../../proto/hash.h"

/* A file of an office: a sum (blobs) or a key (spool), 64 digits. */
struct blob {
	const char *dir;		/* the data folder */
	const char *office;
	const char *name;
};

/*
 * Open what is being received, made when it is not there, with a lock on it:
 * -ERR_REFUSED when somebody else has it.  fresh begins again.  *size gets
 * what is there already.  A descriptor, or -ERR_ with why.
 */
int blob_spool(const struct blob *, bool fresh, int64_t *size, struct why *);
/* Bytes received of it, or -1: there is none. */
int64_t blob_spool_size(const struct blob *);
void blob_spool_drop(const struct blob *);
/* Bytes of all that an office has there. */
int64_t blob_spool_sum(const char *dir, const char *office);

/*
 * The file received under key, whole and synced by whoever received it, gets
 * the name of its sum.  0, or -ERR_SYSTEM with why: then it is still there.
 */
int blob_keep(const struct blob *, const char *key, struct why *);

/* Open to read.  A descriptor, or -ERR_NOT_FOUND. */
int blob_open(const struct blob *);
/* Is it there and of that sum?  0, or -ERR_SYSTEM with why. */
int blob_verify(const struct blob *, int64_t size, struct why *);

/* Remove one and make that stay.  0, also when there is none; -ERR_SYSTEM. */
int blob_drop(const struct blob *);
/*
 * Remove what no attachment has (is_used says no), or what nobody went on
 * receiving, when it is older than that many seconds.  How many went.  All
 * files are looked at.
 */
typedef bool blob_used(void *arg, const char *office, const char *name);
int blob_sweep(const char *dir, struct when now, int64_t seconds, blob_used *,
    void *arg);
int blob_sweep_spool(const char *dir, struct when now, int64_t seconds);

#endif
