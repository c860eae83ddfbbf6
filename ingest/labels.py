"""The labels of a letterhead (`Sagsnr.`, `Telefon`), and the values that stand beside or under them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.repeated import remembered

_NAMES = (
    r"(?:deres |jeres |vores |vor )?(?:sags?\s?-?(?:nr|nummer|id)|sag"
    r"|j\.?\s?nr|journal\s?-?(?:nr|nummer)|ref(?:erence)?)"
    r"|dok(?:ument)?\.?\s?-?(?:nr|nummer|id)|dato|brevdato|udskriftsdato|mødedato"
    r"|(?:direkte )?(?:telefon|tlf|telefonnr)|direkte|telefax|fax|mobil(?:telefon)?|lokal(?:telefon)?"
    r"|e-?mail|e-?post|mail|(?:hjemmeside|internet|web)(?:adresse)?|ean(?:[\s-]?(?:nr|nummer|lok(?:ationsnummer)?))?"
    r"|cvr(?:[\s-]?(?:nr|nummer))?|se(?:[\s-]nr)|p-?nr"
    r"|sagsbehandler|kontakt(?:person)?|skrevet af|åbningstid(?:er)?|ekspeditionstid"
    r"|telefontid|postadresse|adresse|besøgsadresse|kontor(?:tid)?|giro|bank|kle"
)
_LABEL = re.compile(rf"(?:{_NAMES})\.?\s?:?$", re.IGNORECASE)
_LABELLED = re.compile(rf"(?:{_NAMES})(?:\.?\s?:|\.|\s)\s{{0,20}}(?P<value>\S.{{0,80}})$", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zæøå]{0,6}\.?"
_DATE = re.compile(
    rf"(?:[A-ZÆØÅ][a-zæøå]{{2,30}}, )?(?:den |d\. ?)?(?:\d{{1,2}}\. ?{_MONTH} \d{{4}}"
    rf"|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}|\d{{4}}-\d\d-\d\d)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\+?[\d(][\d\s./()\u2010-\u2015-]{2,30}$|[A-Z]{0,4}[\d.]{2,12}[-\u2010-\u2015/][\w./\u2010-\u2015-]{2,30}$"
)
_CONTACT = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+\.\S+$", re.IGNORECASE)
#: A postcode with its town, the street before it or not.
_POSTCODE = re.compile(r"(?:[A-ZÆØÅ][\w.æøå -]{2,25} \d{1,3} ?[A-Z]?, )?(?:DK-)?\d{4} [A-ZÆØÅ][\w.æøåÆØÅ ]{1,30}$")
#: The longest line of a margin column, in characters.
LONGEST = 45


@remembered
def is_label(text: str) -> bool:
    """Say whether a line is a label with its value on the next line."""
    return bool(_LABEL.match(text.strip()))


@remembered
def is_labelled(text: str) -> bool:
    """Say whether a line is a label followed by its value, a number, date or name, and not a sentence."""
    match = _LABELLED.match(text.strip())
    if match is None:
        return False
    value = match["value"]
    return is_value(value) or (":" in text and len(value) <= 40) or bool(re.match(r"[\d(+]", value))


@remembered
def is_date(text: str) -> bool:
    """Say whether a line is nothing but a date, with or without a place before it."""
    return bool(_DATE.match(text.strip()))


def is_dated(text: str) -> bool:
    """Say whether a line is a label with a date after it."""
    match = _LABELLED.match(text.strip())
    return match is not None and is_date(match["value"])


def is_contact(text: str) -> bool:
    """Say whether a line is a web or mail address or a postcode with its town."""
    return bool(_CONTACT.match(text.strip()) or _POSTCODE.match(text.strip()))


def is_value(text: str) -> bool:
    """Say whether a line is a number, date or address as a label is followed by."""
    text = text.strip()
    return bool(_NUMBER.match(text) or is_date(text) or is_contact(text))


def is_letterhead(text: str) -> bool:
    """Say whether a line names where the sender is reached: what a margin has and a heading has not."""
    text = text.strip()
    if is_contact(text):
        return True
    return (
        bool(re.match(r"(?:telefon|tlf|telefax|fax|mobil|e-?mail|ean|cvr)\b", text, re.IGNORECASE))
        and len(text) <= LONGEST
    )


def count_marginal(lines: Sequence[str]) -> int:
    """Count the lines that are labels, values or what follows a label."""
    count = 0
    after_label = False
    for text in lines:
        label = is_label(text)
        count += label or after_label or is_labelled(text) or is_value(text)
        after_label = label
    return count
