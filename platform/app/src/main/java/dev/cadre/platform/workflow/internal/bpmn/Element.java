package dev.cadre.platform.workflow.internal.bpmn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An element of the drawn file.
 *
 * @param attributes those without a namespace, by name
 * @param foreign attributes of other namespaces, {@code namespace} to names, as {@code prefix:name}
 * @param text what stands directly inside it
 */
record Element(
        String namespace,
        String name,
        Map<String, String> attributes,
        List<Foreign> foreign,
        List<Element> children,
        String text) {

    static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String CADRE = "http://cadre.dev/schema/bpmn/1.0";

    /** An attribute of another namespace. */
    record Foreign(String namespace, String prefix, String name) {
        String shown() {
            return prefix.isEmpty() ? name : prefix + ":" + name;
        }
    }

    boolean isBpmn() {
        return namespace.equals(BPMN);
    }

    boolean isBpmn(String wanted) {
        return name.equals(wanted) && isBpmn();
    }

    @Nullable
    String attribute(String wanted) {
        return attributes.get(wanted);
    }

    @Nullable
    String id() {
        return attributes.get("id");
    }

    /** The name it was drawn with, its id where it has none. */
    String label() {
        var label = attributes.get("name");
        var id = id();
        return label == null || label.isBlank() ? id == null ? name : id : label.strip();
    }

    Stream<Element> bpmn(String wanted) {
        return children.stream().filter(child -> child.isBpmn(wanted));
    }

    /** Our extensions of this element with a name. */
    Stream<Element> cadre(String wanted) {
        return extensions().filter(child -> child.namespace.equals(CADRE) && child.name.equals(wanted));
    }

    Optional<Element> firstCadre(String wanted) {
        return cadre(wanted).findFirst();
    }

    /** Whether a timer event says in BPMN's own words when. */
    boolean hasOwnTime() {
        return children.stream().anyMatch(child -> child.isBpmn() && child.name.startsWith("time"));
    }

    Stream<Element> extensions() {
        return bpmn("extensionElements").flatMap(holder -> holder.children.stream());
    }
}
