"""PETRARCH and PETRARCH2 dictionaries, read into an overlay of our YAML; a module a kind. No line is lost: see ledger.py."""

from dictionaries.importer.importing import KINDS, import_file
from dictionaries.importer.ledger import Ledger

__all__ = ["KINDS", "Ledger", "import_file"]
