"""The text of a page or feed whose bytes may be in another encoding than it says."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Three letters in a row of the upper half: in windows-1256 an Arabic word, in the Western encodings hardly ever one.
_ARABIC_WORD = re.compile(rb"[\xc0-\xed]{3,}")
_WESTERN = frozenset(["iso8859-1", "cp1252", "iso8859-15", "ascii"])
_LOOKED_AT = 4096


def decode(content: bytes, content_type: str = "") -> str:
    """The text: by its byte order mark; as UTF-8 where it is valid UTF-8, whatever is declared; as the server or the document declares; as windows-1256 where it
    looks Arabic, also against a Western declaration; else as windows-1252. Bytes that cannot be read become U+FFFD."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    arabic = len(_ARABIC_WORD.findall(content)) >= 3
    declared = _DECLARED.search(content[:_LOOKED_AT])
    header = _HEADER.search(content_type)
    for given in (header.group(1) if header else "", (declared.group(1) or declared.group(2)).decode("ascii", "replace") if declared else ""):
        try:
            name = codecs.lookup(given).name if given else ""
        except LookupError:
            continue
        if name and name != "utf-8" and not (arabic and name in _WESTERN):
            try:
                return content.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    # What is UTF-8 but for a broken byte or two stays UTF-8.
    patched = content.decode("utf-8", "replace")
    if patched.count("\ufffd") * 50 < len(patched):
        return patched
    return content.decode("cp1256" if arabic else "cp1252", "replace")
