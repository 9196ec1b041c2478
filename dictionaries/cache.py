"""Compiled dictionaries kept between runs, in a folder of the user's that nobody else can write to (docs/decisions/0015)."""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import os
import pickle
import stat
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

VARIABLE = "MARSAD_CACHE"
_OFF = "off"
# So many are kept, the youngest: the dictionaries that ship, and some overlays.
_KEPT = 4
_SUFFIX = ".pickle"
# Bytes of SHA-256 before what is kept.
_DIGEST = 32


def read_compiled(key: str) -> Any:
    """What was kept under a key; None where nothing was, where it is broken, or where another user could have written it."""
    folder = _folder()
    if folder is None:
        return None
    try:
        file = os.open(folder / key, os.O_RDONLY | os.O_NOFOLLOW)
        with open(file, "rb") as opened:
            if not _private(os.fstat(file), stat.S_ISREG):
                return None
            digest, kept = opened.read(_DIGEST), opened.read()
    except OSError:
        return None
    return _loaded(kept) if hashlib.sha256(kept).digest() == digest else None


def keep_compiled(key: str, value: object) -> None:
    """Keep a value under a key, whole or not at all; where the folder is not ours or cannot be written, nothing is kept."""
    folder = _folder()
    if folder is None:
        return
    kept = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with contextlib.suppress(OSError):
        file, name = tempfile.mkstemp(_SUFFIX, dir=folder)
        try:
            with open(file, "wb") as opened:
                opened.write(hashlib.sha256(kept).digest() + kept)
            os.replace(name, folder / key)
        except OSError:
            os.unlink(name)
            raise
        by_age = sorted(folder.glob("*" + _SUFFIX), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_age[_KEPT:]:
            path.unlink()


def compiled_key(*contents: str) -> str:
    """The key of dictionaries compiled from such contents by this code, under this Python, with these names of countries: a file's name."""
    given = (*contents, _compiler(), sys.version, sys.platform, version("babel"))
    return hashlib.sha256("\0".join(given).encode("utf-8", "surrogateescape")).hexdigest()[:32] + _SUFFIX


@functools.cache
def _compiler() -> str:
    """A hash of this room's own code: with other code the same files compile to something else."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _folder() -> Path | None:
    """The folder, made where it was not; None where the user wants none (MARSAD_CACHE=off) or none is safe."""
    named = os.environ.get(VARIABLE)
    if named == _OFF or not hasattr(os, "geteuid"):
        return None
    try:
        folder = (Path(named) if named else platformdirs.user_cache_path("marsad")) / "dictionaries"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _private(folder.lstat(), stat.S_ISDIR) else None
    except (OSError, RuntimeError):
        return None


def _private(found: os.stat_result, kind: Any) -> bool:
    """Whether a file or folder is of its kind, ours, and open to nobody else: what is unpickled can run any code."""
    return kind(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077


def _loaded(kept: bytes) -> Any:
    collecting = gc.isenabled()
    gc.disable()  # all that is made is kept
    try:
        return pickle.loads(kept)
    except Exception:  # a pickle of another build fails in any way it likes
        return None
    finally:
        if collecting:
            gc.enable()
