package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.spi.trigger.BodyRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.jspecify.annotations.Nullable;

/** The fields and files of a multipart form. */
final class MultipartBody {

    static final String TYPE = "multipart/form-data";

    private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary=\"?([^\";]+)", Pattern.CASE_INSENSITIVE);

    private static final int MAX_PART_HEADERS = 4_096;

    private MultipartBody() {}

    static Map<String, Object> of(String contentType, byte[] bytes, BodyRules rules) {
        var fields = new LinkedHashMap<String, Object>();
        var files = new ArrayList<Map<String, Object>>();
        try {
            var upload = new FileUpload();
            upload.setPartHeaderSizeMax(MAX_PART_HEADERS);
            upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
            var parts = upload.getItemIterator(new Received(contentType, bytes));
            for (int count = 1; parts.hasNext(); count++) {
                if (count > rules.maxParts()) {
                    throw TriggerException.tooManyParts(rules.maxParts());
                }
                read(parts.next(), rules, fields, files);
            }
        } catch (IOException | InvalidFileNameException e) {
            throw TriggerException.brokenMultipart();
        }
        if (fields.isEmpty() && files.isEmpty() && !isEmptyForm(contentType, bytes)) {
            throw TriggerException.brokenMultipart();
        }
        var form = new LinkedHashMap<String, Object>();
        form.put("fields", fields);
        form.put("files", files);
        return form;
    }

    /** The parser finds nothing also where nothing is a form. */
    private static boolean isEmptyForm(String contentType, byte[] bytes) {
        var boundary = BOUNDARY.matcher(contentType);
        return boundary.find()
                && new String(bytes, StandardCharsets.ISO_8859_1).strip().equals("--" + boundary.group(1) + "--");
    }

    private static void read(
            FileItemStream part, BodyRules rules, Map<String, Object> fields, List<Map<String, Object>> files)
            throws IOException {
        var name = part.getFieldName() == null ? "" : part.getFieldName();
        byte[] content;
        try (var stream = part.openStream()) {
            content = stream.readAllBytes();
        }
        if (part.isFormField()) {
            TriggerData.add(fields, name, new String(content, StandardCharsets.UTF_8));
            return;
        }
        if (content.length > rules.maxFileSize()) {
            throw TriggerException.fileTooLarge(rules.maxFileSize());
        }
        var file = new LinkedHashMap<String, Object>();
        file.put("field", name);
        file.put("name", fileName(part.getName()));
        file.put("contentType", part.getContentType() == null ? "application/octet-stream" : part.getContentType());
        file.put("size", content.length);
        file.put("content", Base64.getEncoder().encodeToString(content));
        files.add(file);
    }

    /** Some browsers send the whole path. */
    private static String fileName(@Nullable String given) {
        var name = given == null ? "" : given;
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private record Received(String contentType, byte[] bytes) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }
    }
}
