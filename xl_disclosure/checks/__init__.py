"""What holds and what does not, as findings."""
