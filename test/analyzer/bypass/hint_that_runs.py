# trick: writes code as a type hint, for the runner to evaluate
# wants: code
# analysis: accepted
# sandbox: job:x:
# because: a passwd of its own
kept: list[str] = []


def trick(text: "kept.append(open('/etc/passwd').read()) or str" = "") -> str:
    return "".join(kept) or "not evaluated"
