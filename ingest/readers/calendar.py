"""Calendars (RFC 5545): an invitation's summary, time, place, people and text as lines.

Ours and no library's: it takes five properties of a form of plain lines, and has to bear with damaged ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from corpus.errors import ReadError
from corpus.records import Line, Mark, Reading
from corpus.text import fold_spaces, normalise
from ingest.readers.blocks import Blocks, page_of
from ingest.readers.options import ReadOptions
from ingest.readers.text import decode, text_lines

MEDIA_TYPE = "text/calendar"
#: Appointments and people beyond these are an export of a whole calendar, or an attack.
MAX_EVENTS = 2_000
_MAX_PEOPLE = 200
_MAX_LINES = 200_000
_FOLD = re.compile(r"\r?\n[ \t]")
_PROPERTY = re.compile(r"([A-Za-z-]{1,40})((?:;[A-Za-z-]{1,40}=(?:\"[^\"]{0,400}\"|[^\";:]{0,400})){0,20}):")
_CN = re.compile(r";CN=(?:\"([^\"]{0,400})\"|([^\";:]{0,400}))", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)")
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?(Z)?)?$")
_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
_ZONE = "Europe/Copenhagen"
_KINDS = ("VEVENT", "VTODO", "VJOURNAL")
_TAKEN = ("SUMMARY", "LOCATION", "DESCRIPTION", "DTSTART", "DTEND", "DUE", "STATUS")


@dataclass(slots=True)
class _Event:
    """One appointment; the first value of each property counts."""

    values: dict[str, str] = field(default_factory=dict)
    organizer: str = ""
    people: list[str] = field(default_factory=list)


def read_calendar(data: bytes, options: ReadOptions) -> Reading:
    """Read the appointments of a calendar file."""
    lines, marks = calendar_lines(decode(data))
    if not any(line.text for line in lines):
        raise ReadError("kalenderfilen rummer ingen aftaler", code="damaged")
    pages, cut = page_of(lines, options)
    return Reading(MEDIA_TYPE, pages, (*marks, *cut))


def calendar_lines(text: str, *, subject: str = "", described: bool = False) -> tuple[list[Line], tuple[Mark, ...]]:
    """Give the lines of a calendar's appointments.

    `subject` is the mail's own, which is not said twice; `described` says that the mail's body holds the description.
    """
    events, marks = _read_events(text)
    blocks = Blocks()
    for event in events:
        _write(event, blocks, subject, described)
        blocks.part()
    return blocks.lines, marks


def _read_events(text: str) -> tuple[list[_Event], tuple[Mark, ...]]:
    events: list[_Event] = []
    # The kinds of what is open; a reminder in an appointment has a text of its own.
    open_: list[str] = []
    for name, parameters, value in _properties(text):
        if name == "BEGIN":
            open_.append(value.strip().upper()[:40])
            if open_[-1] in _KINDS and len(events) >= MAX_EVENTS:
                return events, (Mark("max-members", f"kun de første {MAX_EVENTS} aftaler er læst"),)
            if open_[-1] in _KINDS:
                events.append(_Event())
        elif name == "END":
            open_ = open_[:-1]
        elif events and open_ and open_[-1] in _KINDS:
            _take(events[-1], name, parameters, value)
    return events, ()


def _properties(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the parameters and the value of each content line, unfolded."""
    for line in _FOLD.sub("", text.replace("\r\r\n", "\r\n")).splitlines()[:_MAX_LINES]:
        if found := _PROPERTY.match(line):
            yield found[1].upper(), found[2], line[found.end() :]


def _take(event: _Event, name: str, parameters: str, value: str) -> None:
    if name in _TAKEN:
        event.values.setdefault(name, value)
    elif name in ("ORGANIZER", "ATTENDEE"):
        common = _CN.search(parameters)
        shown = (common[1] or common[2] or "").strip() if common else ""
        shown = shown or value.partition(":")[2].strip() or value.strip()
        if name == "ORGANIZER":
            event.organizer = event.organizer or shown
        elif len(event.people) < _MAX_PEOPLE and shown not in event.people:
            event.people.append(shown)


def _write(event: _Event, blocks: Blocks, subject: str, described: bool) -> None:
    summary = fold_spaces(_unescape(event.values.get("SUMMARY", "")))
    if summary and summary.casefold() not in subject.casefold():
        blocks.put(summary, "title")
        blocks.part()
    place = fold_spaces(_unescape(event.values.get("LOCATION", "")))
    rows = [
        ("Status", "aflyst" if event.values.get("STATUS", "").strip().upper() == "CANCELLED" else ""),
        ("Tid", _when(event)),
        ("Sted", place),
        ("Indkaldt af", event.organizer),
        ("Deltagere", ", ".join(event.people)),
    ]
    for label, value in rows:
        if value:
            blocks.put(f"{label}: {fold_spaces(normalise(value))}")
    blocks.part()
    if not described:
        for line in text_lines(_unescape(event.values.get("DESCRIPTION", "")).strip()):
            if line.text:
                blocks.put(line.text)
            else:
                blocks.part()


def _unescape(value: str) -> str:
    return normalise(_ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value))


def _when(event: _Event) -> str:
    """Print when an appointment is, by the clock in Denmark where the calendar says which clock it means."""
    start = _moment(event.values.get("DTSTART", event.values.get("DUE", "")))
    end = _moment(event.values.get("DTEND", ""))
    if start is None:
        return ""
    at, timed = start
    if not timed:
        last = end[0] - timedelta(days=1) if end and not end[1] else at
        return _day(at) if last <= at else f"{_day(at)} - {_day(last)}"
    shown = f"{_day(at)} kl. {at:%H.%M}"
    if end is None or not end[1] or end[0] <= at:
        return shown
    return f"{shown}-{end[0]:%H.%M}" if end[0].date() == at.date() else f"{shown} - {_day(end[0])} kl. {end[0]:%H.%M}"


def _day(at: datetime) -> str:
    return f"{at.day}. {_MONTHS[at.month - 1]} {at.year}"


def _moment(value: str) -> tuple[datetime, bool] | None:
    """Read a date or a time; say whether it has an hour."""
    found = _TIME.match(value.strip())
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups()[:5])
    try:
        at = datetime(year, month, day, hour, minute)  # the calendar's own clock
        if found[6]:
            at = at.replace(tzinfo=UTC).astimezone(ZoneInfo(_ZONE)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return at, found[4] is not None
