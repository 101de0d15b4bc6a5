"""What each trouble of a connection is called, and what to do about it."""
