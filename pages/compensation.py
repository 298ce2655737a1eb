"""Whether compensation of staff is paid in time."""

from components import theme

theme.show("compensation")
