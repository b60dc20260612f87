# expect error syntax_error 8:1
# ruff: noqa
# flake8: noqa
def double(x: int) -> int:
    return 2 * x


return 1  # noqa: F706
