"""What a clerk can do: fill, check, aggregate and report; one function a button, the same for the command line."""
