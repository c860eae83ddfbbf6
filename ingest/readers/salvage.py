"""What is left of a PDF whose tree of pages is lost: its page objects get a new tree."""

from __future__ import annotations

import re

#: More objects than this are not looked through.
MAX_OBJECTS = 200_000
_OBJECT = re.compile(rb"(?<![0-9])(\d{1,9})[ \t\r\n]{1,4}(\d{1,5})[ \t\r\n]{1,4}obj\b")
_PAGE = re.compile(rb"/Type\s{0,4}/Page(?![A-Za-z])")


def salvage_pdf(data: bytes) -> bytes | None:
    """Append a tree over the page objects that a damaged PDF still holds whole; None where it holds none."""
    pages: dict[int, int] = {}
    highest = 0
    for count, match in enumerate(_OBJECT.finditer(data)):
        if count > MAX_OBJECTS:
            break
        number = int(match[1])
        highest = max(highest, number)
        head = data[match.end() : match.end() + 20_000]
        body, found, _ = head.partition(b"endobj")
        if found and _PAGE.search(body):
            pages[number] = int(match[2])
    if not pages or highest > 8_000_000:
        return None
    kids = b" ".join(b"%d %d R" % (number, generation) for number, generation in pages.items())
    root, tree = highest + 1, highest + 2
    new = b"\nendstream\nendobj\n%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (root, tree)
    new += b"%d 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n" % (tree, kids, len(pages))
    return data + new + b"trailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (root, tree + 1)
