"""What a file of the demonstration says, in a form that can be compared."""

from core.store.uploads.observations import NewSubmission


def plain(submissions: tuple[NewSubmission, ...]) -> list[object]:
    """What they say, NaN equal to NaN."""
    return [
        (one.subject, one.period, [repr(observed) for observed in one.observations])
        for one in submissions
    ]
