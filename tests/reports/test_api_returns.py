"""Monthly returns for programs: written, submitted, checked, sent back and accepted along the chain."""

from audit.models import Event
from tests.factories import MonthlyReturnFactory
from tests.migrants.calling import API, get, send

ID = "0199a1b2-c3d4-7e5f-8a6b-00000000000"


def test_return_is_begun_written_and_submitted_once_and_goes_through_the_chain(cast):
    rina, kades, hendro = (cast.client(name) for name in ("rina", "kades", "hendro"))
    assert send(rina, "returns/", {"month": "Oktober"}) == (
        400,
        {"month": ["Kirim tahun dan bulan, misalnya 2026-10."]},
    )
    assert send(hendro, "returns/", {"month": "2026-10"})[0] == 403
    status, row = send(rina, "returns/", {"month": "2026-10"})
    assert (status, row["month"], row["status"], row["counted"], row["ways"]) == (
        200,
        "2026-10",
        "draft",
        False,
        [],
    )
    assert row["missing"] == "Tulis setidaknya satu kendala atau rencana sebelum mengirim."
    assert send(rina, "returns/", {"month": "2026-10"}) == (200, row)
    address, code = f"returns/{row['id']}/", row["sections"][0]["code"]
    seen = {"If-Match": rina.get(API + address).headers["ETag"]}
    submit = {"id": f"{ID}1", "way": "submit"}
    assert send(rina, f"{address}steps/", submit) == (409, {"detail": row["missing"]})
    words = {"version": 1, f"obstacles_{code}": "Sinyal lemah"}
    assert send(kades, f"{address}words/", words)[0] == 403
    status, row = send(rina, f"{address}words/", words, **seen)
    assert (status, row["version"], row["sections"][0]["obstacles"], row["ways"]) == (
        200,
        2,
        "Sinyal lemah",
        ["submit"],
    )
    assert send(rina, f"{address}words/", {"version": 2, f"plans_{code}": "Radio"}, **seen)[0] == 412
    row = send(rina, f"{address}words/", {"version": 2, f"plans_{code}": "Radio"})[1]
    assert (row["sections"][0]["obstacles"], row["sections"][0]["plans"]) == ("Sinyal lemah", "Radio")
    older = {"version": 2, f"plans_{code}": "Poster"}
    assert send(rina, f"{address}words/", older)[1]["now"] == row

    status, sent = send(rina, f"{address}steps/", submit)
    assert (status, sent["status"], sent["counted"]) == (201, "submitted", True)
    assert send(rina, f"{address}steps/", submit) == (200, sent)
    assert send(rina, f"{address}words/", {"version": 4, f"plans_{code}": "TV"})[0] == 409
    assert send(kades, f"{address}steps/", {"id": f"{ID}2", "way": "check"})[0] == 201
    assert send(kades, f"{address}steps/", {"id": f"{ID}3", "way": "accept"})[0] == 403
    back = {"id": f"{ID}3", "way": "send_back"}
    assert send(hendro, f"{address}steps/", back) == (400, {"note": ["Isi bagian ini."]})
    status, row = send(hendro, f"{address}steps/", {**back, "note": "Tambah rencana"})
    assert (status, row["status"], row["history"][-1]["note"]) == (201, "returned", "Tambah rencana")
    assert send(rina, f"{address}steps/", {**submit, "id": f"{ID}4"})[0] == 201
    assert send(hendro, f"{address}steps/", {"id": f"{ID}5", "way": "accept"})[1]["status"] == "accepted"
    assert send(rina, f"{address}steps/", {**submit, "id": f"{ID}6"})[0] == 409
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "monthly_return.opened",
        "monthly_return.written",
        "monthly_return.written",
        "monthly_return.submitted",
        "monthly_return.checked",
        "task.raised",
        "monthly_return.sent_back",
        "task.finished",
        "monthly_return.submitted",
        "monthly_return.accepted",
    ]


def test_return_of_another_village_is_absent_and_the_list_holds_the_own(cast):
    rina, theirs = cast.client("rina"), MonthlyReturnFactory(village=cast.bandung)
    own = MonthlyReturnFactory(village=cast.randu, sent=True)
    assert [row["id"] for row in get(rina, "returns/")["returns"]] == [str(own.pk)]
    for address, body in (("words", {"version": 1}), ("steps", {"id": f"{ID}1", "way": "submit"})):
        assert send(rina, f"returns/{theirs.pk}/{address}/", body)[0] == 404
    assert rina.get(f"{API}returns/{theirs.pk}/").status_code == 404
