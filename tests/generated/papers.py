"""Linked papers made by rule, with their true links: a council's hearings, decisions, minutes and merged letters.

Each matter is a hearing, two answers that cite its letter and case, a decision after it, the minutes of a meeting that
treats several matters as items, and a status letter that cites the decision's meeting. Names and words vary; the truth
is known because the generator wrote both ends of every link.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from pathlib import Path

PLACES = "Ahornvej Birkevang Cedervej Dalstrøget Elmegade Fyrrevej Granbakken Hasselvej Irisvej Jasminvej".split()
THINGS = "legeplads cykelsti parkeringsplads rundkørsel skolegård sansehave boldbane naturlegeplads".split()
WORDS = (
    "borgerne forvaltningen arbejdet pladsen træerne trafikken støjen lyset midlerne tidsplanen naboerne børnene "
    "foreningen driften anlægget projektet stierne beboerne sikkerheden tilgængeligheden vinteren sommeren skolen"
).split()
VERBS = "ønsker støtter forventer oplyser foreslår bemærker vurderer beder".split()
FIRST = "Asta Bodil Carl Dagmar Ejnar Frida Gorm Hedvig Ivan Jutta".split()
LAST = "Vindtved Markholt Skovbjerg Engdal Højrup Brinkmose Stenlev Tofthøj".split()
MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
BODY = "Teknik- og Miljøudvalget"


@dataclass(slots=True)
class Archive:
    """Papers by file name, and their true links as (file, file, kind), the smaller name first."""

    papers: dict[str, str] = field(default_factory=dict)
    links: set[tuple[str, str, str]] = field(default_factory=set)

    def link(self, one: str, other: str, kind: str) -> None:
        """Note a true link."""
        if one != other:
            self.links.add((*sorted((one, other)), kind))  # type: ignore[arg-type]

    def write(self, folder: Path) -> None:
        """Write every paper as a text file."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.papers.items():
            (folder / name).write_text(text, encoding="utf-8")


def generate(matters: int, seed: int = 1) -> Archive:
    """Make so many matters, about six papers each."""
    rng = random.Random(seed)
    archive = Archive()
    for first in range(0, matters, 4):
        day = datetime.date(2013, 1, 7) + datetime.timedelta(days=7 * (first // 4))
        _meeting(archive, rng, range(first, min(first + 4, matters)), day)
    for group in range(matters // 10):
        _merged_letters(archive, rng, group)
    return archive


def _meeting(archive: Archive, rng: random.Random, numbers: range, day: datetime.date) -> None:
    """Four matters go through their hearings and are treated in one meeting."""
    met = day + datetime.timedelta(days=70)
    minutes = f"referat-{numbers[0]:04}.txt"
    items, treated = [], []
    for at, number in enumerate(numbers, 1):
        case = f"2013-{30000 + number * 7}"
        title = f"Ny {rng.choice(THINGS)} ved {rng.choice(PLACES)} {number + 1}"
        papers = _matter(archive, rng, number, case, title, day, met)
        items.append(f"{at}. {title} ({case})\n\nINDSTILLING\n\n{_prose(rng, 3)}\n\nBESLUTNING\n\nGodkendt.\n")
        treated.append(papers)
        for one in papers["case"]:
            archive.link(one, minutes, "case")
        archive.link(papers["decision"], minutes, "meeting")
        archive.link(papers["status"], minutes, "meeting")
    head = f"Nordvang Kommune\n{BODY}\n\nReferat af møde den {_long(met)}\n\n"
    archive.papers[minutes] = head + "\n".join(items)
    decisions = [papers["decision"] for papers in treated]
    for one in decisions:
        for papers in treated:
            archive.link(one, papers["decision"], "meeting")
            archive.link(one, papers["status"], "meeting")


def _matter(
    archive: Archive,
    rng: random.Random,
    number: int,
    case: str,
    title: str,
    day: datetime.date,
    met: datetime.date,
) -> dict[str, object]:
    name = f"{number:04}"
    hearing, decision, status = f"hoering-{name}.txt", f"beslutning-{name}.txt", f"status-{name}.txt"
    sent = day + datetime.timedelta(days=number % 5)
    due = sent + datetime.timedelta(days=40)
    archive.papers[hearing] = (
        f"Til naboer og foreninger\n\n{_long(sent)}\n\nSagsnr. {_spelt(rng, case)}\n\nHøring om {title[3:]}\n\n"
        f"Forvaltningen sender hermed forslaget i høring. {_prose(rng, 4)}\n\n"
        f"Høringssvar bedes sendt senest den {_long(due)}.\n\nVenlig hilsen\n\n{_person(rng)}\nCenterchef\n"
    )
    answers = []
    for letter in "ab":
        answer = f"svar-{name}{letter}.txt"
        answers.append(answer)
        archive.papers[answer] = (
            f"Grundejerforeningen {rng.choice(PLACES)} {number}{letter}\n\n"
            f"{_long(sent + datetime.timedelta(days=20))}\n\nHøringssvar om {title[3:]}\n\n"
            f"Vi takker for jeres høringsbrev af {_long(sent)} (sagsnr. {_spelt(rng, case)}). "
            f"{_prose(rng, 4)}\n\nMed venlig hilsen\n\n{_person(rng)}\nFormand\n"
        )
        archive.link(answer, hearing, "letter")
    archive.papers[decision] = (
        f"{1 + number % 4}. {title} ({_spelt(rng, case)})\n\nINDSTILLING OG BESLUTNING\n\n"
        f"Teknik- og Miljøforvaltningen indstiller, at {BODY} godkender,\n\n1. at {_prose(rng, 1).lower()}\n\n"
        f"Problemstilling\n\n{_prose(rng, 4)}\n\nBeslutning\n\n"
        f"{BODY}s beslutning i mødet den {_long(met)}:\n\nGodkendt.\n"
    )
    archive.papers[status] = (
        f"{_person(rng)}\n{rng.choice(PLACES)} {number + 3}\n\n{_long(met + datetime.timedelta(days=90))}\n\n"
        f"Svar på henvendelse om {title[3:]}\n\n"
        f"{BODY} godkendte på mødet den {_long(met)} forslaget (sagsnr. {_spelt(rng, case)}). {_prose(rng, 4)}\n\n"
        f"Venlig hilsen\n\n{_person(rng)}\nSpecialkonsulent\n"
    )
    own, citing = [hearing, decision], [*answers, status]
    for one in own:
        for other in (*own, *citing):
            archive.link(one, other, "case")
    return {"case": [*own, *citing], "decision": decision, "status": status}


def _merged_letters(archive: Archive, rng: random.Random, group: int) -> None:
    """One letter filled in for three committees: near duplicates of each other."""
    body = " ".join(_prose(rng, 6) for _ in range(3))
    names = []
    for number, committee in enumerate(("Socialudvalget", "Børne- og Ungdomsudvalget", "Kultur- og Fritidsudvalget")):
        name = f"brev-{group:04}-{number}.txt"
        names.append(name)
        archive.papers[name] = (
            f"{committee}\n\n{_long(datetime.date(2016, 1, 4) + datetime.timedelta(days=group))}\n\n"
            f"Årets måling {group}\n\n{body} Jeg beder {committee} overveje indsatsen.\n\n"
            f"Venlig hilsen\n\nHedvig Tofthøj\n"
        )
    for one in names:
        for other in names:
            archive.link(one, other, "near_duplicate")


def _prose(rng: random.Random, sentences: int) -> str:
    made = []
    for _ in range(sentences):
        words = [rng.choice(WORDS) for _ in range(rng.randint(4, 8))]
        made.append(f"{words[0].capitalize()} {rng.choice(VERBS)}, at {' og '.join(words[1:])} bliver bedre.")
    return " ".join(made)


def _spelt(rng: random.Random, case: str) -> str:
    """Write a case number as one of the ways in which people write it."""
    year, serial = case.split("-")
    return rng.choice((case, f"{year}-00{serial}", f"{year} - {serial}", f"{year}\u2011{serial}"))


def _long(day: datetime.date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _person(rng: random.Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"
