"""Invented coverage: foreigners, people with status and rights problems, Thai citizens."""

import numpy as np

from core.demo.draws import within
from core.demo.themes.scene import Figures, Scene, by_work
from core.scoring.base.inputs import FloatArray


def invented_coverage(scene: Scene) -> Figures:
    """Counts of people and baht of the fund: n x rounds; 0 where there are none."""
    work = scene.in_rounds(scene.work("coverage"))
    people = _people(scene)
    return _foreign(scene, people, work) | _fund(scene, people, work) | _thai(scene, people, work)


def _people(scene: Scene) -> FloatArray:
    """People a hospital cares for: n x 1."""
    parameters = scene.parameters.coverage.people
    spans = np.array([parameters[hospital.level] for hospital in scene.cast.hospitals])
    return np.rint(within(spans[:, 0], spans[:, 1], scene.chance("people")))[:, None]


def _foreign(scene: Scene, people: FloatArray, work: FloatArray) -> Figures:
    parameters, rounds = scene.parameters.coverage, len(scene.rounds)
    kinds = {
        place: parameters.foreign[kind]
        for kind, places in parameters.places.items()
        for place in places
    }
    spans = np.array([kinds.get(h.province, (0.0, 0.0)) for h in scene.cast.hospitals])
    own = within(spans[:, 0], spans[:, 1], scene.chance("foreigners"))[:, None] / 1000
    # They come and go with the harvest and the season.
    eligible = np.rint(people * own * (1 + 0.05 * scene.noise("foreigners by round", rounds)))
    noise = 0.02 * scene.noise("insured by round", rounds)
    insured = np.rint(eligible * np.clip(by_work(parameters.insured, work) + noise, 0.1, 1))
    place = (work + scene.chance("checked", rounds)) / 2
    of_checked = np.minimum(by_work(parameters.insured_of_checked, place), 1)
    checked = np.minimum(np.ceil(insured / of_checked), eligible)
    return {
        "coverage.foreign_insured": insured,
        "coverage.foreign_eligible": eligible,
        "coverage.foreign_checkup_insured": np.minimum(insured, checked),
        "coverage.foreign_checkup": checked,
    }


def _fund(scene: Scene, people: FloatArray, work: FloatArray) -> Figures:
    """The fund's budget by round, whole baht; only along the borders is there any."""
    parameters, rounds = scene.parameters.coverage, len(scene.rounds)
    share = np.array([parameters.fss.get(h.province, 0.0) for h in scene.cast.hospitals])[:, None]
    own = 0.6 + 0.8 * scene.chance("fund of status")[:, None]
    budget = np.rint(people * share * parameters.fss_per_head * own) * np.ones(rounds)
    noise = 0.05 * scene.noise("spent by round", rounds)
    spent = np.rint(budget * np.clip(by_work(parameters.fss_spent, work) + noise, 0.05, 1))
    return {"coverage.fss_spent": spent, "coverage.fss_budget": budget}


def _thai(scene: Scene, people: FloatArray, work: FloatArray) -> Figures:
    parameters, rounds = scene.parameters.coverage, len(scene.rounds)
    citizens = np.rint(people * (1 + 0.004 * scene.noise("citizens by round", rounds)))
    share = by_work(parameters.thai, np.clip(0.4 * work + 0.6 * scene.chance("thai", rounds), 0, 1))
    return {"coverage.thai_insured": np.rint(citizens * share), "coverage.thai_citizens": citizens}
