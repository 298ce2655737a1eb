"""How hospitals pay what they owe, round by round."""

from components.theme import page as theme

theme.show("payables")
