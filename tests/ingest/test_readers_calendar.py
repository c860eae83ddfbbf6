"""Calendars: as files, as the form of a mail's text, and damaged."""

import contextlib
from email.message import EmailMessage

import pytest

from corpus.errors import ReadError
from ingest.readers import ReadOptions, read
from ingest.readers.calendar import MAX_EVENTS
from tests.ingest.test_readers import lines_of

EVENT = (
    "BEGIN:VEVENT\r\nORGANIZER;CN=Kaj Lindegaard:mailto:kaj@havlev.example\r\n"
    'ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Brix, Ulla":mailto:ulla@fjordby.example\r\n'
    "ATTENDEE:mailto:bo@fjordby.example\r\n"
    "DESCRIPTION;LANGUAGE=da-DK:Kære alle\\n\\nVi ser på gynger\\, hegn o\r\n g sti.\\n\r\n"
    "SUMMARY;LANGUAGE=da-DK:Møde om legepladsen\r\nDTSTART;TZID=Romance Standard Time:20210503T130000\r\n"
    "DTEND;TZID=Romance Standard Time:20210503T143000\r\nLOCATION:Rådhuset\\, lokale 4\r\n"
    "BEGIN:VALARM\r\nDESCRIPTION:REMINDER\r\nEND:VALARM\r\nEND:VEVENT\r\n"
)
CALENDAR = f"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n{EVENT}END:VCALENDAR\r\n"
PLAN = [
    "Tid: 3. maj 2021 kl. 13.00-14.30",
    "Sted: Rådhuset, lokale 4",
    "Indkaldt af: Kaj Lindegaard",
    "Deltagere: Brix, Ulla, bo@fjordby.example",
]
TOLD = ["Kære alle", "Vi ser på gynger, hegn og sti."]


def _event(*rows: str) -> list[str]:
    text = "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", *rows, "END:VEVENT", "END:VCALENDAR"))
    return lines_of(read(text.encode(), "x.ics"))


def test_read_calendar_file() -> None:
    """Summary, time, place, people and text are lines; reminders and the calendar's own marks are not."""
    assert lines_of(read(CALENDAR.encode(), "x.ics")) == ["Møde om legepladsen", *PLAN, *TOLD]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("DTSTART:20210503T110000Z", "DTEND:20210503T123000Z"), "Tid: 3. maj 2021 kl. 13.00-14.30"),
        (("DTSTART;VALUE=DATE:20210503", "DTEND;VALUE=DATE:20210504"), "Tid: 3. maj 2021"),
        (("DTSTART;VALUE=DATE:20210503", "DTEND;VALUE=DATE:20210506"), "Tid: 3. maj 2021 - 5. maj 2021"),
        (("DTSTART:20210503T220000", "DTEND:20210504T010000"), "Tid: 3. maj 2021 kl. 22.00 - 4. maj 2021 kl. 01.00"),
        (("DTSTART:20210503T130000",), "Tid: 3. maj 2021 kl. 13.00"),
        (("STATUS:CANCELLED",), "Status: aflyst"),
    ],
)
def test_times_are_printed_by_the_clock_in_denmark(rows: tuple[str, ...], expected: str) -> None:
    """A day's end is the day after the last."""
    assert _event("SUMMARY:Møde", *rows) == ["Møde", expected]


@pytest.mark.parametrize("day", ["20219999", "i morgen", "20210503T9999", "99999999999", ""])
def test_times_that_are_none_are_left_out(day: str) -> None:
    """The rest of the appointment is read."""
    assert _event("SUMMARY:Møde", f"DTSTART:{day}") == ["Møde"]


def _mail(body: str, *, attached: bool = False) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@x.example", "b@x.example", "Indkaldelse: Møde om legepladsen"
    mail.set_content(body)
    if attached:
        mail.add_attachment(CALENDAR.encode(), maintype="text", subtype="calendar", filename="invite.ics")
    else:
        mail.add_alternative(CALENDAR.replace("\r\n", "\n"), subtype="calendar")
    return mail.as_bytes()


def test_an_invitations_time_and_place_stand_under_its_text() -> None:
    """The text is said once, and so is the subject."""
    reading = read(_mail("Kom og se på gynger."), "x.eml")
    assert lines_of(reading) == ["Indkaldelse: Møde om legepladsen", "Kom og se på gynger.", *PLAN]
    assert reading.members == ()


def test_an_invitation_without_a_text_of_its_own_tells_the_calendars() -> None:
    """Some programs leave the mail's body empty."""
    assert lines_of(read(_mail("\n"), "x.eml")) == ["Indkaldelse: Møde om legepladsen", *PLAN, *TOLD]


def test_a_calendar_that_is_the_whole_mail_is_its_text() -> None:
    """Without it there is only a subject."""
    head = "From: a@x.example\nTo: b@x.example\nSubject: Indkaldelse\nMIME-Version: 1.0\n"
    data = f"{head}Content-Type: text/calendar; charset=utf-8; method=REQUEST\n\n{CALENDAR}".encode()
    assert lines_of(read(data, "x.eml")) == ["Indkaldelse", "Møde om legepladsen", *PLAN, *TOLD]


def test_an_attached_calendar_is_a_member() -> None:
    """It may be another one than the mail's."""
    reading = read(_mail("Se vedhæftede.", attached=True), "x.eml")
    assert lines_of(reading) == ["Indkaldelse: Møde om legepladsen", "Se vedhæftede."]
    assert [member.name for member in reading.members] == ["invite.ics"]


def test_a_calendar_without_appointments_says_so() -> None:
    """It is no empty document."""
    with pytest.raises(ReadError) as caught:
        read(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "x.ics")
    assert caught.value.code == "damaged"


@pytest.mark.parametrize(
    "rows",
    [
        "BEGIN:VEVENT\r\n" * 50_000,
        "BEGIN:VEVENT\r\nSUMMARY:Møde\r\n" + "ATTENDEE;CN=A:x\r\n" * 50_000,
        "BEGIN:VEVENT\r\nSUMMARY:Møde\r\n" + "ATTENDEE" + ";A=b" * 200_000,
        "BEGIN:VEVENT\r\nSUMMARY:Møde\r\n" + "X" * 2_000_000,
        "BEGIN:VEVENT\r\nSUMMARY:" + "\\" * 500_001,
        "BEGIN:VEVENT\r\nSUMMARY:M\r\n " * 50_000,
    ],
    ids=["open", "people", "parameters", "long", "escapes", "folded"],
)
def test_hostile_calendars_are_read_within_limits(rows: str) -> None:
    """They end, with text or with a reason."""
    data = f"BEGIN:VCALENDAR\r\n{rows}".encode()
    with contextlib.suppress(ReadError):
        assert len(lines_of(read(data, "x.ics", options=ReadOptions(max_chars=100_000)))) <= MAX_EVENTS
