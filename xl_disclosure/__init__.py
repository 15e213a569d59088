"""Compile, check, total and publish the annual open-government-information report."""
