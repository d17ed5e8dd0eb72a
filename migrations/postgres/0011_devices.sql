-- Tablets at counters. A row is about the device: the hour in which it was heard of, what waits on it and what it dropped
-- in tens. No row speaks of an answer, and no answer names its device.
create table device (
    tenant text not null references tenant (tenant),
    device_id bytea not null check (length(device_id) = 16),
    name text not null,
    touchpoint_id bytea not null,
    state text not null check (state in ('waiting', 'paired', 'revoked')),
    thanks bigint not null,
    idle bigint not null,
    repeat_within bigint not null,
    follow_up bigint not null check (follow_up in (0, 1)),
    layout text not null,
    secret_hash bytea,
    secret_until bigint,
    public_key bytea check (length(public_key) = 65),
    made_on bigint not null,
    paired_on bigint,
    revoked_on bigint,
    seen_hour bigint,
    waiting bigint not null check (waiting % 10 = 0),
    dropped bigint not null check (dropped % 10 = 0),
    version text not null,
    session bytea not null,
    session_before bytea not null,
    twins_on bigint,
    primary key (tenant, device_id),
    unique (tenant, public_key),
    unique (tenant, secret_hash),
    foreign key (tenant, touchpoint_id) references touchpoint (tenant, touchpoint_id)
);

-- What revoked devices still sent, sealed apart until the province decides. Which device it was is sealed too; the key is
-- the nonce that the tablet gave the answer, so that a queue that is sent twice waits once.
create table quarantine (
    tenant text not null,
    survey_id bytea not null,
    nonce bytea not null check (length(nonce) = 16),
    record bytea not null check (length(record) = 312),
    primary key (tenant, survey_id, nonce),
    foreign key (tenant, survey_id) references survey (tenant, survey_id)
);
