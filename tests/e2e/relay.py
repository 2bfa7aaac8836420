#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""relay.py - a bad line on loopback, for tests.

relay.py PORTFILE TARGET DELAY_MS BYTES_PER_SECOND

Listens on a free port of 127.0.0.1, written to PORTFILE, and carries each
connection to port TARGET: every byte comes half of DELAY_MS late in each
direction and no faster than the rate.  SIGUSR1 takes the line down: of what
was on its way half a piece arrives, so that frames are cut, and nobody may
connect.  SIGUSR2 puts it up again.
While there is a PORTFILE.hold, no more bytes than it says go to the port.  How
many did is in PORTFILE.bytes when a connection has ended, or is held; how many
came from it, in PORTFILE.came.
"""
import asyncio
import os
import signal
import sys

PIECE = 512
AHEAD = 16


class Line:
    def __init__(self, name, target, delay, rate):
        self.name, self.bytes, self.came = name, 0, 0
        self.target, self.delay, self.rate = target, delay, rate
        self.up = True
        self.ways = set()

    def is_held(self):
        try:
            with open(self.name + ".hold") as f:
                return self.bytes >= int(f.read())
        except (FileNotFoundError, ValueError):
            return False

    def tell(self):
        with open(self.name + ".came", "w") as f:
            print(self.came, file=f)
        with open(self.name + ".bytes", "w") as f:
            print(self.bytes, file=f)

    async def take(self, reader, pieces):
        loop = asyncio.get_running_loop()
        free = loop.time()
        while data := await reader.read(PIECE):
            free = max(free, loop.time()) + len(data) / self.rate
            await pieces.put((free + self.delay, data))
        await pieces.put((free + self.delay, b""))

    async def give(self, writer, pieces, out):
        loop = asyncio.get_running_loop()
        while True:
            when, data = await pieces.get()
            try:
                await asyncio.sleep(when - loop.time())
            except asyncio.CancelledError:
                writer.write(data[: len(data) // 2])
                raise
            if not data:
                break
            while writer is out and self.is_held():
                self.tell()
                await asyncio.sleep(0.05)
            writer.write(data)
            if writer is out:
                self.bytes += len(data)
            else:
                self.came += len(data)
            await writer.drain()
        writer.close()

    async def way(self, reader, writer, out):
        pieces = asyncio.Queue(AHEAD)
        await asyncio.gather(self.take(reader, pieces),
                             self.give(writer, pieces, out))

    async def carry(self, reader, writer):
        if not self.up:
            writer.transport.abort()
            return
        far, out = await asyncio.open_connection("127.0.0.1", self.target)
        both = asyncio.gather(self.way(reader, out, out),
                              self.way(far, writer, out))
        self.ways.add(both)
        try:
            await both
        except (asyncio.CancelledError, ConnectionError):
            pass
        finally:
            self.ways.discard(both)
            writer.transport.abort()
            out.transport.abort()
            self.tell()

    def set(self, up):
        self.up = up
        if not up:
            for both in list(self.ways):
                both.cancel()


async def main():
    name, target, delay, rate = sys.argv[1], *map(int, sys.argv[2:5])
    line = Line(name, target, delay / 2000, rate)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, line.set, False)
    loop.add_signal_handler(signal.SIGUSR2, line.set, True)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    with open(name + ".new", "w") as f:
        print(server.sockets[0].getsockname()[1], file=f)
    os.rename(name + ".new", name)
    await server.serve_forever()


asyncio.run(main())
