"""The main job on bundled data, end to end."""
