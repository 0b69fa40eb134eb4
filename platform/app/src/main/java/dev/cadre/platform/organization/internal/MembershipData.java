package dev.cadre.platform.organization.internal;

import dev.cadre.platform.organization.Members;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.PersonalData;
import java.util.List;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where a person is a member. The last owner of an organization hands it over, or deletes it, before going. */
@Component
@Order(1)
class MembershipData implements PersonalData {

    private final JdbcClient jdbc;
    private final Members members;

    MembershipData(JdbcClient jdbc, Members members) {
        this.jdbc = jdbc;
        this.members = members;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(
                new Kind(
                        "memberships",
                        "The organizations that you are in, as what and since when.",
                        person -> PersonalData.rows(
                                jdbc.sql("""
                                select m.organization_id, o.name, m.role, m.joined_at from membership m
                                join organization o on o.id = m.organization_id where m.user_id = ? order by m.joined_at""").param(person.id().value()))),
                new Kind(
                        "projects",
                        "The projects that you are in, and since when.",
                        person -> PersonalData.rows(
                                jdbc.sql("""
                                select m.organization_id, m.project_id, p.name, m.added_at from membership o
                                join project_member m on m.organization_id = o.organization_id and m.user_id = o.user_id
                                join project p on p.id = m.project_id where o.user_id = ? order by m.added_at""").param(person.id().value()))));
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("select organization_id from membership where user_id = ? order by organization_id")
                .param(person.id().value())
                .query((row, number) -> new OrganizationId(row.getObject(1, UUID.class)))
                .list()
                .forEach(organization -> members.leave(organization, person.id()));
    }
}
