-- Tablets at counters. A row is about the device: the hour in which it was heard of, what waits on it and what it dropped
-- in tens. No row speaks of an answer, and no answer names its device.
create table device (
    tenant text not null references tenant (tenant),
    device_id blob not null check (length(device_id) = 16),
    name text not null,
    touchpoint_id blob not null,
    state text not null check (state in ('waiting', 'paired', 'revoked')),
    thanks integer not null,
    idle integer not null,
    repeat_within integer not null,
    follow_up integer not null check (follow_up in (0, 1)),
    layout text not null,
    secret_hash blob,
    secret_until integer,
    public_key blob check (length(public_key) = 65),
    made_on integer not null,
    paired_on integer,
    revoked_on integer,
    seen_hour integer,
    waiting integer not null check (waiting % 10 = 0),
    dropped integer not null check (dropped % 10 = 0),
    version text not null,
    session blob not null,
    session_before blob not null,
    twins_on integer,
    primary key (tenant, device_id),
    unique (tenant, public_key),
    unique (tenant, secret_hash),
    foreign key (tenant, touchpoint_id) references touchpoint (tenant, touchpoint_id)
) strict;

-- What revoked devices still sent, sealed apart until the province decides. Which device it was is sealed too; the key is
-- the nonce that the tablet gave the answer, so that a queue that is sent twice waits once.
create table quarantine (
    tenant text not null,
    survey_id blob not null,
    nonce blob not null check (length(nonce) = 16),
    record blob not null check (length(record) = 312),
    primary key (tenant, survey_id, nonce),
    foreign key (tenant, survey_id) references survey (tenant, survey_id)
) strict, without rowid;
