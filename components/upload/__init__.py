"""The upload page: dropped files, their results and problems, storing them."""
