s/ || folder_sync(folder) < 0 ?$/ ?/
