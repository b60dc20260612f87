# expect error illegal_parameter 3:9
# expect error illegal_parameter 3:31
def mix(größe: float, x: int, a_parameter_whose_name_goes_on_for_more_than_sixty_four_characters_long: int = 1) -> float:
    return größe
