"""What the simulated Pluggy offers: connectors, categories and logos."""

from pluggy_sandbox.catalogue.institutions import compe_of, connectors
from pluggy_sandbox.catalogue.logos import logo_svg
from pluggy_sandbox.catalogue.tree import categories

__all__ = ["categories", "compe_of", "connectors", "logo_svg"]
