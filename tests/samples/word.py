"""Sources to DOCX with python-docx: the letterhead as a text box, a first-page header, or a table cell.

Head keys: `letterhead` (textbox, header, table), `running` (a header on every page), `bullet`. The file bears no time.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from html import escape
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

from tests.samples.markup import Source, strip_marks

_EPOCH = datetime(2020, 1, 1)
_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml">'
    '<w:pict><v:shape style="position:absolute;margin-left:350pt;margin-top:0;width:120pt;height:420pt">'
    "<v:textbox><w:txbxContent>{paragraphs}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def render_docx(source: Source) -> bytes:
    """Give the source as a DOCX file."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = _EPOCH
    margin = [line for block in (*source.margin, *source.foot) for line in [*strip_marks(block).splitlines(), ""]]
    target: Any = document
    if margin:
        target = _place_letterhead(document, margin, source.head.get("letterhead", "textbox"))
    if "running" in source.head:
        document.sections[0].header.paragraphs[0].text = strip_marks(source.head["running"])
    for block in source.body:
        _add_block(target, block, source.head.get("bullet", ""))
    out = io.BytesIO()
    document.save(out)
    return _settle(out.getvalue())


def _place_letterhead(document: Any, lines: list[str], kind: str) -> Any:
    """Put the letterhead where `kind` says and give the container of the body."""
    if kind == "header":
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            section.first_page_header.add_paragraph(line)
        return document
    if kind == "table":
        table = document.add_table(rows=1, cols=2)
        body, beside = table.rows[0].cells
        body.width, beside.width = Cm(11.5), Cm(4.5)
        beside.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            beside.add_paragraph(line)
        return body
    paragraphs = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    document.add_paragraph()._p.append(parse_xml(_BOX.format(paragraphs=paragraphs)))
    return document


def _add_block(target: Any, block: str, bullet: str) -> None:
    lines = strip_marks(block).splitlines()
    if lines[0] == "[page]":
        target.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    elif lines[0].startswith("|"):
        _add_table(target, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
    else:
        for line in lines:
            _add_line(target, line, bullet)


def _add_table(target: Any, rows: list[list[str]]) -> None:
    size = (len(rows), len(rows[0]))
    table = target.add_table(*size)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _add_line(target: Any, line: str, bullet: str) -> None:
    if heading := re.match(r"#+ ", line):
        style = "Heading 1" if len(heading[0]) == 2 else "Heading 2"
        target.add_paragraph(line[heading.end() :], style=style)
    elif line.startswith("- "):
        target.add_paragraph(f"{bullet} {line[2:]}" if bullet else line[2:], style=None if bullet else "List Bullet")
    elif " || " in line:
        target.add_paragraph(line.replace(" || ", "\t\t\t"))
    else:
        target.add_paragraph(line)


def _settle(data: bytes) -> bytes:
    """Pack the parts again without times, thumbnails and printer settings."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = old.read(name)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                part = re.sub(rb"<Relationship [^>]{0,300}thumbnail[^>]{0,300}/>", b"", part)
            new.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
