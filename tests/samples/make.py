"""Write every document of the sample archive and of the labelled set, with the expected answers and links.

    python -m tests.samples.make

Documents `in: sample` go to corpus/sample/, the others to tests/gold/; all expected answers go to tests/gold/.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.samples.labels import clean_text, find_labels
from tests.samples.links import find_links
from tests.samples.markup import Source, read_sources
from tests.samples.pdf import render_pdf
from tests.samples.plain import render_html, render_mail, render_text
from tests.samples.word import render_docx

ROOT = Path(__file__).resolve().parents[2]
PLACES = {"sample": ROOT / "corpus" / "sample", "gold": ROOT / "tests" / "gold"}
GOLD = PLACES["gold"]


def render(source: Source, folder: Path | None = None) -> bytes:
    """Give the document as a file; the suffix of its name is the format."""
    suffix = Path(source.name).suffix
    if suffix == ".pdf":
        return render_pdf(source)
    if suffix == ".docx":
        return render_docx(source)
    if suffix == ".html":
        return render_html(source)
    if suffix == ".eml":
        return render_mail(source, folder or PLACES[source.place])
    return render_text(source)


def label_json(source: Source) -> str:
    """Give the expected answer as it is written to the file."""
    return json.dumps(find_labels(source), ensure_ascii=False, indent=1) + "\n"


def write_all(places: dict[str, Path], gold: Path) -> int:
    """Write documents and labels; mails come last, they hold other documents."""
    sources = sorted(read_sources(), key=lambda source: (source.name.endswith(".eml"), source.name))
    for folder in (*places.values(), gold):
        folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        folder = places[source.place]
        (folder / source.name).write_bytes(render(source, folder))
        (gold / f"{source.name}.gold.json").write_text(label_json(source), "utf-8")
        (gold / f"{source.name}.txt.gold").write_text(clean_text(source), "utf-8")
    (gold / "links.json").write_text(links_json(sources), "utf-8")
    return len(sources)


def links_json(sources: list[Source]) -> str:
    """Give the expected links, one a line."""
    found = find_links((source, find_labels(source)) for source in sorted(sources, key=lambda source: source.name))
    return "[\n" + ",\n".join(f" {json.dumps(link, ensure_ascii=False)}" for link in found) + "\n]\n"


def main() -> int:
    """Run the command."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    sys.stdout.write(f"{write_all(PLACES, GOLD)} documents\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
