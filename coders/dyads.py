"""Whether two actors can be the ends of one event."""

from __future__ import annotations

from coders.event import UNKNOWN, Actor


def can_face(source: Actor, target: Actor) -> bool:
    """Whether one actor can do something to the other: they are two, in words and in code."""
    return not (same_actor(source, target) or overlap(source, target) or own_government(source, target) or _nobody(source, target))


def same_actor(one: Actor, other: Actor) -> bool:
    """One phrase, or one actor under two phrases; a state and a part of it are two."""
    return (one.start, one.end) == (other.start, other.end) or (one.code == other.code and one.code != UNKNOWN and bool(one.country))


def overlap(one: Actor, other: Actor) -> bool:
    """Whether one phrase lies inside the other: the same words cannot be both doer and other end."""
    return one.end > one.start and other.end > other.start and ((one.start <= other.start and other.end <= one.end) or (other.start <= one.start and one.end <= other.end))


def _nobody(one: Actor, other: Actor) -> bool:
    """Whether two actors have the same code and no country: what the police do to the police tells nothing."""
    return one.code == other.code and not one.country


def own_government(one: Actor, other: Actor) -> bool:
    """A state and its government do nothing to each other: the second phrase only tells on what level (proposed talks of deputy ministers)."""
    return bool(one.country) and one.code != other.code and {one.code, other.code} == {one.country, one.country + "GOV"}
