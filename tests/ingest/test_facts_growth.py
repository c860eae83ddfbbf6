"""Facts cost time in proportion to the text's length, whatever a hostile or broken paper repeats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from corpus.records import Text
from ingest.facts import find_facts
from tests.growth import assert_linear

SMALL = 20_000

#: What is repeated, as it stands; a joint between two is part of it.
REPEATED = {
    "numbers on one line": "2010-1650 ",
    "numbers with a slash": "18/28145 ",
    "numbers by the plan": "00.00.00-G01-216-21 ",
    "numbers one a line": "2010-1650\n",
    "labels": "Sagsnr. ",
    "labels one a line": "Sagsnr.\n",
    "figures": "1",
    "figures and dashes": "1-",
    "figures and stops": "12.",
    "dates": "4. maj 2012 ",
    "dates without year": "4. maj ",
    "dates in figures": "04.05.2012 ",
    "dates of a list": "4. - ",
    "deadline words": "frist ",
    "decisions of a body": "Beslutning den 4. maj 2012 i Byrådet pkt. 4: Anbefales. ",
    "the body meant": "udvalget besluttede den 4. maj 2012 ",
    "names": "Anne Berg ",
    "names one a line": "Anne Berg\n",
    "names with slashes": "Anne Berg / ",
    "closings": "Med venlig hilsen\nAnne Berg\nDirektør\n\n",
    "Bilag": "Bilag ",
    "Bilag one a line": "Bilag\n",
    "Bilag in brackets": "(Bilag 1) ",
    "paragraph signs": "§",
    "paragraphs": "§ 1, stk. 2, ",
    "laws": "lov om ",
    "brackets that open": "(",
    "brackets that close": ")",
    "quotation marks": "”",
    "capitals": "A",
    "capital words": "Berg ",
    "small words": "ord ",
    "one word": "a",
    "blank lines": "\n",
    "tabs": "a\t",
    "suspended hyphens": "Børne-, ",
    "bodies": "Børne- og Ungdomsudvalget og ",
    "bodies with a tail": "Udvalget for Plan og ",
    "places of a body": "Valby og ",
    "plans": "Cykelplan 2010-2014 ",
    "charters": "se Big Charter ",
    "days on which papers came": "har den 4. maj 2012 modtaget, modtaget den 5. maj 2012 ",
    "lists of contents": "Pkt. 1 Ny bro\nPkt. 2 Ny mole\n",
    "contents and items": "Pkt. 1 Ny bro\n1. Ny bro\nSagsnr. 21/417\n",
    "short numbers": "1. Ny bro\n20/44\n",
    "numbers of no known form": "Sagsnr. A.44/B:1/\n",
    "committees in capitals": "UDVALGET FOR BØRN OG ",
    "motions that fell": "Forslaget om det og det faldt for 1 imod 2. ",
    "people chosen": "Bo Ås (A) blev ",
    "headings with one number": "1. Titel på punkt\n",
    "sections": "Indstilling\nat det godkendes\nBeslutning\nGodkendt\n\n",
    "votes": "For stemte: A, B og C. Imod stemte: D. ",
    "addressees": "Til\n",
    "short lines": "ab cd\n",
    "small subjects of a body": "Udvalg for regional udvikling\n",
    "quoted bodies": 'Udvalget "Aktiv ',
    "short forms": "jf. brev af 4. maj 2012 og samme sag i ovennævnte brev, charteret ",
    "figures taken for letters": "2O1O-l65O8 ",
    "trails": "Økonomiudvalget, 5. marts 2019, pkt. 30:\nAnbefales.\n",
    "parts of items": "3. Sager\n3.1 Ny mole (2013-31415)\n3.2 Takster\n",
    "standing items": "Godkendelse af dagsorden\nGodkendt.\n\n",
    "signers in capitals": "Med venlig hilsen\nLISE FROST / BO DAM HOLM\n",
    "care of": "Foreningen v/ formand Bo Ås v/ ",
    "no blank at all": "Byrådetgodkendte4.maj2012sagsnr.2010-16508,",
    "one line of everything": "Byrådet godkendte den 4. maj 2012 sagsnr. 2010-16508 om Cykelplan 2010-2014, jf. "
    "Bilag 1 og lov om planlægning § 17. ",
}


def letters(number: int) -> str:
    """Write a number in letters, so that every one is another word."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


#: What is another text every time, by its number.
NUMBERED: dict[str, Callable[[int], str]] = {
    "numbers": lambda i: f"Sagsnr. 2010-{10000 + i}\n",
    "headings": lambda i: f"{i}. Titel på punktet (2010-{10000 + i})\n\nIndstilling\n\nBeslutning\n\nGodkendt.\n\n",
    "headings by keyword": lambda i: f"Punkt {i} Titel\nBeslutning\nGodkendt\n",
    "attachments": lambda i: f"{i}. Kort over {letters(i)}\n",
    "bodies": lambda i: f"X{letters(i)}udvalget besluttede den 4. maj 2012. ",
    "bodies that met": lambda i: f"{i}. Havneudvalgets sag\n\nudvalget besluttede den 4. maj 2012.\n\n",
    "policies": lambda i: f"x{letters(i)}politikken og Cykel{letters(i)}plan 2010-2014, ",
    "laws": lambda i: f"lov om {letters(i)} § {i % 900}, ",
    "figures one a line": lambda i: f"{i}\n",
}


def repeat(unit: str, length: int) -> str:
    """Give at least `length` characters of `unit`."""
    return "Dagsorden\n" + unit * (length // len(unit) + 1)


def count(unit: Callable[[int], str], length: int) -> str:
    """Give at least `length` characters of units, each with its number."""
    return "Dagsorden\n" + "".join(unit(number) for number in range(1, length // len(unit(1000)) + 2))


def assert_facts_linear(small: str, large: str) -> None:
    """The facts of four times the text take a time in proportion."""
    find_facts(Text("Byrådet"))
    assert_linear(*(partial(find_facts, Text(text)) for text in (small, large)))


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_facts_grow_linearly_with_repetition(unit: str) -> None:
    """One piece repeated costs no more than in proportion."""
    assert_facts_linear(repeat(unit, SMALL), repeat(unit, 4 * SMALL))


@pytest.mark.parametrize("unit", NUMBERED.values(), ids=NUMBERED)
def test_facts_grow_linearly_with_values(unit: Callable[[int], str]) -> None:
    """Ever new values cost no more than in proportion."""
    assert_facts_linear(count(unit, SMALL), count(unit, 4 * SMALL))
