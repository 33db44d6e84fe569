"""Finish an edition: its proof, and the files that are published, signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from reports.annex import annex, attachments
from reports.archive import archived
from reports.proof import public_key, sign, statement
from reports.signing import officially_signed
from reports.yearly.content import Content, digest_of


@dataclass(frozen=True)
class Finished:
    """A file ready to be published. `kind`: "pdf" or "xlsx"."""

    kind: str
    body: bytes
    officially_signed: bool = False

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()

    @property
    def signature(self) -> str:
        return sign(self.body)


def proof_of(content: Content) -> dict[str, str]:
    """Digest of the figures, the signature over number, data cut-off and digest, and the public key."""
    digest = digest_of(content)
    said = statement(reference=content["reference"], data_as_of=content["data_as_of"], digest=digest)
    return {"digest": digest, "signature": sign(said), "public_key": public_key()}


def as_pdf(content: Content, printed: bytes) -> bytes:
    """The printed PDF as PDF/A-3 with the figures inside; the same bytes every time."""
    moment = datetime.fromisoformat(content["data_as_of"])
    return archived(printed, attachments(content), moment=moment)


def finished(content: Content, printed: bytes) -> list[Finished]:
    """PDF and XLSX of the edition. Raises `SigningFailed`."""
    pdf = as_pdf(content, printed)
    signed = officially_signed(pdf)
    return [Finished("pdf", signed or pdf, signed is not None), Finished("xlsx", annex(content))]
