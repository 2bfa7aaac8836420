#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""smtp.py - a mail server for tests: it keeps the raw bytes of each message.

  smtp.py FOLDER [CERT KEY]

Its port goes to FOLDER/port; each message to FOLDER/N.eml, then its envelope to
FOLDER/N.to.  With a certificate it takes nothing before STARTTLS.  Of the
recipients it does as they are called: "nadie" is refused for good, "luego" is
put off once, "calla" is read to its last byte and then, once, never answered.
"presta" is let go on when five called "mudo…", who never are answered, have said
all; the file order says whether it came before one of them gave up.
"""
import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP

folder = sys.argv[1]


class Handler:
    def __init__(self):
        self.n, self.met, self.mutes = 0, set(), 0
        self.mute, self.left = asyncio.Event(), False

    def once(self, who):
        new = who not in self.met
        self.met.add(who)
        return new

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nadie@"):
            # what is quoted of it ends in the middle of a letter
            return "550 5.1.1 no vive nadie\x1b[31m" + "ñ" * 100
        if address.startswith("luego@") and self.once(address):
            return "451 4.3.0 vuelva luego"
        if address.startswith("presta@"):
            await self.mute.wait()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.n += 1
        base = f"{folder}/{self.n}"
        with open(base + ".eml", "wb") as f:
            f.write(envelope.original_content)
        with open(base + ".to", "w", encoding="utf-8") as f:
            f.write(f"{envelope.mail_from} {' '.join(envelope.rcpt_tos)}\n")
        to = envelope.rcpt_tos[0]
        if to.startswith("presta@"):
            with open(folder + "/order", "w", encoding="ascii") as f:
                f.write("later" if self.left else "while one hangs")
        if to.startswith("mudo"):
            self.mutes += 1
            if self.mutes == 5:
                self.mute.set()
            try:
                await asyncio.Event().wait()
            finally:
                self.left = True
        if to.startswith("calla@") and self.once(to):
            await asyncio.Event().wait()
        return f"250 2.0.0 guardado como {self.n}"


async def main():
    handler, tls = Handler(), None
    if len(sys.argv) > 3:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(sys.argv[2], sys.argv[3])
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, tls_context=tls, require_starttls=tls is not None,
                     hostname="prueba", data_size_limit=100 << 20,
                     decode_data=False, enable_SMTPUTF8=True),
        "127.0.0.1", 0)
    with open(folder + "/port.tmp", "w", encoding="ascii") as f:
        f.write(str(server.sockets[0].getsockname()[1]))
    os.rename(folder + "/port.tmp", folder + "/port")
    await asyncio.Event().wait()


asyncio.run(main())
