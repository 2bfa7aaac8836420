/* SPDX-License-Identifier: ISC */
/* xml.h - text inside XML, for whatever here is written as such. */
#ifndef PAUTA_XML_H
#define PAUTA_XML_H

#include "../../proto/base.h"

/* Add text as content or as the value of an attribute in double quotes. */
void xml_text(struct buf *, const char *text);
/* before, as it is; text, as above; after, as it is. */
void xml_put(struct buf *, const char *before, const char *text,
    const char *after);

#endif
