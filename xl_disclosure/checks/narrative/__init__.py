"""The narrative held against the form: what its sentences say and what the tables say."""

from xl_disclosure.checks.narrative.check import NarrativeCheck, check_narrative, is_narrative_faultless
from xl_disclosure.checks.narrative.record import TextMatch

__all__ = ["NarrativeCheck", "TextMatch", "check_narrative", "is_narrative_faultless"]
