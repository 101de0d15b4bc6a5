"""Pages: parse, one domain call, render; Portuguese lives in the templates and in texts.py."""
