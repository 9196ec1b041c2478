"""What a user got wrong about a source."""


class SourceError(Exception):
    """A source that is not there or cannot be opened, or a feeds file that is wrong; the message names it."""
