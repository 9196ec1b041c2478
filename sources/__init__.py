"""Where articles come from: JSON lines, plain text files, folders, standard input."""

from sources.article import Article, Rejected
from sources.read import SourceError, read_sources

__all__ = ["Article", "Rejected", "SourceError", "read_sources"]
