"""What holds for every test."""

import signal

# A shell starts what runs in its background with Ctrl-C ignored, and `nohup` with hang-ups ignored. Children inherit
# that, and tests that stop a command so would wait for ever; a handler of ours they do not inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, lambda _number, _frame: None)
