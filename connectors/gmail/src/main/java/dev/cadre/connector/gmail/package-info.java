/** Gmail, authorized by its owner in the browser. Its API: https://developers.google.com/workspace/gmail/api/reference/rest */
@NullMarked
package dev.cadre.connector.gmail;

import org.jspecify.annotations.NullMarked;
