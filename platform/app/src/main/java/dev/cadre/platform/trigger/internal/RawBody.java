package dev.cadre.platform.trigger.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A body as it came: as text where it is text, else in Base64. */
final class RawBody {

    private static final Set<String> TEXTUAL =
            Set.of("application/json", "application/xml", "application/x-www-form-urlencoded", "application/graphql");

    private RawBody() {}

    static Map<String, Object> of(@Nullable String contentType, String type, Charset charset, byte[] bytes) {
        var text = isTextual(type) ? text(bytes, charset) : null;
        var body = new LinkedHashMap<String, Object>();
        body.put("contentType", contentType == null ? "" : contentType);
        body.put("size", bytes.length);
        body.put("encoding", text == null ? "base64" : "text");
        body.put("content", text == null ? Base64.getEncoder().encodeToString(bytes) : text);
        return body;
    }

    private static boolean isTextual(String type) {
        return type.startsWith("text/") || type.endsWith("+json") || type.endsWith("+xml") || TEXTUAL.contains(type);
    }

    /** Null for bytes that are no text of this charset, or that the database can't keep as text. */
    private static @Nullable String text(byte[] bytes, Charset charset) {
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
