"""Unpack what is compressed, as far as a limit."""

from __future__ import annotations

import io
import zipfile
import zlib

LARGEST = 200_000_000
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"


class Unpackable(Exception):
    """What cannot be unpacked: `reason` in one word, the message says why."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def unpack(content: bytes, largest: int = LARGEST) -> bytes:
    """The content of a gzip file, or of the one file in a ZIP; anything else as it is. Raises Unpackable for what is broken, or larger than so many bytes."""
    try:
        if content.startswith(_GZIP):
            plain = b""
            while content.startswith(_GZIP) and len(plain) <= largest:
                unpacker = zlib.decompressobj(31)
                plain += unpacker.decompress(content, largest + 1 - len(plain))
                if not unpacker.eof and not unpacker.unconsumed_tail:
                    raise Unpackable("broken-archive", "the gzip file is cut off")
                content = unpacker.unused_data
        elif content.startswith(_ZIP):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = archive.namelist()
                if len(names) != 1:
                    raise Unpackable("broken-archive", f"the ZIP holds {len(names)} files, one is read")
                with archive.open(names[0]) as file:
                    plain = file.read(largest + 1)
        else:
            return content
    except (zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise Unpackable("broken-archive", f"cannot be unpacked ({error})") from None
    if len(plain) > largest:
        raise Unpackable("too-large", f"more than {largest:,} bytes when unpacked")
    return plain
