"""Run the command line with ``python -m xl_disclosure``."""

import sys

from xl_disclosure.cli import main

if __name__ == "__main__":
    sys.exit(main())
