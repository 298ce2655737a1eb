"""The register of areas and facilities."""
