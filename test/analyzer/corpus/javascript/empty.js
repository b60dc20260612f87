// expect error no_function 1:1
