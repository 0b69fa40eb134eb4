package dev.cadre.platform.workflow.internal.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.CadreException.Kind;
import dev.cadre.platform.workflow.WorkflowFileException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class HostileFileTest {

    private static final String OPEN = "<definitions xmlns='" + Element.BPMN + "'>";

    private final WorkflowCompiler compiler = new WorkflowCompiler(id -> Optional.empty());

    private void compile(String xml) {
        compiler.compile(xml, new TestReferences(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "not xml",
                "{}",
                "<",
                "<a>",
                "<a></b>",
                "<definitions/>",
                "<bpmn:definitions/>",
                "<html xmlns='http://www.w3.org/1999/xhtml'/>",
                "<definitions xmlns='http://example.com'/>",
                "<?xml version='1.0' encoding='nonsense'?><definitions/>",
                "<?xml version='9.9'?><definitions/>",
                "<a>\u0000</a>",
                "<a>\ud800</a>",
                "<a b='1' b='2'/>",
                "<a>&undefined;</a>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><a/>",
                "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c"
                        + " '&b;&b;&b;&b;&b;&b;&b;'>]><a>&c;</a>",
            })
    void refusesWhatIsNoWorkflow(String xml) {
        assertThatThrownBy(() -> compile(xml))
                .isInstanceOf(WorkflowFileException.class)
                .extracting(e -> ((WorkflowFileException) e).kind())
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void refusesDocumentTypesBeforeReadingThem() {
        assertThatThrownBy(() -> compile("<!DOCTYPE definitions>" + OPEN + "</definitions>"))
                .extracting(e -> ((WorkflowFileException) e).code())
                .isEqualTo("document-type-refused");
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThatThrownBy(() -> compile(OPEN + " ".repeat(10_000_000) + "</definitions>"))
                .extracting(e -> ((WorkflowFileException) e).kind())
                .isEqualTo(Kind.TOO_LARGE);
        assertThatThrownBy(() -> compile(OPEN + "ü".repeat(1_500_000) + "</definitions>"))
                .extracting(e -> ((WorkflowFileException) e).kind())
                .isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void refusesTooManyElements() {
        var tasks = IntStream.range(0, 5_000)
                .mapToObj(i -> "<task id='t" + i + "'/>")
                .collect(Collectors.joining());
        assertThatThrownBy(() -> compile(OPEN + "<process>" + tasks + "</process></definitions>"))
                .extracting(e -> ((WorkflowFileException) e).code())
                .isEqualTo("workflow-too-many-elements");
        assertThatThrownBy(() -> compile(OPEN + "<process>" + "<x/>".repeat(100_000) + "</process></definitions>"))
                .isInstanceOf(WorkflowFileException.class);
    }

    @Test
    void refusesDeepNestingAndManyAttributes() {
        assertThatThrownBy(() -> compile(OPEN + "<a>".repeat(50_000) + "</a>".repeat(50_000) + "</definitions>"))
                .extracting(e -> ((WorkflowFileException) e).code())
                .isEqualTo("workflow-too-deep");
        var many = IntStream.range(0, 5_000).mapToObj(i -> " a" + i + "='1'").collect(Collectors.joining());
        assertThatThrownBy(() -> compile(OPEN + "<process" + many + "/></definitions>"))
                .isInstanceOf(WorkflowFileException.class);
    }

    @Test
    void endsWithTheLargestGraphs() {
        var nodes = new StringBuilder("<startEvent id='n0'/>");
        for (int i = 1; i < 600; i++) {
            nodes.append("<exclusiveGateway id='n").append(i).append("'/>");
        }
        for (int i = 0; i < 1_300; i++) {
            int from = (i * 7) % 600;
            nodes.append(
                    "<sequenceFlow id='f" + i + "' sourceRef='n" + from + "' targetRef='n" + (i * 13) % 600 + "'/>");
        }
        var compiled = compiler.compile(
                OPEN + "<process id='p'>" + nodes + "</process></definitions>", new TestReferences(Set.of()));

        assertThat(compiled.problems()).isNotEmpty();
    }

    @Test
    void keepsHostileExpressionsFromRunning() {
        var xml = OPEN.replace(">", " xmlns:cadre='" + Element.CADRE + "'>")
                + "<process id='p'><startEvent id='s'><extensionElements><cadre:trigger use='manual'>"
                + "{\"a\":\"{{ $pad('x', 1e9) }}\",\"b\":\"{{ ($f := function(){$f()}; $f()) }}\"}"
                + "</cadre:trigger></extensionElements></startEvent></process></definitions>";

        assertThat(compiler.compile(xml, new TestReferences(Set.of())).problems())
                .isNotEmpty();
    }

    @Test
    void readsDeclaredEncodingsAsTheTextItAlreadyIs() {
        var compiled = compiler.compile(
                "<?xml version='1.0' encoding='ISO-8859-1'?>" + OPEN
                        + "<process id='p'><startEvent id='s' name='Grüße 日本'/></process></definitions>",
                new TestReferences(Set.of()));

        assertThat(compiled.body().find("s").orElseThrow().name()).isEqualTo("Grüße 日本");
    }
}
