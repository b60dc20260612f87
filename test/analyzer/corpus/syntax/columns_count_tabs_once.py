# expect error syntax_error 4:15
def half(x: float) -> float:
	if x:
		return x // / 2
	return 0
