package dev.cadre.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.cadre.platform.shared.CadreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What HOUSE rules say in prose, checked. */
class HouseRulesTest {

    private static final JavaClasses PLATFORM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cadre.platform");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("dev.cadre.platform");

    @ParameterizedTest
    @CsvSource({
        "org.flowable, run",
        "org.apache.camel, connector",
        "com.hazelcast, cluster",
        "io.github.bucket4j, cluster",
        "org.pf4j, plugin",
        "com.google.crypto.tink, secret",
        "com.networknt, run",
        "org.springframework.ai, model",
        "io.zonky, database",
        "com.nimbusds, identity",
        "com.nulabinc.zxcvbn, identity",
        "jakarta.mail, mail"
    })
    void onlyOneRoomUses(String library, String room) {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.cadre.platform." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(PLATFORM);
    }

    @Test
    void seesAPlantedViolation() {
        assertThatThrownBy(() -> noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.cadre.platform.plugin..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.springframework.security..")
                        .check(PLATFORM))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void noRelocatedClassesAndNoJackson2() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.cadre.platform.connector..") // Camel speaks Jackson 2 inside its routes
                .and()
                .doNotHaveSimpleName("RecordSchemas") // so does the description of the API
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shaded..", "com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
                .check(PLATFORM);
    }

    @Test
    void noNamesThatSayNothing() {
        for (var suffix : new String[] {"Impl", "Helper", "Util", "Utils"}) {
            noClasses().should().haveSimpleNameEndingWith(suffix).check(PLATFORM);
        }
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..")
                .check(PLATFORM);
    }

    @Test
    void noFieldInjection() {
        noFields().should().beAnnotatedWith(Autowired.class).check(PLATFORM);
    }

    @Test
    void failuresAreCadresOwn() {
        classes()
                .that()
                .areAssignableTo(CadreException.class)
                .should()
                .haveSimpleNameNotEndingWith("Error")
                .check(PLATFORM);
    }

    @Test
    void noCyclesAmongPackages() {
        SlicesRuleDefinition.slices()
                .matching("dev.cadre.platform.(*)..")
                .should()
                .beFreeOfCycles()
                .check(PLATFORM);
    }

    @Test
    void testsEndInTestOrIT() {
        var odd = TESTS.stream()
                .filter(type -> type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Test.class)))
                .filter(type -> !type.isNestedClass())
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.matches(".*(Test|IT)"));
        assertThat(odd).isEmpty();
    }

    @Test
    void everySettingsRecordHasATestOfItsDefaults() {
        var tested = TESTS.stream().map(JavaClass::getName).toList();
        var settings = PLATFORM.stream()
                .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                .map(JavaClass::getName);
        assertThat(settings).isNotEmpty().allMatch(name -> tested.contains(name + "Test"));
    }

    @Test
    void loggersAreConstants() {
        fields().that()
                .haveRawType(org.slf4j.Logger.class)
                .should()
                .bePrivate()
                .andShould()
                .beStatic()
                .andShould()
                .beFinal()
                .allowEmptyShould(true)
                .check(PLATFORM);
    }

    @Test
    void filesStayShort() throws IOException {
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            var tooLong = sources.filter(path -> path.toString().endsWith(".java"))
                    .filter(HouseRulesTest::isTooLong)
                    .map(Path::getFileName);
            assertThat(tooLong).isEmpty();
        }
    }

    private static boolean isTooLong(Path source) {
        try (var lines = Files.lines(source)) {
            return lines.count() > 400;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
