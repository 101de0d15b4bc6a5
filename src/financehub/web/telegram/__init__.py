"""The page that ties a Telegram chat to the person who is signed in."""
