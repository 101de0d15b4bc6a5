"""How templates write money, time and small drawings."""
