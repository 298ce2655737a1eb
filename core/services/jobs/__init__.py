"""Long work: asked for by one process, done by another, and gone on with when that ends."""
