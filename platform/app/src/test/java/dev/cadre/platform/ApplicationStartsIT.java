package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ApplicationStartsIT {

    @Autowired
    JdbcClient jdbc;

    @Test
    void standsOnPostgres18() {
        assertThat(jdbc.sql("show server_version").query(String.class).single()).startsWith("18");
    }
}
