-- Up to where a log was written for the operator's collector (CADRE_AUDIT_LOG). One who turns it on gets all that there is.
create table audit_shipped (
    organization_id uuid   primary key,
    position        bigint not null
);
revoke all on audit_shipped from cadre_hub, cadre_organization;
grant select, insert, update on audit_shipped to cadre_hub;
grant select on audit_shipped to cadre_organization;
