"""What every screen has around it: the header, the line in words, the footer."""
