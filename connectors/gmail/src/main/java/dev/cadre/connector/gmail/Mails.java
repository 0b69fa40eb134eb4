package dev.cadre.connector.gmail;

import dev.cadre.connector.gmail.ReadMail.Attachment;
import dev.cadre.connector.gmail.ReadMail.Mail;
import dev.cadre.spi.StepException.Rejected;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Gmail's JSON form of a message. */
final class Mails {

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final int DEEPEST = 50;

    private Mails() {}

    static Mail read(Map<?, ?> message) {
        var payload = map(message.get("payload"));
        var texts = new ArrayList<String>();
        var htmls = new ArrayList<String>();
        var attachments = new ArrayList<Attachment>();
        collect(payload, texts, htmls, attachments, 0);
        return new Mail(
                text(message, "id"),
                text(message, "threadId"),
                header(payload, "From"),
                header(payload, "To"),
                header(payload, "Cc"),
                header(payload, "Subject"),
                header(payload, "Date"),
                message.get("snippet") instanceof String snippet ? snippet : "",
                texts.isEmpty() ? null : texts.getFirst(),
                htmls.isEmpty() ? null : htmls.getFirst(),
                list(message.get("labelIds")).stream().map(String::valueOf).toList(),
                attachments);
    }

    static @Nullable String header(Map<?, ?> payload, String name) {
        for (var one : list(payload.get("headers"))) {
            var header = map(one);
            if (name.equalsIgnoreCase(String.valueOf(header.get("name")))) {
                return String.valueOf(header.get("value"));
            }
        }
        return null;
    }

    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static String text(Map<?, ?> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new Rejected("GMAIL_UNEXPECTED_ANSWER", "Gmail's answer holds no " + name + ".");
        }
        return value.toString();
    }

    private static void collect(
            Map<?, ?> part, List<String> texts, List<String> htmls, List<Attachment> attachments, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        var type = String.valueOf(part.get("mimeType"));
        var body = map(part.get("body"));
        if (part.get("filename") instanceof String name && !name.isEmpty()) {
            var size = body.get("size") instanceof Number number ? number.intValue() : 0;
            attachments.add(new Attachment(name, type, size));
        } else if (body.get("data") instanceof String data) {
            if (type.equals("text/plain")) {
                texts.add(decode(data, part));
            } else if (type.equals("text/html")) {
                htmls.add(decode(data, part));
            }
        }
        for (var inner : list(part.get("parts"))) {
            collect(map(inner), texts, htmls, attachments, depth + 1);
        }
    }

    private static String decode(String data, Map<?, ?> part) {
        try {
            return new String(Base64.getUrlDecoder().decode(data), charset(part));
        } catch (IllegalArgumentException e) {
            throw new Rejected("GMAIL_UNEXPECTED_ANSWER", "Gmail's answer holds a body that is not Base64.");
        }
    }

    private static Charset charset(Map<?, ?> part) {
        var type = header(part, "Content-Type");
        var found = type == null ? null : CHARSET.matcher(type);
        if (found != null && found.find()) {
            try {
                return Charset.forName(found.group(1));
            } catch (IllegalArgumentException e) {
                return StandardCharsets.UTF_8;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
