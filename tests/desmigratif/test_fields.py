"""The tags of `desmigratif/templatetags/fields.py`."""

import re

import pytest

from desmigratif.gallery import SampleForm, filled
from desmigratif.templatetags.parts import icon
from tests.desmigratif.drawing import ESCAPED, HOSTILE, draw

pytestmark = pytest.mark.usefixtures("indonesian")


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
        f'<div id="id_name_error"><p class="error">{icon("awas")} '
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
        f'<div id="id_topic_error"><p class="error">{icon("awas")} '
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
