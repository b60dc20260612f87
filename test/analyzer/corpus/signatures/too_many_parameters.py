# expect error too_many_parameters 6:5
from callsheet.memory import numpy


@numpy
def scale(image, p0: float = 0.0, p1: float = 1.0, p2: float = 2.0, p3: float = 3.0, p4: float = 4.0, p5: float = 5.0, p6: float = 6.0, p7: float = 7.0, p8: float = 8.0, p9: float = 9.0, p10: float = 10.0, p11: float = 11.0, p12: float = 12.0, p13: float = 13.0, p14: float = 14.0, p15: float = 15.0, p16: float = 16.0, p17: float = 17.0, p18: float = 18.0, p19: float = 19.0, p20: float = 20.0, p21: float = 21.0, p22: float = 22.0, p23: float = 23.0, p24: float = 24.0, p25: float = 25.0, p26: float = 26.0, p27: float = 27.0, p28: float = 28.0, p29: float = 29.0, p30: float = 30.0, p31: float = 31.0, p32: float = 32.0, p33: float = 33.0, p34: float = 34.0, p35: float = 35.0, p36: float = 36.0, p37: float = 37.0, p38: float = 38.0, p39: float = 39.0, p40: float = 40.0, p41: float = 41.0, p42: float = 42.0, p43: float = 43.0, p44: float = 44.0, p45: float = 45.0, p46: float = 46.0, p47: float = 47.0, p48: float = 48.0, p49: float = 49.0, p50: float = 50.0, p51: float = 51.0, p52: float = 52.0, p53: float = 53.0, p54: float = 54.0, p55: float = 55.0, p56: float = 56.0, p57: float = 57.0, p58: float = 58.0, p59: float = 59.0, p60: float = 60.0, p61: float = 61.0, p62: float = 62.0, p63: float = 63.0):
    return image
