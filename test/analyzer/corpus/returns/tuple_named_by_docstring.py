# expect function python.divide
# expect input a {"type":"integer","required":true}
# expect input b {"type":"integer","required":true}
# expect output quotient {"type":"integer","required":true,"description":"How often it goes."}
# expect output rest {"type":"integer","required":true,"description":"What is left."}
# call {"a": 7, "b": 2} => {"quotient": 3, "rest": 1}
from typing import Tuple


def divide(a: int, b: int) -> Tuple[int, int]:
    """Divide.

    Returns:
        quotient: How often it goes.
        rest: What is left.
    """
    return a // b, a % b
