"""Cuts text to the registry's limits."""


def cut_text(text: str, most: int) -> str:
    """`text` in at most `most` UTF-16 units, which is how the registry counts; a longer one ends in an ellipsis."""
    whole = text.encode("utf-16-le", "replace")
    if len(whole) <= most * 2:
        return whole.decode("utf-16-le")
    return whole[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"


def cut_start(text: str, most: int) -> str:
    """The last `most` UTF-16 units of `text`: of a traceback the end says most."""
    whole = text.encode("utf-16-le", "replace")
    if len(whole) <= most * 2:
        return whole.decode("utf-16-le")
    return "…" + whole[len(whole) - (most - 1) * 2 :].decode("utf-16-le", "ignore")
