/^stream_answer/,/^}/ {
	s/if (core_is_dirty(s->sv->core))/if (s->closing)/
	s/stream_put(s, &m);/{ stream_put(s, \&m); stream_flush(s); }/
}
