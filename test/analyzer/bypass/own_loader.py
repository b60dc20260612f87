# trick: has the loader of its own module read another file
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    return __spec__.loader.get_data(secret).decode()
