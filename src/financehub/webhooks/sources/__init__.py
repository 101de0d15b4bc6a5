"""How each vendor proves an event is its own, and where in the body its names stand."""
