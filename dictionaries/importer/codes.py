"""From a CAMEO code back to the act and the topic that composition.yaml makes it of."""

from __future__ import annotations

from dictionaries.cameo import ANY, Composition

# Where several acts give a code, the act that CAMEO's chapter is about; the longest beginning of the code counts.
_ACT = {
    "03": "intend", "050": "normalise", "051": "praise", "08": "accede", "080": "yield", "081": "stop", "0811": "allow", "082": "stop", "084": "release", "085": "stop", "086": "allow",
    "087": "stop", "12": "refuse", "13": "threaten", "14": "demonstrate", "143": "strike", "153": "mobilise", "16": "stop", "166": "expel", "172": "restrict",
    "174": "expel", "180": "assault", "183": "bomb", "190": "attack", "195": "airstrike",
}  # fmt: skip


def reading(code: str, composition: Composition) -> tuple[str, str | None] | None:
    """Act and topic (None for any) of a code; None where no row gives it, or acts of several chapters do."""
    rows = [row for row, found in composition.rows.items() if found == code]
    rows = [row for row in rows if row[1] == ANY] or rows
    acts = list(dict.fromkeys(act for act, _ in rows))
    if len(acts) > 1:
        chapter = next((_ACT[code[:size]] for size in range(len(code), 1, -1) if code[:size] in _ACT), None)
        rows = [row for row in rows if row[0] == chapter]
    for act, topic in rows:
        chosen = None if topic == ANY else topic
        found = composition.find(act, chosen)
        if found and found[0] == code:
            return act, chosen
    return None
