"""What service plans bring in for what they cost."""

from components import theme

theme.show("sproi")
