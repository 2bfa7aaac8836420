s/PRAGMA synchronous = FULL/PRAGMA synchronous = NORMAL/
