package dev.cadre.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.Field;
import dev.cadre.spi.StepInfo;
import java.lang.reflect.Modifier;
import java.util.List;
import org.pf4j.Extension;

/** What the contract tests of all kinds of extensions check alike. */
final class Contract {

    private static final List<String> CATEGORIES = List.of("AI", "Tools", "Connectors", "Triggers", "Flow");

    private Contract() {}

    static void canBeLoaded(Object extension) {
        var type = extension.getClass();
        assertThat(type.isAnnotationPresent(Extension.class))
                .as("@Extension on %s", type)
                .isTrue();
        assertThat(Modifier.isPublic(type.getModifiers()))
                .as("%s is public", type)
                .isTrue();
        assertThat(type.getConstructors())
                .as("a public constructor without parameters in %s", type)
                .anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    static void canBeShown(StepInfo info) {
        idIsKebabCase(info.id());
        assertThat(info.title()).as("title").isNotBlank().hasSizeLessThanOrEqualTo(40);
        assertThat(info.description()).as("description").isNotBlank().hasSizeLessThanOrEqualTo(300);
        assertThat(info.category()).as("category").isIn(CATEGORIES);
        iconIsPathData(info.icon());
    }

    static void idIsKebabCase(String id) {
        assertThat(id).as("id").matches("[a-z][a-z0-9]*(-[a-z0-9]+)*").hasSizeLessThanOrEqualTo(64);
    }

    static void iconIsPathData(String icon) {
        assertThat(icon).as("icon, SVG path data").matches("[Mm][MmLlHhVvCcSsQqTtAaZz0-9eE,.\\-\\s]+");
    }

    static void everyFieldHasALabel(Class<? extends Record> type) {
        assertThat(type.getRecordComponents()).allSatisfy(component -> {
            var field = type.getDeclaredField(component.getName()).getAnnotation(Field.class);
            assertThat(field).as("@Field on %s", component).isNotNull();
            assertThat(field.label()).as("label of %s", component).isNotBlank();
        });
    }

    static void hasASchema(Class<? extends Record> type) {
        try (var bindings = new RecordBindings()) {
            assertThat(bindings.of(type).schema()).containsEntry("type", "object");
        }
    }
}
