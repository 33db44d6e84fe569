"""The paper a family carries to a body that has no sign-in here."""

from audit.models import Event
from tests.conftest import TODAY
from tests.factories import CaseFactory, CaseHandlerFactory, PersonFactory, ReferralFactory
from tests.migrants.test_people import NIK, NIK_MASKED, register


def test_slip_has_a_number_and_no_full_nik(cast):
    person = register(cast, nik=NIK)
    case = CaseFactory(village=cast.randu, person=person, status="referred")
    referral = ReferralFactory(
        case=case, body="bp3mi", sent_by=cast.user("rina"), answer_by=TODAY, office="BP3MI Semarang"
    )
    page = cast.client("rina").get(f"/referrals/{referral.pk}/slip/").content.decode()
    for words in (referral.number, case.number, NIK_MASKED, "BP3MI Semarang", person.full_name):
        assert words in page
    assert NIK not in page
    assert "Dicetak 23 November 2026, 08.15 WIB oleh Rina Wulandari." in page
    event = Event.objects.get(name="referral.printed")
    assert event.subject_label == f"{case.number}: {referral.number}"


def test_slip_of_a_restricted_case_is_its_handlers_only(cast):
    case = CaseFactory(village=cast.randu, type="trafficking_suspected", person=PersonFactory())
    CaseHandlerFactory(case=case, user=cast.user("rina"))
    address = f"/referrals/{ReferralFactory(case=case, body='police').pk}/slip/"
    seen = {name: cast.client(name).get(address).status_code for name in ("rina", "hendro", "teguh", "sari")}
    assert seen == {"rina": 200, "hendro": 200, "teguh": 404, "sari": 404}
