package dev.cadre.platform.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void keepsTheOrderOfIdsThatAreMadeInTheSameMoment() {
        var ids = Stream.generate(Ids::create).limit(20_000).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.version() == 7 && id.variant() == 2);
        assertThat(ids.stream().map(Object::toString)).isSorted();
    }
}
