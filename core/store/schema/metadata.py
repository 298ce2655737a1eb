"""Every table there is: whoever means all of them reads them here."""

from typing import Final

from sqlalchemy import MetaData

# Imported for their tables, which then stand in the metadata.
from core.store.schema import (
    assessment_tables,
    finding_tables,
    meeting_tables,
    people_tables,
    program_tables,
)
from core.store.schema.tables import Stored

METADATA: Final[MetaData] = Stored.metadata
MODULES: Final = (
    assessment_tables,
    finding_tables,
    meeting_tables,
    people_tables,
    program_tables,
)
"""The modules of tables beside `core.store.schema.tables`."""
