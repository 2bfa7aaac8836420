/* SPDX-License-Identifier: ISC */
/*
 * transfer.h - one exchange with a server outside, by libcurl: what is common
 * to mail, portals and feeds.  No transfer follows a redirect by itself, asks
 * a proxy, keeps a cookie or reads a file of passwords; all check certificates.
 */
#ifndef PAUTA_TRANSFER_H
#define PAUTA_TRANSFER_H

#include <sys/types.h>

#include "courier.h"

struct transfer;

/* It is over: with CURLE_OK or not.  The transfer is freed when it returns. */
typedef void transfer_fn(struct transfer *, CURLcode);

struct transfer {
	struct task *t;
	CURL *easy;			/* set what the protocol needs */
	struct buf body;		/* what came, at most so many bytes */
	transfer_fn *on_end;
	void *own;			/* of the protocol; free_own frees it */
	void (*free_own)(void *);
	/* Outside; 0-ended.  NULL: any, also inside: the operator wrote it. */
	const unsigned *ports;
	bool failed;			/* its process could not be begun */
	bool refused, over;		/* by the guard; more than fits */
	char address[64];		/* that was connected to, or refused */
	long response;			/* of one that went apart */
	pid_t pid;			/* its process; 0: none */
	int fd;				/* its report comes there */
	void *back;			/* what of memory it brings back */
	size_t back_len;
	struct transfer *next;
};

/*
 * New, with all that every transfer must have; most: bytes of its body as
 * decoded.  protocols: "http,https", "smtp,smtps".  Add to easy what it needs
 * and start it; it goes with its task.
 */
struct transfer *transfer_new(struct task *, const char *protocols,
    size_t most, transfer_fn *on_end);
void transfer_start(struct transfer *);
/*
 * In a process of its own, behind the same walls: for protocols in which libcurl
 * waits without giving the loop its turn.  The len bytes at back, in which the
 * callbacks of easy write, are as that process left them when on_end is told;
 * response is the server's last code.  CURLE_ABORTED_BY_CALLBACK: it died.
 */
void transfer_start_apart(struct transfer *, void *back, size_t len);

/* Why it failed, as a sentence for people.  Borrowed until it is freed. */
const char *transfer_why(struct transfer *, CURLcode);

/* Those of a task, given up. */
void transfer_drop(const struct task *);
/* What ended since; called by the loop. */
void transfer_turn(struct courier *);
/* What the loop waits for besides: so many of w, at most max. */
unsigned transfer_waits(struct curl_waitfd *w, unsigned max);

#endif
