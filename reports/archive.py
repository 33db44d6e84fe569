"""Make a finished PDF one for the archive: PDF/A-3 beside PDF/UA-1, with the figures attached as data.

WeasyPrint declares one standard at a time, and that is PDF/UA; so what PDF/A-3u asks for is added here:
an output intent, the attached files with their relationship, and both declarations in the XMP metadata, the
one of PDF/UA described by an extension schema. No clock is asked: the same PDF and files give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from importlib.util import find_spec
from pathlib import Path

import pikepdf

PART, CONFORMANCE = "3", "U"
PRINT = 4  # the flag of an annotation that is printed
_END = b"</rdf:RDF>"
_DECLARATION = f"""\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 pdfaid:part="{PART}" pdfaid:conformance="{CONFORMANCE}"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
""".encode()


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF: the figures again, for machines."""

    name: str
    media_type: str
    description: str
    body: bytes


def archived(pdf: bytes, attached: Sequence[Attached], *, moment: datetime) -> bytes:
    """The tagged PDF as PDF/A-3u with the files inside. `moment`: the day they are of, the data cut-off."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _declare(document)
        _add_output_intent(document)
        for page in document.pages:
            for annotation in page.get("/Annots", []):
                annotation["/F"] = PRINT
        ordered = sorted(attached, key=lambda file: file.name)  # as a name tree demands
        specs = [_embedded(document, file, moment) for file in ordered]
        names = [name for file, spec in zip(ordered, specs, strict=True) for name in (file.name, spec)]
        if "/Names" not in document.Root:
            document.Root["/Names"] = pikepdf.Dictionary()
        document.Root["/Names"]["/EmbeddedFiles"] = pikepdf.Dictionary(Names=pikepdf.Array(names))
        document.Root["/AF"] = pikepdf.Array(specs)
        made = io.BytesIO()
        document.save(made, deterministic_id=True, force_version="1.7")
        return made.getvalue()


def _embedded(document: pikepdf.Pdf, file: Attached, moment: datetime) -> pikepdf.Object:
    when = f"D:{moment:%Y%m%d%H%M%S}{moment:%z}"
    stream = document.make_stream(file.body)
    stream["/Type"] = pikepdf.Name.EmbeddedFile
    stream["/Subtype"] = pikepdf.Name(f"/{file.media_type}")
    stream["/Params"] = pikepdf.Dictionary(
        Size=len(file.body),
        CreationDate=f"{when[:-2]}'{when[-2:]}'",
        ModDate=f"{when[:-2]}'{when[-2:]}'",
        CheckSum=pikepdf.String(md5(file.body, usedforsecurity=False).digest()),
    )
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=file.name,
            UF=file.name,
            Desc=file.description,
            AFRelationship=pikepdf.Name.Data,
            EF=pikepdf.Dictionary(F=stream, UF=stream),
        )
    )


def _add_output_intent(document: pikepdf.Pdf) -> None:
    profile = document.make_stream(_profile())
    profile["/N"] = 3
    document.Root["/OutputIntents"] = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.OutputIntent,
                S=pikepdf.Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB2014.icc",
                Info="sRGB2014.icc",
                DestOutputProfile=profile,
            )
        ]
    )


def _profile() -> bytes:
    """The colours of WeasyPrint, without importing it: that would cost the worker 35 MB."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("weasyprint")
    return (Path(spec.origin).parent / "pdf" / "sRGB2014.icc").read_bytes()


def _declare(document: pikepdf.Pdf) -> None:
    said = document.Root["/Metadata"].read_bytes()
    document.Root["/Metadata"].write(said.replace(_END, _DECLARATION + _END, 1))
