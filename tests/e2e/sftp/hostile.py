# SPDX-License-Identifier: ISC
"""hostile.py - files that are not what they say, and names that mean no good.

hostile.py PORT KEY LOGIN FOLDER: each is put into FOLDER by raw SFTP, its
answer read; says what was received that should not be, or refused with other
words, and exits 1.  The last line counts them.
"""
import gzip
import io
import struct
import sys
import zipfile
import zlib

import wire
from wire import FOLDER, text

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPE, NAME, PART = "que se reciba", "dice su nombre", "llegó incompleto"
PACKED, PICTURE, PHONE = "un archivo comprimido", "como JPEG o PNG", "en HEIC"
MACROS, TWO, BOMB = "lleva macros", "dos archivos a la vez", "crecería"
HERE = None                     # received: a control


def archive(*parts, pack=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as z:
        for name, data in parts:
            z.writestr(name, data)
    return out.getvalue()


def office(main, *more):
    return archive(("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<r/>"),
                   (main, "<x/>"), *more)


def opened(mime, *more):
    return archive(("mimetype", mime), ("content.xml", "<x/>"), *more,
                   pack=zipfile.ZIP_STORED)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(
        ">I", zlib.crc32(kind + data))


def box(kind, data):
    return struct.pack(">I", len(data) + 8) + kind + data


JPEG = (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x0b\x08\0\1\0\1"
        b"\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0\x55\xff\xd9")
PNG = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
    ">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(
        b"\0\0")) + chunk(b"IEND", b""))
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
WORD = office("word/document.xml")
EXCEL = office("xl/workbook.xml")
SLIDES = office("ppt/presentation.xml")
ODT = opened("application/vnd.oasis.opendocument.text")
MP4 = (box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + box(b"moov", b"x" * 40) +
       box(b"mdat", b"y" * 400))
HEIC = (box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", b"x" * 40) +
        box(b"mdat", b"y" * 99))
ELF = b"\x7fELF\2\1\1" + b"\0" * 9 + b"\2\0\x3e\0\1" + b"\0" * 43
EXE = (b"MZ\x90\0" + b"\0" * 56 + b"\x40\0\0\0" + b"PE\0\0\x64\x86\1\0" +
       b"\0" * 12 + b"\xf0\0\x22\0\x0b\2" + b"\0" * 300)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\3\0\xfe\xff\x09\0" + \
      b"\0" * 1500
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ZIP = archive(("hola.txt", "hola"))
VBA = ("word/vbaProject.bin", b"\xcc" * 200)


def bomb():
    """A document whose list says that a few bytes become a gigabyte."""
    data = bytearray(office("word/document.xml", ("word/media/a.xml", b"0" * 999)))
    at = data.rindex(b"PK\1\2")
    data[at + 24:at + 28] = struct.pack("<I", 1 << 30)
    return bytes(data)


def overlapping():
    data = bytearray(WORD)
    at = data.rindex(b"PK\1\2")
    data[at + 20:at + 24] = struct.pack("<I", 1 << 20)
    return bytes(data)


def late_macros():
    """Its programs lie beyond what is looked at to know the type."""
    return office("word/document.xml", ("word/media/a.png", bytes(
        i * 7 % 251 for i in range(256)) * 6000), VBA)


FILES = [
    # What is received, so that refusing everything does not pass.
    ("bien.jpg", JPEG, HERE), ("bien.png", PNG, HERE), ("bien.pdf", PDF, HERE),
    ("bien.docx", WORD, HERE), ("bien.xlsx", EXCEL, HERE),
    ("bien.pptx", SLIDES, HERE), ("bien.odt", ODT, HERE),
    ("bien.mp4", MP4, HERE), ("bien.txt", "¿Qué?\n".encode(), HERE),
    ("BIEN.JPG", JPEG, HERE), ("Acta 3.5", b"hola\n", HERE),
    ("Sin punto", PDF, HERE), ("movimiento.jpg", JPEG + MP4, HERE),
    # Another type than the name promises.
    ("texto.jpg", b"solo texto\n", NAME), ("texto.pdf", b"solo texto\n", NAME),
    ("foto.pdf", JPEG, NAME), ("foto.png", JPEG, NAME),
    ("acta.jpg", PDF, NAME), ("acta.docx", PDF, NAME),
    ("hoja.docx", EXCEL, NAME), ("carta.xlsx", WORD, NAME),
    ("video.jpg", MP4, NAME), ("vacia.jpg", b"", NAME),
    ("una.jpg", b"x", NAME),
    # Names that another program would run.
    ("eicar.com", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-"
     b"TEST-FILE!$H+H*", NAME),
    ("nota.exe", b"hola\n", NAME), ("nota.html", b"hola\n" * 3000 + HTML, NAME),
    ("nota.js", b"hola\n", NAME), ("nota.svg", b"hola\n", NAME),
    ("foto.jpg.scr", JPEG, NAME), ("acta.pdf.lnk", PDF, NAME),
    ("carta.docm", WORD, NAME), ("hoja.xlsm", EXCEL, NAME),
    ("carta.dotm", WORD, NAME),
    # What is not received, whatever it is called.
    ("pagina.html", HTML, TYPE), ("pagina.png", HTML, TYPE),
    ("pagina.txt", HTML, TYPE), ("dibujo.svg", SVG, PICTURE),
    ("dibujo.png", b'<?xml version="1.0"?>' + SVG, PICTURE),
    ("dibujo.svgz", gzip.compress(SVG), TYPE),
    ("programa", ELF, TYPE), ("programa.jpg", ELF, TYPE),
    ("programa.exe", EXE, TYPE), ("acta.pdf.exe", EXE, TYPE),
    ("orden.txt", b"#!/bin/sh\nrm -rf /\n", TYPE),
    ("orden.py", b"#!/usr/bin/env python3\nimport os\n", TYPE),
    ("orden.bat", b"@echo off\r\ndel *.*\r\n", TYPE),
    ("archivo.zip", ZIP, PACKED), ("archivo.docx", ZIP, PACKED),
    ("vacio.zip", b"PK\5\6" + b"\0" * 18, PACKED),
    ("clase.jar", archive(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0")),
     PACKED),
    ("falso.docx", archive(("[Content_Types].xml", ""), ("_rels/.rels", ""),
                           ("word/otro.xml", "")), PACKED),
    ("falso.odt", archive(("mimetype", "application/vnd.oasis.opendocument."
                           "text"), ("x", ""), pack=zipfile.ZIP_STORED), PACKED),
    ("salta.docx", office("word/document.xml", ("../../etc/cron.d/x", "")),
     PACKED),
    ("bytes.jpg", bytes(range(256)) * 4, TYPE),
    ("imagen.gif", b"GIF89a\1\0\1\0\0\0\0;", PICTURE),
    ("IMG_1.HEIC", HEIC, PHONE), ("IMG_2.jpg", HEIC, PHONE),
    ("foto.avif", HEIC.replace(b"heic", b"avif"), PICTURE),
    ("correo.txt", b"\x1f\x8b\x08\0" + b"\0" * 40, TYPE),
    ("viejo.doc", OLE, "Office antiguo"), ("viejo.docx", OLE, "Office antiguo"),
    # Documents with programs.
    ("macro.docx", office("word/document.xml", VBA), MACROS),
    ("macro.docm", office("word/document.xml", VBA), MACROS),
    ("macro.xlsx", office("xl/workbook.xml", ("xl/vbaProject.bin", b"x")),
     MACROS),
    ("cuatro.xlsx", office("xl/workbook.xml", ("xl/macrosheets/s.xml", "x")),
     MACROS),
    ("tarde.docx", late_macros(), MACROS),
    ("basic.odt", opened("application/vnd.oasis.opendocument.text",
                         ("Basic/script-lc.xml", "<x/>")), MACROS),
    ("python.odt", opened("application/vnd.oasis.opendocument.text",
                          ("Scripts/python/x.py", "x")), MACROS),
    ("bomba.docx", bomb(), BOMB), ("encima.docx", overlapping(), BOMB),
    # Two at once.
    ("foto-zip.jpg", JPEG + ZIP, TWO), ("foto-pdf.jpg", JPEG + PDF, TWO),
    ("foto-jar.png", PNG + archive(("META-INF/MANIFEST.MF", "x")), TWO),
    ("foto-pagina.jpg", JPEG + HTML, TWO), ("foto-elf.png", PNG + ELF, TWO),
    ("foto-orden.jpg", JPEG + b"#!/bin/sh\nrm -rf /\n", TWO),
    ("acta-zip.pdf", PDF + ZIP, TWO),
    ("zip-dentro.pdf", PDF[:9] + ZIP + PDF[9:], TWO), ("nota-pdf.txt", b"hola\n" + PDF, NAME),
    ("pdf-carta.docx", archive(("[Content_Types].xml", PDF),
                               ("_rels/.rels", ""), ("word/document.xml", ""),
                               pack=zipfile.ZIP_STORED), TWO),
    # Cut short.
    ("cortada.jpg", JPEG[:-5], PART), ("cortada.png", PNG[:-14], PART),
    ("cortada.pdf", PDF[:-7], PART), ("cortada.docx", WORD[:-30], PART),
    ("cortada.odt", ODT[:-1], PART), ("cortada.mp4", MP4[:-100], PART),
    ("sin-lista.mp4", MP4[:28] + box(b"mdat", b"y" * 400), PART),
]

SEEN, WORD_NAME = "caracteres que no se ven", "no se puede guardar"
NAMES = [
    (b"a\nb.txt", "control"), (b"a\x1b[31mb.txt", "control"),
    (b"a\rb.txt", "control"), (b"a\x07.txt", "control"),
    (b"a\x7f.txt", "control"), ("a\u202etxt.b".encode(), SEEN),
    ("a\u200bb.txt".encode(), SEEN), ("a\u2066b.txt".encode(), SEEN),
    ("a\ufeffb.txt".encode(), SEEN), (b"a\xff\xfe.txt", ""),
    (b"a\xc0\xafb.txt", ""), (b"a\x9b31m.txt", ""), (b"a" * 252 + b".txt", ""),
    (b"a" * 5000, ""), (b"a.txt\0.jpg", ""), (b"nota.txt.", "punto"),
    (b"..", ""), (b".", ""), (b"../../../../etc/x.txt", ""),
    (b"..\\..\\x.txt", HERE), (b"-rf.txt", HERE), (b"a" * 251 + b".txt", HERE),
    ("ñandú – «nota».txt".encode(), HERE),
]


class Line(wire.Line):
    def put(self, name, data):
        """The sentence with which it was refused; None: it was received."""
        kind, body = self.ask(3, text(FOLDER.encode() + b"/" + name) +
                              struct.pack(">II", 2 | 8 | 16, 0))
        if kind != 102:
            return sentence(body)
        handle = body
        for at in range(0, len(data), 32768):
            self.ask(6, handle + struct.pack(">Q", at) +
                     text(data[at:at + 32768]))
        kind, body = self.ask(4, handle)
        return sentence(body)


def sentence(body):
    code, n = struct.unpack(">II", body[:8])
    return None if code == 0 else body[8:8 + n].decode()


def wrong(name, got, want):
    if want is HERE:
        return got is not None
    return got is None or want not in got or "\n" in got or not got.endswith(".")


def main():
    line, bad = Line(), 0
    tries = [(n.encode(), d, w) for n, d, w in FILES]
    tries += [(n, b"hola\n", w) for n, w in NAMES]
    for name, data, want in tries:
        got = line.put(name, data)
        if wrong(name, got, want):
            bad += 1
            print("%r: %s" % (name[:60], got))
    print("%d refused, %d wrong" % (sum(w is not HERE for _, _, w in tries),
                                    bad))
    return bad > 0


sys.exit(main())
