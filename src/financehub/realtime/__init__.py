"""The live line: a read-only, resumable WebSocket over the event log, in its own process."""
