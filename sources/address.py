"""An article's address without what varies between links to one page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = frozenset(["fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid", "ocid", "ref", "ref_src", "source", "smid", "at_medium", "at_campaign", "xtor"])
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def canonical(url: str | None) -> str | None:
    """The address in one form: https, host in lower case without www, no default port, fragment, trailing slash or tracking parameters, the others in order;
    the path as it is, case too, but letters that are escaped in it (%D8%AE for خ) are written out, as some links to the same page have them.

    None for no address; what is no http address comes back as it is.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url
    host = parts.hostname.removeprefix("www.")
    query = sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name.lower() not in _TRACKING and not name.lower().startswith("utm_"))
    return urlunsplit(("https", host if port in (None, 80, 443) else f"{host}:{port}", _ESCAPES.sub(_written_out, parts.path).rstrip("/"), urlencode(query), ""))


def _written_out(escapes: re.Match[str]) -> str:
    try:
        return "".join(c if c.isalnum() or c in "-._~" or (ord(c) > 127 and c.isprintable()) else quote(c, safe="") for c in unquote(escapes.group(), errors="strict"))
    except UnicodeDecodeError:
        return escapes.group().upper()
