"""A document's own numbers, told from those it cites."""

import pytest

from corpus.records import Text
from ingest.facts import find_facts
from ingest.facts.draft import HIGH, LOW, MIDDLE, Document, Draft
from ingest.facts.numbers import find_own_numbers


def draft_of(text: str, name: str = "") -> Draft:
    """Run the step of the numbers alone."""
    draft = Draft()
    find_own_numbers(Document(Text(text), name=name), draft)
    return draft


CASES = [
    ("Sagsnr.\n2013-0041877\n\nDokumentnr.\n2013-208814", ["2013-41877"], ["2013-208814"]),
    ("12. Ny bro over åen (2010-16508)\n\nIndstilling", ["2010-16508"], []),
    ("- 3. Ansøgning om sommerfest (2016-0210450)\n- 4. Høring (2016-0198833)", ["2016-210450", "2016-198833"], []),
    ("211. Ny skole\n\nSagsnr. 18/28145. Byrådet behandlede sagen.", ["18/28145"], []),
    ("Pkt. Tekst Sagsnr.\n211 Ny skole 18/28145\n212 Fortov 18/30771", ["18/28145", "18/30771"], []),
    ("Vedr. sagsnr. 18/28145\n\nHøringssvar fra skolen", ["18/28145"], []),
    ("Bilag 2 til sag EMN-2017-01234\nDok.id 3417720", ["EMN-2017-1234"], ["3417720"]),
    ("MFU 53/2000 (M&FFs j.nr. M 1692-1/00)", ["MFU 53/2000", "M 1692-1/00"], []),
    ("18. Regnskab\n\n018520-2013\n\nSagens kerne", ["18520-2013"], []),
    ("Godkendelse af dagsorden 15/703\n\nIndstilling", ["15/703"], []),
    ("Åbent - 2009/080823", ["2009/80823"], []),
    ("Sag: 2017-0165502", ["2017-165502"], []),
    ("Sagsnr. 18/28145-12", ["18/28145"], []),
    ("Sag 14/21877 Ny bro over åen\n\nIndstilling", ["14/21877"], []),
    ("J.nr.: 2014-215/1234\nDeres j.nr. 326-2014-57347", ["2014-215/1234"], []),
    ("Punkt 4 - 1-30-72-12-22\nNy bro over åen", ["1-30-72-12-22"], []),
    ("Sagsnr. 20-4433\n\nNy bro over åen", ["20-4433"], []),
    ("Sagsnr.: 29-2020-1177", ["29-2020-1177"], []),
    ("Sagsnr. 20/0000044", ["20/44"], []),
    ("Sagsnr. 2020000123", ["2020000123"], []),
    ("Sag: S19-4433", ["S19-4433"], []),
    ("J.nr. 201/1999", ["201/1999"], []),
    ("J.nr. 0607.0001/99", ["0607.0001/99"], []),
    ("Sags-id: HAV.44/2020.7\tDato: 4. maj 2020", ["HAV.44/2020.7"], []),
    ("3. Ny bro\n20/44\n\n4. Takster\n20/51\n\n5. Regnskab\n19/3", ["20/44", "20/51"], []),
    ("3. Ny bro\n20/44\n\nSe sagsnr. 20/4433.", ["20/44"], []),
    ("Dok.nr. 1182734-23\n\nNy bro over åen", [], ["1182734-23"]),
    ("Dok.id.: 44871/16\n\nNy bro over åen", [], ["44871/16"]),
    ("Dok.: 2214-17\n\nNy bro over åen", [], ["2214-17"]),
    ("Dok.løbenr. 12345/17\n\nNy bro over åen", [], ["12345/17"]),
    ("Sagsnr.\n2012-72 213\nDokumentnr.\n2012-450871", ["2012-72213"], ["2012-450871"]),
    ("Svar sendes til Havnekontoret, mrk. sagsnr. 2015-079901.", ["2015-79901"], []),
    ("Svar mærkes med sagsnr. 2015-079901 og sendes til Havnekontoret.", ["2015-79901"], []),
    ("Høringssvar vedrørende mole, sagsnr. 2011-98213\n\nTekst.\n\nSagsnr. 2011-139422", ["2011-139422"], []),
    ("Høringssvar vedrørende mole, sagsnr. 2011-98213\n\nTekst.", ["2011-98213"], []),
    ("Sagsnr.\nDokumentnr.\n2012-11873\n2012-88120", ["2012-11873"], ["2012-88120"]),
]


@pytest.mark.parametrize(("text", "cases", "documents"), CASES)
def test_own_numbers_stand_like_metadata(text: str, cases: list[str], documents: list[str]) -> None:
    """Label, own line, a heading's brackets or a list's end make a number the document's own."""
    draft = draft_of(text)
    assert [found.value for found in draft.case_numbers] == cases
    assert [found.value for found in draft.document_numbers] == documents


@pytest.mark.parametrize(
    "text",
    [
        "Sagsnr. 12-03-2021",
        "Sag: COVID-2019 og tiden efter",
        "Sagen har sagsnr. HAV/4455 i det gamle arkiv",
        "Sagsnr. HAV/4455 blev lukket i 2019",
        "Sagsnr. 320199-4433",
        "Sagsnr.: 2020",
        "3. Ny bro\n20/44\n\nTeksten.",
    ],
)
def test_no_number_is_what_only_looks_like_one(text: str) -> None:
    """A date, a year, a CPR number, a word with figures in running text, a lone fraction are no case numbers."""
    assert draft_of(text).case_numbers == []


CITED = [
    ("Jeres sagsnr.: 2013-0041877\n\nKære Lone", "2013-41877", "cited_case"),
    ("Deres j.nr.\n14/06112", "14/6112", "cited_case"),
    ("Begge lokaludvalg har tidligere (sag 2022-0155730) bedt om flere målinger.", "2022-155730", "cited_case"),
    ("Udgiften dækkes, jf. udvalgets beslutning af 25. marts 2021 (2021-0033127).", "2021-33127", "cited_case"),
    ("Bilag\n\n- Høringssvar samlet (18/28145-41)\n- Beregning", "18/28145-41", "cited_document"),
    ("Bilag\n\n1. Hvidbog (2013-301155)\n2. Kort", "2013-301155", "cited_case"),
    (
        "Teknisk Udvalg drøftede støjen i forbindelse med sag 01.02.05-P16-4-18 fra værftet.",
        "01.02.05-P16-4-18",
        "cited_case",
    ),
]


@pytest.mark.parametrize(("text", "norm", "use"), CITED)
def test_numbers_in_running_text_are_cited(text: str, norm: str, use: str) -> None:
    """A number of another's, in a sentence or in the list of attachments is no own one."""
    draft = draft_of(text)
    assert [(seen.number.norm, seen.use) for seen in draft.numbers] == [(norm, use)]
    assert not draft.case_numbers


def test_an_own_number_cited_again_stays_the_own_one() -> None:
    """A sentence that names the document's own case cites no other."""
    draft = draft_of("Notatet er bilag til sag nr. 2015-0091244.\n\nSagsnr.\n2015-0091244")
    assert {seen.use for seen in draft.numbers} == {"own_case"}


def test_a_file_name_gives_the_number_that_the_text_lacks() -> None:
    """The name is only asked where the text bears no number."""
    assert [f.value for f in draft_of("Referat", "306_2016_11967_Referat.pdf").case_numbers] == ["306-2016-11967"]
    assert [f.value for f in draft_of("Sagsnr. 2016-4711", "306_2016_11967_x.pdf").case_numbers] == ["2016-4711"]


@pytest.mark.parametrize(
    ("text", "scanned", "confidence"),
    [
        ("Sagsnr.\n2013-0041877", False, HIGH),
        ("Sagsnr.\n2013-0041877", True, MIDDLE),
        ("Sagsnr.\n2O13-OO4l877", True, LOW),
        ("Sagsnr.\n2O13-OO4l877", False, LOW),
    ],
)
def test_a_number_that_was_guessed_at_keeps_its_doubt(text: str, scanned: bool, confidence: float) -> None:
    """What OCR read is less sure than a file's text, and least where letters were taken for figures."""
    facts = find_facts(Text(text), scanned=frozenset({1}) if scanned else frozenset())
    assert facts.case_numbers == ("2013-41877",)
    assert [place.confidence for place in facts.places if place.key == "case_numbers"] == [confidence]


def test_places_point_at_the_value() -> None:
    """What is found can be shown where it stands."""
    text = "Notat\n\nSagsnr.\n2013-0041877"
    facts = find_facts(Text(text), name="notat.txt")
    (place,) = [place for place in facts.places if place.key == "case_numbers"]
    assert text[place.start : place.end] == "2013-0041877"
    assert (place.index, place.page) == (0, 1)
    assert place.rule


def test_documents_of_attachments_are_cited() -> None:
    """A document's number in brackets behind the name of an attachment is that attachment's."""
    text = (
        "5. Regnskab for molen\n\nIndstilling\n\nGodkendes.\n\nBilag:\n\nRegnskab (dok. 31877-10)\nKort (dok. 31902-10)"
    )
    cited = [one.target for one in find_facts(Text(text)).references if one.kind == "document"]
    assert cited == ["31877-10", "31902-10"]
    assert draft_of(text).document_numbers == []


@pytest.mark.parametrize("text", ["Se sagsnr. 44871/16 om det.", "Se sagsnr. 118273-23 om det."])
def test_serial_with_short_year_is_no_case(text: str) -> None:
    """Only documents are numbered by serial and a year of two figures."""
    assert draft_of(text).numbers == []


def test_number_under_word_that_ends_like_a_label_is_found() -> None:
    """`SE` labels no number where it is the end of a word."""
    assert [
        seen.number.norm for seen in draft_of("5. Spildevandsrense\n\n015118-2013\n\nBeslutning\n\nUdsat.").numbers
    ] == ["15118-2013"]
    assert draft_of("Kommunen har SE 015118-2013 som nummer.").numbers == []


def test_numbers_with_a_councils_code_in_a_list_of_attachments_are_documents() -> None:
    """Behind an attachment such a number without label is the attachment's document."""
    text = "5. Mole\n\nSag: 361-2014-733\n\nIndstilling\n\nGodkendes.\n\nBilag:\n1. Budget 361-2014-204420"
    draft = draft_of(text)
    assert [(seen.number.norm, seen.use) for seen in draft.numbers] == [
        ("361-2014-733", "own_case"),
        ("361-2014-204420", "cited_document"),
    ]


def test_an_old_journal_number_keeps_its_form() -> None:
    """A class with its facet and a serial is the case of an item, its zeros kept."""
    text = (
        "Protokol\n\n117. BUDGET 1998\n\nJ.nr. 00.01.01 S01/012\n\nTiltrådt.\n\n"
        "118. SALG\n\nJ.nr. 82.02.00 G10/188\n\nVedtaget."
    )
    assert find_facts(Text(text)).case_numbers == ("00.01.01 S01/012", "82.02.00 G10/188")


def test_the_number_that_an_answer_is_to_bear_is_own() -> None:
    """`mrk. "Broplan, sagsnr. …"` names the case whatever word stands before its label."""
    text = 'Høring om broplan\n\nSend dit svar til os mrk. "Broplan, sagsnr. 06.00.05-P15-1-21" inden maj 2022.'
    assert find_facts(Text(text)).case_numbers == ("06.00.05-P15-1-21",)


def test_a_number_with_one_writers_initials_is_a_document() -> None:
    """A slash and initials may close a document's number."""
    assert find_facts(Text("Kære Bo\n\nDok.nr. 14/04711-2/JH\n\nTak for sidst")).document_numbers == ("14/4711-2/JH",)


def test_an_old_journal_number_may_have_blanks_around_its_dash() -> None:
    """`05.01.35G01 - 0012` is one number."""
    assert find_facts(Text("Kære Bo\n\nJ.nr.: 05.01.35G01 - 0012\n\nTak")).case_numbers == ("05.01.35G01-0012",)


def test_labels_side_by_side_have_numbers_of_any_form() -> None:
    """`Vor ref.` in a cell gives the own case, `Deres ref.` another's, a class with a stop no number."""
    text = "Kære Bo\n\nDato: 21. juni 2005\tVor ref.: 8-70-51-2-367-1-05\tDeres ref.: TM/04-118\n\nTak for sidst"
    facts = find_facts(Text(text))
    assert facts.case_numbers == ("8-70-51-2-367-1-05",)
    assert [one.target for one in facts.references] == ["TM/04-118"]
    assert find_facts(Text("Kære Bo\n\nKirkebakken 4\tJ.nr. 20.01.03.G01\n\nTak")).case_numbers == ()
