"""The Pluggy API as typed Python: no Django, no settings, no environment."""

from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.settings import ClientSettings

__all__ = ["ClientSettings", "PluggyClient"]
