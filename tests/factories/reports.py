import factory
from factory.django import DjangoModelFactory

from reports.models import GeneratedFile, MeetingPack, ReportEdition, YearWords


class ReportEditionFactory(DjangoModelFactory):
    class Meta:
        model = ReportEdition

    year = 2019
    number = factory.Sequence(lambda n: n + 1)


class GeneratedFileFactory(DjangoModelFactory):
    class Meta:
        model = GeneratedFile

    edition = factory.SubFactory(ReportEditionFactory)
    kind = "pdf"
    path = "laporan/contoh.pdf"
    sha256 = "0" * 64
    size_bytes = 1


class MeetingPackFactory(DjangoModelFactory):
    class Meta:
        model = MeetingPack

    year = 2025
    status = "failed"
    failure = "stalled"


class YearWordsFactory(DjangoModelFactory):
    class Meta:
        model = YearWords

    year = 2025
