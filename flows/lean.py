"""What a process of ours does without, though it may be installed."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder


def without_pandas() -> None:
    """Let nothing import pandas from now on: pyarrow and DuckDB do so where it is installed (0.5 s, 50 MB), and a run never looks at a data frame."""
    if not any(isinstance(finder, _NoPandas) for finder in sys.meta_path):
        sys.meta_path.insert(0, _NoPandas())


class _NoPandas(MetaPathFinder):
    """Python asks it first. (None in sys.modules would do for Python, but not for what Cython has compiled.)"""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("a run does without pandas", name=fullname)
