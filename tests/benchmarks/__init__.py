"""Benchmarks: `python -m tests.benchmarks` (`make bench`). Timings decide no test; every table sets runs side by side.

The machine may be busy: processor time stands beside the wall's, and ratios of one run say more than its milliseconds.
"""
