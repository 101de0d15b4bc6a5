"""The shapes of what Pluggy sends and takes, one module per kind of thing."""
