"""Quality of revenue centres (4S4C), and what goes wrong with claims."""

from components.theme import page as theme

theme.show("revenue")
