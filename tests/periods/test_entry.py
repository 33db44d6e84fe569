from periods.entry import tidy


def test_odd_blanks_dashes_and_invisible_marks_are_made_plain():
    assert tidy("\u200e 17\u00a0\u202f Agustus\t2026\ufeff\n", longest=40) == "17 Agustus 2026"
    assert tidy("17\u20138\u22122026", longest=40) == "17-8-2026"


def test_long_text_is_not_looked_at():
    assert tidy("x" * 41, longest=40) is None
    assert tidy("x" * 40, longest=40) == "x" * 40
