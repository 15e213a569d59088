"""Cross-check rules, written once and read several ways."""
