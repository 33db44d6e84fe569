import factory
from factory.django import DjangoModelFactory

from reports.freezing.codes import new_codes
from reports.freezing.collecting import definition_of
from reports.freezing.records import Records
from reports.indicators import CATALOGUE
from reports.models import (
    FrozenFigure,
    FrozenSet,
    GeneratedFile,
    MeetingPack,
    ReportEdition,
    SavedView,
    YearWords,
)


class ReportEditionFactory(DjangoModelFactory):
    class Meta:
        model = ReportEdition

    year = 2019
    number = factory.Sequence(lambda n: n + 1)


class FrozenSetFactory(DjangoModelFactory):
    class Meta:
        model = FrozenSet

    edition = factory.SubFactory(ReportEditionFactory)
    figure = "visits"
    period = "2019"
    source = "migrants.ServiceVisit"
    rows = 0
    records = factory.LazyFunction(lambda: Records((), (), ()).packed()[0])
    digest = "0" * 64
    definition = factory.LazyFunction(lambda: definition_of(CATALOGUE["visits"]))
    definition_digest = "0" * 64


class FrozenFigureFactory(DjangoModelFactory):
    class Meta:
        model = FrozenFigure

    edition = factory.SubFactory(ReportEditionFactory)
    code = factory.LazyFunction(lambda: new_codes(1)[0])
    fingerprint = "0" * 32
    position = 1
    figure = "visits"
    period = "2019"
    count = 0


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


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    name = factory.Sequence(lambda n: f"Tampilan {n}")
    address = "/figures/?period=2026"
