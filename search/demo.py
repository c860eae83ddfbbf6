"""What `sagsspor demo` shows of the sample archive: a number, words, a case, a trail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.archive import Archive
from search.case import CasePage, show_case
from search.find import Question, search
from search.reader import open_reader
from search.steps import Trail
from search.terminal import bold, case_lines, faint, result_lines, trail_lines
from search.trail import follow

#: A number with its zeros and blanks as people type it, words that stand in compounds, a case, a misspelt charter.
NUMBER = "sagsnr. 2011 - 0098211"
WORDS = "høring om skolegårde"
CASE = "2013-218833"
CHARTER = "Clean Harbours Charter"


def run_demo(archive: Archive, folder: str) -> tuple[dict[str, Any], Iterator[str]]:
    """Ask the sample archive the four questions; give the answers as JSON and as lines."""
    reader, engine = open_reader(archive)
    by_number = search(reader, engine, Question(query=NUMBER, limit=3)).to_json()
    by_words = search(reader, engine, Question(query=WORDS, limit=3)).to_json()
    case, trail = show_case(archive, CASE), follow(archive, CHARTER)
    shown = {"search_number": by_number, "search_words": by_words, "case": case.to_json(), "trail": trail.to_json()}
    return shown, _lines(by_number, by_words, case, trail, folder)


def _lines(
    by_number: dict[str, Any], by_words: dict[str, Any], case: CasePage, trail: Trail, folder: str
) -> Iterator[str]:
    here = f"sagsspor --archive {folder}"
    yield from _shown(f'{here} search "{NUMBER}"', result_lines(by_number))
    yield from _shown(f'{here} search "{WORDS}"', result_lines(by_words))
    yield from _shown(f"{here} case {CASE}", case_lines(case))
    yield from _shown(f'{here} trail "{CHARTER}"', trail_lines(trail))
    yield ""
    yield bold("Now type")
    yield f"  {here} search tryghed --committee BIU"
    yield f"  {here} status"
    yield "  sagsspor import YOUR-FOLDER          your own documents, into ./archive"
    yield "  sagsspor --help"


def _shown(command: str, lines: Iterator[str]) -> Iterator[str]:
    yield ""
    yield faint("$ ") + bold(command)
    yield ""
    yield from lines
