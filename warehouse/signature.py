"""MinHash signatures: how alike two texts are, told by 128 numbers."""

from __future__ import annotations

import numpy as np
from rensa import RMinHash

from dictionaries.folding import fold

_NUMBERS, _BANDS, _SEED = 128, 16, 1
_SHINGLE = 3  # words
# A text of fewer words has too few shingles for a share of them to mean anything.
_SHORTEST = 25
# From this share of equal numbers on, an estimate of the share of common shingles, two texts are copies.
ALIKE = 0.75


def signature(text: str, language: str) -> bytes | None:
    """128 unsigned numbers of 32 bits, little endian, made from the runs of three folded words; None for a text under 25 words."""
    words = fold(text.lower(), language).split()
    if len(words) < _SHORTEST:
        return None
    sketch = RMinHash(num_perm=_NUMBERS, seed=_SEED)
    sketch.update([" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)])
    return np.asarray(sketch.digest(), dtype="<u4").tobytes()


def band_keys(sketch: bytes | None) -> list[int]:
    """16 keys of 64 bits; copies share one of them (at three quarters of common shingles in 4 of 5 cases, at nine tenths always but for one in 10,000)."""
    if sketch is None:
        return []
    rows = np.frombuffer(sketch, dtype="<u4").astype(np.uint64).reshape(_BANDS, -1)
    keys = np.arange(1, _BANDS + 1, dtype=np.uint64)
    for column in rows.T:  # FNV-1a over whole numbers; 64-bit arithmetic wraps
        keys = (keys ^ column) * np.uint64(0x100000001B3)
    keys ^= keys >> np.uint64(29)
    return [int(key) for key in keys]


def alike(one: bytes, other: bytes) -> bool:
    """Whether two signatures say that the texts are copies of each other."""
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4"))) >= ALIKE
