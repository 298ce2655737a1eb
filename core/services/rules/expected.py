"""Who should report: every hospital, and the primary care units to be transferred."""

from collections.abc import Collection, Mapping
from typing import Protocol


class Site(Protocol):
    """A facility by where it lies and whether the register marks it for transfer."""

    @property
    def province(self) -> str: ...

    @property
    def transferred(self) -> bool: ...


def units_to_report(units: Mapping[str, Site], reporting: Collection[str]) -> set[str]:
    """Primary care units to be transferred, by hcode, silent ones too.

    Those the register marks; of a province without marks every one; and those of `reporting`, who
    reported in the year. `units` are the primary care units of the period, by hcode.
    """
    marking = {unit.province for unit in units.values() if unit.transferred}
    return {
        hcode
        for hcode, unit in units.items()
        if unit.transferred or unit.province not in marking or hcode in reporting
    }
