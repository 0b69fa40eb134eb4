package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.internal.journal.Transition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.flowable.common.engine.impl.cfg.IdGenerator;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.db.DbSqlSessionFactory;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;
import org.flowable.common.engine.impl.persistence.cache.EntityCache;
import org.flowable.common.engine.impl.persistence.entity.Entity;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.variable.service.impl.InternalVariableInstanceQueryImpl;
import org.jspecify.annotations.Nullable;

/**
 * Opens engine sessions that never ask the database about what can't be there: rows that hang on an execution born in
 * the same session, and jobs, user tasks, event subscriptions and identity links, which compiled definitions do not
 * make. An instance that starts and ends in one command then costs no statement.
 */
final class ElidingSessionFactory extends DbSqlSessionFactory {

    ElidingSessionFactory(boolean usePrefixId) {
        super(usePrefixId);
    }

    @Override
    protected DbSqlSession createDbSqlSession() {
        var cache = Context.getCommandContext().getSession(EntityCache.class);
        return Transition.isCurrentUnkept() ? new UnkeptSession(this, cache) : new ElidingSession(this, cache);
    }

    /** Writes nothing: the journal names the run's token, and the next move puts it back in its place. */
    private static final class UnkeptSession extends ElidingSession {

        UnkeptSession(DbSqlSessionFactory factory, EntityCache cache) {
            super(factory, cache);
        }

        @Override
        public void flush() {
            // Nothing of this session is to be kept.
        }
    }

    private static class ElidingSession extends DbSqlSession {

        /** Kinds of rows that {@link EngineModel} gives no occasion for. */
        private static final Pattern NEVER_MADE = Pattern.compile("Job|Task|EventSubscription|IdentityLink");

        private static final Map<String, Boolean> NEVER_MADE_BY_STATEMENT = new ConcurrentHashMap<>();

        private final Set<String> born = new HashSet<>(8);

        ElidingSession(DbSqlSessionFactory factory, EntityCache cache) {
            super(factory, cache);
        }

        @Override
        public void insert(Entity entity, IdGenerator idGenerator) {
            super.insert(entity, idGenerator);
            if (entity instanceof ExecutionEntity) {
                born.add(entity.getId());
            }
        }

        @Override
        public void delete(Entity entity) {
            if (entity instanceof ExecutionEntity && Transition.isCurrent()) {
                Transition.current().left(entity.getId());
            }
            super.delete(entity);
        }

        @Override
        public void delete(String statement, Object parameter, Class<? extends Entity> entityClass) {
            if (!isNeverMade(statement) && !isAboutBorn(parameter)) {
                super.delete(statement, parameter, entityClass);
            }
        }

        @Override
        @SuppressWarnings({"rawtypes", "unchecked"})
        public List selectListWithRawParameter(String statement, Object parameter, boolean useCache) {
            return isNeverMade(statement) || isAboutBorn(parameter)
                    ? new ArrayList<>()
                    : super.selectListWithRawParameter(statement, parameter, useCache);
        }

        private static boolean isNeverMade(String statement) {
            return NEVER_MADE_BY_STATEMENT.computeIfAbsent(
                    statement, name -> NEVER_MADE.matcher(name).find());
        }

        private boolean isAboutBorn(@Nullable Object parameter) {
            if (born.isEmpty()) {
                return false;
            }
            return switch (parameter) {
                case String id -> born.contains(id);
                case ListQueryParameterObject list -> isAboutBorn(list.getParameter());
                case InternalVariableInstanceQueryImpl query ->
                    isBorn(query.getSubScopeId()) || isBorn(query.getExecutionId());
                case Map<?, ?> map -> map.values().stream().anyMatch(value -> value instanceof String id && isBorn(id));
                case null, default -> false;
            };
        }

        private boolean isBorn(@Nullable String id) {
            return id != null && born.contains(id);
        }
    }
}
