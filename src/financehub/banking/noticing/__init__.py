"""What of banking is told to people and programs: connections that need somebody, money that moved or will."""
