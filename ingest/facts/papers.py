"""The nouns by which dated papers are cited, and tables that list papers by sender and day."""

from __future__ import annotations

import re

from ingest.facts.draft import Document

#: Papers by name; `den` after one that is indefinite is its date.
PAPER = (
    r"(?:brev|skrivelse|henvendelse|ansøgning|opfordring|invitation|indbydelse|notat|redegørelse|rapport|beretning"
    r"|udtalelse|svar|mail|anmodning|forespørgsel|spørgsmål|tilsagn|påbud|(?<!uden )(?<!ers )varsel"
    r"|erklæring|indsigelse|klage"
    r"|bemærkninger|rykker|memo|meddelelse|påtegning|opslag|tegning|underskriftsindsamling|påmindelse"
    r"|bekræftelse|kvittering|underretning|begæring|besvarelse|høringsmateriale)"
)
#: Words that are acts as well as papers: only `af` or `dateret` before the date makes them papers.
ACT_OR_PAPER = (
    r"(?:vurdering|evaluering|afgørelse|orientering|kommentar|tilladelse|dispensation|opgørelse|undersøgelse|oplæg"
    r"|indstilling|bevilling|protest|indkaldelse|analyse|udredning|anbefaling|materiale|bidrag|tilbud|referat|kontrakt"
    r"|udkast|status|forslag|høring|afslag)"
)
#: `referatet fra den …`: what is approved are the minutes of that day.
MINUTES_OF = re.compile(r"(?<!\w)referat(?:et)?,? fra (?:[a-zø]{3,4}dag )?(?:den |d\. ?)?$")
#: `i mail 14/6 2021`: noun and day at once, behind a word that makes them one.
_AT_ONCE = re.compile(
    r"(?<!\w)(?:i|ved|med|pr\.|jf\.) (?:(?:sin|din|jeres|deres|en|et) )?[\wæøå-]*(?:brev|skrivelse|mail|notat) $"
)
INFLECTED = r"(?:e[nt]|et|n|e|er|erne|rne|s)?"

#: `Rådet svarede den …`, `vi skrev til jer mandag den …`, `foreningen klagede den …`: a letter that no noun names;
#: who meets writes no letter.
WROTE_ON = re.compile(
    r"(?<!\w)(?:svarede|har svaret|skrev|har skrevet|(?:på)?klagede|ansøgte|søgte|rykkede)"
    r"(?: (?:igen|tilbage|selv))?(?: (?:til )?(?:os|jer|dem|kommunen|forvaltningen))?,?"
    r" (?:[a-zø]{3,4}dag )?(?:den|d\.) ?$"
)

_LISTS_ANSWERS = re.compile(
    r"(?<!\w)(?:afsender|høringspart|indsender|høringssvar(?: fra)?|modtaget(?: fra| den)?|indkommet)(?!\w)"
)
_LISTS_DAYS = re.compile(r"(?<!\w)(?:dato|modtaget|indkommet|dateret)(?!\w)")
#: Columns of senders, in whose cells the day may stand behind the name (`Havneforeningen, 12. januar 2022`).
_LISTS_SENDERS = re.compile(r"(?<!\w)(?:afsender|høringspart|indsender|høringssvar fra)(?!\w)")


def cited_at_once(before: str) -> re.Match[str] | None:
    """Match the paper right before a day, in lower case: `i mail `."""
    return _AT_ONCE.search(before) if before.endswith(("brev ", "skrivelse ", "mail ", "notat ")) else None


def is_listed(document: Document, offset: int) -> bool:
    """Tell a day in a table of answers or letters, under a head that names senders and days, or behind a sender."""
    row = document.line_at(offset)
    if row is None or "\t" not in row.text or len(row.text) > 500:
        return False
    head = document.line_at(document.paragraph_at(offset)[0])
    if head is None or head is row or "\t" not in head.text or len(head.text) > 200:
        return False
    column = document.string.count("\t", row.start, offset)
    names = document.lower[head.start : head.end]
    cells = head.text.lower().split("\t")
    if column >= len(cells) or not _LISTS_ANSWERS.search(names):
        return False
    behind = document.string.endswith(", ", row.start, offset) and _LISTS_SENDERS.search(cells[column])
    return bool(behind or _LISTS_DAYS.search(cells[column]))
