/* SPDX-License-Identifier: ISC */
/*
 * sftp_wire.h - the bytes of SFTP, version 3: one packet is a length, a type,
 * and fields.  Reading never passes the packet's end: a field that does makes
 * the packet bad, and whoever reads on gets zeros.
 */
#ifndef PAUTA_SFTP_WIRE_H
#define PAUTA_SFTP_WIRE_H

#include "sshwire.h"

enum {
	SFTP_DATA_MAX = 128 * 1024,	/* bytes of one READ or WRITE */
	SFTP_PACKET_MAX = SFTP_DATA_MAX + 1024,
	SFTP_PATH_MAX = 4096,
	SFTP_HANDLES = 64,
	SFTP_HANDLE_BYTES = 8
};

/* What the peer may say, and what we answer. */
enum sftp_type {
	SFTP_INIT = 1, SFTP_VERSION = 2, SFTP_OPEN = 3, SFTP_CLOSE = 4,
	SFTP_READ = 5, SFTP_WRITE = 6, SFTP_LSTAT = 7, SFTP_FSTAT = 8,
	SFTP_SETSTAT = 9, SFTP_FSETSTAT = 10, SFTP_OPENDIR = 11,
	SFTP_READDIR = 12, SFTP_REMOVE = 13, SFTP_MKDIR = 14, SFTP_RMDIR = 15,
	SFTP_REALPATH = 16, SFTP_STAT = 17, SFTP_RENAME = 18,
	SFTP_READLINK = 19, SFTP_SYMLINK = 20, SFTP_STATUS = 101,
	SFTP_HANDLE = 102, SFTP_DATA = 103, SFTP_NAME = 104, SFTP_ATTRS = 105,
	SFTP_EXTENDED = 200, SFTP_EXTENDED_REPLY = 201
};

enum sftp_status {
	SFTP_OK = 0, SFTP_EOF = 1, SFTP_NO_SUCH_FILE = 2, SFTP_DENIED = 3,
	SFTP_FAILURE = 4, SFTP_BAD_MESSAGE = 5, SFTP_UNSUPPORTED = 8
};

enum { SFTP_FOR_READING = 1, SFTP_FOR_WRITING = 2, SFTP_APPENDING = 4,
	SFTP_CREATING = 8, SFTP_TRUNCATING = 16, SFTP_EXCLUSIVE = 32 };

/* Beside what sshwire.h reads: a piece whose p is NULL was a bad packet. */
uint8_t sftp_byte(struct piece *);
uint64_t sftp_u64(struct piece *);
/*
 * A path as text, made absolute: "/", or "/a/b" without "." and "..".  Given;
 * NULL when it is longer than SFTP_PATH_MAX or holds a NUL.
 */
char *sftp_path(struct piece *);

/* A packet being written, with sshwire.h; sftp_end fills in its length. */
void sftp_begin(struct buf *, enum sftp_type, uint32_t id);
void sftp_put_u64(struct buf *, uint64_t);
void sftp_end(struct buf *);

/* What a name is: a folder, or a file of that size; at in seconds of 1970. */
struct sftp_attrs {
	bool folder;
	uint64_t size;
	int64_t at;
};

void sftp_put_attrs(struct buf *, const struct sftp_attrs *);
/* One entry of a folder, with its line of "ls -l". */
void sftp_put_name(struct buf *, const char *name, const struct sftp_attrs *);

#endif
