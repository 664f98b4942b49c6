# SPDX-License-Identifier: MIT
"""File formats, one module each; `scs._read` chooses among them."""
