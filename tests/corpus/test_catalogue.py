"""The catalogue gives back what was put, keeps the ledger, and tells the index what changed."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus import tables
from corpus.archive import Archive
from corpus.cases import Cases
from corpus.errors import ArchiveError, BusyError
from corpus.ledger import Input
from corpus.links import Links
from corpus.records import Box, DatedFact, Facts, Item, Place, Record, Reference, Segment, Signatory, Text
from corpus.rows import number_key
from index.query import Every
from index.sync import Follower, open_engine


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive")


def record(number: int, facts: Facts | None = None, text: str = "Brev om havnen") -> Record:
    """Make a record whose id is its number."""
    id_ = f"{number:016x}"
    shown = Text(text, (Segment(0, len(text), 1, Box(70.0, 80.0, 300.5, 92.0)),), 1)
    return Record(id_, id_ * 4, f"/in/{number}.txt", len(text), "text/plain", shown, facts or Facts())


def put(archive: Archive, *records: Record) -> None:
    run = archive.catalogue.ledger.begin_run(["/in"])
    entries = [(each, Input(each.path, each.size, 1, "imported", id=each.id)) for each in records]
    archive.catalogue.put(entries, run)


def test_record_comes_back_whole(archive: Archive) -> None:
    """A record read from the catalogue equals the one that was put, places and boxes included."""
    item = Item("7", "Ny havnepark", ("2011-98211",), "approved", 0, 10, 1, decision="Godkendt.")
    facts = Facts(
        doc_type="decision",
        title="Ny havnepark",
        case_numbers=("2011-98211",),
        date="2011-10-06",
        dates=(DatedFact("2011-10-06", "document"),),
        signatories=(Signatory("Asta Vindtved", "direktør"),),
        committees=("Teknik- og Miljøudvalget",),
        items=(item,),
        references=(Reference("case", target="2010-16508", item=0),),
        places=(Place("date", 0, 3, 8, 1, "date-line", 0.99),),
    )
    whole = record(1, facts)
    put(archive, whole)
    assert archive.catalogue.record(whole.id) == whole


def test_documents_are_removed_together_and_once(archive: Archive) -> None:
    """Several documents go in one transaction; one that is gone already is no error and keeps its first reason."""
    put(archive, record(1), record(2))
    first, second = (f"{number:016x}" for number in (1, 2))
    archive.catalogue.remove([first], "personnummer", "ida")
    archive.catalogue.remove([first, second], "fejl", "asta")
    assert archive.catalogue.count() == 0
    with archive.catalogue.engine.connect() as to:
        found = to.execute(sa.select(tables.removals.c.id, tables.removals.c.reason).order_by(tables.removals.c.id))
        assert [tuple(row) for row in found] == [(first, "personnummer"), (second, "fejl")]


def test_index_follows_what_was_written_before_an_error(archive: Archive) -> None:
    """What is committed when somebody's work ends in an error is in the index at once, not at the next search."""
    put(archive, record(1), record(2))

    def fail() -> None:
        with archive.lock(), Follower(archive):
            archive.catalogue.remove([f"{1:016x}"], "fejl", "ida")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert open_engine(archive).count(Every()) == 1


def test_older_versions_are_accounted_for_at_once(archive: Archive) -> None:
    """One statement tells the documents that no path leads to, however many older versions there are."""
    run = archive.catalogue.ledger.begin_run(["/in"])
    versions = [replace(record(number), path="/in/a.txt") for number in range(1, 40)]
    archive.catalogue.put([(each, Input(each.path, 1, 1, "imported", id=each.id)) for each in versions], run)
    put(archive, record(50))
    with archive.catalogue.engine.begin() as to:
        to.execute(sa.delete(tables.inputs).where(tables.inputs.c.path == "/in/50.txt"))
    asked: list[str] = []
    sa.event.listen(archive.catalogue.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert archive.catalogue.ledger.without_input() == [f"{50:016x}"]
    assert len(asked) == 1


def test_version_that_comes_back_leaves_no_fault(archive: Archive) -> None:
    """A file that goes from A to B and to A again, or is broken and then gone: each document has its line."""
    run = archive.catalogue.ledger.begin_run(["/in"])
    first, second = (replace(record(number), path="/in/a.txt") for number in (1, 2))
    for each in (first, second, first):
        archive.catalogue.put([(each, Input(each.path, 1, 1, "imported", id=each.id))], run)
        assert archive.catalogue.ledger.without_input() == []
    archive.catalogue.put([(None, Input("/in/a.txt", 1, 1, "failed", "damaged"))], run)
    assert archive.catalogue.ledger.without_input() == []
    assert archive.catalogue.ledger.drop(["/in/a.txt"]) == []
    assert archive.catalogue.ledger.without_input() == []


def test_long_text_is_cut_and_joined(archive: Archive) -> None:
    """A text of several pages comes back whole, and its slices name their pages."""
    string = "\n".join(f"side {page} " + "ord " * 2000 for page in range(1, 6))
    segments, at = [], 0
    for page, part in enumerate(string.split("\n"), 1):
        segments.append(Segment(at, at + len(part), page))
        at += len(part) + 1
    whole = Record("a" * 16, "a" * 64, "/in/a.pdf", 1, "application/pdf", Text(string, tuple(segments), 5))
    put(archive, whole)
    slices = list(archive.catalogue.pages(whole.id))
    assert [part.page for part in slices] == [1, 2, 3, 4, 5]
    assert "".join(part.text for part in slices) == string
    assert archive.catalogue.record(whole.id) == whole


def test_short_texts_are_read_together(archive: Archive) -> None:
    """Texts of a few pages come in one go; a long one is left to be read slice by slice."""
    long = replace(record(2), text=Text("lang", (Segment(0, 4, 1),), 300))
    put(archive, record(1), long, record(3, text="Svar om havnen"))
    texts = archive.catalogue.short_texts([f"{number:016x}" for number in (1, 2, 3, 4)])
    assert {id_: [part.text for part in parts] for id_, parts in texts.items()} == {
        f"{1:016x}": ["Brev om havnen"],
        f"{3:016x}": ["Svar om havnen"],
    }


def test_heads_of_items_are_read_by_their_places(archive: Archive) -> None:
    """A head counts its items; those asked for come by document and place, others and missing ones do not."""
    items = tuple(Item(str(n), f"Punkt {n}", (), None, n, n + 1, 1) for n in range(1, 4))
    put(archive, record(1, Facts(doc_type="minutes", items=items)), record(2, Facts(items=items[:1])))
    assert [head.items for head in archive.catalogue.heads([f"{1:016x}", f"{2:016x}"]).values()] == [3, 1]
    found = archive.catalogue.head_items([(f"{1:016x}", 2), (f"{2:016x}", 0), (f"{2:016x}", 1)])
    assert {place: item.title for place, item in found.items()} == {
        (f"{1:016x}", 2): "Punkt 3",
        (f"{2:016x}", 0): "Punkt 1",
    }


def test_same_content_at_two_paths_is_a_duplicate(archive: Archive) -> None:
    """One document at two paths is stored once; both paths are in the ledger."""
    whole = record(1)
    run = archive.catalogue.ledger.begin_run(["/in"])
    stored = archive.catalogue.put([(whole, Input(path, 1, 1, "imported")) for path in ("/in/a", "/in/b")], run)
    assert archive.catalogue.count() == 1
    assert [each.state for each in stored][1] == "duplicate"
    assert archive.catalogue.paths_of(whole.id) == ["/in/a", "/in/b"]


def test_new_content_at_a_known_path_replaces(archive: Archive) -> None:
    """A changed file at the same path is a new document that names the one it replaces; the old one stays."""
    run = archive.catalogue.ledger.begin_run(["/in"])
    entry = Input("/in/a", 1, 1, "imported")
    archive.catalogue.put([(record(1), entry)], run)
    stored = archive.catalogue.put([(record(2), entry)], run)
    assert stored[0].replaces == record(1).id
    assert archive.catalogue.count() == 2


def test_changes_are_followed_by_number(archive: Archive) -> None:
    """Each put leaves a change; a follower that knows the last number gets only what came after it."""
    put(archive, record(1), record(2))
    last = archive.catalogue.last_change()
    put(archive, record(3))
    assert [id_ for _, id_ in archive.catalogue.changes_after(last, 10)] == [record(3).id]


def test_lock_says_who_holds_it(archive: Archive) -> None:
    """The second writer is told which process holds the archive."""
    with archive.lock(), pytest.raises(BusyError, match="Process"), Archive.open(archive.folder).lock():
        pass


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """A damaged catalogue is an error in a line, not a traceback."""
    (tmp_path / "sagsspor.db").write_bytes(b"not a database" * 100)
    with pytest.raises(ArchiveError, match="damaged"):
        Archive.open(tmp_path)


def test_answer_links_itself_whenever_it_comes(archive: Archive) -> None:
    """A letter that cites a case is linked to the case's paper, in whichever order the two arrive."""
    citing = record(1, Facts(doc_type="letter", references=(Reference("case", target="2010-16508"),)))
    put(archive, citing)
    links = Links(archive.catalogue)
    assert links.out_of(citing.id)[0].state == "missing"
    put(archive, record(2, Facts(case_numbers=("2010-0016508",), doc_type="decision")))
    link = links.out_of(citing.id)[0]
    assert (link.state, link.targets[0].id) == ("resolved", record(2).id)
    citing_it = Cases(archive.catalogue).citing(number_key("2010 - 16508"), 10)
    assert [each.source.id for each in citing_it.links] == [citing.id]


def test_letter_with_two_candidates_is_ambiguous(archive: Archive) -> None:
    """Two letters of one day to the same body are candidates; none is chosen."""
    body = ("Teknik- og Miljøudvalget",)
    for number in (1, 2):
        put(archive, record(number, Facts(doc_type="letter", date="2011-05-03", committees=body)))
    answer = record(3, Facts(doc_type="letter", committees=body, references=(Reference("letter", date="2011-05-03"),)))
    put(archive, answer)
    link = Links(archive.catalogue).out_of(answer.id)[0]
    assert (link.state, len(link.targets)) == ("ambiguous", 2)


def test_letter_of_strangers_on_the_same_day_is_no_link(archive: Archive) -> None:
    """A letter of the cited day that shares neither case nor name is not what was cited."""
    put(archive, record(1, Facts(doc_type="letter", date="2011-05-03", committees=("Socialudvalget",))))
    answer = record(2, Facts(doc_type="letter", references=(Reference("letter", date="2011-05-03"),)))
    put(archive, answer)
    assert Links(archive.catalogue).out_of(answer.id)[0].state == "missing"


def test_document_read_anew_becomes_what_was_read(archive: Archive) -> None:
    """A scan that was imported without text, read again with OCR, has its text, facts and links; nothing is twice."""
    run = archive.catalogue.ledger.begin_run(["/in"])
    entry = Input("/in/1.txt", 1, 1, "imported")
    archive.catalogue.put([(record(1, text=""), entry)], run)
    again = record(1, Facts(case_numbers=("2011-5",), doc_type="letter"), text="Brev om havnen")
    archive.catalogue.put([(again, entry)], run)
    assert archive.catalogue.record(again.id) == record(1, text="")
    archive.catalogue.put([(again, entry)], run, anew=True)
    assert archive.catalogue.record(again.id) == again
    assert [paper.id for paper in Links(archive.catalogue).members(number_key("2011-5"))] == [again.id]
    assert archive.catalogue.count() == 1


@pytest.mark.parametrize("paths", [("/in/mail.eml!/1/b.txt", "/in/b.txt"), ("/in/b.txt", "/in/mail.eml!/1/b.txt")])
def test_file_comes_before_member(archive: Archive, paths: tuple[str, str]) -> None:
    """A document that is a file and a mail's attachment is shown at the file, in whichever order they come."""
    whole = record(1)
    run = archive.catalogue.ledger.begin_run(["/in"])
    for path in paths:
        archive.catalogue.put([(replace(whole, path=path), Input(path, 1, 1, "imported"))], run)
    assert archive.catalogue.heads([whole.id])[whole.id].path == "/in/b.txt"
