# expect error forbidden_import 23:8
# expect error forbidden_import 24:8
# expect error forbidden_import 25:8
# expect error forbidden_import 26:8
# expect error forbidden_import 27:8
# expect error forbidden_import 28:8
# expect error forbidden_import 29:8
# expect error forbidden_import 30:8
# expect error forbidden_import 31:8
# expect error forbidden_import 32:8
# expect error forbidden_import 33:8
# expect error forbidden_import 34:8
# expect error forbidden_import 35:8
# expect error forbidden_import 36:8
# expect error forbidden_import 37:8
# expect error forbidden_import 38:8
# expect error forbidden_import 39:8
# expect error forbidden_import 40:8
# expect error forbidden_import 41:8
# expect error forbidden_import 42:8
# expect error forbidden_import 43:8
from callsheet.memory import numpy
import os
import sys
import subprocess
import shutil
import glob
import socket
import urllib
import requests
import http
import ctypes
import importlib
import multiprocessing
import pickle
import marshal
import builtins
import code
import pty
import signal
import ftplib
import smtplib
import telnetlib


@numpy
def same(image):
    return image
