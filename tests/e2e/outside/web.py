#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""web.py - a web server for tests, on a port of the loopback.

  web.py FOLDER SERVED

Its port goes to FOLDER/port.  It serves the folder SERVED as static pages,
"/error" as a page of error with status 200, and under /wp-json/wp/v2/posts and
…/media what WordPress documents of its posts and files: authentication by
application password, find by slug, create, update; a slug is of one post.  Bytes
of a file are the body, their type and name are headers.  The posts stand as pages
at /?p=ID, once published, and in FOLDER/posts.json; files at /uploads/NAME, in
SERVED/uploads and in FOLDER/media.json.  With FOLDER/lose the next POST is done
and never answered; with FOLDER/lose-media the next one of bytes; with
FOLDER/stall that one leaves FOLDER/stalled and waits until whoever asked is gone.
With FOLDER/odd the next list has a post of no number that there can be.
With FOLDER/move they are said to be in /elsewhere, and who asks there with a
password leaves FOLDER/leaked.
"""
import base64
import functools
import html
import http.server
import json
import os
import re
import sys
import urllib.parse

folder, served = sys.argv[1:3]
AUTH = "Basic " + base64.b64encode(b"prensa:clave de aplicacion").decode()
posts, media = [], []
TYPES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n",
         "image/webp": b"RIFF"}


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
        elif url.path in ("/wp-json/wp/v2/posts", "/wp-json/wp/v2/media"):
            if self.may() and os.path.exists(folder + "/odd"):
                os.unlink(folder + "/odd")
                self.give(200, [{"id": -1}])
            elif self.may():
                self.give(200, [shown(p) for p in
                                (media if "media" in url.path else posts)
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

    def refuse(self, status, code):
        self.give(status, {"code": code, "message": "no"})

    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        parts = urllib.parse.urlsplit(self.path).path.split("/")
        if not self.may():
            return
        if parts[1:4] != ["wp-json", "wp", "v2"] or len(parts) > 6 or \
                parts[4] not in ("posts", "media"):
            self.refuse(404, "rest_no_route")
            return
        if parts[4:] == ["media"]:
            self.receive(data)
            return
        body = json.loads(data)
        if parts[4] == "posts" and \
                body.get("status") not in ("draft", "publish"):
            self.refuse(400, "rest_invalid_param")
            return
        of = media if parts[4] == "media" else posts
        if len(parts) == 5:
            p = {"id": len(posts) + 1, "content": "", "slug": body["slug"]}
            posts.append(p)
        else:
            p = next(p for p in of if p["id"] == int(parts[5]))
        p.update({k: body[k] for k in ("title", "content", "status", "caption",
                                       "alt_text", "featured_media")
                  if k in body})
        self.done(p, "lose", 201 if len(parts) == 5 else 200)

    def receive(self, data):
        kind = self.headers.get("Content-Type", "")
        name = re.fullmatch(r'attachment; filename="([\w.-]+)"',
                            self.headers.get("Content-Disposition", ""))
        if name is None:
            self.refuse(400, "rest_upload_no_content_disposition")
        elif kind not in TYPES or not data.startswith(TYPES[kind]):
            self.refuse(400, "rest_upload_unknown_error")
        elif any(m["slug"] == name[1].split(".")[0] for m in media):
            self.refuse(500, "twice")
        else:
            m = {"id": 1000 + len(media), "slug": name[1].split(".")[0],
                 "status": "inherit", "title": name[1], "mime_type": kind,
                 "source_url": f"http://127.0.0.1:{port}/uploads/{name[1]}"}
            media.append(m)
            os.makedirs(served + "/uploads", exist_ok=True)
            with open(served + "/uploads/" + name[1], "wb") as f:
                f.write(data)
            if os.path.exists(folder + "/stall"):
                with open(folder + "/stalled", "w", encoding="ascii"):
                    pass
                self.rfile.read(1)
            self.done(m, "lose-media", 201)

    def done(self, p, lose, status):
        for name, all_ in ("posts", posts), ("media", media):
            with open(f"{folder}/{name}.json", "w", encoding="utf-8") as f:
                json.dump(all_, f)
        if os.path.exists(f"{folder}/{lose}"):
            os.unlink(f"{folder}/{lose}")
            self.close_connection = True
        else:
            self.give(status, shown(p))


def shown(p):
    doc = {"id": p["id"], "slug": p["slug"], "status": p["status"],
           "link": f"http://127.0.0.1:{port}/?p={p['id']}",
           "title": {"rendered": p["title"]}}
    if "source_url" in p:
        doc["source_url"] = p["source_url"]
    return doc


server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Handler, directory=served))
port = server.server_address[1]
with open(folder + "/port.tmp", "w", encoding="ascii") as f:
    f.write(str(port))
os.rename(folder + "/port.tmp", folder + "/port")
server.serve_forever()
