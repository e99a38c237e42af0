"""`python -m tui.runs`: one run, asked for on standard input, told of on standard output."""

from tui.runs.batch import main

main()
