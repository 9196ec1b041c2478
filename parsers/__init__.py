"""Text to parsed sentences: normaliser, language, Stanza behind one class, the models that ship."""

from parsers.sentence import Sentence, Skipped, Token

__all__ = ["Sentence", "Skipped", "Token"]
