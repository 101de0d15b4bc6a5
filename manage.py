#!/usr/bin/env python
"""The Django commands; the console script `financehub` is the same thing."""

from financehub.cli import main

if __name__ == "__main__":
    main()
