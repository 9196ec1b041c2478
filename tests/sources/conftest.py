from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sources.site import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site
