#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""web.py - a web server for tests, on a port of the loopback.

  web.py FOLDER SERVED

Its port goes to FOLDER/port.  It serves the folder SERVED as static pages,
"/error" as a page of error with status 200, and under /wp-json/wp/v2/posts what
WordPress documents of its posts: authentication by application password, find
by slug, create, update; a slug is of one post.  The posts stand as pages at
/?p=ID, once published, and in FOLDER/posts.json.  With FOLDER/lose the next POST
is done and never answered.  With FOLDER/move they are said to be in /elsewhere,
and who asks there with a password leaves FOLDER/leaked.
"""
import base64
import functools
import html
import http.server
import json
import os
import sys
import urllib.parse

folder, served = sys.argv[1:3]
AUTH = "Basic " + base64.b64encode(b"prensa:clave de aplicacion").decode()
posts = []


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def give(self, status, body, kind="application/json; charset=UTF-8"):
        data = body.encode() if isinstance(body, str) \
            else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def may(self):
        if self.headers.get("Authorization") == AUTH:
            return True
        self.give(401, {"code": "rest_cannot_create", "message": "no"})
        return False

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        q = urllib.parse.parse_qs(url.query)
        if url.path == "/elsewhere":
            if self.headers.get("Authorization"):
                with open(folder + "/leaked", "w", encoding="ascii"):
                    pass
            self.give(200, [])
        elif os.path.exists(folder + "/move"):
            self.send_response(301)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif url.path == "/wp-json/wp/v2/posts":
            if self.may():
                self.give(200, [shown(p) for p in posts
                                if p["slug"] in q.get("slug", [])])
        elif url.path == "/" and "p" in q:
            found = [p for p in posts if str(p["id"]) == q["p"][0]
                     and p["status"] == "publish"]
            page = "<title>%s</title>%s" % (
                html.escape(found[0]["title"]), found[0]["content"]) \
                if found else "<h1>404</h1>"
            self.give(200 if found else 404, page, "text/html; charset=UTF-8")
        elif url.path == "/error":
            self.give(200, "<title>Portal</title><p>Algo salió mal.",
                      "text/html; charset=UTF-8")
        else:
            super().do_GET()

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        parts = self.path.split("/")
        if not self.may():
            return
        if parts[1:5] != ["wp-json", "wp", "v2", "posts"]:
            self.give(404, {"code": "rest_no_route", "message": "no"})
            return
        if body.get("status") not in ("draft", "publish"):
            self.give(400, {"code": "rest_invalid_param", "message": "no"})
            return
        if len(parts) == 5:
            p = {"id": len(posts) + 1, "content": "", "slug": body["slug"]}
            posts.append(p)
        else:
            p = posts[int(parts[5]) - 1]
        p.update({k: body[k] for k in ("title", "content", "status")
                  if k in body})
        with open(folder + "/posts.json", "w", encoding="utf-8") as f:
            json.dump(posts, f)
        if os.path.exists(folder + "/lose"):
            os.unlink(folder + "/lose")
            self.close_connection = True
            return
        self.give(201 if len(parts) == 5 else 200, shown(p))


def shown(p):
    return {"id": p["id"], "slug": p["slug"], "status": p["status"],
            "link": f"http://127.0.0.1:{port}/?p={p['id']}",
            "title": {"rendered": p["title"]}}


server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Handler, directory=served))
port = server.server_address[1]
with open(folder + "/port.tmp", "w", encoding="ascii") as f:
    f.write(str(port))
os.rename(folder + "/port.tmp", folder + "/port")
server.serve_forever()
