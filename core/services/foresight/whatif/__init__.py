"""What if: the figures of a month after money moved, and what the scoring core makes of them."""
