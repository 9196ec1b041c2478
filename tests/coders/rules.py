"""docs/coding-rules.md, made of the minimal pairs: each rule with its example, its neighbour and the test that holds it.

    python -m tests.coders.rules > docs/coding-rules.md
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "coding-rules.md"
_LANGUAGES = {"ar": "Arabic", "en": "English"}
_HEAD = """# Coding rules
Made by `python -m tests.coders.rules` from `tests/coders/pairs_ar.yaml` and `pairs_en.yaml`; edit those.

## How a sentence is coded
1. A discard phrase (`<language>/discards.yaml`: sport, markets, weather, history ...) puts the whole sentence aside, with its reason.
2. Names, demonyms, capitals and offices are found in the text (`names.yaml`, `organisations.yaml`, `agents.yaml`; `coders/mentions.py`), whatever the parser made of them; then what spelling and place prove is mended in the tree
   (`coders/repair.py`, `spelling.py`, `wordclass.py`).
3. Verbs, masdars and nouns of `acts.yaml` and light verbs with them evoke acts (`coders/triggers.py`); acts stack along the tree, "rejected the request for aid" is *refuse(appeal(aid))* (`coders/meaning.py`).
4. What is only possible, future, asked for, denied or negated is another act or none: a future attack is a threat or an intention, a denied one a denial (`coders/realis.py`, `grammar.yaml`, `negation.yaml`).
5. The frame of the entry says where source, target and topic stand; passives, control, relative clauses, conjuncts and dropped subjects are followed (`coders/slots.py`, `participants.py`); phrases become actor codes
   (`coders/actors.py`), pronouns and definite descriptions what the article named (`coders/references.py`, `memory.py`).
6. Act and topic give the code (`cameo/composition.yaml`), some codes depend on who acts (`by_source.yaml`). No entry, no event.
7. The date is the clause's, else the article's (`coders/dates.py`).

Each rule below is a pair of sentences that we wrote: the first must code the event (code, source, target), its neighbour must not. `tests/coders/test_pairs.py` codes both with the models that ship;
`pytest tests/coders/test_pairs.py -k "<test>"` runs one. Further sentences, one for each CAMEO code, are in `reach_ar.yaml` and `reach_en.yaml`.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for language, name in _LANGUAGES.items():
        pairs: list[dict[str, Any]] = yaml.safe_load((HERE / f"pairs_{language}.yaml").read_text(encoding="utf-8"))
        parts.append(f"## {name}: {len(pairs)} rules")
        parts += [_rule(language, number, pair) for number, pair in enumerate(pairs)]
    return "\n".join(parts)


def _rule(language: str, number: int, pair: dict[str, Any]) -> str:
    code, source, target = (part or "nobody" for part in pair["event"])
    still_open = " **Open: not reached yet.**" if pair.get("open") else ""
    return f"### {pair['rule']}\n`{language}-{number:02d}`: {source} {code} {target}.{still_open}\n- {pair['yes']}\n- not: {pair['no']}\n"


if __name__ == "__main__":
    print(page(), end="")
