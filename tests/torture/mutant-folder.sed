s/if (fd < 0 || fsync(fd) < 0)/if (fd < 0)/
