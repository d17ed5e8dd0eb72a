-- Who took over from whom. share: whole or part; is_main: the successor that is meant where only one can be named.
create table succession (
    tenant text not null references tenant (tenant),
    old_id bytea not null,
    new_id bytea not null,
    share text not null,
    is_main bigint not null check (is_main in (0, 1)),
    effective_on bigint not null,
    primary key (tenant, old_id, new_id),
    check (old_id <> new_id),
    foreign key (tenant, old_id) references unit (tenant, unit_id),
    foreign key (tenant, new_id) references unit (tenant, unit_id)
);

-- What people apply for. national_code: that of the national database of procedures, where it is known.
create table procedure (
    tenant text not null references tenant (tenant),
    code text not null,
    field text not null,
    level text not null,
    name text not null,
    name_en text,
    name_km text,
    national_code text,
    ordinal bigint not null,
    primary key (tenant, code),
    foreign key (tenant, field, level) references field (tenant, code, level)
);
