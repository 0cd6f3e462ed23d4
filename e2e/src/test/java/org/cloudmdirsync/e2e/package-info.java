/** The built programs, the pretend cloud and the real mail programs, meeting on one machine. */
@NullMarked
package org.cloudmdirsync.e2e;

import org.jspecify.annotations.NullMarked;
