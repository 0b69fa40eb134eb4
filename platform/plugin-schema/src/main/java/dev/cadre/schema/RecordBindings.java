package dev.cadre.schema;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * The bindings of one plugin's records. Nothing static holds a plugin's classes: what was compiled goes with this
 * object.
 */
public final class RecordBindings implements AutoCloseable {

    private final Map<Class<?>, RecordBinding<?>> bindings = new HashMap<>();
    private final ValidatorFactory validators;
    private final Shapes shapes;
    private final RecordSchemas schemas = new RecordSchemas();

    public RecordBindings() {
        validators = Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .defaultLocale(Locale.ENGLISH)
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory();
        shapes = new Shapes(validators.getValidator());
    }

    /**
     * The binding of a record type.
     *
     * @throws IllegalArgumentException when a component has no JSON form
     */
    @SuppressWarnings("unchecked")
    public synchronized <T extends Record> RecordBinding<T> of(Class<T> type) {
        var known = bindings.get(type);
        if (known == null) {
            known = new RecordBinding<>(type, shapes.of(type), schemas.of(type));
            bindings.put(type, known);
        }
        return (RecordBinding<T>) known;
    }

    @Override
    public synchronized void close() {
        bindings.clear();
        validators.close();
    }
}
