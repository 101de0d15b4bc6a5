"""The pages of notifications: tray, preferences, endpoints of programs, leaving a kind of mail."""
