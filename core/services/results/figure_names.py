"""What a stored figure is called: a measure by its name, a line of a form by number and title."""

from core.criteria.catalog import catalog, measures
from core.text import Text


def figure_name(code: str) -> Text:
    """The name of a measure or of a cell of an assessment; else the code itself."""
    known, node = measures().get(code), catalog().nodes.get(code)
    if known:
        return known.name
    if node is None:
        return Text(code, code)
    owner = catalog().owner[code]
    number = f"{catalog().criteria[owner].no or ''}{code.removeprefix(owner)}".strip(".")
    return Text(f"{number} {node.name.th}".strip(), f"{number} {node.name.en}".strip())
