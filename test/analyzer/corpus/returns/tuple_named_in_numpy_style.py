# expect function python.divide
# expect input a {"type":"integer","required":true}
# expect input b {"type":"integer","required":true}
# expect output quotient {"type":"integer","required":true,"description":"How often it goes."}
# expect output exact {"type":"float","required":true}
# call {"a": 7, "b": 2} => {"quotient": 3, "exact": 3.5}
def divide(a: int, b: int) -> "tuple[int, float]":
    """Divide.

    Returns
    -------
    quotient : int
        How often it goes.
    exact : float
    """
    return a // b, a / b
