#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""feeds.py LOG - a web server of the media, good ones and bad ones, and a
second port that nobody may ever reach.  Prints both ports.  LOG gets one line
a request: its path, what was asked with it, or "forbidden"."""
import gzip
import http.server
import io
import socket
import sys
import threading

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>El Diario</title>
<item><title>Jornada de vacunaci&oacute;n</title><link>/nota/1</link>
<guid>n1</guid></item>
<item><title>Q&A con el director</title><link>/nota/2</link></item>
</channel></rss>"""
LATIN = b"""<?xml version="1.0" encoding="UTF-8"?><rss><channel><item>
<title>Educaci\xf3n</title><guid>l1</guid></item></channel></rss>"""
DOCTYPE = """<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:%d/x">]>
<rss><channel><item><title>&x;</title><guid>d</guid></item></channel></rss>"""
LOG = open(sys.argv[1], "a", buffering=1)


def bomb():
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as z:
        for _ in range(100):
            z.write(b" " * (1 << 20))
    return out.getvalue()


BOMB = bomb()


class Media(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def give(self, status, body=b"", **headers):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def endless(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"<rss>" + b" " * (1 << 20))
        except OSError:
            pass
        self.close_connection = True

    def hang(self):
        self.connection.recv(1)         # until the other side goes away
        self.close_connection = True

    def do_GET(self):
        since = self.headers.get("If-None-Match")
        LOG.write("%s %s\n" % (self.path, since or "-"))
        to = {"/file": "file:///etc/passwd", "/round": "/round",
              "/loopback": "http://127.0.0.1:%d/" % FORBIDDEN,
              "/name": "http://localhost:%d/" % FORBIDDEN,
              "/number": "http://2130706433:%d/" % FORBIDDEN,
              "/six": "http://[::ffff:127.0.0.1]:%d/" % FORBIDDEN,
              "/cloud": "http://169.254.169.254/latest/meta-data/",
              "/moved": "/rss"}
        if self.path in to:
            self.give(302, Location=to[self.path])
        elif self.path == "/rss" and since == '"v1"':
            self.give(304)
        elif self.path == "/rss":
            self.give(200, RSS, ETag='"v1"')
        elif self.path == "/latin":
            self.give(200, LATIN)
        elif self.path == "/doctype":
            self.give(200, DOCTYPE % FORBIDDEN)
        elif self.path == "/page":
            self.give(200, "<!DOCTYPE html><p>Portada</p>")
        elif self.path == "/bomb":
            self.give(200, BOMB, Content_Encoding="gzip")
        elif self.path == "/endless":
            self.endless()
        elif self.path == "/hang":
            self.hang()
        else:
            self.give(500, "no")


def forbidden(s):
    while True:
        c, _ = s.accept()
        LOG.write("forbidden\n")
        c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        c.close()


door = socket.create_server(("127.0.0.1", 0))
FORBIDDEN = door.getsockname()[1]
threading.Thread(target=forbidden, args=(door,), daemon=True).start()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass                            # who asked went away: so it should be


server = Server(("127.0.0.1", 0), Media)
print(server.server_address[1], FORBIDDEN, flush=True)
server.serve_forever()
