"""The YAML dictionaries of Marsad and their loader: ontology, concepts, composition, actors, one folder a language."""

from dictionaries.errors import DictionaryError
from dictionaries.load import Dictionaries, Language, load_dictionaries

__all__ = ["Dictionaries", "DictionaryError", "Language", "load_dictionaries"]
