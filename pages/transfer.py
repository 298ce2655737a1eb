"""Which primary care units are ready to be transferred."""

from components import theme

theme.show("transfer")
