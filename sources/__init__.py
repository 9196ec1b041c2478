"""Where articles come from: files and folders, feeds, lists of addresses, archives, standard input."""

from sources.article import Article, Link, Rejected
from sources.errors import SourceError
from sources.ledger import Fetch, Found, Known, set_aside
from sources.read import read_sources

__all__ = ["Article", "Fetch", "Found", "Known", "Link", "Rejected", "SourceError", "read_sources", "set_aside"]
