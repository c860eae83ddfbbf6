"""The index of names gives what comparing with every name gives, and forgets what is removed."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.catalogue import Catalogue
from corpus.instruments import cluster, instrument_key
from corpus.ledger import Input
from corpus.links import Links
from corpus.names import add_names, known_names, same_names, write_names
from corpus.records import Facts, Record, Reference, Text

_NAMES = (
    *("Clean Harbours Charter", "PORTCITIES' charter", "PORTCITIES Charter on Clean Harbours", "charteret"),
    *("Integrationspolitikken 2011-2014", "integrationspolitik", "Fjordby Kommunes integrationspolitik 2011-14"),
    *("lokalplan 214", "lokalplanforslag nr. 214", "lokalplan 1.14", "lokalplan 11-4 Åparken", "Lokalplan 214 Nord"),
    *("Kommuneplan 2019", "kommuneplantillæg 4", "tillæg nr. 4 til Kommuneplan 2019", "tillæg nr. 5 til kommuneplanen"),
    *("Vision for børn, unge og ældre i hele Fjordby by og opland frem mod nye tider i skov og på strand og hav",),
    *(
        "skole- og fritidspolitik for børn",
        "handicap-politik",
        "handikap-politik",
        "planen plan planer",
        "e-handelsplan",
    ),
)
_WORDS = sorted({word for name in _NAMES for word in name.split()})
_LONG_WORDS = [word for word in _WORDS if len(word) > 5 and word.isalpha()]
_LETTERS = "abdehiknoprsåø"


def catalogue(folder: Path) -> Catalogue:
    return Catalogue.open(f"sqlite:///{folder / 'names.db'}", create=True)


@st.composite
def spelt(draw: st.DrawFn) -> str:
    """Give a name as it may be printed: known words left out, turned, added, misspelt, with an ending."""
    words = draw(st.sampled_from(_NAMES)).split()
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(words) - 1))
        word = words[at]
        place = draw(st.integers(0, len(word)))
        letter = draw(st.sampled_from(_LETTERS))
        match draw(st.integers(0, 6)):
            case 0:
                words[at] = word[:place] + letter + word[place:]
            case 1:
                words[at] = word[:place] + word[place + 1 :] or word
            case 2:
                words[at] = word[:place] + letter + word[place + 1 :]
            case 3:
                words[at] = word + draw(st.sampled_from(("en", "et", "s", "ens", "erne")))
            case 4:
                words.insert(at, draw(st.sampled_from(_WORDS)))
            case 5:
                words = words[:at] + words[at + 1 :] or words
            case _:
                words = words[at:] + words[:at]
    return instrument_key(" ".join(words))


@given(keys=st.lists(spelt(), min_size=1, max_size=40, unique=True), asked=st.lists(spelt(), min_size=1, max_size=2))
@settings(max_examples=100)
def test_index_finds_what_comparing_with_every_name_finds(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str], asked: list[str]
) -> None:
    """No name is lost, whichever of its letters or words are wrong, and none is found that the rules refuse."""
    made = catalogue(tmp_path_factory.mktemp("names"))
    with made.engine.begin() as to:
        add_names(to, keys)
        for wanted in (asked, keys[:1]):
            assert same_names(to, wanted, set()) == cluster(wanted, sorted(filter(None, keys)))
            assert same_names(to, wanted, set(keys[:2])) == cluster(wanted, sorted(filter(None, keys[2:])))
    made.close()


def test_index_reads_few_of_many_names(tmp_path: Path) -> None:
    """Among thousands of plans one is found by searching an index, and few rows are read of it."""
    rng = random.Random(4)
    made = catalogue(tmp_path)
    keys = {
        instrument_key(f"lokalplan {rng.randrange(100_000)} for {word}") for word in _LONG_WORDS for _ in range(200)
    }
    wanted = {instrument_key(name) for name in ("lokalplan 214 for Havnen", "Lokalplanforslag nr. 214 for havnens")}
    read: list[int] = []
    with made.engine.begin() as to:
        add_names(to, keys | wanted)
        assert known_names(to, wanted) == wanted
        asked = _statements(made)
        assert set(same_names(to, ["lokalplan 214 havnen"], set())) == wanted
        for statement, values in asked:
            plan = " ".join(row[3] for row in to.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
            assert re.search(r"SEARCH name_parts USING PRIMARY KEY \(part=\?", plan), plan
            read.append(len(to.exec_driver_sql(statement, values).all()))
    assert sum(read) < 200
    made.close()


def _statements(made: Catalogue) -> list[tuple[str, Any]]:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if not statement.startswith("EXPLAIN") and (statement, values) not in asked:
            asked.append((statement, values))

    sa.event.listen(made.engine, "before_cursor_execute", note)
    return asked


def put(archive: Archive, number: int, name: str) -> str:
    facts = Facts(doc_type="letter", references=(Reference("instrument", target=name),))
    record = Record(f"{number:016x}", "0" * 64, f"/in/{number}", 4, "text/plain", Text("Brev"), facts)
    archive.catalogue.put([(record, Input(record.path, 4, 1, "imported", id=record.id))], 1)
    return record.id


def test_removed_document_leaves_no_name(tmp_path: Path) -> None:
    """The name that only a withdrawn document had is gone from the index; one that another document has stays."""
    archive = Archive.create(tmp_path / "archive")
    first, _, alone = (
        put(archive, number, name) for number, name in enumerate(("Havneplan 2030", "Havneplan 2030", "Broplan 2031"))
    )
    archive.catalogue.remove([first, alone], "trukket tilbage", "ida")
    with archive.catalogue.engine.begin() as to:
        assert known_names(to, ["havneplan 2030", "broplan 2031"]) == {"havneplan 2030"}
        assert to.scalar(sa.text("SELECT count(*) FROM name_parts WHERE key LIKE '%bro%'")) == 0
    assert Links(archive.catalogue).instrument_keys("havneplanen 2030") == {"havneplan 2030": "Havneplan 2030"}


def test_names_that_no_document_has_are_not_given(tmp_path: Path) -> None:
    """A name that is left of a document that was read anew is no answer; made anew, the index is without it."""
    archive = Archive.create(tmp_path / "archive")
    put(archive, 1, "Havneplan 2030")
    with archive.catalogue.engine.begin() as to:
        add_names(to, ["havneplanen 2030"])
    assert Links(archive.catalogue).instrument_keys("havneplan 2030") == {"havneplan 2030": "Havneplan 2030"}
    with archive.catalogue.engine.begin() as to:
        write_names(to)
        assert known_names(to, ["havneplan 2030", "havneplanen 2030"]) == {"havneplan 2030"}
