# expect error syntax_error 6:1
def total(values: list[float]) -> float:
    result = 0.0
    for value in values:
        result += value
      return result
