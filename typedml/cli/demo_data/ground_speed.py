"""How fast a flight was, one flight at a time."""

from declared import Miles, Minutes, Mph


def ground_speed(distance: Miles, air_time: Minutes) -> Mph:
    """Return the speed over ground."""
    return distance / air_time
