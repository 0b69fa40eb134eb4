package dev.cadre.platform.decision.internal.dmn;

import dev.cadre.platform.shared.SafeXml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An element of a DMN file, read with limits. {@code attributes} are those without a namespace. */
record XmlNode(String namespace, String name, Map<String, String> attributes, List<XmlNode> children, String text) {

    static final XmlNode NOTHING = new XmlNode("", "", Map.of(), List.of(), "");

    private static final int MOST_CHARACTERS = 1024 * 1024;
    private static final int MOST_ELEMENTS = 150_000;
    private static final int MOST_ATTRIBUTES = 50;
    private static final int DEEPEST = 40;

    static XmlNode read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new DmnInvalid("The table is larger than 1 MB.");
        }
        try {
            var xml = SafeXml.open(text);
            try {
                return document(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            var location = e.getLocation();
            throw new DmnInvalid("The table is not well-formed XML"
                    + (location == null ? "." : " (line " + location.getLineNumber() + ")."));
        }
    }

    private static XmlNode document(XMLStreamReader xml) throws XMLStreamException {
        XmlNode root = null;
        var count = new int[1];
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> root = element(xml, 1, count);
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw documentType();
                default -> {}
            }
        }
        if (root == null) {
            throw new DmnInvalid("The table is not well-formed XML.");
        }
        return root;
    }

    private static XmlNode element(XMLStreamReader xml, int depth, int[] count) throws XMLStreamException {
        if (depth > DEEPEST || ++count[0] > MOST_ELEMENTS || xml.getAttributeCount() > MOST_ATTRIBUTES) {
            throw new DmnInvalid("The table has too many elements, or nests them too deep.");
        }
        var namespace = nonNull(xml.getNamespaceURI());
        var name = xml.getLocalName();
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (nonNull(xml.getAttributeNamespace(i)).isEmpty()) {
                attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            }
        }
        var children = new ArrayList<XmlNode>();
        var text = new StringBuilder();
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(xml, depth + 1, count));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw documentType();
                case XMLStreamConstants.END_ELEMENT -> {
                    return new XmlNode(namespace, name, attributes, children, text.toString());
                }
                default -> {}
            }
        }
    }

    private static String nonNull(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static DmnInvalid documentType() {
        return new DmnInvalid("The table has a document type or an entity; both are refused.");
    }

    boolean isDmn() {
        return namespace.equals(DmnFile.DMN);
    }

    boolean is(String wanted) {
        return name.equals(wanted) && isDmn();
    }

    Stream<XmlNode> all(String wanted) {
        return children.stream().filter(child -> child.is(wanted));
    }

    /** Empty where there is none. */
    String attribute(String wanted) {
        return attributes.getOrDefault(wanted, "");
    }

    static String clip(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
