"""`python -m core`: the terminal interface."""

from core.cli import main

main()
