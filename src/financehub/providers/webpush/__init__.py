"""Web push (RFC 8030): messages to browsers, encrypted for them (RFC 8291), signed by us (RFC 8292)."""
