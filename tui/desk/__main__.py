"""`python -m tui.desk`: the desk on standard input and output."""

from tui.desk.server import main

main()
