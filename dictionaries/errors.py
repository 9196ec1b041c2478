"""What is wrong with a dictionary, and where."""


class DictionaryError(Exception):
    """One plain sentence that begins with file:line:column."""
