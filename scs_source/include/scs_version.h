/* SPDX-License-Identifier: MIT
 *
 * The only place where the version is written; the build files read it from here.
 */
#ifndef SCS_VERSION_H
#define SCS_VERSION_H

#define SCS_VERSION "4.0.0"

#endif
