-- Keys of other systems: of a key only its hash is kept. A day is the finest time in it: when codes were asked for says
-- when a dossier was handed in.
create table api_key (
    tenant text not null references tenant (tenant),
    name text not null,
    key_hash bytea not null unique check (length(key_hash) = 32),
    unit_id bytea,
    verbs text not null,
    made_by text not null,
    made_on bigint not null,
    expires_on bigint not null,
    used_on bigint,
    revoked_on bigint,
    primary key (tenant, name),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
);
