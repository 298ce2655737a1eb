"""Sums of products written out in words, as plans print them behind an activity."""

import math
import re
from typing import Final

from core.text import thai_digits_to_arabic

_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_TIMES: Final = re.compile(r"\s*[^\d+x×*=()]*[x×*]\s*", re.IGNORECASE)
_PRODUCT: Final = re.compile(rf"{_NUMBER}(?:\s*[^\d+x×*=()]*[x×*]\s*{_NUMBER})*", re.IGNORECASE)
_RESULT: Final = re.compile(rf"=\s*{_NUMBER}")


def written_sum(text: str) -> float:
    """What a sum of products comes to, its printed results left out; NaN where there is none."""
    plain = _RESULT.sub("+", thai_digits_to_arabic(text))
    products = [match[0] for match in _PRODUCT.finditer(plain) if _TIMES.search(match[0])]
    if not products:
        return math.nan
    return sum(math.prod(map(_number, re.findall(_NUMBER, one))) for one in products)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
