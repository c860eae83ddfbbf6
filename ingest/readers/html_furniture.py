"""What of a web page is no part of the paper: navigation, notices, tools, and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.numbers import find_numbers
from corpus.text import flatten, fold_spaces

DROPPED = frozenset((
    "script", "style", "noscript", "template", "nav", "aside", "button", "select", "option", "iframe",
    "object", "embed", "svg", "math", "canvas", "audio", "video", "map", "dialog", "head", "datalist",
    "input", "textarea", "applet", "del",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: What may be folded away with a part of the paper in it.
_FOLDED = frozenset(
    ("div", "section", "article", "dl", "dd", "ul", "ol", "li", "table", "tbody", "tr", "td", "p", "details")
)
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "alert")
)
#: Class names and ids of furniture.
_NAMES = frozenset((
    "cookie", "cookies", "cookiebanner", "cookieconsent", "consent", "breadcrumb", "breadcrumbs", "skip", "skiplink",
    "share", "sharing", "social", "sidebar", "navbar", "navigation", "nav", "menu", "submenu", "megamenu", "pagination",
    "searchbox", "toolbar", "newsletter", "readspeaker", "printlink", "alert", "popup", "modal", "chatbot",
))  # fmt: skip
#: Furniture only where it stands outside the paper itself.
_OUTER_NAMES = frozenset(("header", "footer", "banner", "top", "topbar", "bottom", "tools", "search"))
#: What is added to such a name, to place it or to say what it is made of (`site-header`, `cookie-banner`).
_ADDED = frozenset((
    "accept", "area", "bar", "block", "box", "btn", "button", "buttons", "banner", "bottom", "container",
    "content", "desktop", "dialog", "dropdown", "fixed", "footer", "global", "header", "holder", "horizontal", "icon",
    "icons", "inner", "item", "items", "js", "left", "link", "links", "list", "local", "main", "media", "message",
    "mobile", "notice", "notification", "only", "outer", "overlay", "page", "panel", "primary", "print", "right",
    "row", "search", "secondary", "section", "side", "signup", "site", "small", "sticky", "text", "to", "toggle",
    "tool", "tools", "top", "trail", "vertical", "web", "widget", "wrap", "wrapper",
))  # fmt: skip
#: One name of several words.
_SCREEN_READERS = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"))
_NOTICES = frozenset(("cookie", "cookies", "cookiebanner", "cookieconsent", "consent", "newsletter", "chatbot"))
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
#: What only papers of meetings and cases have, at the head of a piece of text.
_SECTION = re.compile(
    r"(?:[A-ZÆØÅ][\wæøå-]{0,30}s )?(?:beslutning|indstilling|sagsfremstilling|afstemning|afgørelse|"
    r"sags?(?:nr|nummer|id))\b",
    re.IGNORECASE,
)
#: So many characters of an element are looked through.
_LOOKED_THROUGH = 20_000


def text_length(element: Any) -> int:
    """Count the characters of an element's text, without the blanks around its pieces and without scripts."""
    unseen = sum(len((piece.text or "").strip()) for piece in element.iter("script", "style"))
    return sum(len(text.strip()) for text in element.itertext()) - unseen


def is_furniture(element: Any, *, outer: bool, total: int) -> bool:
    """Say whether an element is no part of the paper.

    `outer` says that the page has no element for its paper alone, `total` how long the page's text is.
    """
    tag = element.tag
    if tag in DROPPED or (tag in ("header", "footer") and outer) or element.get("role", "").lower() in _ROLES:
        return True
    if is_hidden(element):
        return tag not in _FOLDED or not _is_folded_paper(element, outer, total)
    if tag in HEADINGS or tag in ("body", "main", "html", "form") or not _is_named(element, outer=outer):
        return False
    return not _is_paper(element, outer, total)


def _is_folded_paper(element: Any, outer: bool, total: int) -> bool:
    """Say whether a hidden element is a part of the paper that opens at a click."""
    if _is_named(element, outer=True):
        return _is_paper(element, True, total)
    return (not outer and _holds_heading(element)) or _holds_section(element)


def is_hidden(element: Any) -> bool:
    """Say whether an element is not shown when the page opens."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _names(element: Any) -> Iterator[str]:
    for attribute in ("class", "id"):
        value = element.get(attribute)
        if value:
            yield from value.lower().split()


def _is_named(element: Any, *, outer: bool) -> bool:
    """Say whether a class or an id as a whole names furniture: a word of a longer name does not (`social-omraadet`)."""
    known = _NAMES | _OUTER_NAMES if outer else _NAMES
    return any(_names_furniture(name, known) for name in _names(element))


def _names_furniture(name: str, known: frozenset[str]) -> bool:
    if name in known or name in _SCREEN_READERS:
        return True
    parts = [part for part in re.split(r"[-_]+", name) if part]
    return not known.isdisjoint(parts) and all(part in known or part in _ADDED for part in parts)


def _is_paper(element: Any, outer: bool, total: int) -> bool:
    """Say whether an element with the name of furniture holds a part of the paper all the same."""
    if element.find(".//h1") is not None or element.find(".//main") is not None:
        return True
    if not _NOTICES.isdisjoint(part for name in _names(element) for part in re.split(r"[-_]+", name)):
        return False
    if _holds_section(element):
        return True
    linked = sum(text_length(link) for link in element.iter("a"))
    headings = sum(text_length(heading) for heading in element.iter(*HEADINGS))
    length = text_length(element)
    if linked * 2 > length - headings:
        return False
    return length > 0.4 * total or (not outer and _holds_heading(element))


def _holds_heading(element: Any) -> bool:
    return next(element.iter(*HEADINGS), None) is not None


def _holds_section(element: Any) -> bool:
    """Say whether an element holds a case number, or a section that only papers have."""
    pieces = list(_pieces(element))
    if any(_SECTION.match(piece) for piece in pieces):
        return True
    return next(find_numbers(flatten("\n".join(pieces))), None) is not None


def _pieces(element: Any) -> Iterator[str]:
    """Give the runs of text of an element, no more than are looked through."""
    length = 0
    for node in element.iter():
        for text in (None if node.tag in DROPPED else node.text, None if node is element else node.tail):
            if text and (piece := fold_spaces(text)):
                yield piece
                length += len(piece)
        if length > _LOOKED_THROUGH:
            return
