# trick: declares an encoding in which a comment holds an import
# coding: raw_unicode_escape
# wants: file
# analysis: declared_encoding
# sandbox: No such file or directory
# A line feed, escaped: \u000aimport os


def trick(secret: str) -> str:
    return os.popen(f"cat {secret} 2>&1").read()
