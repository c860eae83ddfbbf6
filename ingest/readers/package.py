"""Office packages and archives as ZIP: the parts of one file, within the limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from corpus.errors import ReadError
from ingest.readers.options import ReadOptions

#: A member may be this large before its ratio counts: small parts of XML pack well.
FREE_BYTES = 1024 * 1024
#: What zipfile raises on broken, encrypted or unknown members.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Package:
    """An open ZIP whose parts are read by name."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    options: ReadOptions

    def part(self, name: str) -> bytes | None:
        """Give a part's bytes; None where it is not there. Raise ReadError where it is broken or a bomb."""
        if name not in self.names:
            return None
        try:
            return read_member(self.archive, self.archive.getinfo(name), self.options)
        except BROKEN as exc:
            raise ReadError("filen er beskadiget og kan ikke pakkes ud", code="damaged") from exc


def open_package(data: bytes, options: ReadOptions) -> Package:
    """Open a ZIP; raise ReadError where it is none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as exc:
        cut = data.startswith(b"PK") and b"PK\x05\x06" not in data[-65_600:]
        code, message = ("truncated", "filen er afkortet") if cut else ("damaged", "filen er beskadiget")
        raise ReadError(f"{message} og kan ikke pakkes ud", code=code) from exc
    return Package(archive, frozenset(archive.namelist()), options)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, options: ReadOptions) -> bytes:
    """Unpack one member, never more than the limits; raise ReadError for a bomb or a locked one."""
    if info.flag_bits & 0x1:
        raise ReadError("filen er krypteret med adgangskode", code="encrypted")
    limit = min(options.max_member_bytes, max(FREE_BYTES, info.compress_size * options.max_ratio))
    with archive.open(info) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ReadError("filen fylder for meget udpakket (arkivbombe)", code="archive-bomb")
    return content
