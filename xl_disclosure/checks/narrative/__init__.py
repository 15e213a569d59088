"""The narrative held against the form: what its sentences say and what the tables say."""
