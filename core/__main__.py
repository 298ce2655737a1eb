"""`python -m core`: the terminal interface."""

from core.cli import main

# Processes that read files load this module as well.
if __name__ == "__main__":
    main()
