"""`python -m stripe_sandbox` is `stripe-sandbox`."""

import sys

from stripe_sandbox.cli import main

if __name__ == "__main__":
    sys.exit(main())
