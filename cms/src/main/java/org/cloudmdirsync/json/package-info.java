/**
 * JSON texts (RFC 8259), to and from plain maps and lists; the one place that knows the library.
 *
 * <p>Its door is {@link org.cloudmdirsync.json.JsonText}. It must not know what the members mean.
 */
@NullMarked
package org.cloudmdirsync.json;

import org.jspecify.annotations.NullMarked;
