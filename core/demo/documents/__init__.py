"""The documents of the demonstration: provinces' plans as they were sent."""
