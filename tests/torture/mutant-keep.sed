s/n < 0 || fsync(k->file) < 0/n < 0/
