"""What happens: the workforce, random streams, the SimPy world, its journal and its measures."""
