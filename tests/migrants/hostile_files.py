"""Files nobody should be able to keep as they are, made here: each is refused, or loses what it hides."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image
from PIL.PngImagePlugin import PngInfo

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<html><script>alert(1)</script></html>"
PHP = b"<?php system($_GET['c']); ?>"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
SECRET = b"di rumah aman"  # what a kept file must not carry any more

Made = tuple[str, bytes]  # the name it is sent under, and what is in it


def picture(
    form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object
) -> bytes:
    out = io.BytesIO()
    colour = "teal" if mode == "RGB" else (0, 128, 128, 0)[: len(mode)] if mode in ("RGBA", "CMYK") else 0
    Image.new(mode, size, colour).save(out, form, **options)
    return out.getvalue()


def noise(size: tuple[int, int], form: str = "JPEG") -> bytes:
    """A picture in which nothing repeats: as large as a photo gets."""
    drawn = Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))
    out = io.BytesIO()
    drawn.save(out, form, **({"quality": 60} if form == "JPEG" else {}))
    return out.getvalue()


def png(width: int, height: int, *, depth: int = 1, colour: int = 0, data: bytes | None = None) -> bytes:
    """A PNG written by hand, so that its size costs no memory here."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))

    if data is None:
        packer, row = zlib.compressobj(9), bytes(1 + (width * depth + 7) // 8)
        data = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    head = struct.pack("!LLBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """A small PNG with one more chunk behind its head."""
    whole = picture("PNG")
    more = struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))
    return whole[:33] + more + whole[33:]


def jpeg_segment(marker: int, body: bytes) -> bytes:
    """A JPEG with one more segment at its beginning."""
    whole = picture()
    return whole[:2] + bytes([0xFF, marker]) + struct.pack("!H", len(body) + 2) + body + whole[2:]


def pdf(inside: bytes, *, head: bytes = b"%PDF-1.4\n", end: bytes = b"%%EOF\n") -> bytes:
    catalogue = b"1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\n"
    return head + catalogue + b"trailer << /Root 1 0 R >>\n" + end


def pdf_stream(dictionary: bytes, packed: bytes) -> bytes:
    stream = b"2 0 obj\n<< " + dictionary + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    return PDF.replace(b"trailer", stream + b"trailer")


def objects(text: bytes, more: bytes = b"") -> bytes:
    """A PDF whose objects are packed into a stream, as office programs do."""
    return pdf_stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode" + more, zlib.compress(text))


def zipped(size: int = 1000) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("isi.txt", b"\0" * size)
    return out.getvalue()


def exif_photo() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0110] = "Kamera Rahasia"
    exif.get_ifd(0x8825)[2] = (6.0, 54.0, 12.0)
    return picture(exif=exif)


def described_png() -> bytes:
    text = PngInfo()
    text.add_text("Comment", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
    return picture("PNG", pnginfo=text)


def animated() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("teal", "red")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def profiled(form: str) -> bytes:
    return picture(form, icc_profile=b"acsp" + SECRET * 20)


def refused_files() -> Iterator[tuple[str, Made]]:
    """Each with what it is. Nothing of these is kept."""
    yield "nothing at all", ("a.jpg", b"")
    yield "one byte", ("a.jpg", b"\xff")
    yield "empty head of a jpeg", ("a.jpg", b"\xff\xd8\xff")
    yield "jpeg cut short", ("a.jpg", picture()[:400])
    yield "jpeg of zeros", ("a.jpg", b"\xff\xd8\xff" + b"\0" * 5000)
    yield "jpeg that claims 65500 x 65500", ("a.jpg", _claiming(picture()))
    yield "png damaged", ("a.png", picture("PNG")[:40] + b"\0" * 200)
    yield "png cut short", ("a.png", picture("PNG")[:60])
    yield "png that lies about its size", ("a.png", png(2**31 - 1, 2**31 - 1, data=b""))
    yield "png of 169 megapixels", ("a.png", png(13_000, 13_000))
    yield "png one row above the limit", ("a.png", png(5000, 5001))
    yield "png a line long and wide", ("a.png", png(25_000_001, 1))
    yield "png whose text unpacks without end", ("a.png", png_chunk(b"zTXt", b"a\0\0" + _nothing()))
    yield "html", ("a.jpg", HTML)
    yield "html named png", ("a.png", HTML)
    yield "html named pdf", ("a.pdf", HTML)
    yield "html named html", ("a.html", HTML)
    yield "svg", ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    yield "svg named png", ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    yield "gif", ("a.gif", picture("GIF", mode="P"))
    yield "gif named jpg", ("a.jpg", picture("GIF", mode="P"))
    yield "gif that is a script", ("a.jpg", b"GIF89a/*" + HTML + b"*/=1;")
    yield "tiff", ("a.tiff", picture("TIFF"))
    yield "bmp named png", ("a.png", picture("BMP"))
    yield "webp named jpg", ("a.jpg", picture("WEBP"))
    yield "icon named png", ("a.png", picture("ICO"))
    yield "postscript named pdf", ("a.pdf", b"%!PS-Adobe-3.0\n(/etc/passwd) run\n%%EOF\n")
    yield "windows program", ("a.jpg", b"MZ\x90\x00" + b"\0" * 300)
    yield "linux program", ("a.png", b"\x7fELF" + b"\0" * 300)
    yield "shell script", ("a.pdf", b"#!/bin/sh\nrm -rf /\n")
    yield "php named jpg", ("a.php.jpg", PHP)
    yield "zip named pdf", ("a.pdf", zipped())
    yield "zip that unpacks to 50 MB", ("a.zip", zipped(50_000_000))
    yield "word document named pdf", ("a.pdf", zipped(10))
    yield "eicar alone", ("eicar.com", EICAR)
    yield "eicar named pdf", ("a.pdf", EICAR)
    yield "eicar behind a photo", ("a.jpg", picture() + EICAR)
    yield "eicar in a comment of a photo", ("a.jpg", picture(comment=EICAR))
    yield "eicar in a text of a png", ("a.png", png_chunk(b"tEXt", b"a\0" + EICAR))
    yield "eicar in a pdf", ("a.pdf", pdf(b"", end=b"%" + EICAR + b"\n%%EOF\n"))
    yield "png named jpg", ("a.jpg", picture("PNG"))
    yield "jpg named png", ("a.png", picture())
    yield "jpg named pdf", ("a.pdf", picture())
    yield "pdf named jpg", ("a.jpg", PDF)
    yield "photo named php", ("a.jpg.php", picture())
    yield "photo named html", ("a.html", picture())
    yield "photo without an ending", ("a", picture())
    yield "photo with a blank behind its ending", ("a.jpg .exe", picture())
    yield "photo whose name reads backwards", ("foto\u202egpj.exe", picture())
    yield "photo whose name hides its ending", ("foto.jpg\u200b", picture())
    yield "jpeg and zip in one, named zip", ("a.zip", picture() + zipped())
    yield "pdf before html", ("a.pdf", PDF + HTML)
    yield "pdf before zip", ("a.pdf", PDF + zipped(2000) + b"\0" * 2000)
    yield "html before pdf", ("a.pdf", HTML + PDF)
    yield "pdf without an end", ("a.pdf", PDF[:-7])
    yield "pdf with javascript", ("a.pdf", pdf(b"/Names << /JavaScript 3 0 R >>"))
    yield "pdf with javascript in other signs", ("a.pdf", pdf(b"/A << /S /J#61va#53cript /J#53 (x) >>"))
    yield "pdf that begins by itself", ("a.pdf", pdf(b"/OpenAction << /S /GoTo >>"))
    yield "pdf that begins something elsewhere", ("a.pdf", pdf(b"/OpenAction 7 0 R"))
    yield "pdf that starts a program", ("a.pdf", pdf(b"/A << /S /Launch /F (cmd.exe) >>"))
    yield "pdf with a file in it", ("a.pdf", pdf(b"/Names << /EmbeddedFiles 3 0 R >>"))
    yield "pdf with an attached file", ("a.pdf", pdf(b"/Type /Filespec /EF << /F 3 0 R >>"))
    yield "pdf that acts on closing", ("a.pdf", pdf(b"/AA << /WC 4 0 R >>"))
    yield "pdf form of xml", ("a.pdf", pdf(b"/AcroForm << /XFA 5 0 R >>"))
    yield "pdf that sends a form", ("a.pdf", pdf(b"/A << /S /SubmitForm /F (http://x) >>"))
    yield "pdf that opens another inside", ("a.pdf", pdf(b"/A << /S /GoToE >>"))
    yield "pdf with a film", ("a.pdf", pdf(b"/Subtype /RichMedia"))
    yield "pdf with a lock", ("a.pdf", pdf(b"").replace(b"/Root", b"/Encrypt 9 0 R /Root"))
    yield "pdf with packed javascript", ("a.pdf", objects(b"1 0 << /S /JavaScript /JS (x) >>"))
    yield "pdf with packed javascript in other signs", ("a.pdf", objects(b"1 0 << /S /#4aavaScript >>"))
    yield "pdf with objects behind a comment", ("a.pdf", _hidden_objects())
    yield (
        "pdf with objects packed twice",
        (
            "a.pdf",
            objects(zlib.compress(b"1 0 /JS"), b" ").replace(
                b"/Filter /FlateDecode", b"/Filter [/ASCII85Decode /LZWDecode]"
            ),
        ),
    )
    yield "pdf with objects mixed up", ("a.pdf", objects(b"1 0 << >>", b" /DecodeParms << /Predictor 12 >>"))
    yield "pdf stream that unpacks to 100 MB", ("a.pdf", pdf_stream(b"/Filter /FlateDecode", _nothing(100)))
    yield "pdf of one byte too many", ("a.pdf", padded(5 * 1024 * 1024 + 1))


def cleaned_files() -> Iterator[tuple[str, Made]]:
    """Each with what it is. A picture is kept of these, without anything else."""
    yield "photo with place, camera and words", ("a.jpg", exif_photo())
    yield "photo with a comment of html", ("a.jpg", picture(comment=HTML + SECRET))
    yield (
        "photo with words of adobe",
        ("a.jpg", jpeg_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)),
    )
    yield "photo with an application's segment", ("a.jpg", jpeg_segment(0xED, b"Photoshop 3.0\0" + SECRET))
    yield "photo before html", ("a.jpg", picture() + HTML + SECRET)
    yield "photo before php", ("a.php.jpg", picture() + PHP + SECRET)
    yield "photo before zip", ("a.zip.jpg", picture() + SECRET + zipped())
    yield "photo before another photo", ("a.jpg", picture() + SECRET + picture())
    yield "photo with a profile of colours", ("a.jpg", profiled("JPEG"))
    yield "photo of four inks", ("a.jpg", picture(mode="CMYK", comment=SECRET))
    yield "photo without colours", ("a.jpg", picture(mode="L", comment=SECRET))
    yield "photo that comes in slices", ("a.jpg", picture(progressive=True, comment=SECRET))
    yield "photo of one point", ("a.jpg", picture(size=(1, 1), comment=SECRET))
    yield "photo named with a way up", ("../../etc/cron.d/a.jpg", picture(comment=SECRET))
    yield "photo named for windows", ("C:\\windows\\a.JPG", picture(comment=SECRET))
    yield "photo named with signs for a shell", ("$(reboot);`a`.jpeg", picture(comment=SECRET))
    yield "photo named in markup", ("<img src=x onerror=alert(1)>.jpg", picture(comment=SECRET))
    yield "picture with words", ("a.png", described_png())
    yield "picture with a profile of colours", ("a.png", profiled("PNG"))
    yield "picture that moves", ("a.png", animated())
    yield "picture with a chunk of its own", ("a.png", png_chunk(b"seCr", SECRET))
    yield "picture before html", ("a.png", picture("PNG") + HTML + SECRET)
    yield "picture that shines through", ("a.png", picture("PNG", mode="RGBA"))
    yield "picture of sixteen bits", ("a.png", picture("PNG", mode="I;16"))


def padded(size: int) -> bytes:
    """A PDF of exactly so many bytes."""
    return PDF[:-7] + b"\n%" + b"x" * (size - len(PDF) - 2) + b"\n%%EOF\n"


def _claiming(jpeg: bytes) -> bytes:
    """The JPEG with another size in its head."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack("!HH", 65500, 65500) + jpeg[at + 4 :]


def _nothing(megabytes: int = 200) -> bytes:
    packer, part = zlib.compressobj(9), bytes(1024 * 1024)
    return b"".join(packer.compress(part) for _part in range(megabytes)) + packer.flush()


def _hidden_objects() -> bytes:
    """A comment that looks like the beginning of a stream, so that the real one is overlooked."""
    return objects(b"1 0 << /S /JavaScript >>").replace(b"2 0 obj", b"% stream\n2 0 obj")
