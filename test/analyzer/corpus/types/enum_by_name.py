# expect function python.weigh
# expect input weight {"type":"string","enum":["LIGHT","HEAVY"],"default":"LIGHT"}
# expect input mixed {"type":"string","enum":["ONE","TWO"],"default":"TWO"}
# expect output result {"type":"float","required":true}
# call {"weight": "HEAVY"} => {"result": 2.5}
# call {"mixed": "ONE"} => {"result": 0.5}
from enum import Enum


class Weight(Enum):
    LIGHT = 0.5
    HEAVY = 2.5


class Mixed(Enum):
    ONE = 1
    TWO = "two"


def weigh(weight: Weight = Weight.LIGHT, mixed: Mixed = Mixed.TWO) -> float:
    return weight.value
