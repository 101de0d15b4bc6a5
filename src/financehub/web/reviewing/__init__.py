"""Words and shapes of the review queue."""
