"""What holds for every test."""

import signal

from hypothesis import HealthCheck, settings

# The suite gives the same verdict each time, on a machine however busy: the same examples, none judged by the wall
# clock. `pytest --hypothesis-profile=wide` looks at others, ten times as many.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("wide", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")

# A shell starts what runs in its background with Ctrl-C ignored, and `nohup` with hang-ups ignored. Children inherit
# that, and tests that stop a command so would wait for ever; a handler of ours they do not inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, lambda _number, _frame: None)
