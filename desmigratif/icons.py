"""Our own drawings: 24-unit grid, stroke 2, round ends. Each is one path and some circles (x, y, radius)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    path: str
    circles: tuple[tuple[str, str, str], ...] = ()


DRAWINGS = {
    "hari": Drawing("M4 11 12 4l8 7v9h-5v-6H9v6H4z"),
    "orang": Drawing(
        "M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.2 2.7 3.5 5.5",
        (("9", "8", "3.5"),),
    ),
    "kasus": Drawing("M3 7V5h6l2 2h10v12H3zM3 11h18"),
    "kegiatan": Drawing("M12 21v-9M12 12c0-4-3-6-7-6 0 4 3 6 7 6zM12 15c0-3 2.5-5 7-5 0 3.5-3 5-7 5z"),
    "menu": Drawing("M4 7h16M4 12h16M4 17h16"),
    "tambah": Drawing("M12 5v14M5 12h14"),
    "cari": Drawing("m16 16 5 5", (("11", "11", "6.5"),)),
    "centang": Drawing("m4.5 12.5 5 5 10-11"),
    "jam": Drawing("M12 7v5.5l3.5 2", (("12", "12", "8.5"),)),
    "awas": Drawing("M12 3.5 22 20.5H2zM12 10v5M12 17.7v.3"),
    "info": Drawing("M12 11v5.5M12 7.5v.3", (("12", "12", "8.5"),)),
    "telepon": Drawing(
        "M5 3h4l1.5 5L8 10c1.2 2.6 3.4 4.8 6 6l2-2.5 5 1.5v4c0 1.1-.9 2-2 2C10.7 21 3 13.3 3 5c0-1.1.9-2 2-2z"
    ),
    "lokasi": Drawing(
        "M12 21.5c-4.5-4.5-7-8-7-11.5a7 7 0 0 1 14 0c0 3.5-2.5 7-7 11.5z", (("12", "10", "2.5"),)
    ),
    "berkas": Drawing("M6 3h8l5 5v13H6zM14 3v5h5M9 13h6M9 17h6"),
    "unduh": Drawing("M12 4v11M7 10.5l5 5 5-5M4 20h16"),
    "unggah": Drawing("M12 16V5M7 9.5l5-5 5 5M4 20h16"),
    "ubah": Drawing("M4 20l1-4.5L16 4.5 19.5 8 8.5 19zM14 6.5 17.5 10"),
    "kanan": Drawing("m9 5 7 7-7 7"),
    "kiri": Drawing("m15 5-7 7 7 7"),
    "cetak": Drawing("M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7z"),
    "kunci": Drawing("M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2.5"),
    "bola": Drawing(
        "M12 7.5l4.3 3.1-1.7 5H9.4l-1.7-5zM12 3v4.5M16.3 10.6 20.6 9.2M14.6 15.6l2.7 "
        "3.7M9.4 15.6l-2.7 3.7M7.7 10.6 3.4 9.2",
        (("12", "12", "9"),),
    ),
    "luring": Drawing(
        "M3 3l18 18M8.5 8.5C6.5 9 5 10.7 5 13c-1.7.3-3 1.7-3 3.3C2 18.4 3.6 20 5.7 "
        "20H18M11 5.2c3.4-.5 6.2 1.8 6.6 5 2.4.2 4.4 2.1 4.4 4.6 0 1-.3 1.9-.8 2.7"
    ),
    "kirim": Drawing("M21 3 3 10.5l7 3.5 3.5 7zM10 14 21 3"),
    "berangkat": Drawing(
        "M2.5 13.5 9 12 5.5 5.5 8 5l6 5.8 5.3-1.3c1.5-.3 2.5 1.8 1 2.5L6 17.5c-1.3.4-2.3 0-2.8-1.5zM4 21h16"
    ),
    "uang": Drawing("M2.5 6.5h19v11h-19z M6 12v.1M18 12v.1", (("12", "12", "2.5"),)),
    "grafik": Drawing("M4 3.5V20h17M8 16v-4M12.5 16V8M17 16v-6"),
    "peta": Drawing("M3 6l6-2.5 6 2.5 6-2.5V18l-6 2.5L9 18l-6 2.5zM9 3.5V18M15 6v14.5"),
    "lihat": Drawing(
        "M2 12c2.7-4.6 6-7 10-7s7.3 2.4 10 7c-2.7 4.6-6 7-10 7s-7.3-2.4-10-7z", (("12", "12", "3"),)
    ),
    "keluar": Drawing("M14 4h6v16h-6M3 12h11M10 7.5l4.5 4.5-4.5 4.5"),
    "buku": Drawing(
        "M12 6C9.5 4.5 6.5 4 3 4.5V19c3.5-.5 6.5 0 9 1.5 2.5-1.5 5.5-2 9-1.5V4.5C17.5 "
        "4 14.5 4.5 12 6zM12 6v14.5"
    ),
    "tanggal": Drawing("M4 5.5h16V20H4zM4 10h16M8 3v4M16 3v4"),
    "tukar": Drawing("M4 8.5h15M15 4.5l4 4-4 4M20 15.5H5M9 11.5l-4 4 4 4"),
    "toko": Drawing("M4 10.5v9.5h16v-9.5M3 10.5l2-6.5h14l2 6.5zM9.5 20v-5.5h5V20"),
    "rumah": Drawing(
        "M4 11 12 4l8 7v9H4zM12 17.5c-2.3-1.5-3.3-2.7-3.3-3.9a1.7 1.7 0 0 1 3.3-.6 "
        "1.7 1.7 0 0 1 3.3.6c0 1.2-1 2.4-3.3 3.9z"
    ),
    "suara": Drawing("M4 9.5v5h3l9 4.5V5L7 9.5zM7.5 14.5 9 20M19.5 9.5c1.5 1.5 1.5 3.5 0 5"),
    "perisai": Drawing("M12 3 5 6v6c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6zM8.5 12l2.5 2.5 4.5-5"),
}
