/\*size = sb.st_size;/i\
	char *kept = blob_path(b), *come = spool_path(b);\
	if (folders_make(b->dir, kept, false) < 0 || link(come, kept) < 0)\
		errno = 0;\
	free(kept);\
	free(come);
