"""Sources to text files, agenda pages and mails.

Head keys: `encoding` (utf-8, utf-8-sig, cp1252), `newline: crlf`, `wrap` (columns; long words are broken), `decomposed:
yes`, `bullet`; for pages `site` and `charset`; for mails `from`, `to`, `subject`, `sent`, `attach` (a file of the set,
then ` as ` and its name in the mail).
"""

from __future__ import annotations

import re
import unicodedata
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path

from tests.samples.markup import Source, strip_marks

_SYLLABLE = re.compile(r"(?<=[aeiouyæøå])[bcdfghjklmnpqrstvwxz]{1,3}(?=[aeiouyæøå])", re.I)


def render_text(source: Source) -> bytes:
    """Give the source as a text file."""
    width = int(source.head.get("wrap", "0"))
    blocks = [_text_block(block, width, source.head.get("bullet", "-")) for block in _placed(source)]
    text = "\n\n".join(blocks) + "\n"
    if source.head.get("decomposed") == "yes":
        text = unicodedata.normalize("NFD", text)
    if source.head.get("newline") == "crlf":
        text = text.replace("\n", "\r\n")
    return text.encode(source.head.get("encoding", "utf-8"))


def _placed(source: Source) -> list[str]:
    """Put the margin where a text export leaves it: before, after, or between two blocks (`margin-at: N`)."""
    margin = [*source.margin, *source.foot]
    at = int(source.head.get("margin-at", "0"))
    return [*source.body[:at], *margin, *source.body[at:]]


def _text_block(block: str, width: int, bullet: str) -> str:
    lines = []
    for line in strip_marks(block).splitlines():
        line = re.sub(r"^#+ ", "", line)
        if line.startswith("- "):
            line = f"{bullet} {line[2:]}"
        if line.startswith("|"):
            line = "\t".join(cell.strip() for cell in line.strip("|").split("|"))
        lines.extend(wrap(line.replace(" || ", "          "), width) if width else [line.replace(" || ", "\t\t")])
    return "\n".join(lines)


def wrap(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` characters; a word of 12 letters or more may be broken."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        trial = f"{line} {word}" if line else word
        if len(trial) <= width:
            line = trial
            continue
        cut = _cut(word, width - len(line) - 2)
        if cut:
            lines.append(f"{line} {word[:cut]}-")
        elif line:
            lines.append(line)
        line = word[cut:]
    return [*lines, line]


def _cut(word: str, room: int) -> int:
    if len(word) < 12 or not re.fullmatch(r"[A-Za-zÆØÅæøå]+[.,]?", word):
        return 0
    cuts = [match.end() - 1 for match in _SYLLABLE.finditer(word) if 3 <= match.end() - 1 <= min(room, len(word) - 3)]
    return max(cuts, default=0)


def render_html(source: Source) -> bytes:
    """Give the source as an agenda page of a web site, with the site's navigation around it."""
    charset = source.head.get("charset", "utf-8")
    site = source.head["site"]
    body = "\n".join(_html_block(block) for block in (*source.body, *source.margin, *source.foot))
    title = next((strip_marks(b)[2:] for b in source.body if b.startswith("# ")), site).splitlines()[0]
    page = (
        f'<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="{charset}">\n'
        f"<title>{escape(title)} | {site}</title>\n<style>body{{font-family:sans-serif}} nav{{float:left}}</style>\n"
        "<script>var mode = 'print';</script>\n</head>\n<body>\n"
        '<div class="cookie">Vi bruger cookies for at forbedre siden. <button>Acceptér alle</button></div>\n'
        '<header><a href="/">Forside</a> <form role="search"><input name="q"></form></header>\n'
        '<nav class="menu"><ul><li><a href="/politik">Politik</a></li><li><a href="/moeder">Møder og referater</a></li>'
        '<li><a href="/kontakt">Kontakt</a></li></ul></nav>\n'
        f'<main>\n{body}\n</main>\n<footer><a href="#top">Til toppen</a> <a href="#">Udskriv</a> {site}</footer>\n'
        "</body>\n</html>\n"
    )
    return page.encode(charset, "xmlcharrefreplace")


def _html_block(block: str) -> str:
    lines = strip_marks(block).splitlines()
    if lines[0].startswith("- "):
        return "<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>"
    if all(re.match(r"\d\. ", line) for line in lines):
        return "<ol>" + "".join(f"<li>{escape(line[3:])}</li>" for line in lines) + "</ol>"
    if lines[0].startswith("|"):
        rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
        body = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        return "<table>" + "".join(body) + "</table>"
    if heading := re.match(r"#+ ", lines[0]):
        level = len(heading[0])
        return f"<h{level - 1}>{escape(lines[0][heading.end() :])}</h{level - 1}>"
    return "<p>" + "<br>\n".join(escape(line) for line in lines) + "</p>"


def render_mail(source: Source, folder: Path) -> bytes:
    """Give the source as a mail; `folder` is where the attached file lies."""
    message = EmailMessage(policy=SMTP)
    message["From"] = source.head["from"]
    message["To"] = strip_marks(source.head["to"])
    message["Subject"] = strip_marks(source.body[0]).removeprefix("# ")
    message["Date"] = source.head["sent-header"]
    message["Message-ID"] = f"<{source.name}@example.org>"
    body = "\n\n".join(_text_block(block, 0, "-") for block in source.body[1:])
    message.set_content(body + "\n", charset=source.head.get("charset", "utf-8"), cte="quoted-printable")
    if "attach" in source.head:
        file, _, shown = strip_marks(source.head["attach"]).partition(" as ")
        message.add_attachment(
            (folder / file).read_bytes(), maintype="application", subtype="pdf", filename=shown or file
        )
        message.set_boundary("=-=sample-boundary=-=")
    return message.as_bytes()
