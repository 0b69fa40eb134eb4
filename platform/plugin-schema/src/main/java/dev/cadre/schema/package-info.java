/** Turns a plugin's records into JSON Schema, reads them from JSON values, validates them and writes them back. */
@NullMarked
package dev.cadre.schema;

import org.jspecify.annotations.NullMarked;
