"""What people say of instruments and links works backwards over what is in the archive."""

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import NotFoundError
from corpus.instruments import instrument_key
from corpus.ledger import Input
from corpus.links import Links
from corpus.records import Facts, Record, Reference, Text
from corpus.register import Instrument, Register


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.create(tmp_path / "archive")
    names = ("Clean Harbours Charter", "Rene Havne-aftalen", "Skolegårdsplan 2014-2018")
    for number, name in enumerate(names):
        facts = Facts(doc_type="letter", references=(Reference("instrument", target=name),))
        record = Record(f"{number:016x}", "0" * 64, f"/in/{number}", 4, "text/plain", Text("Brev"), facts)
        archive.catalogue.put([(record, Input(record.path, 4, 1, "imported"))], 1)
    return archive


def found(archive: Archive, name: str) -> set[str]:
    return set(Links(archive.catalogue).instrument_keys(instrument_key(name)).values())


def test_alias_joins_names_that_no_rule_would(archive: Archive) -> None:
    """A name that a person puts under a charter is found with it, in papers that were there before."""
    assert found(archive, "Clean Harbours Charter") == {"Clean Harbours Charter"}
    Register(archive.catalogue).add("Clean Harbours Charter", ["Rene Havne-aftalen"])
    both = {"Clean Harbours Charter", "Rene Havne-aftalen"}
    assert found(archive, "Clean Harbours Charter") == found(archive, "Rene Havne-aftalen") == both


def test_packaged_register_joins_names_until_people_part_them(tmp_path: Path) -> None:
    """The names of a known instrument are found together; a name that a person took out is not."""
    archive = Archive.create(tmp_path / "packaged")
    for number, name in enumerate(("FN's verdensmål", "verdensmålene")):
        facts = Facts(doc_type="letter", references=(Reference("instrument", target=name),))
        record = Record(f"{number:016x}", "0" * 64, f"/in/{number}", 4, "text/plain", Text("Brev"), facts)
        archive.catalogue.put([(record, Input(record.path, 4, 1, "imported"))], 1)
    assert found(archive, "Sustainable Development Goals") == {"FN's verdensmål", "verdensmålene"}
    Register(archive.catalogue).split("verdensmålene")
    assert found(archive, "FN's verdensmål") == {"FN's verdensmål"}


def test_split_takes_a_name_out_again(archive: Archive) -> None:
    """A name that is split off stands by itself; the register keeps both."""
    register = Register(archive.catalogue)
    register.merge("Clean Harbours Charter", "Rene Havne-aftalen")
    register.split("Rene Havne-aftalen")
    assert found(archive, "Clean Harbours Charter") == {"Clean Harbours Charter"}
    assert register.instruments() == [Instrument("Clean Harbours Charter", ()), Instrument("Rene Havne-aftalen", ())]


def test_name_that_nobody_uses_is_refused(archive: Archive) -> None:
    """What is merged or split has to be there, and near names are offered; a name that is only added may come yet."""
    register = Register(archive.catalogue)
    for edit in (
        lambda: register.split("Cleen Harbour Chart"),
        lambda: register.merge("Clean Harbours Charter", "Zzyx"),
    ):
        with pytest.raises(NotFoundError, match="Nothing in the archive names"):
            edit()
    with pytest.raises(NotFoundError) as told:
        register.split("Skolegaardsplanen 2014")
    assert "skolegårdsplan" in (told.value.hint or "")
    assert register.unused(("Clean Harbours Charter", "Havnecharter")) == ("Havnecharter",)
    assert register.unused(("FN's verdensmål",)) == ()
    register.add("Clean Harbours Charter", ["Havnecharter"])
    assert register.unused(("Havnecharter",)) == ()
    register.split("Havnecharter")


def test_judgement_settles_an_ambiguous_letter(archive: Archive) -> None:
    """Of two candidates a person confirms one, or rejects one; what is kept is read with every later answer."""
    body = ("Socialudvalget",)
    for number in (10, 11, 12):
        references = (Reference("letter", date="2011-05-03"),) if number == 12 else ()
        date = None if number == 12 else "2011-05-03"
        facts = Facts(doc_type="letter", date=date, committees=body, references=references)
        record = Record(f"{number:016x}", "0" * 64, f"/in/{number}", 4, "text/plain", Text("Brev"), facts)
        archive.catalogue.put([(record, Input(record.path, 4, 1, "imported"))], 1)
    links = Links(archive.catalogue)
    link = links.out_of(f"{12:016x}")[0]
    assert link.state == "ambiguous"
    links.judge(link, f"{10:016x}", "rejected", "ida")
    assert [(each.state, each.targets[0].id) for each in links.out_of(link.source.id)] == [("resolved", f"{11:016x}")]
    links.judge(link, f"{10:016x}", "confirmed", "ida")
    assert [(each.rule, each.targets[0].id) for each in links.out_of(link.source.id)] == [("confirmed", f"{10:016x}")]
    assert [each.source.id for each in links.into(f"{10:016x}")] == [link.source.id]
