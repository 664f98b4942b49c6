/* SPDX-License-Identifier: MIT
 *
 * Compiled once for each public header: it needs no other, and may be included twice.
 */
#include HEADER
#include HEADER

extern int NAME;
int NAME = 1;
