"""Parsed sentences to events: actors, clauses, concepts, composition, assembly with evidence."""

from coders.event import Event, Evidence

__all__ = ["Event", "Evidence"]
