"""The filters and tags of `desmigratif/templatetags/ui.py`."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone, translation

from accounts.paging import KeysetPage
from desmigratif.gallery import SampleForm, filled
from desmigratif.templatetags import ui

DAY = date(2026, 8, 17)
EVENING_UTC = datetime(2026, 8, 16, 17, 30, tzinfo=UTC)  # already the 17th in every Indonesian zone
HOSTILE = "<script>alert(1)</script>\"'&"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;"


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("filter_name", "value", "expected"),
    [
        ("date_table", DAY, "17-08-2026"),
        ("date_table", EVENING_UTC, "17-08-2026"),
        ("date_text", DAY, "17 Agustus 2026"),
        ("date_text", EVENING_UTC, "17 Agustus 2026"),
        ("month_text", DAY, "Agustus 2026"),
        ("weekday_text", DAY, "Senin, 17 Agustus 2026"),
        ("moment", EVENING_UTC, "00.30 WIB"),
        ("moment_text", EVENING_UTC, "17 Agustus 2026, 00.30 WIB"),
        ("moment_table", EVENING_UTC, "17-08-2026 00.30 WIB"),
        ("number", 1234567, "1.234.567"),
        ("number", Decimal("1234567.5"), "1.234.567,5"),
        ("number", 0, "0"),
        ("number", 12.0, "12"),
        ("percent", 12.5, "12,5%"),
        ("percent", 58, "58%"),
        ("percent", Decimal("6.25"), "6,3%"),
        ("rupiah", 1500000, "Rp1.500.000"),
        ("rupiah", -75000, "-Rp75.000"),
        ("rupiah", 0, "Rp0"),
        ("rupiah_words", 1500000, "satu juta lima ratus ribu rupiah"),
        ("phone_show", "+6281234567890", "0812-3456-7890"),
        ("phone_show", "+628123456789", "0812-3456-789"),
        ("phone_show", "+62285123456", "0285123456"),
        ("phone_show", "+886912345678", "+886912345678"),
        ("plain", 2026, "2026"),
    ],
)
def test_filter_writes_the_indonesian_form(filter_name, value, expected):
    assert draw(f"{{{{ value|{filter_name} }}}}", value=value) == expected


@pytest.mark.parametrize(
    ("filter_name", "value", "expected"),
    [
        ("date_text", DAY, "17 August 2026"),
        ("date_table", DAY, "17-08-2026"),
        ("moment", EVENING_UTC, "00.30 WIB"),
        ("number", Decimal("1234567.5"), "1,234,567.5"),
        ("percent", 12.5, "12.5%"),
        ("rupiah", 1500000, "Rp1.500.000"),
        ("rupiah_words", 1500000, "one million five hundred thousand rupiah"),
    ],
)
def test_filter_writes_the_english_form(filter_name, value, expected):
    with translation.override("en"):
        assert draw(f"{{{{ value|{filter_name} }}}}", value=value) == expected


@pytest.mark.parametrize(
    "filter_name",
    [
        *("date_table", "date_text", "month_text", "weekday_text", "moment", "moment_text", "moment_table"),
        *("days_ago", "number", "percent", "rupiah", "rupiah_words", "phone_show", "plain"),
    ],
)
def test_filter_of_nothing_is_empty(filter_name):
    assert draw(f"{{{{ value|{filter_name} }}}}", value=None) == ""


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Jakarta", "00.30 WIB"), ("Asia/Makassar", "01.30 WITA"), ("Asia/Jayapura", "02.30 WIT")],
)
def test_moment_is_shown_in_the_zone_of_the_place(zone, expected):
    assert ui.moment(EVENING_UTC, zone) == expected
    with timezone.override(zone):
        assert draw("{{ value|moment }}", value=EVENING_UTC) == expected


def test_moment_outside_indonesia_is_western_time():
    with timezone.override("UTC"):
        assert draw("{{ value|moment_text }}", value=EVENING_UTC) == "17 Agustus 2026, 00.30 WIB"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), "hari ini"),
        (date(2026, 11, 22), "kemarin"),
        (date(2026, 11, 18), "5 hari lalu"),
        (date(2026, 11, 24), "besok"),
        (date(2026, 11, 26), "3 hari lagi"),
    ],
)
def test_days_ago_counts_from_the_villages_today(day, expected):
    assert ui.days_ago(day) == expected


def test_icon_unknown_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        draw('{% icon "harimau" %}')


def test_icon_is_hidden_from_screen_readers():
    assert draw('{% icon "cari" %}') == (
        '<svg class="i" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
        '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5"/></svg>'
    )


def test_tag_escapes_its_text():
    assert draw('{% tag "late" text %}', text=HOSTILE) == f'<span class="tag late">{ESCAPED}</span>'


def test_tag_of_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(TemplateSyntaxError):
        draw('{% tag "urgent" "x" %}')


def test_notice_escapes_title_and_content():
    drawn = draw('{% notice "good" title %}<p>{{ body }}</p>{% endnotice %}', title=HOSTILE, body=HOSTILE)
    assert drawn == (
        f'<div class="notice good">{ui.icon("centang")}'
        f"<div><strong>{ESCAPED}</strong><p>{ESCAPED}</p></div></div>"
    )


def test_nothing_says_what_is_missing():
    drawn = draw('{% nothing "orang" title %}<p>Daftarkan.</p>{% endnothing %}', title=HOSTILE)
    assert (
        drawn
        == f'<div class="empty">{ui.icon("orang")}<p><strong>{ESCAPED}</strong></p><p>Daftarkan.</p></div>'
    )


# --- forms -------------------------------------------------------------------------------------------------


def lines(html: str) -> list[str]:
    return [line.strip() for line in html.splitlines() if line.strip()]


def test_field_ties_label_hint_and_control():
    drawn = lines(draw("{% field form.name %}", form=SampleForm()))
    assert drawn == [
        '<div class="field">',
        '<label class="q" for="id_name">Nama lengkap</label>',
        '<p class="hint" id="id_name_helptext">Seperti pada KTP. Satu nama boleh.</p>',
        '<input type="text" name="name" maxlength="120" class="input" '
        'aria-describedby="id_name_helptext" id="id_name">',
        "</div>",
    ]


def test_field_with_an_error_ties_it_to_the_control():
    drawn = lines(draw("{% field form.name %}", form=filled(name="")))
    assert drawn == [
        '<div class="field bad">',
        '<label class="q" for="id_name">Nama lengkap</label>',
        '<p class="hint" id="id_name_helptext">Seperti pada KTP. Satu nama boleh.</p>',
        f'<div id="id_name_error"><p class="error">{ui.icon("awas")} '
        '<span><span class="sr">Kesalahan:</span> Isi bagian ini.</span></p></div>',
        '<input type="text" name="name" maxlength="120" class="input" aria-invalid="true" '
        'aria-describedby="id_name_helptext id_name_error" id="id_name">',
        "</div>",
    ]


def test_field_keeps_hostile_text_as_text():
    drawn = draw("{% field form.note %}{% field form.name %}", form=filled(note=HOSTILE, name=HOSTILE))
    assert (drawn.count("<script"), drawn.count(ESCAPED)) == (0, 2)


def test_field_of_radios_is_a_fieldset_with_legend():
    drawn = lines(draw("{% field form.topic %}", form=filled(topic="")))
    assert drawn == [
        '<fieldset class="field bad" aria-describedby="id_topic_error">',
        '<legend class="q">Jenis layanan</legend>',
        f'<div id="id_topic_error"><p class="error">{ui.icon("awas")} '
        '<span><span class="sr">Kesalahan:</span> Pilih jenis layanan.</span></p></div>',
        '<div class="choices two">',
        '<label class="choice"><input type="radio" name="topic" value="information" id="id_topic_0"> '
        "<span>Informasi kerja ke luar negeri</span></label>",
        '<label class="choice"><input type="radio" name="topic" value="document" id="id_topic_1"> '
        "<span>Bantuan dokumen</span></label>",
        '<label class="choice"><input type="radio" name="topic" value="family" id="id_topic_2"> '
        "<span>Pendampingan keluarga</span></label>",
        '<label class="choice"><input type="radio" name="topic" value="complaint" id="id_topic_3"> '
        '<span>Pengaduan <span class="hint">Lanjut ke buka kasus</span></span></label>',
        "</div>",
        "</fieldset>",
    ]


def test_field_that_may_stay_empty_says_so():
    assert '<label class="q" for="id_note">Catatan <span class="soft">(boleh kosong)</span></label>' in lines(
        draw("{% field form.note %}", form=SampleForm())
    )


def test_field_of_a_filter_does_not_say_optional():
    assert '<label for="id_note">Catatan</label>' in lines(
        draw('{% field form.note "filter" %}', form=SampleForm())
    )


def test_field_of_money_echoes_the_sum_in_words():
    assert '<p class="words">tujuh juta lima ratus ribu rupiah</p>' in lines(
        draw("{% field form.wage %}", form=filled())
    )


def test_field_of_a_password_never_shows_it_and_lets_managers_fill_it():
    drawn = lines(draw('{% field form.password "small" %}', form=filled(password="rahasia")))
    assert drawn[2] == (
        '<input type="password" name="password" class="input" '
        'autocomplete="current-password" id="id_password">'
    )


def test_error_summary_leads_to_each_control_with_the_same_words():
    form = filled(name="", topic="", visited_on="31/02/2026", wage="1,5")
    drawn = lines(draw("{% error_summary form %}", form=form))
    assert drawn[:3] == [
        '<div class="summary" role="alert" tabindex="-1" id="periksa" aria-labelledby="periksa-judul">',
        '<h2 id="periksa-judul">Periksa kembali isian berikut</h2>',
        "<ul>",
    ]
    assert drawn[3:7] == [
        f'<li><a href="#{anchor}">{form.errors[name][0]}</a></li>'
        for name, anchor in {
            "name": "id_name",
            "topic": "id_topic_0",
            "visited_on": "id_visited_on",
            "wage": "id_wage",
        }.items()
    ]


def test_error_summary_without_errors_is_empty():
    assert draw("{% error_summary form %}", form=filled()) == ""
    assert draw("{% error_summary form %}", form=SampleForm()) == ""


def test_error_of_the_whole_form_leads_to_its_first_control():
    form = filled()
    form.add_error(None, HOSTILE)
    assert f'<li><a href="#id_name">{ESCAPED}</a></li>' in lines(draw("{% error_summary form %}", form=form))


def test_error_summary_takes_several_forms():
    drawn = draw("{% error_summary first second %}", first=filled(name=""), second=filled(topic=""))
    assert drawn.count("<li>") == 2


def test_hidden_fields_carry_the_key():
    form = SampleForm(initial={"key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1"})
    assert draw("{% hidden_fields form %}", form=form) == (
        '<input type="hidden" name="key" value="0193576c-8d1e-7c52-9a40-5f0c2f5be6a1" id="id_key">'
    )


def test_carry_sends_the_same_entries_again():
    html = draw("{% carry form %}", form=filled(note=HOSTILE))
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html))
    assert values == {
        "name": "Dwi Lestari",
        "topic": "information",
        "visited_on": "20-11-2026",
        "wage": "7.500.000",
        "destination": "TW",
        "channels": "walk_in",
        "note": ESCAPED,
        "refer": "True",
    }


def test_answers_read_like_the_page():
    form = filled(note=HOSTILE)
    assert form.is_valid(), form.errors
    drawn = lines(draw('{% answers form "password" "photo" "channels" %}', form=form))
    assert drawn[1:-1] == [
        "<div><dt>Nama lengkap</dt><dd>Dwi Lestari</dd></div>",
        "<div><dt>Jenis layanan</dt><dd>Informasi kerja ke luar negeri</dd></div>",
        "<div><dt>Tanggal kunjungan</dt><dd>20 November 2026</dd></div>",
        "<div><dt>Gaji per bulan</dt><dd>Rp7.500.000 (tujuh juta lima ratus ribu rupiah)</dd></div>",
        "<div><dt>Negara tujuan</dt><dd>Taiwan</dd></div>",
        f"<div><dt>Catatan</dt><dd>{ESCAPED}</dd></div>",
        "<div><dt>Perlu dirujuk ke Disnaker</dt><dd>Ya</dd></div>",
    ]


# --- lists -------------------------------------------------------------------------------------------------


def pager_links(rows: object, query: str) -> list[str]:
    request = RequestFactory().get(f"/orang/?{query}")
    html = Template("{% pager rows %}").render(Context({"rows": rows, "request": request}))
    return [part.split('"')[0] for part in html.split('href="')[1:]]


def test_pager_keeps_the_filters_and_drops_the_old_cursor():
    rows = KeysetPage(rows=[], after="bbb", is_first=False)
    assert pager_links(rows, "q=dwi+%26+x&after=aaa") == [
        "?q=dwi+%26+x",
        "?q=dwi+%26+x&amp;after=bbb",
    ]


def test_pager_of_one_page_is_empty():
    assert pager_links(KeysetPage(rows=[], after="", is_first=True), "q=dwi") == []


def test_pager_of_numbered_pages_leads_both_ways():
    rows = Paginator(range(30), 10).page(2)
    assert pager_links(rows, "page=2&q=x") == ["?q=x&amp;page=1", "?q=x&amp;page=3"]
