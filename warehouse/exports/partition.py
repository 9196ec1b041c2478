"""Rows in the order of their days to Parquet files, one a month: year=2022/month=09/events.parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_GROUP = 100_000
# What Hive, Spark and DuckDB call the partition of rows without a value.
_NONE = "__HIVE_DEFAULT_PARTITION__"


def write_months(schema: pa.Schema, batches: Iterable[pa.RecordBatch], folder: Path) -> int:
    """Write the rows, which have a column event_date and come in its order (those without at the end); gives their number.

    Row groups hold 100,000 rows whatever the sizes of the batches, so that the same rows give the same bytes.
    """
    folder.mkdir()
    rows = 0
    for month, pieces in groupby(_by_month(batches), key=lambda piece: piece[0]):
        file = folder / f"year={month[0]}" / f"month={month[1]}" / "events.parquet"
        file.parent.mkdir(parents=True)
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for group in _groups(table for _, table in pieces):
                writer.write_table(group, row_group_size=_GROUP)
                rows += group.num_rows
    return rows


def _by_month(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[tuple[str, str], pa.Table]]:
    for batch in batches:
        table = pa.Table.from_batches([batch])
        months = pc.strftime(table["event_date"], format="%Y %m").to_pylist()
        start = 0
        for month, days in groupby(months):
            size = sum(1 for _ in days)
            year, number = month.split() if month else (_NONE, _NONE)
            yield (year, number), table.slice(start, size)
            start += size


def _groups(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    held: list[pa.Table] = []
    size = 0
    for table in tables:
        held.append(table)
        size += table.num_rows
        while size >= _GROUP:
            whole = pa.concat_tables(held)
            yield whole.slice(0, _GROUP)
            held, size = [whole.slice(_GROUP)], size - _GROUP
    if size:
        yield pa.concat_tables(held)
