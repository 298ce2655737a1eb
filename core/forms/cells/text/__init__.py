"""Tables kept as text: what parts their fields, their rows, and columns of long ones."""
