package dev.cadre.platform.run.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/**
 * The engine's tables as this version of it wants them. They are made by their owner; the engine that works with them may
 * not change them.
 */
record EngineTables(String version) {

    private static final String LOCK = "hashtextextended('engine-tables', 60)";

    /** Makes what is missing: nodes that start on an empty database at once do it one after the other. */
    static EngineTables ready(DataSource owner) {
        try (var connection = owner.getConnection()) {
            if (!areCurrent(connection)) {
                run(connection, "select pg_advisory_lock(" + LOCK + ")");
                if (!areCurrent(connection)) {
                    make(owner);
                }
                run(connection, "select pg_advisory_unlock(" + LOCK + ")");
            }
            return new EngineTables(ProcessEngine.VERSION);
        } catch (SQLException e) {
            throw new IllegalStateException("The engine's tables could not be made", e);
        }
    }

    /** What decides which tables there are; the engine that works is told the same. */
    static void choose(ProcessEngineConfigurationImpl settings) {
        settings.setDatabaseType("postgres");
        settings.setHistoryLevel(HistoryLevel.NONE);
        settings.setAsyncExecutorActivate(false);
        settings.setDisableIdmEngine(true);
        settings.setDisableEventRegistry(true);
        settings.setEventDispatcher(new SilentDispatcher());
        settings.setEnableEventDispatcher(false);
        settings.setEnableConfiguratorServiceLoader(false);
    }

    private static void make(DataSource owner) {
        var settings = new StandaloneProcessEngineConfiguration();
        choose(settings);
        settings.setEngineName("tables");
        settings.setDataSource(owner);
        settings.setDatabaseSchemaUpdate("true");
        settings.buildProcessEngine().close();
    }

    private static boolean areCurrent(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            var there = statement.executeQuery("select to_regclass('cadre.act_ge_property') is not null");
            if (!there.next() || !there.getBoolean(1)) {
                return false;
            }
            var version = statement.executeQuery("select value_ from act_ge_property where name_ = 'schema.version'");
            return version.next() && ProcessEngine.VERSION.equals(version.getString(1));
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
