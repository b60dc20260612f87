# expect error syntax_error 4:18
def count(n: int) -> int:
    def step():
        nonlocal total
        total += 1

    for _ in range(n):
        step()
    return total
