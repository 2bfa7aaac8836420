# SPDX-License-Identifier: ISC
"""Write the first frame of a native client: hello.py VERSION LANG [LOGIN]."""
import sys

version, lang = int(sys.argv[1]), sys.argv[2].encode()
login = sys.argv[3].encode() if len(sys.argv) > 3 else b""
body = bytes([0x08, version, 0x12, len(login)]) + login
body += bytes([0x32, len(lang)]) + lang
frame = bytes([0x0a, len(body)]) + body
sys.stdout.buffer.write(len(frame).to_bytes(4, "big") + frame)
