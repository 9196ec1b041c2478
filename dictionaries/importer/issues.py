"""Phoenix's issues: phrase [CODE], n: before a noun, v: before a verb, + for a hyphen, ~ before an exception."""

from __future__ import annotations

import re

from dictionaries.importer.draft import Draft
from dictionaries.importer.ledger import Ledger
from dictionaries.importer.spelling import UnreadableError, covered, plain
from dictionaries.load import Dictionaries

# Their issue -> our topic, where the two mean the same. What is only about a subject (oil, tourism, students) is no topic of an event here.
TOPICS = {
    "AIRSTRIKE": "force.aerial", "DRONE": "force.aerial.drone", "SUICIDE_ATTACK": "violence.bombing.suicide", "IED": "violence.bombing",
    "NUCLEAR_WEAPONS": "nuclear", "CHEMICAL_WEAPONS": "wmd.chemical", "BIOLOGICAL_WEAPONS": "wmd.chemical", "RADIOLOGICAL_WEAPONS": "wmd.chemical",
    "WMD": "wmd", "ID_PROLIFERATION": "wmd", "PEACEKEEPERS": "peacekeepers", "SANCTIONS": "sanctions", "ELECTION": "reform.leadership",
    "ELECTION_FRAUD": "crime", "CORRUPTION": "crime", "DRUGS": "crime", "DRUG_TRADE": "crime", "ORGANIZED_CRIME": "crime", "HUMAN_TRAFFICKING": "crime",
    "ID_SMUGGLING": "crime", "BLACK_MARKET": "crime", "COMMON_ROBBERY": "crime", "HUMAN_RIGHTS": "reform.rights", "ID_DEMOCRACY": "reform",
    "DISCRIMINATION": "abuse", "MEDIA_CENSORSHIP": "restrictions", "INTERNET_CENSORSHIP": "restrictions", "CYBER_SECURITY": "cyber", "MALWARE": "cyber",
    "VIOLENT_UNREST": "protest.violent", "LABOR_STRIKE": "protest", "FOREIGN_AID": "aid", "BAILOUT": "aid.economic", "VACCINATION": "aid.humanitarian",
    "ID_ARMS_DEAL": "aid.military", "ID_ATROCITY": "atrocity", "ID_TORTURE": "violence.torture", "RAPE": "violence.sexual", "GENDER_VIOLENCE": "violence.sexual",
    "ASSASSINATION": "violence.assassination", "TERROR": "violence", "POLITICAL_PRISONER": "detention",
}  # fmt: skip
_ISSUE = re.compile(r"\s*([^\[\]]*?)\s*\[([^\[\]]+)\]\s*")
_LONGEST = 4


def import_issues(ledger: Ledger, draft: Draft, language: str, dictionaries: Dictionaries) -> int:
    """Write the phrases of the issues that one of our topics fits to <lang>/topics.yaml; gives how many."""
    seen: set[tuple[str, str]] = set()
    shipped = dictionaries.languages[language].topics
    for number, text in ledger.rows():
        if re.match(r"\s*</?[A-Z]", text):
            ledger.heading(number)
            continue
        try:
            phrase, topic = _read(text, language)
        except UnreadableError as error:
            ledger.report(number, str(error))
            continue
        if covered(shipped, phrase, language, topic):
            ledger.report(number, "Marsad has it already")
        elif (phrase, topic) in seen:
            ledger.report(number, "stands twice in the file")
        else:
            seen.add((phrase, topic))
            draft.add(phrase, f"{language}/topics.yaml", "topics", topic)
            ledger.write(number)
    return len(seen)


def _read(text: str, language: str) -> tuple[str, str]:
    if text.lstrip().startswith("~"):
        raise UnreadableError("an exception to an issue: a topic has none, its longer phrases win over shorter ones")
    found = _ISSUE.fullmatch(text)
    if not found:
        raise UnreadableError("no issue in brackets")
    phrase, issue = found.groups()
    if issue not in TOPICS:
        raise UnreadableError(f"no topic fits the issue {issue}")
    words = plain(re.sub(r"(^|[\s+])[nv]:", r"\1", phrase).replace("+", "-"), language)
    if len(words.split()) > _LONGEST:
        raise UnreadableError(f"a topic's phrase has at most {_LONGEST} words")
    return words, TOPICS[issue]
