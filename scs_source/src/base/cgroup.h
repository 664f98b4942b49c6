/* SPDX-License-Identifier: MIT
 *
 * What a container may use of a machine: the limits of Linux control groups (see
 * cgroups(7)), of the second version and of the first. Elsewhere there are none.
 */
#ifndef SCS_BASE_CGROUP_H
#define SCS_BASE_CGROUP_H

/* Bytes of memory that the groups of this process may use: the least limit of its group
 * and those around it, 0 if none is set or can be read. `root` comes before the names of
 * all files; it is "" but in tests. */
double scs_cgroup_memory(const char *root);

#endif
