"""The view of results says what crisis levels rest on; views are made anew at every revision."""

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Change no table."""
