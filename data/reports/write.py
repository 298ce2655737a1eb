"""Writes the standard templates of inspection reports anew: data/reports/inspection-*.docx.

python -m data.reports.write
"""

from core.reports.document.standard import standard
from core.reports.document.write import standard_template
from core.text import LANGUAGES

if __name__ == "__main__":
    for language in LANGUAGES:
        standard_template(language).write_bytes(standard(language))
