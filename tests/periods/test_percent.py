import pytest

from periods.percent import PercentRefused, parse_percent, percent_text


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [("40", 4000), ("2,5", 250), ("2.5 %", 250), ("0,05", 5), (" 100% ", 10_000), ("0", 0)],
)
def test_percentage_as_people_type_it(text, hundredths):
    assert parse_percent(text) == hundredths


@pytest.mark.parametrize("text", ["", "-5", "1e2", "101", "100,01", "2,555", "dua", "1.000", "٤٠"])
def test_anything_else_is_refused_with_a_sentence(text, english):
    with pytest.raises(PercentRefused, match="percent"):
        parse_percent(text)


@pytest.mark.parametrize(("hundredths", "text"), [(250, "2,5"), (1000, "10"), (5, "0,05"), (10_000, "100")])
def test_percentage_as_it_is_written(hundredths, text):
    assert percent_text(hundredths) == text
