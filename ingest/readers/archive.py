"""ZIP and 7z: their entries as members, within the limits on count, size and ratio."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

import py7zr
import py7zr.exceptions
from py7zr.io import BytesIOFactory

from corpus.errors import ReadError
from corpus.records import Mark, Member, Reading
from ingest.discover import is_left_over
from ingest.readers.options import ReadOptions
from ingest.readers.package import BROKEN, open_package, read_member

_BROKEN_7Z = (
    py7zr.exceptions.ArchiveError, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError, TypeError, KeyError,
    IndexError, AttributeError, py7zr.exceptions.AbsolutePathError, AssertionError,
    NotImplementedError, OverflowError, RuntimeError, MemoryError,
)  # fmt: skip


def read_zip(data: bytes, options: ReadOptions) -> Reading:
    """Read a ZIP's entries; a broken or locked one is a mark, and the others are still read."""
    package = open_package(data, options)
    members: list[Member] = []
    marks: list[Mark] = []
    total = 0
    entries = [info for info in package.archive.infolist() if not info.is_dir()]
    if len({info.header_offset for info in entries}) < len(entries):
        raise ReadError("arkivets filer ligger oven i hinanden (arkivbombe)", code="archive-bomb")
    for info in entries[: options.max_members]:
        name = _entry_name(info)
        if _is_litter(name):
            continue
        try:
            content = read_member(package.archive, info, options)
        except ReadError as exc:
            if exc.code == "encrypted" and len(entries) == 1:
                raise
            marks.append(Mark(exc.code, f"{name}: {exc.message}"))
            continue
        except BROKEN:
            marks.append(Mark("member-damaged", f"{name} er beskadiget og kan ikke pakkes ud"))
            continue
        total += len(content)
        if total > options.max_unpacked_bytes:
            raise ReadError("filen fylder for meget udpakket (arkivbombe)", code="archive-bomb")
        members.append(Member(name, content))
    if len(entries) > options.max_members:
        marks.append(Mark("max-members", f"kun de første {options.max_members} af {len(entries)} filer er læst"))
    _raise_if_nothing(members, marks, len(entries))
    return Reading("application/zip", (), tuple(marks), (), tuple(members))


def _raise_if_nothing(members: list[Member], marks: list[Mark], entries: int) -> None:
    codes = {mark.code for mark in marks}
    if members or not entries:
        return
    if "encrypted" in codes:
        raise ReadError("arkivet er krypteret med adgangskode", code="encrypted")
    if "archive-bomb" in codes:
        raise ReadError("filen fylder for meget udpakket (arkivbombe)", code="archive-bomb")
    if codes:
        raise ReadError("ingen af arkivets filer kan pakkes ud", code="damaged")


def _entry_name(info: zipfile.ZipInfo) -> str:
    """Give an entry's name; old archives hold CP850, which zipfile takes for CP437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        pass
    try:
        return info.filename.encode("cp437").decode("cp850")
    except UnicodeError:
        return info.filename


def _is_litter(name: str) -> bool:
    """Say whether an entry is what Macs and Windows leave in archives."""
    return name.startswith("__MACOSX/") or is_left_over(name.rpartition("/")[2])


def read_7z(data: bytes, options: ReadOptions) -> Reading:
    """Read a 7z archive's entries."""
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise ReadError("arkivet er krypteret med adgangskode", code="encrypted")
            sizes = [int(info.uncompressed or 0) for info in archive.list() if not info.is_directory]
            _check_sizes(sizes, len(data), options)
            factory = BytesIOFactory(options.max_member_bytes)
            archive.extractall(factory=factory)
    except py7zr.exceptions.PasswordRequired as exc:
        raise ReadError("arkivet er krypteret med adgangskode", code="encrypted") from exc
    except _BROKEN_7Z as exc:
        raise ReadError("arkivet er beskadiget og kan ikke pakkes ud", code="damaged") from exc
    members = []
    for name, product in factory.products.items():
        product.seek(0)
        if not _is_litter(name):
            members.append(Member(name, product.read()))
    return Reading("application/x-7z-compressed", (), (), (), tuple(members))


def _check_sizes(sizes: list[int], packed: int, options: ReadOptions) -> None:
    total = sum(sizes)
    if total > options.max_unpacked_bytes or total > max(16 * 1024**2, packed * options.max_ratio):
        raise ReadError("filen fylder for meget udpakket (arkivbombe)", code="archive-bomb")
    if len(sizes) > options.max_members or max(sizes, default=0) > options.max_member_bytes:
        raise ReadError("arkivet har for mange eller for store filer", code="too-large")
