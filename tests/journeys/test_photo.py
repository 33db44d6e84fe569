"""A photo of several megabytes is made smaller on the phone before it is sent; without scripts, after."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from PIL import Image

from migrants.models import Attachment
from tests.factories import CaseFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = 200 * 1024


@pytest.fixture(params=[True, False], ids=["script", "noscript"])
def device(request):
    return 360, request.param


@pytest.fixture
def photo() -> bytes:
    """A scene of 2,400 by 1,800 with grain, as a camera makes it: more than a megabyte."""
    grain = Image.frombytes("RGB", (600, 450), random.Random(1).randbytes(600 * 450 * 3))
    file = BytesIO()
    grain.resize((2400, 1800), Image.Resampling.BILINEAR).save(file, "JPEG", quality=95)
    return file.getvalue()


def test_photo_is_sent_small(visitors, cast, photo):
    case = CaseFactory(village=cast.randu)
    visitor, sent = visitors("rina"), []
    page = visitor.page
    visitor.open(f"/cases/{case.pk}/files/new/")
    page.set_input_files("[name=file]", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo})
    if visitor.scripts:
        for _turn in range(100):
            if page.evaluate("document.querySelector('[name=file]').files[0].name") == "foto.jpg":
                break
            page.wait_for_timeout(100)
    page.on("request", lambda request: sent.append(int(request.all_headers().get("content-length", 0))))
    visitor.press("Unggah berkas")
    kept = Attachment.objects.get(case=case)
    assert visitor.path == f"/cases/{case.pk}/"
    assert (max(sent) > len(photo), max(sent) < SMALL + 4096) == (not visitor.scripts, visitor.scripts)
    assert kept.size_bytes <= SMALL
