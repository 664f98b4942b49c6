// SPDX-License-Identifier: MIT
//
// The same as header_only.c for C++.
#include HEADER
#include HEADER

extern int NAME;
int NAME = 1;
