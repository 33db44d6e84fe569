"""What is told of the invented cases: one short text or more for each kind of problem, step and body."""

from __future__ import annotations

from migrants.enums import Body, CaseType, CloseReason

T, B, C = CaseType, Body, CloseReason

TOLD: dict[str, tuple[str, ...]] = {
    T.UNPAID_WAGE: (
        "Gaji tiga bulan terakhir belum dibayar. Majikan menjanjikan akhir bulan, tetapi tidak ditepati.",
        "Upah lembur sejak awal kontrak tidak dibayar. Slip gaji ada di telepon pekerja.",
    ),
    T.DISMISSAL: ("Diberhentikan sebelum kontrak selesai tanpa surat. Ingin tahu haknya.",),
    T.CONTRACT_MISMATCH: (
        "Dijanjikan merawat lansia, tetapi bekerja di rumah makan dari pagi sampai malam.",
        "Jenis pekerjaan dan alamat tempat kerja berbeda dari perjanjian.",
    ),
    T.OVERCHARGING: (
        "Diminta membayar lagi lima juta rupiah setelah biaya sesuai perjanjian lunas.",
        "Potongan gaji sembilan bulan, padahal perjanjian menyebut enam bulan.",
    ),
    T.FAILED_DEPARTURE: (
        "Sudah tujuh bulan di penampungan dan belum diberangkatkan. Uang muka belum kembali.",
        "Jadwal berangkat ditunda empat kali. Perusahaan tidak menjawab telepon.",
    ),
    T.JOB_FRAUD: (
        "Membayar kepada perantara yang menawarkan kerja lewat media sosial; nomornya tidak aktif lagi.",
        "Ditawari kerja tanpa kontrak. Tiga tetangga menerima tawaran yang sama.",
    ),
    T.DOCUMENT_WITHHELD: ("Ijazah dan paspor ditahan perantara dan diminta tebusan.",),
    T.SICK: ("Sakit sejak dua bulan. Biaya berobat ditanggung sendiri.",),
    T.MENTAL_HEALTH: ("Pulang dalam keadaan bingung dan tidak mau bicara. Keluarga meminta pendampingan.",),
    T.ACCIDENT: ("Tangan terluka oleh mesin. Majikan belum melaporkan kecelakaan.",),
    T.DEATH: (
        "Keluarga menerima kabar meninggal dari teman kerja. Meminta kepastian dan pemulangan jenazah.",
    ),
    T.VIOLENCE: ("Dipukul di tempat kerja. Sekarang tinggal di rumah teman.",),
    T.SEXUAL_VIOLENCE: ("Korban meminta didampingi perempuan. Rincian hanya pada penanggung jawab.",),
    T.TRAFFICKING_SUSPECTED: (
        "Dijemput malam hari, paspor dipegang perekrut, tujuan berubah di tengah jalan.",
        "Dijanjikan kerja restoran, ditempatkan di lokasi yang dijaga dan tidak boleh keluar.",
    ),
    T.LOST_CONTACT: ("Tidak ada kabar sejak empat bulan. Nomor terakhir tidak aktif.",),
    T.OVERSTAY: ("Izin tinggal habis. Takut melapor dan ingin pulang.",),
    T.DETAINED: ("Ditahan saat pemeriksaan izin kerja. Keluarga belum mendapat surat resmi.",),
    T.DEPORTED: ("Dipulangkan bersama rombongan. Datang tanpa barang dan tanpa uang saku.",),
    T.WANTS_RETURN: (
        "Ingin pulang karena orang tua sakit. Majikan menahan paspor.",
        "Kontrak sudah selesai, tetapi tiket pulang tidak dibelikan.",
    ),
    T.SOCIAL_SECURITY_CLAIM: ("Klaim jaminan sosial belum cair; kartu peserta ada.",),
    T.REMITTANCE_FAMILY: ("Kiriman uang tidak sampai kepada pengasuh anak.",),
    T.CHILD_NEGLECT: ("Dua anak tinggal sendiri di rumah. Sekolah melaporkan sering tidak masuk.",),
    T.OTHER: ("Meminta surat keterangan untuk keperluan sekolah anak.",),
}
NOTES = (
    "Menelepon keluarga; keterangan dilengkapi.",
    "Datang ke rumah keluarga, menerima salinan paspor dan perjanjian.",
    "Menghubungi pekerja lewat WhatsApp. Keadaannya baik.",
    "Perusahaan dihubungi, berjanji menjawab minggu ini.",
)
WAITING = "Masih menunggu salinan perjanjian dan bukti pembayaran."
HANDLED = "Ditangani di desa bersama perangkat desa."
SOLVED = (
    "Kedua pihak sepakat di balai desa; berita acara ditandatangani.",
    "Pekerja menerima haknya dan keluarga sudah diberi tahu.",
)
REOPENED = "Pembayaran kedua tidak dilakukan seperti yang disepakati."
CANCELLED = "Tercatat dua kali; kasus yang sama sudah ada."
REQUESTS: dict[str, str] = {
    B.DISNAKER: "Mohon bantuan menghubungi perusahaan dan memanggil kedua pihak.",
    B.BP3MI: "Mohon dicek di Sisko P2MI dan diteruskan ke perwakilan.",
    B.KBRI: "Mohon bantuan menemui pekerja dan memastikan keadaannya.",
    B.POLICE: "Mohon tindak lanjut laporan; korban siap memberi keterangan.",
    B.UPTD_PPA: "Mohon pendampingan korban dan rumah aman bila perlu.",
    B.BPJS_TK: "Mohon penjelasan kelengkapan klaim.",
    B.HEALTH: "Mohon pemeriksaan dan rujukan berobat.",
}
ANSWERS: dict[str, str] = {
    B.DISNAKER: "Perusahaan sudah dipanggil dan bersedia membayar dalam dua minggu.",
    B.BP3MI: "Data ditemukan; perwakilan sudah menghubungi majikan.",
    B.KBRI: "Pekerja sudah ditemui, keadaannya baik, paspor dikembalikan.",
    B.POLICE: "Laporan diterima dan sedang diselidiki.",
    B.UPTD_PPA: "Pendampingan dimulai; jadwal bertemu tiap minggu.",
    B.BPJS_TK: "Klaim lengkap dan diproses.",
    B.HEALTH: "Pasien diperiksa dan dirujuk ke rumah sakit.",
}
REJECTED = "Bukan kewenangan kami; mohon diteruskan ke BP3MI."
RESULTS: dict[str, str] = {
    C.SOLVED: "Selesai; pekerja dan keluarga menerima hasilnya.",
    C.INCOMPLETE_30D: "Surat-surat tidak dilengkapi selama tiga puluh hari.",
    C.UNSOLVABLE_6M: "Tidak ada jawaban selama enam bulan.",
    C.HANDED_OVER: "Diteruskan sepenuhnya kepada BP3MI.",
}
OFFICES: dict[str, str] = {
    B.BP3MI: "BP3MI provinsi",
    B.KBRI: "Perwakilan RI setempat",
    B.POLICE: "Unit PPA Polres",
}
