"""What an operator looks at: the inbox of vendor events."""
