"""Drop workbooks, see their scores and what to mend."""

import streamlit as st

from components.parts import anatomy
from components.reader.language import _
from components.starts import first_steps
from components.upload import dropped as uploads
from components.upload import file_cache, readings, results, storing
from components.upload import summary as files_summary
from components.uploads import archive, beginning, store_all

files, archives = uploads.dropped_files(), uploads.dropped_archives()
intakes = file_cache.examine_files(
    files, readings.readings_in_address(), storing.receipts_under(storing.RECEIPTS)
)
if not (files or archives):
    anatomy.headline(_("Check a workbook before it is sent"))
    uploads.drop_zone()
    first_steps.to_a_score()
else:
    message, place = st.columns([0.68, 0.32], vertical_alignment="top")
    with message:
        if len(files) == 1:
            results.heading(intakes[0])
        else:
            anatomy.headline(files_summary.key_message(intakes) if files else archive.headline())
    with place:
        uploads.drop_zone()
for one in archives:
    archive.show(one)
if len(files) == 1:
    results.show(intakes[0], files[0])
    beginning.show(files, intakes)
elif files:
    chosen = files_summary.summary(files, intakes)
    beginning.show(files, intakes)
    store_all.show(files, intakes)
    anatomy.section(results.title(chosen.intake))
    results.show(chosen.intake, chosen.file)
