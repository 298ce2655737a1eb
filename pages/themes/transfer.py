"""Which primary care units are ready to be transferred."""

from components.theme import page as theme

theme.show("transfer")
