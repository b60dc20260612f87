"""`python -m callsheet_runner` is the command `callsheet-runner`."""

from callsheet_runner.cli import main

main()
