"""Commands on what the map is drawn from."""

from pathlib import Path
from typing import Annotated

import typer

from core.errors import StoreError
from core.terminal.common import DONE, PROBLEMS, Lang, LangOption, guarded, note, read_bytes, show
from core.text import say

app = typer.Typer()
districts = typer.Typer(help="The borders of districts on the map.", no_args_is_help=True)
app.add_typer(districts, name="districts")

GeoJson = Annotated[
    Path, typer.Argument(help="A GeoJSON of districts, each with its 4-digit code.")
]


@districts.command()
@guarded
def load(file: GeoJson, lang: LangOption = Lang.th) -> int:
    """Have the map draw districts by the borders of a GeoJSON, instead of those before."""
    from core.services.geography.district_shapes import LIMIT, keep, read_districts

    districts = read_districts(read_bytes(file, LIMIT))
    if districts.refused:
        show(lang.language, districts.refused)
        return PROBLEMS
    try:
        keep(districts)
    except OSError as error:
        raise StoreError("S002", store=str(error.filename), reason=error.strerror) from error
    for left_out in districts.notes:
        show(lang.language, left_out)
    note(
        lang.language,
        say("Districts drawn with their borders: {count}.", count=len(districts.shapes)),
    )
    return DONE


@districts.command()
@guarded
def clear(lang: LangOption = Lang.th) -> int:
    """Have the map show facilities as points again."""
    from core.services.geography.district_shapes import forget

    forget()
    note(lang.language, say("Districts are drawn without borders."))
    return DONE
