site-name = Group on Water (made up)
site-secretariat = Secretariat of the tests
start-about = This group exists in the tests alone.
