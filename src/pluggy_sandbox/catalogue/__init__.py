"""What the simulated Pluggy offers: connectors, categories and logos."""
