-- Answers of each touchpoint in finished weeks, rounded down to tens; a week is named by its Monday.
create table touchpoint_week (
    tenant text not null,
    touchpoint_id bytea not null,
    week bigint not null,
    tens bigint not null check (tens >= 0 and tens % 10 = 0),
    primary key (tenant, touchpoint_id, week),
    foreign key (tenant, touchpoint_id) references touchpoint (tenant, touchpoint_id)
);

-- What the count of the running week stands at, sealed: exact numbers are never written down in the clear.
create table touchpoint_count (
    tenant text not null primary key references tenant (tenant),
    record bytea not null
);
