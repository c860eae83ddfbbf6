"""The labelled documents are what their sources say, and their labels are right."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.samples.labels import clean_text, find_labels, marked_text, read_date
from tests.samples.links import find_links
from tests.samples.make import GOLD, PLACES, label_json, links_json, render, write_all
from tests.samples.markup import MarkupError, Source, parse_source, read_marks, read_sources

ALL = sorted(read_sources(), key=lambda source: source.name)
BY_NAME = {source.name: source for source in ALL}
CLASSES = {
    "number",
    "compound",
    "misspelling",
    "keyboard",
    "abbreviation",
    "law",
    "phrase",
    "question",
    "title",
    "person",
    "words",
}
#: Words and shapes that are labels wherever they stand, so an unmarked one is a label forgotten.
TELLING = re.compile(
    r"\d{1,2}\. ?(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b"
    r"|\d{1,2}[-./]\d{1,2}[-. /](?:19|20)\d\d\b|§|\b[Ll]ov om\b"
    r"|\b(?!Lokal)[A-ZÆØÅ][a-zæøå]{2,}(?:udvalget|forvaltningen)\b"
    r"|\bByråd\b|\bByrådet|Borgerrepræsentationen|Kommunalbestyrelsen|\w Lokaludvalg\b|(?:Ældre|Handicap|Unge)rådet"
    r"|\b\d{4} ?- ?\d{5,7}\b|\b\d{2}/\d{4,6}\b|\b\d\d\.\d\d\.\d\d-|[Cc]hart(?:er|ret)\b"
)


def _ids(source: Source) -> str:
    return source.name


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_sample_set_size() -> None:
    """At least 28 documents ship with the program, at least 40 are labelled, and the archive stays under 1.5 MB."""
    shipped = [path for path in PLACES["sample"].iterdir() if path.is_file()]
    assert len(shipped) >= 28
    assert len(ALL) >= 40
    assert sum(path.stat().st_size for path in shipped) < 1_500_000


def test_sample_set_files() -> None:
    """The folders hold the documents of the sources and nothing else."""
    shipped = {path.name for path in PLACES["sample"].iterdir()}
    assert shipped == {source.name for source in ALL if source.place == "sample"}
    extra = {"links.json", "queries.json", "disputed.toml", "recorded.json"}
    labels = {f"{source.name}{suffix}" for source in ALL for suffix in (".gold.json", ".txt.gold")}
    kept = {source.name for source in ALL if source.place == "gold"}
    assert {path.name for path in GOLD.iterdir()} - extra == labels | kept


@pytest.mark.parametrize("source", ALL, ids=_ids)
def test_expected_answer_is_that_of_the_source(source: Source) -> None:
    """The answers on disk are those of the sources: nobody edits them by hand."""
    assert (GOLD / f"{source.name}.gold.json").read_text("utf-8") == label_json(source)
    assert (GOLD / f"{source.name}.txt.gold").read_text("utf-8") == clean_text(source)


def test_expected_links_are_those_of_the_sources() -> None:
    """The links on disk are those of the sources, and both ends are documents of the set."""
    text = (GOLD / "links.json").read_text("utf-8")
    assert text == links_json(ALL)
    assert {end for link in json.loads(text) for end in (link["from"], link["to"])} <= BY_NAME.keys()


@pytest.mark.parametrize("source", ALL, ids=_ids)
def test_rendering_is_the_file_on_disk(source: Source) -> None:
    """The document on disk says what its source says, word for word."""
    path = PLACES[source.place] / source.name
    assert _content(path.read_bytes(), source.name) == _content(render(source), source.name)


def _content(data: bytes, name: str) -> Any:
    """Give what a file says, without what the version of a library writes into it."""
    if name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(data)
        try:
            return [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return re.findall(r"<w:t[ >][^<]*", parts.read("word/document.xml").decode())
    return data.decode("latin-1").split("JVBERi0")[0]


def test_rendering_is_reproducible(tmp_path: Path) -> None:
    """Two runs write the same bytes."""
    runs = [{"sample": tmp_path / name / "sample", "gold": tmp_path / name / "gold"} for name in ("a", "b")]
    for places in runs:
        write_all(places, places["gold"])
    for one in sorted(path for path in (tmp_path / "a").rglob("*") if path.is_file()):
        assert one.read_bytes() == (tmp_path / "b" / one.relative_to(tmp_path / "a")).read_bytes(), one.name


@pytest.mark.parametrize("source", ALL, ids=_ids)
def test_label_is_in_the_text(source: Source) -> None:
    """Every name, title and target that is labelled stands in the document's own words."""
    labels, text = find_labels(source), _flat(read_marks(marked_text(source))[0])
    said = [labels["title"], *labels["recipients"], *[person["name"] for person in labels["signatories"]]]
    said += [item["title"] for item in labels["items"]]
    for reference in labels["references"]:
        if reference["kind"] in ("law", "instrument"):
            said.append(reference["target"])
        if reference["kind"] == "attachment":
            said.append(reference["title"] or reference["label"])
    assert [words for words in said if words and words not in text] == []


@pytest.mark.parametrize("source", ALL, ids=_ids)
def test_label_fits_the_marked_words(source: Source) -> None:
    """A value given beside the words differs from them only in the way that normal forms do."""
    for mark in read_marks(marked_text(source))[1]:
        if mark.tag in ("own", "owndoc", "ownnext", "case", "doc") and mark.value:
            assert _bare(mark.value) == _bare(mark.words)
        if mark.tag in ("c", "f") and mark.value:
            assert mark.value[0].casefold() == mark.words[0].casefold()
        if mark.tag == "s" and mark.value:
            assert mark.value in marked_text(source).replace("{", "")


@pytest.mark.parametrize("source", ALL, ids=_ids)
def test_nothing_telling_is_unmarked(source: Source) -> None:
    """What looks like a date, a body, a law or a number is marked, or repeats what is marked."""
    plain, marks = read_marks(marked_text(source))
    signs = list(plain)
    known = {mark.words for mark in marks if mark.tag not in ("t", "item", "att", "s")}
    known |= {mark.value.partition("@")[0] for mark in marks if mark.tag == "meet" and mark.value}
    for mark in marks:
        if mark.tag not in ("t", "item", "s"):
            signs[mark.start : mark.end] = "\0" * (mark.end - mark.start)
    rest = "".join(signs)
    for words in sorted(known, key=len, reverse=True):
        rest = re.sub(re.escape(words), "\0", rest, flags=re.I)
    own = find_labels(source)["date"]
    left = [match[0] for match in TELLING.finditer(rest) if not _harmless(match[0], rest, match.start(), own)]
    assert left == []


def _harmless(words: str, text: str, at: int, own: str | None) -> bool:
    """Tell whether a find repeats the own date, is a paragraph of the paper's own, or the charter once named."""
    if words == "§":
        return text[max(0, at - 1) : at] in ("\n", " ") and re.match(r"§ \d+(\.\d)?[. ]", text[at:]) is not None
    if words[0].isdigit():
        return own is not None and text[at:].startswith(words) and _same_day(text[at : at + 20], own)
    return words.casefold() in ("chartret", "charteret")


def _same_day(text: str, own: str) -> bool:
    try:
        return read_date(text) == own
    except MarkupError:
        return False


@pytest.mark.parametrize("source", ALL, ids=_ids)
def test_document_type_fits_its_items(source: Source) -> None:
    """A decision is one item, a meeting several, an agenda decides nothing, everything else has no items."""
    labels = find_labels(source)
    count, outcomes = len(labels["items"]), [item["outcome"] for item in labels["items"]]
    if labels["doc_type"] == "decision":
        assert count == 1
    elif labels["doc_type"] in ("minutes", "agenda"):
        assert count >= 5
        assert labels["doc_type"] == "minutes" or set(outcomes) == {None}
    else:
        assert count == 0


def test_sample_meeting_is_large() -> None:
    """The whole meeting of the sample archive has at least eight items, most with a case of their own."""
    items = find_labels(BY_NAME["plan-og-teknik-2022-03-08-referat.pdf"])["items"]
    assert len(items) >= 8
    assert sum(bool(item["case_numbers"]) for item in items) >= 8
    assert len({item["outcome"] for item in items}) >= 7


def test_no_person_number_in_the_sources() -> None:
    """No source holds ten digits that could be a CPR number."""
    for source in ALL:
        assert not re.search(r"\b[0-3]\d[01]\d{3}-?\d{4}\b", read_marks(marked_text(source))[0]), source.name


def test_queries_are_well_formed() -> None:
    """At least a hundred queries, none twice, in every class, and each answered by documents of the set."""
    queries = json.loads((GOLD / "queries.json").read_text("utf-8"))
    assert len(queries) >= 100
    assert len({query["query"] for query in queries}) == len(queries)
    assert {query["class"] for query in queries} == CLASSES
    for query in queries:
        assert query["relevant"], query["query"]
        assert query["relevant"].keys() <= BY_NAME.keys(), query["query"]
        assert set(query["relevant"].values()) <= {1, 2, 3}
        assert 3 in query["relevant"].values(), query["query"]


def test_phrase_queries_are_right() -> None:
    """A phrase stands in the documents that answer it and in no other."""
    texts = {source.name: _flat(clean_text(source)) for source in ALL}
    for query in json.loads((GOLD / "queries.json").read_text("utf-8")):
        if query["class"] == "phrase":
            phrase = query["query"].strip('"').casefold()
            assert {name for name, text in texts.items() if phrase in text.casefold()} == set(query["relevant"]), phrase


def test_number_queries_are_right() -> None:
    """A number is answered first by the documents that own it, then by those that cite it, and by no other."""
    labels = {source.name: find_labels(source) for source in ALL}
    for query in json.loads((GOLD / "queries.json").read_text("utf-8")):
        if query["class"] == "number":
            best = next(name for name, grade in query["relevant"].items() if grade == 3)
            fitting = (number for number in _numbers(labels[best]) if _bare(number) in _bare(query["query"]))
            asked = max(fitting, key=len)
            grades = {name: _grade(found, asked) for name, found in labels.items()}
            if 3 not in grades.values():
                grades = {name: 3 for name, grade in grades.items() if grade}
            assert {name: grade for name, grade in grades.items() if grade} == query["relevant"], query


def _numbers(labels: dict[str, Any]) -> list[str]:
    cited = [reference["target"] for reference in labels["references"] if reference["kind"] == "case"]
    return [*labels["case_numbers"], *labels["document_numbers"], *cited]


def _bare(number: str) -> str:
    return re.sub(r"[^0-9A-ZÆØÅ]|(?<![1-9])0", "", number.upper())


def _grade(labels: dict[str, Any], asked: str) -> int:
    if asked in (*labels["case_numbers"], *labels["document_numbers"]):
        return 3
    return 2 if asked in _numbers(labels) else 0


@pytest.mark.parametrize(
    ("text", "plain", "found"),
    [
        ("den {dd|3. maj 2014}.", "den 3. maj 2014.", [("dd", "3. maj 2014", None, None)]),
        ("{own:2013-8|2013-0008}", "2013-0008", [("own", "2013-0008", "2013-8", None)]),
        ("{t|Om {ins=k|Plan A}}", "Om Plan A", [("t", "Om Plan A", None, None), ("ins", "Plan A", None, "k")]),
    ],
)
def test_marks_read(text: str, plain: str, found: list[tuple[str, str, str | None, str | None]]) -> None:
    """Marks give their words, value and key, and leave the plain text."""
    got, marks = read_marks(text)
    assert got == plain
    assert [(mark.tag, mark.words, mark.value, mark.key) for mark in marks] == found


@pytest.mark.parametrize("text", ["{oops|x}", "{dd|3. maj", "a } b", "a { b"])
def test_marks_wrong(text: str) -> None:
    """A mark that is not closed or not known is an error, not silently text."""
    with pytest.raises(MarkupError):
        read_marks(text)


def test_links_instrument_over_a_third_name() -> None:
    """Two documents with different names of one instrument are linked when the key says so."""
    one, other = (
        parse_source(name, f"in: gold\ntype: memo\n---\nOm {{ins=k|{words}}}")
        for name, words in (("a.txt", "Plan A"), ("b.txt", "A-planen"))
    )
    links = find_links((source, find_labels(source)) for source in (one, other))
    assert links == [{"from": "a.txt", "to": "b.txt", "kind": "instrument"}]
