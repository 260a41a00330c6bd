"""`python -m projectdata`."""

from projectdata.cli import main

main()
