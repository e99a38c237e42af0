"""What is compared: scenario files, experiments of many replications, and paired comparison."""
