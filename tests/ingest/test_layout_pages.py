"""Pages of newsletters and reports: columns of prose, stamps, contents, contact lines, heads of tables."""

from __future__ import annotations

import io
from functools import partial

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.records import Box, Line
from ingest.layout import compose
from ingest.prose import part_columns
from ingest.readers import read
from tests.growth import assert_linear
from tests.ingest.papers import Placed, make_pdf, stack

PROSE = (
    (
        "Byrådet har drøftet en ny cykelsti",
        "langs Havnevej og har besluttet, at",
        "den sendes i høring hos naboerne, så",
        "alle når at sige deres mening, før",
        "der bygges noget til foråret. Det",
        "er den korteste vej til skolen.",
    ),
    (
        "Svømmehallen trænger til et nyt",
        "anlæg, og taget over bassinet er",
        "utæt flere steder. Hallen skal nu",
        "lukkes i sommerferien, mens det",
        "gamle tag skæres ned. Klubberne",
        "får tid i nabobyens hal.",
    ),
    (
        "Fra foråret hentes papir og glas",
        "hver fjerde uge, så beholderne",
        "skal stilles frem om aftenen, før",
        "bilen næste morgen kører rundt",
        "på vejen. Storskrald hentes kun",
        "efter aftale.",
    ),
)
LETTER = (
    "Undertegnede klager hermed over støjen fra maskinstationen på nabogrunden,",
    "som siden foråret har kørt med tunge maskiner både tidligt om morgenen og",
    "sent om aftenen, også i weekenden, hvor vi ellers plejer at have ro på vejen.",
)
WHOLE = " ".join(LETTER)
#: Left edge, distance from the upper edge, angle in degrees, text.
Turned = tuple[float, float, float, str]


def text_of(*pages: list[Placed]) -> str:
    return compose(read(make_pdf(pages), "blad.pdf")).string


def words_of(page: list[Placed]) -> list[str]:
    return text_of(page).split()


def turned_pdf(level: list[Placed], turned: list[Turned]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for left, top, size, text in level:
        canvas.setFont("Helvetica", size)
        canvas.drawString(left, A4[1] - top, text)
    for left, top, angle, text in turned:
        canvas.saveState()
        canvas.translate(left, A4[1] - top)
        canvas.rotate(angle)
        canvas.drawString(0, 0, text)
        canvas.restoreState()
    canvas.save()
    return stream.getvalue()


def test_compose_three_columns_of_prose_are_read_one_after_the_other() -> None:
    """A newsletter in three columns is read column by column."""
    page = [line for at, column in enumerate(PROSE) for line in stack(column, left=40 + 180 * at, size=10)]
    assert words_of(page) == [word for column in PROSE for line in column for word in line.split()]


def test_compose_three_columns_of_a_table_are_read_row_by_row() -> None:
    """Cells of several lines, three beside each other, stay together in their rows."""
    page: list[Placed] = []
    for row, top in enumerate((80.0, 130.0, 180.0)):
        for at, column in enumerate(PROSE):
            page += stack(
                (f"{'ABC'[row]}{at} {column[0]}", *column[1:3]), left=40 + 180 * at, top=top, size=9, leading=11
            )
    text = text_of(page)
    assert text.index("A2 Fra") < text.index("B0 Byrådet")


def test_compose_second_column_may_end_early() -> None:
    """The few lines of a newsletter's last column follow the whole first one, with the word that was cut."""
    left = stack((*(line for column in PROSE for line in column), "så det sendes til sikkerheds-"), left=40)
    right = stack(
        ("organisationen, som holder et", "møde om sagen i begyndelsen", "af det nye år på rådhuset."),
        left=310,
        size=11,
    )
    ending = "sikkerhedsorganisationen, som holder et møde om sagen i begyndelsen af det nye år på rådhuset."
    assert " ".join(words_of([*left, *right])).endswith(ending)


def test_compose_second_column_may_end_early_after_paragraphs() -> None:
    """A short second column with a space between its paragraphs is read after the first one too."""
    left = stack([line for column in PROSE for line in column], left=40)
    right = stack(("Koret øver hver onsdag aften i", "skolens sal, og der er plads til", "flere stemmer."), left=310)
    right += stack(("Orkestret mangler en fløjte, og", "det øver om torsdagen."), left=310, top=140)
    ending = "Storskrald hentes kun efter aftale. Koret øver hver onsdag aften i skolens sal, og der er plads til flere"
    assert ending in " ".join(words_of([*left, *right]))


def test_compose_answers_beside_each_other_stay_in_their_rows() -> None:
    """Objection and answer of several lines each, side by side, are read one pair after the other."""
    page: list[Placed] = []
    for at, column in enumerate(PROSE):
        page += stack((f"Svar {at}: det er", *column), left=40, top=100 + 100.0 * at, leading=13)
        page += stack((f"Note {at}: vi mener,", *column[:-1]), left=310, top=100 + 100.0 * at, leading=13)
    found = [word for word in words_of(page) if word in ("Svar", "Note")]
    assert found == ["Svar", "Note"] * len(PROSE)


def test_compose_signers_may_stand_in_the_second_column() -> None:
    """Short lines at the head of a second column follow the first one, which fills half the page."""
    left = stack((*(line for column in PROSE for line in column), "For Midterlisten"), left=40)
    right = stack(("Signe Amstrup Hvid", "For Borgerlisten", "Benny Tofte"), left=310)
    assert " ".join(words_of([*left, *right])).endswith(
        "For Midterlisten Signe Amstrup Hvid For Borgerlisten Benny Tofte"
    )


@pytest.mark.parametrize(("left", "top", "angle"), [(250, 135, 12), (18, 400, 90), (585, 300, 270)])
def test_compose_stamp_parts_no_sentence(left: float, top: float, angle: float) -> None:
    """A stamp set askew, and text that runs up or down beside all other, follow the body as a margin."""
    stamp = "MODTAGET 12. MAJ 2011"
    text = compose(read(turned_pdf(stack(LETTER), [(left, top, angle, stamp)]), "klage.pdf"))
    assert text.string.endswith(f"\n\n{stamp}")
    assert " ".join(text.string.split()) == f"{WHOLE} {stamp}"
    assert text.segments[-1].role == "margin"


def test_compose_page_drawn_on_its_side_stays() -> None:
    """Where most of a page runs upwards that is its text."""
    turned = [(100.0 + 14 * at, 760.0, 90.0, line) for at, line in enumerate(LETTER)]
    text = compose(read(turned_pdf([(70, 800, 8, "Bilag til sagen")], turned), "plan.pdf"))
    assert all(segment.role == "body" for segment in text.segments)


def test_compose_head_of_a_table_that_runs_upwards_stays() -> None:
    """The turned head of a column stands within the page and is no stamp."""
    level = stack(("Engvej og Skolevej", "Havnevej og Møllegade"), top=200) + stack(("120", "340"), left=400, top=200)
    text = compose(read(turned_pdf(level, [(300, 180, 90, "Cyklister")]), "tal.pdf"))
    assert all(segment.role == "body" for segment in text.segments)


def test_compose_contents_keep_a_line_each() -> None:
    """A line that leads to its page number with dots is ended by its writer, however full it is."""
    entries = ("1. Indledning", "Byens udvikling", "Bilag A. Oversigtskort")
    page = stack([f"{entry} {'.' * (120 - len(entry))} {at}" for at, entry in enumerate(entries, 3)])
    assert [line.split(" .")[0] for line in text_of(page).split("\n")] == list(entries)


def test_compose_contact_foot_in_columns_is_read_column_by_column() -> None:
    """Columns of contact lines under a page keep address and town together."""
    foot = [
        *stack(("Vejkontoret", "Markvej 2", "7777 Engby"), top=785, size=8, leading=10),
        *stack(("Telefon 97 00 12 12", "www.engby.example"), left=380, top=785, size=8, leading=10),
    ]
    text = text_of([*stack(LETTER, top=700), *foot], stack(("Venlig hilsen",)))
    assert text.index("7777 Engby") < text.index("Telefon")


def test_compose_heads_of_columns_may_be_set_to_the_right() -> None:
    """The second lines of heads over figures belong to the first ones."""
    page = [line for line in stack(("Udvalg", "", "Børn", "Kultur"), leading=13) if line[3]]
    for left, column in (
        (300.0, ("Oprindeligt", "budget", "410,2", "61,0")),
        (440.0, ("Forventet", "regnskab", "415,9", "60,4")),
    ):
        page += [
            (left - stringWidth(text, "Helvetica", size), top, size, text)
            for _, top, size, text in stack(column, leading=13)
        ]
    assert text_of(page).startswith("Udvalg\tOprindeligt budget\tForventet regnskab\nBørn\t410,2\t415,9")


def test_many_columns_under_headings_cost_in_proportion() -> None:
    """A page of very many lines in two columns, cut by headings over both, is read in time that grows with it."""
    small, large = (partial(part_columns, _column_lines(times), 595.0) for times in (500, 2_000))
    assert_linear(small, large)


def _column_lines(times: int) -> list[Line]:
    lines: list[Line] = []
    for at in range(times):
        top = at * 100.0
        lines.append(Line("En overskrift over begge spalter", Box(40, top, 500, top + 11), 11.0))
        for step in range(1, 7):
            for left in (40.0, 310.0):
                box = Box(left, top + 14 * step, left + 200, top + 14 * step + 11)
                lines.append(Line("og så går sagen i høring hos de", box, 11.0))
    return lines


def test_compose_plain_text_margin_date_parts_no_sentence() -> None:
    """A date of the margin that stands in a sentence goes to the labels under it."""
    text = (
        "Forvaltningen har målt hastigheden ifølge kommunens Trafiksikkerheds-\n 7. juni 2012\n\n"
        "Sagsnr.\n2012-72213\n\nTelefon\n8712 3456\n\nplan 2010-2013, og der kan etableres bump til foråret.\n"
    )
    assert compose(read(text.encode(), "brev.txt")).string.startswith(
        "Forvaltningen har målt hastigheden ifølge kommunens Trafiksikkerhedsplan 2010-2013, og der kan"
    )


def test_compose_plain_text_short_line_shows_no_width() -> None:
    """A short line before a small letter does not make the text narrow, so that address lines stay apart."""
    long = (
        "Tak for din mail om hastigheden på vejen, som vi har set nærmere på\n"
        "sammen med politiet, og vi kan nu oplyse, at der sættes et skilt op\n"
    )
    text = f"Til Grundejerforeningen Lærkehøj\nv/ formand Bjørn Ishøj\nLærkehøj 22\n\n{long}inden jul.\n"
    assert compose(read(text.encode(), "brev.txt")).string.startswith(
        "Til Grundejerforeningen Lærkehøj\nv/ formand Bjørn Ishøj\nLærkehøj 22\n\nTak for"
    )


def test_a_margin_with_who_to_ask_follows_the_body() -> None:
    """`Kontakt:` and `Direkte:` are labels, and a street with its town is an address: the column is a letterhead."""
    margin = [
        "Havlev Kommune",
        "Borgmesterkontoret",
        "Torvet 2, 8599 Havlev",
        "Dato: 23. januar 2020",
        "Sags-id: EMN-2020-00217",
        "Kontakt: Naja Bro",
        "Direkte: 87 99 20 14",
    ]
    page = [*stack(margin, left=40, size=8, leading=17), *stack(LETTER * 3, left=180, size=9, leading=15)]
    assert " ".join(words_of(page)).startswith("Undertegnede klager")


def test_a_verdict_alone_is_a_line_of_its_own() -> None:
    """`Godkendt.` under a full line that heads an item is not the end of its title."""
    text = (
        "1. Godkendelse af dagsorden og af referat fra mødet i marts\nGodkendt.\n\n2. Broer\n"
        "Bestyrelsen talte om de nye broer ved havnen og om den\ngamle mole, som kommunen vil have til at holde lidt\n"
        "længe endnu, og derefter om pælene.\n"
    )
    lines = compose(read(text.encode(), "referat.txt")).string.split("\n")
    assert "Godkendt." in lines
