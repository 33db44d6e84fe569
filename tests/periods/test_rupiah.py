import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from periods.rupiah import RupiahRefused, parse_rupiah, rupiah_words

pytestmark = pytest.mark.usefixtures("english")

EXAMPLE = "Enter the amount in digits, for example 1.500.000."
DOTS = "Part thousands with dots, without cents: 1.500 is one thousand five hundred."


def refusal(text: str) -> str:
    with pytest.raises(RupiahRefused) as refused:
        parse_rupiah(text)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.500", 1_500),
        ("1500", 1_500),
        ("Rp1.500.000", 1_500_000),
        ("Rp 1.500.000", 1_500_000),
        ("Rp. 1.500.000,-", 1_500_000),
        ("rp1.500.000,--", 1_500_000),
        ("IDR 1.500.000.-", 1_500_000),
        ("1.500.000,00", 1_500_000),
        ("1 500 000", 1_500_000),
        ("\u00a01\u202f500\u00a0000 ", 1_500_000),
        ("0", 0),
        ("Rp0,-", 0),
        ("00500", 500),
        ("999.999.999.999.999", 999_999_999_999_999),
    ],
)
def test_amount_written_in_any_usual_way(text, amount):
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "1,5",
        "1,500",
        "1.5",
        "1.50",
        "1.5000",
        "15.00",
        "0.500",
        "1.500,50",
        "1.500 000",
        "1..500",
        ".500",
        "1,",
        "1.500,000",
    ],
)
def test_amount_that_could_mean_two_is_refused_with_a_hint(text):
    assert refusal(text) == DOTS


@pytest.mark.parametrize("text", ["-5", "Rp -1.500", "−1.500", "- 5"])
def test_negative_amount_is_refused(text):
    assert refusal(text) == "Enter an amount of 0 or more, without a minus sign."


@pytest.mark.parametrize("text", ["1" * 16, "1.000.000.000.000.000", "0" * 16])
def test_more_than_fifteen_digits_are_refused(text):
    assert refusal(text) == "Enter an amount of at most 15 digits."


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Rp",
        "lima",
        "1,5 juta",
        "5rb",
        "1e6",
        "$5",
        "١٥٠٠",
        "１５００",
        "1.500\x00",
        "1_500",
        "+5",
        "9" * 50_000,
    ],
)
def test_anything_else_is_refused_with_an_example(text):
    assert refusal(text) == EXAMPLE


@given(
    amount=st.integers(0, 10**15 - 1),
    prefix=st.sampled_from(["", "Rp", "Rp ", "Rp. "]),
    ending=st.sampled_from(["", ",-", ",00"]),
)
def test_every_amount_reads_back(amount, prefix, ending):
    assert parse_rupiah(f"{prefix}{amount:,}".replace(",", ".") + ending) == amount
    assert parse_rupiah(f"{prefix}{amount}{ending}") == amount
    assert parse_rupiah(f"{prefix}{amount:,}".replace(",", " ") + ending) == amount


@given(text=st.text(max_size=60) | st.text("0123456789.,- Rp", max_size=30))
def test_any_text_is_a_whole_amount_or_a_short_sentence(text):
    try:
        amount = parse_rupiah(text)
    except RupiahRefused as refused:
        assert 3 <= len(refused.sentence.split()) <= 20
    else:
        assert 0 <= amount < 10**15


@given(whole=st.integers(0, 999), cents=st.integers(0, 99))
def test_a_decimal_is_never_read_as_an_amount(whole, cents):
    assert refusal(f"{whole}.{cents}") == DOTS
    if cents:
        assert refusal(f"{whole},{cents:02}") == DOTS


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "nol rupiah", "zero rupiah"),
        (1, "satu rupiah", "one rupiah"),
        (11, "sebelas rupiah", "eleven rupiah"),
        (15, "lima belas rupiah", "fifteen rupiah"),
        (20, "dua puluh rupiah", "twenty rupiah"),
        (21, "dua puluh satu rupiah", "twenty-one rupiah"),
        (100, "seratus rupiah", "one hundred rupiah"),
        (111, "seratus sebelas rupiah", "one hundred eleven rupiah"),
        (1_000, "seribu rupiah", "one thousand rupiah"),
        (1_900, "seribu sembilan ratus rupiah", "one thousand nine hundred rupiah"),
        (21_000, "dua puluh satu ribu rupiah", "twenty-one thousand rupiah"),
        (101_000, "seratus satu ribu rupiah", "one hundred one thousand rupiah"),
        (1_500_000, "satu juta lima ratus ribu rupiah", "one million five hundred thousand rupiah"),
        (1_001_000, "satu juta seribu rupiah", "one million one thousand rupiah"),
        (2_000_000_007, "dua miliar tujuh rupiah", "two billion seven rupiah"),
        (3 * 10**12, "tiga triliun rupiah", "three trillion rupiah"),
        (-45, "minus empat puluh lima rupiah", "minus forty-five rupiah"),
    ],
)
def test_amount_in_words(amount, indonesian, english):
    assert rupiah_words(amount, "id") == indonesian
    assert rupiah_words(amount, "en") == english


UNIT_WORDS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
UNITS = {word: number for number, word in enumerate(UNIT_WORDS.split())}
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def amount_of(words: str) -> int:
    """Read the words back, as a listener would."""
    total = group = 0
    last = 0
    for word in words.removesuffix(" rupiah").split():
        if word in UNITS:
            last = UNITS[word]
            group += last
        elif word == "belas":
            group += 10
        elif word == "puluh":
            group += last * 9
        elif word == "seratus":
            group += 100
        elif word == "ratus":
            group += last * 99
        elif word == "seribu":
            total += 1000
        else:
            total += group * SCALES[word]
            group = 0
    return total + group


@given(amount=st.integers(0, 10**15 - 1))
def test_the_words_say_the_amount(amount):
    assert amount_of(rupiah_words(amount, "id")) == amount


def test_words_stop_at_fifteen_digits():
    with pytest.raises(ValueError, match="15 digits"):
        rupiah_words(10**15, "id")


def test_refusal_is_said_in_the_language_of_the_page():
    with translation.override("id"):
        assert refusal("1,5") == "Pisahkan ribuan dengan titik, tanpa sen: 1.500 berarti seribu lima ratus."
