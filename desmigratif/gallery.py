"""Every part of the pages with invented people, for eyes and axe. Routed in local mode only."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.entry import DayField, EntryForm, LineField, NoteField, RupiahField
from accounts.paging import KeysetPage


class SampleForm(EntryForm):
    """One field of every kind; the sample values bring out every kind of error."""

    name = LineField(label="Nama lengkap", help_text="Seperti pada KTP. Satu nama boleh.")
    topic = forms.ChoiceField(
        label="Jenis layanan",
        widget=forms.RadioSelect,
        choices=[
            ("information", "Informasi kerja ke luar negeri"),
            ("document", "Bantuan dokumen"),
            ("family", "Pendampingan keluarga"),
            ("complaint", "Pengaduan"),
        ],
        error_messages={"required": "Pilih jenis layanan."},
    )
    visited_on = DayField(label="Tanggal kunjungan", not_future=True)
    wage = RupiahField(label="Gaji per bulan", required=False)
    destination = forms.ChoiceField(
        label="Negara tujuan",
        choices=[("", "Pilih negara"), ("TW", "Taiwan"), ("MY", "Malaysia"), ("HK", "Hong Kong")],
        required=False,
    )
    channels = forms.MultipleChoiceField(
        label="Cara layanan",
        widget=forms.CheckboxSelectMultiple,
        choices=[("walk_in", "Datang ke balai desa"), ("phone", "Telepon")],
        required=False,
    )
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput, required=False)
    photo = forms.FileField(
        label="Foto dokumen", required=False, help_text="JPEG, PNG, atau PDF, paling besar 5 MB."
    )
    note = NoteField(label="Catatan", required=False, help_text="Jangan tulis NIK atau penyakit.")
    refer = forms.BooleanField(label="Perlu dirujuk ke Disnaker", required=False)

    topic_hints = {"complaint": "Lanjut ke buka kasus"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choice_hints = self.topic_hints  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Name"), required=False)
    status = forms.ChoiceField(label="Status", choices=[("", "Semua"), ("open", "Terbuka")], required=False)


def filled(**changes: str) -> SampleForm:
    typed = QueryDict(mutable=True)
    typed.update(
        {
            "name": "Dwi Lestari",
            "topic": "information",
            "visited_on": "20-11-2026",
            "wage": "7.500.000",
            "destination": "TW",
            "channels": "walk_in",
            "note": "Menanyakan lowongan perawat lansia.\nSudah diberi daftar P3MI berizin.",
            "refer": "on",
        }
        | changes
    )
    return SampleForm(typed)


def context() -> dict[str, object]:
    today = timezone.localdate()
    wrong = filled(name="", topic="", visited_on=f"{today + timedelta(days=5):%d-%m-%Y}", wage="1,5")
    right = filled()
    right.is_valid()
    rows = [
        (
            "Hubungi keluarga Suparmi",
            "Kasus gaji tidak dibayar. Jawaban dinas sudah datang.",
            "late",
            "Terlambat 2 hari",
        ),
        (
            "Perbaiki laporan Oktober",
            "Dikembalikan dinas: “Jumlah sosialisasi belum diisi.”",
            "warn",
            "Hari ini",
        ),
        ("Kunjungi usaha Keripik Melati", "Periksa alat bantuan", "", "30-11-2026"),
    ]
    return {
        "wrong": wrong,
        "right": right,
        "filter": FilterForm({}),
        "rows": rows,
        "keyset": KeysetPage(rows=[], after="eyJ", is_first=False),
        "today": today,
        "now": timezone.now(),
        "long": "Persatuan" * 12,
        "hostile": '<script>alert(1)</script> & "kutip"',
    }


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html", context())
