/^stream_on_request/,/^}/s/stream_put(s, &m);/stream_put(s, \&m); stream_flush(s);/
