# expect function python.run
# expect input options {"type":"object","properties":{"sigma":{"type":"float","required":true,"description":"Width of the blur."},"rounds":{"type":"integer","default":1},"label":{"type":"string","nullable":true,"default":null}},"required":true}
# expect output result {"type":"float","required":true}
# call {"options": {"sigma": 1.5, "rounds": 2}} => {"result": 3.0}
# call {"options": {"sigma": 1}} => {"result": 1.0}
from dataclasses import dataclass


@dataclass
class Options:
    """How to do it.

    Attributes:
        sigma: Width of the blur.
    """

    sigma: float
    rounds: int = 1
    label: str | None = None


def run(options: Options) -> float:
    return options.sigma * options.rounds
