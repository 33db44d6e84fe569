"""What ISO 19005-3 (PDF/A-3, level U) forbids or demands and most often is broken, asked of our own PDFs.

No validator is packaged for Python, Node or Debian, so the rules stand here, by their clauses.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import fromstring

import pikepdf
from pikepdf import Dictionary, Name, Stream

RDF, DC, XMP, PDF, PDFAID, PDFUAID, SCHEMA = (
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://ns.adobe.com/xap/1.0/}",
    "{http://ns.adobe.com/pdf/1.3/}",
    "{http://www.aiim.org/pdfa/ns/id/}",
    "{http://www.aiim.org/pdfua/ns/id/}",
    "{http://www.aiim.org/pdfa/ns/schema#}",
)
KNOWN = (RDF, DC, XMP, PDF, PDFAID, "{http://www.aiim.org/pdfa/ns/", "{http://www.w3.org/XML/")
SAME = {"/Title": DC + "title", "/Author": DC + "creator", "/Subject": DC + "description"}
MOMENTS = {"/CreationDate": XMP + "CreateDate", "/ModDate": XMP + "ModifyDate"}
ACTIONS = {"/GoTo", "/URI", "/Named"}
FILTERS = {"/FlateDecode", "/DCTDecode", "None"}
SPACES = {"/DeviceRGB", "/DeviceGray"}


def archive_faults(body: bytes) -> list[str]:
    """What keeps the file from being PDF/A-3u, in words; nothing when none of it does."""
    found = list(_file(body))
    with pikepdf.open(io.BytesIO(body)) as pdf:
        for part in (_trailer, _metadata, _colours, _files, _annotations, _fonts, _objects):
            found += part(pdf)
    return found


def _file(body: bytes) -> Iterator[str]:
    header, comment = body.split(b"\n", 2)[:2]
    if not header.startswith(b"%PDF-1.") or len(comment) < 5 or min(comment[1:5]) < 128:
        yield "6.1.2 header"
    if not body.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3 data behind the end"


def _trailer(pdf: pikepdf.Pdf) -> Iterator[str]:
    if len(pdf.trailer.get("/ID", ())) != 2:
        yield "6.1.3 no file identifier"
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3 encrypted"
    for name in ("/AA", "/OpenAction", "/OCProperties", "/AcroForm", "/Requirements", "/Perms"):
        if name in pdf.Root:
            yield f"the catalogue has {name}"
    if "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "6.5.1 scripts"
    if not str(pdf.Root.get("/Lang", "")):
        yield "no language"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Filter" in pdf.Root.Metadata:
        yield "packed metadata"
    tree = fromstring(pdf.Root.Metadata.read_bytes())
    said: dict[str, str] = {}
    for about in tree.iter(RDF + "Description"):
        said |= about.attrib | {kid.tag: "".join(kid.itertext()).strip() for kid in about}
    if (said.get(PDFAID + "part"), said.get(PDFAID + "conformance")) != ("3", "U"):
        yield "6.6.4 version and level"
    described = {kid.text for kid in tree.iter(SCHEMA + "namespaceURI")}
    for name in said:
        if not name.startswith(KNOWN) and name[1:].split("}")[0] not in described:
            yield f"6.6.2.3 {name} is not described"
    for key, name in SAME.items():
        if str(pdf.docinfo.get(key, "")) != said.get(name, ""):
            yield f"{key} and {name} differ"
    if str(pdf.docinfo.get("/Producer", "")) != said.get(PDF + "Producer", ""):
        yield "the producers differ"
    for key, name in MOMENTS.items():
        told = "".join(filter(str.isdigit, str(pdf.docinfo.get(key, ""))))
        if told != "".join(filter(str.isdigit, said.get(name, ""))):
            yield f"{key} and {name} differ"


def _colours(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [one for one in pdf.Root.get("/OutputIntents", ()) if one.get("/S") == Name.GTS_PDFA1]
    profile = intents[0].DestOutputProfile.read_bytes() if len(intents) == 1 else b""
    if profile[36:40] != b"acsp" or profile[16:20] != b"RGB " or intents[0].DestOutputProfile.N != 3:
        yield "6.2.3 output intent"
    if len(profile) != int.from_bytes(profile[:4], "big"):
        yield "6.2.3 the profile is not whole"


def _files(pdf: pikepdf.Pdf) -> Iterator[str]:
    names = list(pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles", Dictionary()).get("/Names", ()))
    specs = names[1::2]
    if sorted(map(str, names[::2])) != list(map(str, names[::2])):
        yield "names out of order"
    if {spec.objgen for spec in specs} != {spec.objgen for spec in pdf.Root.get("/AF", ())}:
        yield "6.8 a file is tied to nothing"
    for spec in specs:
        if str(spec.get("/F")) != str(spec.get("/UF")) or not str(spec.get("/AFRelationship", "")):
            yield f"6.8 {spec.get('/F')}: names or relationship"
        if "/Subtype" not in spec.EF.F or "/ModDate" not in spec.EF.F.get("/Params", {}):
            yield f"6.8 {spec.get('/F')}: kind or day"


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    for n, page in enumerate(pdf.pages, 1):
        if "/AA" in page or not all(3 <= abs(side) <= 14400 for side in page.mediabox[2:]):
            yield f"page {n}: size or actions"
        for one in page.get("/Annots", ()):
            if one.get("/Subtype") != Name.Link or one.get("/F") != 4:
                yield f"6.3 page {n}: {one.get('/Subtype')} with flags {one.get('/F')}"
            if "/A" in one and str(one.A.S) not in ACTIONS:
                yield f"6.5.1 page {n}: {one.A.S}"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in pdf.objects:
        if not isinstance(font, Dictionary) or font.get("/Type") != Name.Font or "/FontDescriptor" in font:
            continue
        parts = font.get("/DescendantFonts", ())
        if "/ToUnicode" not in font or len(parts) != 1:
            yield f"6.2.11.7 {font.get('/BaseFont')}: no way to text"
        for part in parts:
            described = part.get("/FontDescriptor", {})
            if not {"/FontFile2", "/FontFile3"} & set(described):
                yield f"6.2.11.4 {font.get('/BaseFont')}: not embedded"
            if part.get("/Subtype") == Name.CIDFontType2 and part.get("/CIDToGIDMap") != Name.Identity:
                yield f"6.2.11.3 {font.get('/BaseFont')}: no map of glyphs"
            if "+" not in str(part.get("/BaseFont")) or "/W" not in part:
                yield f"6.2.11.5 {font.get('/BaseFont')}: name or widths"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary | Stream):
            continue
        if "/JS" in thing or thing.get("/S") == Name.JavaScript:
            yield "6.5.1 a script"
        if isinstance(thing, Stream):
            filters = thing.get("/Filter", "None")
            if (
                not {str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])}
                <= FILTERS
            ):
                yield f"6.1.7 packed by {filters}"
            if {"/F", "/FFilter", "/Alternates", "/OPI", "/PS", "/Ref"} & set(thing.keys()):
                yield "6.1.7, 6.2.9 content from elsewhere"
            if thing.get("/Subtype") == Name.Image and (
                thing.get("/Interpolate") or "/ColorSpace" not in thing
            ):
                yield "6.2.8 a picture"
            group = thing.get("/Group")
            if group is not None and str(group.get("/CS", "/DeviceRGB")) not in SPACES:
                yield "6.2.10 colours of a group"
        for state in (
            thing.get("/Resources", {}).get("/ExtGState", {}).values() if "/Resources" in thing else ()
        ):
            if {"/TR", "/TR2", "/HTP"} & set(state.keys()) or str(state.get("/BM", "/Normal")) != "/Normal":
                yield "6.2.5 graphics state"
