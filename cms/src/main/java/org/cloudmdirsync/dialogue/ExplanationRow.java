package org.cloudmdirsync.dialogue;

import java.util.regex.Pattern;

/** A paragraph of a table: words and what they mean. */
record ExplanationRow(Pattern match, Explanation explanation) {}
