"""What service plans bring in for what they cost."""

from components.theme import page as theme

theme.show("sproi")
