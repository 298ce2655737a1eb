"""Who is insured, and what of the funds is spent."""

from components.theme import page as theme

theme.show("coverage")
