"""Quality of revenue centres (4S4C), and what goes wrong with claims."""

from components import theme

theme.show("revenue")
