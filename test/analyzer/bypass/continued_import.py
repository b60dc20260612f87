# trick: breaks the import over lines with backslashes and parentheses
# wants: environment
# analysis: forbidden_import
# sandbox: KeyError
from \
    os \
    import (
        environ as settings,
    )


def trick(variable: str) -> str:
    return settings[variable]
