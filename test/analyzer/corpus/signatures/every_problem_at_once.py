# expect error forbidden_import 10:8
# expect error unknown_decorator_argument 15:8
# expect error first_parameter 16:11
# expect warning variadic_parameter 16:16
# expect error forbidden_call 17:12
# expect error rebound_decorator 20:2
# expect error missing_hint 26:5
# expect error missing_hint 26:11
# expect warning undecorated_function 30:5
import os
from callsheet.memory import numpy, torch, python
import torch


@numpy(memory=4)
def first(img, *rest):
    return eval("img")


@torch
def second(image):
    return image


@python
def third(a, b: int):
    return a


def fourth(x):
    return x
