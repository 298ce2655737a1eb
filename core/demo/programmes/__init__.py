"""Plans and programmes of the demonstration: the files that offices send of them."""
