# trick: calls any program a web browser
# wants: process
# analysis: accepted
# sandbox: started
# because: it ended with its job
import webbrowser


def trick(mark: int) -> str:
    webbrowser.BackgroundBrowser(["sleep", "%s"]).open(str(mark))
    return "started"
