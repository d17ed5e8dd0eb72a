-- One-time codes. A row says what a code is about and how long it is valid, and stays alike when the code is used: the
-- page that a code opens reads this table alone, so it cannot know who has answered. A negative month: withdrawn.
create table code (
    tenant text not null references tenant (tenant),
    code_hash blob not null check (length(code_hash) = 32),
    record blob not null check (length(record) = 152),
    expires_in integer not null,
    primary key (tenant, code_hash)
) strict, without rowid;

-- Used codes, under another hash than above: nobody without the key joins the two. The key of this table is the promise
-- that one code gives one answer.
create table code_spent (
    tenant text not null references tenant (tenant),
    spent_hash blob not null check (length(spent_hash) = 32),
    expires_in integer not null,
    primary key (tenant, spent_hash)
) strict, without rowid;

-- How many codes were given out, for what; no time finer than a day. What a unit prints itself is one batch a month.
create table code_batch (
    tenant text not null references tenant (tenant),
    batch integer not null check (batch > 0),
    deciding_id blob not null,
    receiving_id blob not null,
    field text not null,
    channel text not null,
    mode text not null,
    issuer text not null,
    issued integer not null check (issued >= 0),
    drawn_on integer not null,
    voided_on integer,
    primary key (tenant, batch),
    foreign key (tenant, deciding_id) references unit (tenant, unit_id),
    foreign key (tenant, receiving_id) references unit (tenant, unit_id)
) strict;

-- Codes that are on record, by deciding unit: given out, used, run out; rounded down to tens, as counted at a midnight.
create table code_count (
    tenant text not null references tenant (tenant),
    unit_id blob not null,
    issued integer not null check (issued % 10 = 0),
    used integer not null check (used % 10 = 0),
    expired integer not null check (expired % 10 = 0),
    counted_on integer not null,
    primary key (tenant, unit_id)
) strict;
