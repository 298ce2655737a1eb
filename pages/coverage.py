"""Who is insured, and what of the funds is spent."""

from components import theme

theme.show("coverage")
