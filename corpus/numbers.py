"""Case, document and journal numbers: recognise, normalise, key for joins."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """One case or document number, whatever its spelling.

    `norm` is the form that is shown, `key` the one that is joined on: every spelling of one number has one key, and
    two numbers never share one. `scheme` names the row of the table of schemes that it was written by.
    """

    scheme: str
    norm: str
    key: str
    year: int | None = None
    serial: str | None = None
    suffix: str | None = None
    prefix: str | None = None
