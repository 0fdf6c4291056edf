"""`python -m desktop`: the app, or a command of the command line."""

import sys

from desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
