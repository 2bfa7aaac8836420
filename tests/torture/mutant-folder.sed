s/ || sync_name(path) < 0)$/)/
