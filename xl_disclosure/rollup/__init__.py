"""Many units' returns collected and totalled."""
