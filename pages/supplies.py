"""Medical supplies and staff (4S4P): structure, system, plan and payment."""

from components import theme

theme.show("supplies")
