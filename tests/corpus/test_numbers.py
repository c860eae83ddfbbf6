"""Numbers: every scheme, every spelling, and what only looks like a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import find_numbers, parse, read_file_name, read_typed
from corpus.text import flatten
from tests.growth import assert_within

SCHEMES = [
    ("2010-16508", "edoc", "2010-16508"),
    ("2013 - 0041877", "edoc", "2013-41877"),
    ("2010\u201116508", "edoc", "2010-16508"),
    ("2017-0345678-3", "edoc", "2017-345678-3"),
    ("2009 / 31977", "year-slash", "2009/31977"),
    ("18 / 028145", "acadre", "18/28145"),
    ("12/2014", "serial-slash", "12/2014"),
    ("18/028145", "acadre", "18/28145"),
    ("18/28145-12", "acadre", "18/28145-12"),
    ("18/002016", "acadre", "18/02016"),
    ("18/02016-12", "acadre", "18/2016-12"),
    ("27.03.00-P19-1-15", "kle", "27.03.00-P19-1-15"),
    ("08.03.00 G01/549", "kle-paper", "08.03.00 G01/549"),
    ("EMN-2017-01234", "letters", "EMN-2017-1234"),
    ("emn-2017-1234", "letters", "EMN-2017-1234"),
    ("82.02.00G10-0251", "kle-tight", "82.02.00G10-0251"),
    ("S2018-04455", "s-year", "S2018-4455"),
    ("D2018-33411", "s-year", "D2018-33411"),
    ("2014-215/1234", "state", "2014-215/1234"),
    ("1-30-72-9-19", "region", "1-30-72-9-19"),
    ("306-2009-00600", "council", "306-2009-600"),
    ("330_2018_3619", "council", "330-2018-3619"),
    ("BR 485/05", "committee", "BR 485/05"),
    ("ØU 087/2005", "committee", "ØU 87/2005"),
    ("M 1692-1/00", "journal", "M 1692-1/00"),
    ("611:145.0013/02", "department", "611:145.0013/02"),
    ("018520-2013", "serial-year", "18520-2013"),
    ("2009/080823", "year-slash", "2009/80823"),
    ("1-51-71-3321-08", "region", "1-51-71-3321-08"),
    ("13/12345-2/KA/JV", "initials", "13/12345-2/KA/JV"),
    ("299831", "serial", "299831"),
    ("1182734-23", "serial-short-year", "1182734-23"),
    ("044871/16", "serial-short-slash", "44871/16"),
]


@pytest.mark.parametrize(("text", "scheme", "norm"), SCHEMES)
def test_parse_knows_every_scheme(text: str, scheme: str, norm: str) -> None:
    """A number is read whole, in its scheme, and what is shown of it reads back as the same number."""
    number = parse(text)
    assert number is not None
    assert (number.scheme, number.norm) == (scheme, norm)
    again = parse(norm)
    assert again is not None
    assert again.key == number.key


@pytest.mark.parametrize("text", ["", "27.03.00", "27.03.00 P19", "Sag 8", "5/6", "12", "2010-", "høring", "kl. 9-11"])
def test_parse_refuses_what_is_no_number(text: str) -> None:
    """A KLE class, an item's number and a word are no numbers."""
    assert parse(text) is None


def test_parse_of_a_document_gives_its_case() -> None:
    """A document's suffix is cut to find the case."""
    number = parse("2017-0345678-3")
    assert number is not None
    assert number.case == parse("2017-345678")


FOUND = [
    ("Sagsnr. 2013-0041877", [("2013-41877", "case", False)]),
    ("Sagsnr.\n2013-0041877\n\nDok.nr.\n2013-2088", [("2013-41877", "case", False), ("2013-2088", "document", False)]),
    ("Sagsnr.:2010-16508", [("2010-16508", "case", False)]),
    ("Deres sagsnr.\n2013-41877", [("2013-41877", "case", True)]),
    ("Jeres j.nr.: 14/06112", [("14/6112", "case", True)]),
    ("Kommunens sagsnr. 15/34881", [("15/34881", "case", True)]),
    ("Sag 306-2009-600, Dok. 306-2019-26", [("306-2009-600", "case", False), ("306-2019-26", "document", False)]),
    ("Dok.id 3417720", [("3417720", "document", False)]),
    ("Dok. nr. 5532", [("5532", "document", False)]),
    ("Sagsnr. 299831", [("299831", "case", False)]),
    ("Sags-id: 18/28145", [("18/28145", "case", False)]),
    ("sagsnr. 2010-11111 og 2010-22222", [("2010-11111", "case", False), ("2010-22222", "case", False)]),
    ("12. Ny bro over åen (2010-16508)", [("2010-16508", None, False)]),
    ("Åbent - 2009/080823", [("2009/80823", None, False)]),
    ("BTU 396/2002", [("BTU 396/2002", None, False)]),
    ("J.nr. 611:145.0013/02", [("611:145.0013/02", "case", False)]),
    ("J.nr. U129/00", [("U 129/00", "case", False)]),
    ("85.02.02-G01-5-17", [("85.02.02-G01-5-17", None, False)]),
    ("DIANBR / 07/15346", [("07/15346", None, False)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_find_numbers_reads_labels(text: str, expected: list[tuple[str, str | None, bool]]) -> None:
    """The label stands before, above, or is missing; `Deres` makes the number the other's."""
    found = [(m.number.norm, m.label, m.foreign) for m in find_numbers(flatten(text))]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "EAN nummer\n5798009493040",
        "CVR-nr. 29 18 99 99, CVR 64942212",
        "CPR 310271-1902",
        "300271-2010",
        "Telefon 3366 3520, Tlf. 87112033, mobil 2012-123456",
        "1599 København V",
        "integrationspolitikken 2011-2014, budget 2009/2010 og 2007 – 2010",
        "skoleåret 2018/19",
        "10 - 15 borgmestre",
        "lov nr. 12/2345 og vejledning nr. 45/1984",
        "lokalplan nr. 5-706, Lokalplan 2-303B, kommuneplantillæg 21/2009",
        "Sag nr. 129, Pkt. 100, punkt 84, SAG NR. 8",
        "matr.nr. 412 og projekt nr. 222033",
        "den 14/11-2018, 9/4 2015, 1/1 2013, 26/03/2009 og 2012-11-05",
        "Sagsnr. 2012-11-05",
        "kl. 9-11 og 17.30",
        "KLE 27.03.00, J.nr. 01.02.10",
        "Sagsnr Dokumentnr Den demokratiske proces",
        "PG50@bif.example",
    ],
)
def test_find_numbers_rejects_look_alikes(text: str) -> None:
    """What merely looks like a case number is none."""
    assert [m.number.norm for m in find_numbers(flatten(text))] == []


def test_find_numbers_keeps_the_doubt_of_ocr() -> None:
    """Letters that OCR takes for figures are read as figures, and the mention says so."""
    (mention,) = find_numbers("Saq nr. 2013-OO4l877")
    assert (mention.number.norm, mention.doubt) == ("2013-41877", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sagsnr. 2012-72 213", "2012-72213"),
        ("Sagsnr. 2012-72 213\nDokumentnr. 2012-1", "2012-72213"),
        ("Sagsnr. 2012-1 072 213.", "2012-1072213"),
        ("Sagsnr. 2012-72 213 borgere", "2012-72"),
        ("Sagsnr. 2012-72 213,50 kr.", "2012-72"),
        ("Sagsnr. 2012-72213 400", "2012-72213"),
    ],
)
def test_find_numbers_reads_parted_serials(text: str, expected: str) -> None:
    """After a label a serial may be parted at its thousands; a count behind a number is no part of it."""
    assert next(find_numbers(flatten(text))).number.norm == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12. Ny bro over åen (2O13-OO4l877)", ["2013-41877"]),
        ("2013-41877 og 2013-4lO77", ["2013-41877", "2013-41077"]),
        ("perioden 1999-2OOO", []),
        ("2OOl-OlIO", []),
    ],
)
def test_find_numbers_reads_bare_numbers_that_ocr_has_hurt(text: str, expected: list[str]) -> None:
    """A bare number with letters among its figures is one of doubt; one with few figures, or years, is none."""
    found = list(find_numbers(text))
    assert [m.number.norm for m in found] == expected
    assert all(m.doubt == any(c.isalpha() for c in text[m.start : m.end]) for m in found)


def test_find_numbers_reads_labels_that_ocr_has_hurt() -> None:
    """What OCR makes of `nr` is still a label before a number."""
    assert [(m.number.norm, m.label) for m in find_numbers("Dokumentar. 2008-14773 Sagsur. 2007-51220")] == [
        ("2008-14773", "document"),
        ("2007-51220", "case"),
    ]


def test_find_numbers_takes_linear_time() -> None:
    """Hostile text costs no more than its length."""
    for unit in ("2010-", "2010 - ", "sag ", "sagsnr. ", "1/", "00.", "j. nr. ", "A-2010-", "9", " ", "deres ", "O"):
        text = unit * (60_000 // len(unit))
        assert_within(2, lambda text=text: (list(find_numbers(text)), read_typed(text)))  # type: ignore[misc]


def test_file_names_bear_numbers() -> None:
    """A council that names its files by the number is read from the name."""
    number = read_file_name("306_2016_11967_Referat.pdf")
    assert number is not None
    assert number.norm == "306-2016-11967"
    assert read_file_name("Noegletal_2018_2019.pdf") is None


TYPED = [
    ("2010-16508", ["2010-16508"], [], ""),
    ("2010 16508", ["2010-16508"], [], ""),
    ("2010-0016508", ["2010-16508"], [], ""),
    ("sagsnr. 2010\u201116508", ["2010-16508"], [], ""),
    ("2010 - 16508", ["2010-16508"], [], ""),
    ("sag 2013-0041877 høring", ["2013-41877"], [], "høring"),
    ("øu 87/2005", ["ØU 87/2005"], [], ""),
    ("emn-2017-01234 takster", ["EMN-2017-1234"], [], "takster"),
    ("201016508", [], ["2010-16508", "201016508"], "201016508"),
    ("16508", [], ["16508"], "16508"),
    ("18-28145", [], ["18/28145"], "18-28145"),
    ("integrationspolitik 2011-2014", [], [], "integrationspolitik 2011-2014"),
    ("budget 2010", [], [], "budget 2010"),
    ("møde 2010-11-05", [], [], "møde 2010-11-05"),
]


@pytest.mark.parametrize(("query", "exact", "candidates", "rest"), TYPED)
def test_read_typed_parts_numbers_from_words(query: str, exact: list[str], candidates: list[str], rest: str) -> None:
    """A typed number in any spelling is found beside the words; a doubtful one is only offered."""
    typed = read_typed(query)
    assert [number.norm for number in typed.exact] == exact
    assert [number.norm for number in typed.candidates] == candidates
    assert typed.rest == rest


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("dok.nr. 21/417", ["21/417"]),
        ("doknr:21/417-9", ["21/417-9"]),
        ("dokumentnr. 2010-16508 charter", ["2010-16508"]),
        ("sagsnr. 21/417", []),
        ("21/417", []),
        ("sagsnr. 21/417 dok.nr. 21/418", ["21/418"]),
    ],
)
def test_read_typed_keeps_what_a_label_says(query: str, documents: list[str]) -> None:
    """A number behind the label of a document is a document's."""
    assert [each.number.norm for each in read_typed(query).mentions if each.document] == documents


@pytest.mark.parametrize(
    ("document", "case"),
    [("18/2016-12", "18/02016"), ("18/28145-3", "18/28145"), ("2017-0345678-3", "2017-345678"), ("18/28145", None)],
)
def test_case_of_a_documents_number(document: str, case: str | None) -> None:
    """A document's number with a suffix names its case, in the same scheme."""
    number = parse(document)
    assert number is not None
    assert (number.case.norm if number.case else None) == case


_years = st.integers(1998, 2035)
#: `98/1998` may be the 98th number of a year as well: what a person cannot tell apart is no spelling to be judged by.
_serials = st.integers(1, 999_999).filter(lambda serial: not 1900 <= serial < 2100)
_dashes = st.sampled_from(["-", "\u2010", "\u2011", "\u2013", " - ", " \u2013 ", "- "])
_zeros = st.integers(0, 7)


def _edoc(year: int, serial: int) -> st.SearchStrategy[tuple[tuple[str, ...], str]]:
    return st.builds(
        lambda dash, width: (("edoc", str(year), str(serial)), f"{year}{dash}{serial:0{width}}"), _dashes, _zeros
    )


def _acadre(year: int, serial: int) -> st.SearchStrategy[tuple[tuple[str, ...], str]]:
    return st.builds(
        lambda width: (("acadre", str(year), str(serial)), f"{year % 100:02}/{serial:0{width}}"), st.integers(0, 6)
    )


def _letters(year: int, serial: int) -> st.SearchStrategy[tuple[tuple[str, ...], str]]:
    return st.builds(
        lambda dash, width, name: (("letters", str(year), str(serial)), f"{name}{dash}{year}{dash}{serial:0{width}}"),
        _dashes, _zeros, st.sampled_from(["EMN", "emn"]),
    )  # fmt: skip


def _council(year: int, serial: int) -> st.SearchStrategy[tuple[tuple[str, ...], str]]:
    return st.builds(
        lambda dash, width: (("council", str(year), str(serial)), f"306{dash}{year}{dash}{serial:0{width}}"),
        st.sampled_from(["-", "\u2011", "\u2013", "_"]), _zeros,
    )  # fmt: skip


def _committee(year: int, serial: int) -> st.SearchStrategy[tuple[tuple[str, ...], str]]:
    serial = serial % 9999 + 1
    return st.sampled_from(
        [
            (("committee", str(year), str(serial)), f"FAU {serial}/{year}"),
            (("committee", str(year), str(serial)), f"FAU {serial:04}/{year % 100:02}"),
        ]
    )


def _s_year(year: int, serial: int) -> st.SearchStrategy[tuple[tuple[str, ...], str]]:
    return st.builds(
        lambda dash, width: (("s", str(year), str(serial)), f"S{year}{dash}{serial:0{width}}"), _dashes, _zeros
    )


_spellings = st.tuples(_years, _serials).flatmap(
    lambda pair: st.one_of(*(make(*pair) for make in (_edoc, _acadre, _letters, _council, _committee, _s_year)))
)


@given(_spellings, _spellings)
def test_one_number_has_one_key(one: tuple[tuple[str, ...], str], other: tuple[tuple[str, ...], str]) -> None:
    """Two spellings share a key exactly where they are spellings of one number."""
    a, b = parse(one[1]), parse(other[1])
    assert a is not None
    assert b is not None
    assert (a.key == b.key) == (one[0] == other[0])


@given(st.tuples(_years, _serials).flatmap(lambda pair: st.tuples(_edoc(*pair), _edoc(*pair))))
def test_spellings_of_one_number_share_its_key(pair: tuple[tuple[tuple[str, ...], str], ...]) -> None:
    """Padding, kind of dash and blanks change nothing."""
    keys = {number.key for _, text in pair if (number := parse(text))}
    norms = {number.norm for _, text in pair if (number := parse(text))}
    assert len(keys) == len(norms) == 1


@given(_spellings)
def test_the_shown_form_reads_back(one: tuple[tuple[str, ...], str]) -> None:
    """What is stored can be joined on."""
    number = parse(one[1])
    assert number is not None
    again = parse(number.norm)
    assert again is not None
    assert again.key == number.key


@pytest.mark.parametrize("subject", ["00.01.10-Ø00", "00.01.10Ø00", "27.03.00"])
def test_find_numbers_takes_no_subject_for_a_case(subject: str) -> None:
    """A subject of the KLE plan, with its facet or without, is no case by itself."""
    assert not list(find_numbers(f"J.nr. {subject}", unlisted=True))
