package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.OrganizationId;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.ConditionalGenericConverter;

/** Reads typed ids, records of one UUID, from paths and parameters. */
final class IdConverter implements ConditionalGenericConverter {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @Override
    public boolean matches(TypeDescriptor source, TypeDescriptor target) {
        return isId(target.getType());
    }

    static boolean isId(Class<?> type) {
        if (!type.isRecord() || type.getPackage() != OrganizationId.class.getPackage()) {
            return false;
        }
        var components = type.getRecordComponents();
        return components.length == 1 && components[0].getType() == UUID.class;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, Record.class));
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        var text = String.valueOf(source);
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a UUID");
        }
        try {
            var constructor = to.getType().getDeclaredConstructor(UUID.class);
            return constructor.newInstance(UUID.fromString(text));
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
