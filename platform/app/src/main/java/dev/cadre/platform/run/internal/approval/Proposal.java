package dev.cadre.platform.run.internal.approval;

import dev.cadre.platform.run.RunException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is proposed to a person, and what that person makes of it. */
public final class Proposal {

    private Proposal() {}

    /** The proposal with the corrections, which must be of the form's fields and fit it. */
    public static Map<String, Object> corrected(ApprovalRequest request, @Nullable Map<String, Object> corrections) {
        var data = new LinkedHashMap<>(Objects.requireNonNullElse(request.data(), Map.<String, Object>of()));
        var form = request.form();
        var given = Objects.requireNonNullElse(corrections, Map.<String, Object>of());
        if (form == null) {
            if (!given.isEmpty()) {
                throw RunException.approvalInvalid(List.of("This approval has no form: nothing can be corrected."));
            }
            return data;
        }
        var fields = (Map<?, ?>) form.get("properties");
        var unknown = given.keySet().stream()
                .filter(name -> !fields.containsKey(name))
                .map(name -> "/" + name + ": is not a field of the form")
                .toList();
        if (!unknown.isEmpty()) {
            throw RunException.approvalInvalid(unknown);
        }
        data.putAll(given);
        var filled = new LinkedHashMap<>(data);
        filled.keySet().retainAll(fields.keySet());
        var wrong = FormCheck.check(form, filled);
        if (!wrong.isEmpty()) {
            throw RunException.approvalInvalid(wrong);
        }
        return data;
    }
}
