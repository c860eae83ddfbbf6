"""How Danish municipalities write case and document numbers.

The table of schemes follows what Danish municipalities print: Copenhagen's committee numbers of 1998-2006
(`ØU 87/2005`), eDoc (`2010-16508`, padded `2013-0041877`, with a document suffix `2017-0345678-3`), Acadre
(`18/28145`, its documents `44871/16`, `1182734-23`), SBSYS by the KLE plan (`00.00.00-G01-216-21`), a council's code in
front (`306-2009-600`), GetOrganized (`EMN-2017-01234`), KMD (`S2018-4455`) and older ones. Bare serials (`299831`) are
numbers only after a label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DASH = " {0,2}- {0,2}"
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
#: A slash with a blank beside it; without one the other schemes read it.
_SLASH = "(?: {1,2}/ {0,2}|/ {1,2})"
_SUFFIX = f"(?:{_DASH}(?P<suffix>[0-9]{{1,4}}))?"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to write numbers; `norm` is filled with the groups of `pattern`."""

    name: str
    pattern: str
    norm: str
    labelled: bool = False
    #: Whether only documents bear such numbers.
    document: bool = False

    @property
    def scan(self) -> str:
        """The pattern without names of groups, to look for many forms at once."""
        return re.sub(r"\?P<\w+>", "?:", self.pattern)


_TWO = "(?P<year>[0-9]{2})"
SCHEMES = (
    Scheme(
        "kle",
        rf"(?P<prefix>[0-9]{{2}}\.[0-9]{{2}}\.[0-9]{{2}}{_DASH}[A-ZÆØÅ][0-9]{{2}}){_DASH}(?P<printed>[0-9]{{1,5}})"
        rf"{_DASH}{_TWO}",
        "{prefix}-{printed}-{year}",
    ),
    Scheme(
        "kle-paper",
        r"(?P<prefix>[0-9]{2}\.[0-9]{2}\.[0-9]{2}) {0,2}(?P<facet>[A-ZÆØÅ][0-9]{2})/(?P<printed>[0-9]{1,5})",
        "{prefix}/{printed}",
        labelled=True,
    ),
    Scheme(
        "kle-tight",
        rf"(?P<prefix>[0-9]{{2}}\.[0-9]{{2}}\.[0-9]{{2}}[A-ZÆØÅ][0-9]{{2}}){_DASH}(?P<printed>[0-9]{{3,5}})",
        "{prefix}-{printed}",
    ),
    Scheme(
        "council",
        rf"(?P<prefix>[1-8][0-9]{{2}})[-_]{_YEAR}[-_](?P<serial>[0-9]{{1,7}})",
        "{prefix}-{year}-{serial}",
    ),
    Scheme(
        "letters",
        rf"(?P<prefix>[A-ZÆØÅ]{{2,5}}){_DASH}{_YEAR}{_DASH}(?P<serial>[0-9]{{1,7}}){_SUFFIX}",
        "{prefix}-{year}-{serial}",
    ),
    Scheme("s-year", rf"(?P<prefix>[SD]){_YEAR}{_DASH}(?P<serial>[0-9]{{1,7}})", "{prefix}{year}-{serial}"),
    Scheme(
        "region",
        rf"(?P<prefix>[0-9]-[0-9]{{2}}-[0-9]{{2}})-(?P<printed>[0-9]{{1,4}})-{_TWO}",
        "{prefix}-{printed}-{year}",
    ),
    Scheme(
        "department",
        rf"(?P<prefix>[0-9]{{3}}:[0-9]{{3}})\.(?P<printed>[0-9]{{4}})/{_TWO}",
        "{prefix}.{printed}/{year}",
    ),
    Scheme(
        "committee",
        r"(?P<prefix>[A-ZÆØÅ]{2,4}) ?(?P<serial>[0-9]{1,4})/(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})",
        "{prefix} {serial}/{year}",
    ),
    Scheme(
        "journal",
        rf"(?P<prefix>[A-ZÆØÅ]) ?(?P<serial>[0-9]{{1,4}}(?:-[0-9])?)/{_TWO}",
        "{prefix} {serial}/{year}",
        labelled=True,
    ),
    Scheme(
        "initials",
        rf"{_TWO}/(?P<serial>[0-9]{{1,6}})(?:-(?P<suffix>[0-9]{{1,4}}))?(?P<prefix>/[A-ZÆØÅ]{{2,3}}(?:/[A-ZÆØÅ]{{2,3}})?)",
        "{year}/{serial}{suffix}{prefix}",
    ),
    Scheme(
        "state",
        r"(?P<prefix>(?:19|20)[0-9]{2}-[0-9]{2,6})/(?P<serial>[0-9]{1,6})",
        "{prefix}/{serial}",
    ),
    Scheme("edoc", rf"{_YEAR}{_DASH}(?P<serial>[0-9]{{1,7}}){_SUFFIX}", "{year}-{serial}"),
    Scheme("acadre", rf"{_TWO}-(?P<serial>[0-9]{{3,7}})", "{year}-{serial}", labelled=True),
    Scheme(
        "unit", rf"(?P<prefix>[0-9]{{1,2}})-{_YEAR}-(?P<serial>[0-9]{{1,7}})", "{prefix}-{year}-{serial}", labelled=True
    ),
    Scheme(
        "letter-year",
        rf"(?P<prefix>[A-ZÆØÅ]{{1,3}}){_TWO}-(?P<serial>[0-9]{{1,7}})",
        "{prefix}{year}-{serial}",
        labelled=True,
    ),
    Scheme(
        "dotted",
        rf"(?P<prefix>[0-9]{{2,4}}(?:\.[0-9]{{2,4}})?)\.(?P<printed>[0-9]{{3,5}})/{_TWO}",
        "{prefix}.{printed}/{year}",
        labelled=True,
    ),
    Scheme("year-slash", rf"{_YEAR}/(?P<serial>[0-9]{{1,6}})", "{year}/{serial}"),
    Scheme("year-slash", rf"{_YEAR}{_SLASH}(?P<serial>[0-9]{{3,6}})", "{year}/{serial}", labelled=True),
    Scheme(
        "acadre",
        rf"{_TWO}{_SLASH}(?P<serial>(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9]{{3,7}}){_SUFFIX}",
        "{year}/{serial}",
        labelled=True,
    ),
    Scheme(
        "serial-slash", rf"(?P<serial>(?!(?:19|20)[0-9]{{2}}/)[0-9]{{1,6}})/{_YEAR}", "{serial}/{year}", labelled=True
    ),
    Scheme("acadre", rf"{_TWO}/(?P<serial>[0-9]{{1,7}}){_SUFFIX}", "{year}/{serial}"),
    Scheme("serial-year", rf"(?P<serial>[0-9]{{1,6}}){_DASH}{_YEAR}", "{serial}-{year}"),
    Scheme("captia", r"(?P<prefix>[0-9]{3,4})-(?P<serial>[0-9]{2,6})", "{prefix}-{serial}", labelled=True),
    Scheme("serial-short-year", rf"(?P<serial>[0-9]{{5,8}})-{_TWO}", "{serial}-{year}", labelled=True, document=True),
    Scheme("serial-short-slash", rf"(?P<serial>[0-9]{{3,8}})/{_TWO}", "{serial}/{year}", labelled=True, document=True),
    Scheme("serial", r"(?P<serial>[0-9]{4,9})", "{serial:0>4}", labelled=True),
)
