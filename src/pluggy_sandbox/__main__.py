"""`python -m pluggy_sandbox`."""

import sys

from pluggy_sandbox.cli import main

sys.exit(main())
