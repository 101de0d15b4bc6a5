"""What money was for: the tree of categories."""
