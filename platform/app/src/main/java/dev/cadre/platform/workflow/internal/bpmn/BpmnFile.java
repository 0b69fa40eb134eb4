package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.shared.CadreException.Kind;
import dev.cadre.platform.shared.SafeXml;
import dev.cadre.platform.workflow.WorkflowFileException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a drawn file into elements: no document type, no entity, nothing fetched, everything counted. */
final class BpmnFile {

    static final int MAX_BYTES = 2 * 1024 * 1024;
    static final int MAX_ELEMENTS = 2_000;
    private static final int MAX_XML_ELEMENTS = 40_000;
    private static final int MAX_DEPTH = 60;
    private static final int MAX_ATTRIBUTES = 100;

    private final XMLStreamReader xml;
    private int xmlElements;
    private int elements;

    private BpmnFile(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** The {@code definitions} element of a file. */
    static Element read(String text) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new WorkflowFileException(
                    Kind.TOO_LARGE, "workflow-too-large", "The workflow file is larger than 2 MB.");
        }
        try {
            var xml = SafeXml.open(text);
            try {
                return new BpmnFile(xml).document();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            var location = e.getLocation();
            var where = location == null ? "" : " at line " + location.getLineNumber();
            throw invalid("not-xml", "The workflow file is not well-formed XML" + where + ".");
        } catch (WorkflowFileException e) {
            throw e;
        } catch (RuntimeException e) {
            throw invalid("not-xml", "The workflow file is not well-formed XML.");
        }
    }

    private Element document() throws XMLStreamException {
        Element root = null;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> root = element(1);
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw documentType();
                default -> {}
            }
        }
        if (root == null || !root.isBpmn("definitions")) {
            throw invalid(
                    "not-bpmn",
                    "The workflow file is not BPMN 2.0: its root is not definitions of " + Element.BPMN + ".");
        }
        return root;
    }

    private Element element(int depth) throws XMLStreamException {
        var namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        var name = xml.getLocalName();
        count(namespace, name, depth);
        var attributes = new LinkedHashMap<String, String>();
        var foreign = new ArrayList<Element.Foreign>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            var other = xml.getAttributeNamespace(i);
            if (other == null || other.isEmpty()) {
                attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            } else {
                var prefix = xml.getAttributePrefix(i);
                foreign.add(new Element.Foreign(other, prefix == null ? "" : prefix, xml.getAttributeLocalName(i)));
            }
        }
        var children = new ArrayList<Element>();
        var text = new StringBuilder();
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(xml.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw documentType();
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Element(namespace, name, attributes, foreign, List.copyOf(children), text.toString());
                }
                default -> {}
            }
        }
    }

    private void count(String namespace, String name, int depth) {
        if (depth > MAX_DEPTH) {
            throw invalid("workflow-too-deep", "The workflow file is nested more than " + MAX_DEPTH + " levels deep.");
        }
        if (xml.getAttributeCount() > MAX_ATTRIBUTES) {
            throw invalid("workflow-too-many-elements", "The element " + name + " has too many attributes.");
        }
        if (namespace.equals(Element.BPMN) && xml.getAttributeValue(null, "id") != null) {
            elements++;
        }
        if (elements > MAX_ELEMENTS || ++xmlElements > MAX_XML_ELEMENTS) {
            throw invalid(
                    "workflow-too-many-elements",
                    "The workflow has more than " + MAX_ELEMENTS + " elements. Split it into several workflows.");
        }
    }

    private static WorkflowFileException documentType() {
        return invalid(
                "document-type-refused", "The workflow file has a document type or an entity; both are refused.");
    }

    private static WorkflowFileException invalid(String code, String detail) {
        return new WorkflowFileException(Kind.INVALID, code, detail);
    }
}
