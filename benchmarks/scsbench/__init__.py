# SPDX-License-Identifier: MIT
"""Benchmark harness for any interpreter that can ``import scs``.

The solver under test runs in a subprocess per problem; this package loads the
problems, pins the core, judges the answers and compares runs.
"""
