"""Charts, tables and forms, drawn from the blocks of a page."""
