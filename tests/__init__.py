"""Specify what the package does, module by module."""
