"""Drop workbooks, see their scores and what to mend."""

import streamlit as st

from components.parts import anatomy
from components.reader.language import _
from components.starts import first_steps
from components.upload import dropped as uploads
from components.upload import examined as cache
from components.upload import many_files as many
from components.upload import readings, results

files = uploads.dropped()
intakes = cache.examined(files, readings.asked())
if not files:
    anatomy.headline(_("Check a workbook before it is sent"))
    uploads.place()
    first_steps.to_a_score()
else:
    message, place = st.columns([0.68, 0.32], vertical_alignment="top")
    with message:
        if len(files) > 1:
            anatomy.headline(many.key_message(intakes))
        else:
            results.heading(intakes[0])
    with place:
        uploads.place()
if len(files) == 1:
    results.show(intakes[0], files[0])
elif files:
    chosen = many.summary(files, intakes)
    anatomy.section(results.title(chosen.intake))
    results.show(chosen.intake, chosen.file)
