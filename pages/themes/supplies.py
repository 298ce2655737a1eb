"""Medical supplies and staff (4S4P): structure, system, plan and payment."""

from components.theme import page as theme

theme.show("supplies")
