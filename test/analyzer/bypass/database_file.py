# trick: keeps a database wherever it likes
# wants: file
# analysis: accepted
# sandbox: unable to open database file
import sqlite3


def trick(outside: str) -> str:
    with sqlite3.connect(outside) as database:
        database.execute("CREATE TABLE kept (text)")
    return "written"
