"""The bot: a conversation in a private Telegram chat, about what the pages show."""
