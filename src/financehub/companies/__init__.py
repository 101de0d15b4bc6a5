"""People, companies, memberships and roles, API keys."""
