/**
 * {@code cms.cfg}: lexer, parser, evaluator of a small safe subset of Python, the typed result, and
 * errors with line, column and caret.
 *
 * <p>Its door is {@code ConfigFile}. A configuration cannot run code on the machine. Nobody but
 * {@code app} and {@code command} may know this room.
 */
@NullMarked
package org.cloudmdirsync.config;

import org.jspecify.annotations.NullMarked;
