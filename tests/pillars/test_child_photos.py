"""One photo of a child, only while the guardian allows it, for the officers of the village alone."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.keys import new_key
from audit.models import Event
from migrants.attached_files import path_of
from pillars.actions.children import give_guardian_consent, withdraw_guardian_consent
from pillars.models import ChildPhoto
from tests.conftest import TODAY
from tests.factories import ChildFactory, LearningCentreFactory
from tests.migrants.hostile_files import exif_photo

CONSENT = {"guardian": "grandparent", "guardian_name": "Mbah", "manner": "written", "witness": ""}


@pytest.fixture
def child(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return ChildFactory(centre=LearningCentreFactory(village=cast.randu), joined_on=TODAY - timedelta(days=9))


def allow(cast, child, *, photos):
    facts = {"given_on": TODAY, "photos": photos, **CONSENT}
    give_guardian_consent(by=cast.seat("rina"), child=child, key=new_key(), **facts)


def add(cast, child):
    file = SimpleUploadedFile("anak.jpg", exif_photo(), "image/jpeg")
    path = reverse("pillars:child-photo-new", args=[child.pk])
    return cast.client("rina").post(path, {"key": str(new_key()), "file": file})


def looks(cast, photo, who="rina"):
    return cast.client(who).get(reverse("pillars:child-photo-download", args=[photo.pk]))


def test_no_photo_without_the_guardians_word(cast, child):
    assert add(cast, child).status_code == 422
    page = cast.client("rina").get(reverse("pillars:child-detail", args=[child.pk])).content.decode()
    assert ("/photo/new/" in page, ChildPhoto.objects.exists()) == (False, False)


def test_photo_is_sealed_without_its_place_and_each_look_is_on_record(cast, child):
    allow(cast, child, photos=True)
    assert add(cast, child).status_code == 302
    photo = ChildPhoto.objects.get()
    assert b"JFIF" not in path_of(photo).read_bytes()
    answer = looks(cast, photo)
    assert (answer.status_code, b"GPS" in answer.content, b"Exif" in answer.content) == (200, False, False)
    for who in ("sari", "dewi", "hendro", "kades", "ratna", "maya", "arif"):
        assert looks(cast, photo, who).status_code in (403, 404)
    opened = Event.objects.filter(name="child.photo_opened")
    assert [(event.subject_label, event.actor_name) for event in opened] == [
        (child.reference, "Rina Wulandari")
    ]


def test_second_photo_takes_the_place_of_the_first(cast, child, django_capture_on_commit_callbacks):
    allow(cast, child, photos=True)
    add(cast, child)
    first = ChildPhoto.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        add(cast, child)
    assert ChildPhoto.objects.filter(removed_at__isnull=True).count() == 1
    assert (looks(cast, first).status_code, path_of(first).exists()) == (404, False)


@pytest.mark.parametrize("how", ["withdrawn", "without_photos"])
def test_photo_is_gone_when_the_consent_is(cast, child, django_capture_on_commit_callbacks, how):
    allow(cast, child, photos=True)
    add(cast, child)
    photo = ChildPhoto.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        if how == "withdrawn":
            withdraw_guardian_consent(by=cast.seat("rina"), child=child)
        else:
            allow(cast, child, photos=False)
    assert (looks(cast, photo).status_code, path_of(photo).exists()) == (404, False)
    photo.refresh_from_db()
    assert (photo.path, photo.removed_by) == ("", cast.user("rina"))
    assert Event.objects.filter(name="child.photo_removed").count() == 1
