"""How right the coder is on our own annotated sentences: `python -m benchmarks.accuracy [-v] [LANG ...]`.

Reads tests/coders/news_<lang>.jsonl. An event is found when its root, source and target agree with a coded one (the first three letters of
a state's code, six of a body's); an end that the annotation leaves open agrees with any.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.figures import Figures, parser
from coders.event import Event
from flows.pipeline import code_batch
from sources import Article
from warehouse.package import CodedRecord

NEWS = Path(__file__).parent.parent / "tests" / "coders"
# Bodies whose codes begin alike.
_FAMILIES = ("IGO", "NGO", "IMG", "MNC")


def main() -> None:
    """Print a table of precision and recall for each language and write benchmarks/accuracy.json; with -v every miss and every surplus event."""
    given = parser(__doc__)
    given.add_argument("-v", action="store_true", dest="verbose", help="every miss and every surplus event")
    given.add_argument("languages", nargs="*", metavar="LANG", default=["ar", "en"])
    chosen = given.parse_args()
    figures, table = Figures("accuracy"), []
    for language in chosen.languages:
        rows = [json.loads(line) for line in (NEWS / f"news_{language}.jsonl").read_text(encoding="utf-8").splitlines()]
        records = code_batch([Article(row["id"], row["text"], language) for row in rows])
        gold = coded = root_found = found = right = quiet = quiet_left = 0
        for row, record in zip(rows, records, strict=True):
            events = list(record.events) if isinstance(record, CodedRecord) else []
            wanted = row["events"]
            gold, coded = gold + len(wanted), coded + len(events)
            quiet, quiet_left = quiet + (not wanted), quiet_left + (not wanted and not events)
            missed = [w for w in wanted if not any(agrees(w, e) for e in events)]
            root_found += sum(any(w["code"][:2] == e.code[:2] for e in events) for w in wanted)
            found += len(wanted) - len(missed)
            surplus = [e for e in events if not any(agrees(w, e) for w in wanted)]
            right += len(events) - len(surplus)
            if chosen.verbose and (missed or surplus):
                print(f"\n{row['id']}  {row['text']}")
                for w in missed:
                    print(f"   missed  {w['code']} {w['source']} -> {w['target']}")
                for e in surplus:
                    print(f"   surplus {e.code} {code(e, 'source')} -> {code(e, 'target')}  [{e.trigger}: {e.evidence.stack}]")
        recall = {"root_recall": round(root_found / gold, 3), "root_and_actors_recall": round(found / gold, 3), "precision": round(right / max(coded, 1), 3)}
        table.append({"language": language, "sentences": len(rows), "gold": gold, "coded": coded, **recall, "quiet": quiet, "quiet_left_uncoded": quiet_left})
    figures.tell(table)


def code(event: Event, side: str) -> str | None:
    """The code of one end of an event."""
    actor = event.source if side == "source" else event.target
    return actor.code if actor else None


def agrees(wanted: dict[str, str | None], event: Event) -> bool:
    """Whether a coded event is the annotated one."""
    return wanted["code"][:2] == event.code[:2] and all(wanted[side] is None or short(wanted[side]) == short(code(event, side)) for side in ("source", "target"))  # type: ignore[index]


def short(actor: str | None) -> str:
    """The part of a code that is compared."""
    actor = actor or ""
    return actor[:6] if actor.startswith(_FAMILIES) else actor[:3]


if __name__ == "__main__":
    main()
