"""What coded the warehouse: the ontology's codes, the actors' codes taken apart, and the texts of each version of the dictionaries."""

from __future__ import annotations

import hashlib

import duckdb
import pyarrow as pa

from dictionaries import Dictionaries
from dictionaries.codes import take_apart
from dictionaries.load import dictionary_files

# Classes of Phoenix: statements, verbal and material cooperation, verbal and material conflict.
_PENTA = {"01": 0, "02": 0, "03": 1, "04": 1, "05": 1, "06": 2, "07": 2, "08": 2, "09": 3, "10": 3, "11": 3, "12": 3, "13": 3, "16": 3}


def keep(cursor: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    """Keep what a package's coding refers to, inside its transaction; the package's mentions are `given_mentions`. Raises ValueError for a code that the ontology has not."""
    unheard = sorted({code for (code,) in cursor.execute("SELECT DISTINCT code FROM given_mentions").fetchall()} - dictionaries.ontology.keys())
    if unheard:
        raise ValueError(f"the ontology has no code {unheard[0]}")
    _keep_files(cursor, dictionaries)
    _keep_codes(cursor, dictionaries)
    keep_actors(cursor, "given_mentions")


def keep_actors(cursor: duckdb.DuckDBPyConnection, mentions: str = "mentions") -> None:
    """Take apart the actor codes of a table of mentions that are not among the actors yet."""
    codes = cursor.execute(f"SELECT source FROM {mentions} UNION SELECT target FROM {mentions} EXCEPT SELECT code FROM actors").fetchall()
    parts = [take_apart(code) for (code,) in codes if code]
    if parts:
        columns = {name: pa.array([getattr(p, name) for p in parts], pa.string()) for name in ("code", "name", "country", "country_name", "known_group")}
        cursor.register("new_actors", pa.table({**columns, "roles": pa.array([list(p.roles) for p in parts], pa.list_(pa.string()))}))
        cursor.execute("INSERT INTO actors BY NAME SELECT * FROM new_actors")


def _keep_files(cursor: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    if cursor.execute("SELECT count(*) FROM dictionary_files WHERE dictionaries = ?", [dictionaries.hash]).fetchall() != [(0,)]:
        return
    files = [(name, path.read_text(encoding="utf-8")) for name, path in dictionary_files()]
    table = pa.table({"file": [name for name, _ in files], "text": [text for _, text in files], "text_hash": [hashlib.sha256(text.encode()).hexdigest()[:32] for _, text in files]})
    cursor.register("new_files", table)
    cursor.execute("INSERT INTO dictionary_files SELECT ?, file, text_hash FROM new_files", [dictionaries.hash])
    cursor.execute("INSERT INTO dictionary_texts SELECT DISTINCT ON (text_hash) text_hash, text FROM new_files ANTI JOIN dictionary_texts USING (text_hash)")


def _keep_codes(cursor: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    rows = [(c.code, c.label, c.code[:2], c.code[:3], c.quad, _PENTA.get(c.code[:2], 4), c.goldstein, c.quad_gdelt, c.plover, c.mode, list(c.contexts)) for c in dictionaries.ontology.values()]
    known = {row[0]: row for row in cursor.execute("SELECT code, label, root, base, quad_class, penta_class, goldstein, quad_gdelt, plover, mode, contexts FROM codes").fetchall()}
    if all(known.get(row[0]) == row for row in rows):
        return
    names = ("code", "label", "root", "base", "quad_class", "penta_class", "goldstein", "quad_gdelt", "plover", "mode", "contexts")
    kinds = {"quad_class": pa.int8(), "penta_class": pa.int8(), "quad_gdelt": pa.int8(), "goldstein": pa.float64(), "contexts": pa.list_(pa.string())}
    cursor.register("new_codes", pa.table({name: pa.array([row[i] for row in rows], kinds.get(name, pa.string())) for i, name in enumerate(names)}))
    # A code that old mentions have stays, though the ontology has dropped it: without it they would tell no event.
    cursor.execute("DELETE FROM codes WHERE code IN (SELECT code FROM new_codes)")
    cursor.execute("INSERT INTO codes BY NAME SELECT * FROM new_codes")
    cursor.execute(
        """UPDATE events SET quad_class = c.quad_class, goldstein = c.goldstein FROM codes c
           WHERE events.code = c.code AND (events.quad_class <> c.quad_class OR events.goldstein IS DISTINCT FROM c.goldstein)"""
    )
