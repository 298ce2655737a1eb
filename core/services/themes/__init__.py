"""The inspection themes of an area: verdicts, tests, groups, and what needs attention."""
