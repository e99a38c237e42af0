"""What is handed over: pages of figures, in words, tables and charts, and the forms in which they leave."""
