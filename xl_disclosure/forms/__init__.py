"""The official forms as data: editions, their tables, facts and wording."""
