# expect error no_function 6:5
# expect warning missing_hint 6:5
# expect warning missing_hint 6:11
# expect warning missing_hint 6:18
# expect warning missing_hint 10:11
def scale(image, factor=2.0):
    return image * factor


def shift(image, offset: float) -> float:
    return image + offset
