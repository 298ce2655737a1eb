"""How hospitals pay what they owe, round by round."""

from components import theme

theme.show("payables")
