-- Every table's first key column is the tenant. Instants are microseconds UTC, days yyyymmdd, months yyyymm,
-- ids sixteen random bytes.

create table setting (
    tenant text not null,
    name text not null,
    value text not null,
    primary key (tenant, name)
);

create table tenant (
    tenant text not null primary key check (length(tenant) = 2),
    unit_id bytea not null,
    created_at bigint not null
);

create table unit (
    tenant text not null references tenant (tenant),
    unit_id bytea not null check (length(unit_id) = 16),
    code text not null,
    kind text not null,
    parent_id bytea,
    name text not null,
    name_en text,
    name_km text,
    address text,
    phone text,
    valid_from bigint not null,
    valid_to bigint check (valid_to > valid_from),
    ordinal bigint not null,
    primary key (tenant, unit_id),
    unique (tenant, code, valid_from),
    foreign key (tenant, parent_id) references unit (tenant, unit_id)
);

-- Field x level of the receiving unit -> who decides; no deciding unit: the receiving unit's own committee.
create table field (
    tenant text not null references tenant (tenant),
    code text not null,
    level text not null,
    name text not null,
    name_en text,
    name_km text,
    deciding_id bytea,
    ordinal bigint not null,
    primary key (tenant, code, level),
    foreign key (tenant, deciding_id) references unit (tenant, unit_id)
);

create table instrument (
    tenant text not null references tenant (tenant),
    code text not null,
    version bigint not null,
    document text not null,
    hash text not null,
    published_at bigint not null,
    primary key (tenant, code, version)
);

create table survey (
    tenant text not null,
    survey_id bytea not null check (length(survey_id) = 16),
    code text not null,
    name text not null,
    instrument text not null,
    instrument_version bigint not null,
    variant text not null,
    month_from bigint not null,
    month_to bigint not null check (month_to >= month_from),
    k bigint not null check (k >= 5),
    definition text not null,
    closed_at bigint,
    ended_at bigint,
    opened_at bigint not null,
    primary key (tenant, survey_id),
    unique (tenant, code),
    unique (tenant, survey_id, k),
    foreign key (tenant, instrument, instrument_version) references instrument (tenant, code, version)
);

create table survey_unit (
    tenant text not null,
    survey_id bytea not null,
    unit_id bytea not null,
    primary key (tenant, survey_id, unit_id),
    foreign key (tenant, survey_id) references survey (tenant, survey_id),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
);

create table touchpoint (
    tenant text not null,
    touchpoint_id bytea not null check (length(touchpoint_id) = 16),
    token text not null,
    unit_id bytea not null,
    mode text not null,
    variant text not null,
    version bigint not null,
    created_on bigint not null,
    revoked_at bigint,
    primary key (tenant, touchpoint_id),
    unique (tenant, token),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
);

-- Sealed answers. Nothing readable but whose survey it is; the key is random, so that neither its order nor
-- (without a rowid) the place on the page is the order of arrival. Records are of one size.
create table inbox (
    tenant text not null,
    survey_id bytea not null,
    inbox_id bytea not null check (length(inbox_id) = 16),
    record bytea not null check (length(record) = 296),
    primary key (tenant, survey_id, inbox_id),
    foreign key (tenant, survey_id) references survey (tenant, survey_id)
);

-- One for every answer, empty or not. The row in `inbox` of the same transaction names the survey to the database; a
-- second and a third look for each answer would only cost.
create table inbox_text (
    tenant text not null,
    survey_id bytea not null,
    text_id bytea not null check (length(text_id) = 16),
    record bytea not null check (length(record) = 2088),
    primary key (tenant, survey_id, text_id)
);
-- Sealed bytes do not compress, and a row fits on a page: no search for patterns, no table beside the table.
alter table inbox_text alter column record set storage plain;

-- Forms that were sent: one tap, one answer. Goes with the survey.
create table nonce_seen (
    tenant text not null,
    survey_id bytea not null,
    nonce bytea not null check (length(nonce) = 16),
    primary key (tenant, survey_id, nonce)
);

create table release (
    tenant text not null references tenant (tenant),
    release bigint not null check (release > 0),
    kind text not null,
    scheduled_on bigint not null,
    counted_in bigint not null,
    published_at bigint,
    hash text,
    primary key (tenant, release)
);

create table fold_lease (
    tenant text not null primary key references tenant (tenant),
    owner bytea not null,
    expires_at bigint not null
);

-- Rows of a step share its group and its release, and the cell that the step's transaction counts them in refers to
-- both: the database looks once for a step, not once for a row. The same is true of the entries of boxes.
create table response (
    tenant text not null,
    survey_id bytea not null,
    response_id bytea not null check (length(response_id) = 16),
    variant text not null,
    route text not null,
    unit_id bytea not null,
    mode text not null,
    trust text not null,
    month bigint not null,
    release bigint not null,
    answers bytea not null,
    primary key (tenant, survey_id, month, response_id)
) partition by list (month);

-- A partition a month: what is over goes as a whole, and a fold writes into one month only. The lock keeps a month
-- that is written from being dropped.
create function open_response_month(month bigint) returns void language plpgsql as $$
declare
    part text := 'response_' || month;
begin
    lock table response in row exclusive mode;
    if to_regclass(part) is null then
        perform pg_advisory_xact_lock(hashtext('response'));
        if to_regclass(part) is null then
            execute format('create table %I (like response including all)', part);
            execute format('alter table response attach partition %I for values in (%L)', part, month);
        end if;
    end if;
end $$;

-- Drops a month in which no tenant has a row any more.
create function close_response_month(month bigint) returns void language plpgsql as $$
declare
    part text := 'response_' || month;
    used boolean;
begin
    if to_regclass(part) is not null then
        lock table response in access exclusive mode;
        execute format('select exists (select 1 from %I)', part) into used;
        if not used then
            execute format('drop table %I', part);
        end if;
    end if;
end $$;

-- Increments: what one run added to one cell. k is the survey's, so that the database itself refuses a step of
-- fewer people than the survey promised.
create table tally (
    tenant text not null,
    survey_id bytea not null,
    unit_id bytea not null,
    variant text not null,
    route text not null,
    mode text not null,
    trust text not null,
    dimension text not null,
    band text not null,
    month_from bigint not null,
    month_to bigint not null check (month_to >= month_from),
    release bigint not null,
    n bigint not null,
    k bigint not null,
    record bytea not null,
    primary key (tenant, survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to, release),
    check (n >= k),
    foreign key (tenant, survey_id, k) references survey (tenant, survey_id, k),
    foreign key (tenant, unit_id) references unit (tenant, unit_id),
    foreign key (tenant, release) references release (tenant, release)
);

-- Running totals of the cells `all`: month (yyyymm), quarter (yyyyq) and year (yyyy), as they were after a release.
-- Never updated: a page reads, for each cell, the newest row of the release that it shows.
create table total (
    tenant text not null,
    survey_id bytea not null,
    period bigint not null,
    unit_id bytea not null,
    variant text not null,
    route text not null,
    mode text not null,
    trust text not null,
    release bigint not null,
    n bigint not null,
    record bytea not null,
    primary key (tenant, survey_id, period, unit_id, variant, route, mode, trust, release),
    foreign key (tenant, survey_id) references survey (tenant, survey_id),
    foreign key (tenant, release) references release (tenant, release)
);

-- Sealed entries of folded answers, waiting for the cut of their group.
create table box_entry (
    tenant text not null,
    survey_id bytea not null,
    unit_id bytea not null,
    variant text not null,
    route text not null,
    mode text not null,
    trust text not null,
    family text not null,
    entry_id bytea not null check (length(entry_id) = 16),
    release bigint not null,
    record bytea not null check (length(record) = 168),
    primary key (tenant, survey_id, unit_id, variant, route, mode, trust, family, entry_id)
);

-- Counts of answers that wait, rounded down to tens, as counted at a midnight.
create table waiting (
    tenant text not null,
    survey_id bytea not null,
    unit_id bytea not null,
    tens bigint not null,
    counted_on bigint not null,
    primary key (tenant, survey_id, unit_id),
    foreign key (tenant, survey_id) references survey (tenant, survey_id)
);

create table import_file (
    tenant text not null,
    import_id bytea not null,
    survey_id bytea not null,
    name text not null,
    hash text not null,
    rows bigint not null,
    withheld bigint not null,
    imported_at bigint not null,
    primary key (tenant, import_id),
    unique (tenant, survey_id, hash),
    foreign key (tenant, survey_id) references survey (tenant, survey_id)
);

create table account (
    tenant text not null references tenant (tenant),
    account_id bytea not null,
    name text not null,
    password text not null,
    role text not null,
    unit_id bytea,
    created_at bigint not null,
    disabled_at bigint,
    primary key (tenant, account_id),
    unique (tenant, name),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
);

create table session (
    tenant text not null,
    token_hash bytea not null,
    account_id bytea not null,
    created_at bigint not null,
    seen_at bigint not null,
    primary key (tenant, token_hash),
    foreign key (tenant, account_id) references account (tenant, account_id)
);

create table audit (
    tenant text not null,
    seq bigint not null,
    at bigint not null,
    who text not null,
    what text not null,
    outcome text not null,
    detail text not null,
    hash text not null,
    primary key (tenant, seq)
);
