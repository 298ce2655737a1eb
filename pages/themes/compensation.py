"""Whether compensation of staff is paid in time."""

from components.theme import page as theme

theme.show("compensation")
