"""Exports in the field's own columns: a SQL file a format, whose comments are its data dictionary, and the code that runs them."""
