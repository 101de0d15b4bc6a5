"""What connecting a bank says, wherever in the bot it is said."""
