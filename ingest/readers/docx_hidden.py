"""What of a DOCX is not shown: hidden text, deleted ends and cells, prompts to fill in, forms for older programs."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")
_PROMPT_STYLE = re.compile(r"placeholder|pladsholder", re.IGNORECASE)
#: What a prompt says. Programs that fill in a field may forget to take back that it shows one.
_PROMPT = re.compile(
    r"[\[<]?(?:klik|tryk|click|tap|vælg|choose|angiv|skriv|indtast|enter|type|indsæt)\b.{0,200}", re.IGNORECASE
)


def is_hidden_run(run: Any) -> bool:
    """Say whether a run's text is set to be hidden."""
    properties = run.find(_W + "rPr")
    vanish = properties.find(_W + "vanish") if properties is not None else None
    return vanish is not None and vanish.get(_W + "val", "1") not in _OFF


def lacks_end(properties: Any) -> bool:
    """Say whether a paragraph's end was deleted, so that it goes on in the next one."""
    mark = properties.find(_W + "rPr")
    return mark is not None and (mark.find(_W + "del") is not None or mark.find(_W + "moveFrom") is not None)


def is_deleted_cell(cell: Any) -> bool:
    """Say whether a cell was deleted with changes tracked."""
    return cell.find(f"{_W}tcPr/{_W}cellDel") is not None


def chosen_form(alternatives: Any) -> Any:
    """Give one of the forms of an `mc:AlternateContent`: the first, which the newest programs show."""
    return next(iter(alternatives), alternatives)


def is_prompt(control: Any) -> bool:
    """Say whether a content control holds nothing but the prompt to fill it in (`Klik her for at angive tekst`)."""
    properties = control.find(_W + "sdtPr")
    if properties is None or properties.find(_W + "showingPlcHdr") is None:
        return False
    runs = [run for run in control.iter(_W + "r") if any((text.text or "").strip() for text in run.iter(_W + "t"))]
    if all(_has_prompt_style(run) for run in runs):
        return True
    shown = "".join(text.text or "" for run in runs for text in run.iter(_W + "t"))
    return _PROMPT.fullmatch(shown.strip()) is not None


def _has_prompt_style(run: Any) -> bool:
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return style is not None and _PROMPT_STYLE.search(style.get(_W + "val", "")) is not None
