/* SPDX-License-Identifier: MIT
 *
 * A library that has nothing of what is looked for in it.
 */
int fake_empty(void);
int fake_empty(void) { return 0; }
