import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.phones import PhoneRefused, read_phone

pytestmark = pytest.mark.usefixtures("english")


def refusal(text: str) -> str:
    with pytest.raises(PhoneRefused) as refused:
        read_phone(text)
    return refused.value.sentence


@pytest.mark.parametrize(
    "text",
    [
        "081000000123",
        "0810-0000-0123",
        "0810 0000 0123",
        "(0810) 0000.0123",
        "81000000123",
        "6281000000123",
        "+6281000000123",
        "+62 810-0000-0123",
        "+62 0810 0000 0123",
        "006281000000123",
        "'081000000123",
        "\u202a+62\u00a0810\u20110000\u20110123\u202c".replace("\u202a", "").replace("\u202c", ""),
    ],
)
def test_mobile_number_written_in_any_usual_way(text):
    assert read_phone(text) == "+6281000000123"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+852 9123 4567", "+85291234567"),
        ("0085291234567", "+85291234567"),
        ("+60 12-345 6789", "+60123456789"),
        ("+886 912 345 678", "+886912345678"),
        ("+966 50 123 4567", "+966501234567"),
        ("0285-391234", "+62285391234"),
        ("021 5255733", "+62215255733"),
    ],
)
def test_number_abroad_or_of_an_office(text, number):
    assert read_phone(text) == number


@pytest.mark.parametrize("digits", [8, 13])
def test_mobile_number_too_short_or_too_long_is_refused(digits):
    assert (
        refusal("0" + "8" * digits)
        == "Check the number: a mobile number has 10 to 13 digits and begins with 08."
    )


@pytest.mark.parametrize(
    "text", ["+1 234 567", "+999 1234567", "+852 123", "0000000", "+62 0 0", "1000000000000000"]
)
def test_impossible_number_is_refused(text):
    assert refusal(text) in {
        "Check the number: begin a number abroad with + and the country code.",
        "Enter the phone number in digits, for example 0812-3456-7890 or +852 9123 4567.",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tidak ada",
        "0812",
        "08120000O123",
        "0810+0000123",
        "++62810",
        "٠٨١٠٠٠٠٠١٢٣",
        "081000000123 ext 5",
        "tel:081000000123",
        "0" * 50_000,
    ],
)
def test_anything_else_is_refused_with_an_example(text):
    assert refusal(text) == "Enter the phone number in digits, for example 0812-3456-7890 or +852 9123 4567."


@given(
    national=st.from_regex(r"8[0-9]{8,11}", fullmatch=True),
    lead=st.sampled_from(["0", "", "62", "+62", "+62 ", "0062"]),
)
def test_every_mobile_number_reads_to_one_form(national, lead):
    number = read_phone(lead + national)
    assert number == f"+62{national}"
    assert read_phone(number) == number


@given(text=st.text(max_size=40) | st.text("+0123456789 -()", max_size=25))
def test_any_text_is_e164_or_a_short_sentence(text):
    try:
        number = read_phone(text)
    except PhoneRefused as refused:
        assert 3 <= len(refused.sentence.split()) <= 20
    else:
        assert number[0] == "+"
        assert number[1:].isdigit()
        assert 5 <= len(number) <= 16
        assert read_phone(number) == number


def test_refusal_is_said_in_the_language_of_the_page():
    with translation.override("id"):
        assert refusal("+852 123") == "Periksa nomor: awali nomor luar negeri dengan + dan kode negara."
