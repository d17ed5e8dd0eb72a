-- Every table's first key column is the tenant. Instants are microseconds UTC, days yyyymmdd, months yyyymm,
-- ids sixteen random bytes.

create table setting (
    tenant text not null,
    name text not null,
    value text not null,
    primary key (tenant, name)
) strict;

create table tenant (
    tenant text not null primary key check (length(tenant) = 2),
    unit_id blob not null,
    created_at integer not null
) strict;

create table unit (
    tenant text not null references tenant (tenant),
    unit_id blob not null check (length(unit_id) = 16),
    code text not null,
    kind text not null,
    parent_id blob,
    name text not null,
    name_en text,
    name_km text,
    address text,
    phone text,
    valid_from integer not null,
    valid_to integer check (valid_to > valid_from),
    ordinal integer not null,
    primary key (tenant, unit_id),
    unique (tenant, code, valid_from),
    foreign key (tenant, parent_id) references unit (tenant, unit_id)
) strict;

-- Field x level of the receiving unit -> who decides; no deciding unit: the receiving unit's own committee.
create table field (
    tenant text not null references tenant (tenant),
    code text not null,
    level text not null,
    name text not null,
    name_en text,
    name_km text,
    deciding_id blob,
    ordinal integer not null,
    primary key (tenant, code, level),
    foreign key (tenant, deciding_id) references unit (tenant, unit_id)
) strict;

create table instrument (
    tenant text not null references tenant (tenant),
    code text not null,
    version integer not null,
    document text not null,
    hash text not null,
    published_at integer not null,
    primary key (tenant, code, version)
) strict;

create table survey (
    tenant text not null,
    survey_id blob not null check (length(survey_id) = 16),
    code text not null,
    name text not null,
    instrument text not null,
    instrument_version integer not null,
    variant text not null,
    month_from integer not null,
    month_to integer not null check (month_to >= month_from),
    k integer not null check (k >= 5),
    definition text not null,
    closed_at integer,
    ended_at integer,
    opened_at integer not null,
    primary key (tenant, survey_id),
    unique (tenant, code),
    unique (tenant, survey_id, k),
    foreign key (tenant, instrument, instrument_version) references instrument (tenant, code, version)
) strict;

create table survey_unit (
    tenant text not null,
    survey_id blob not null,
    unit_id blob not null,
    primary key (tenant, survey_id, unit_id),
    foreign key (tenant, survey_id) references survey (tenant, survey_id),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
) strict;

create table touchpoint (
    tenant text not null,
    touchpoint_id blob not null check (length(touchpoint_id) = 16),
    token text not null,
    unit_id blob not null,
    mode text not null,
    variant text not null,
    version integer not null,
    created_on integer not null,
    revoked_at integer,
    primary key (tenant, touchpoint_id),
    unique (tenant, token),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
) strict;

-- Sealed answers. Nothing readable but whose survey it is; the key is random, so that neither its order nor
-- (without a rowid) the place on the page is the order of arrival. Records are of one size.
create table inbox (
    tenant text not null,
    survey_id blob not null,
    inbox_id blob not null check (length(inbox_id) = 16),
    record blob not null check (length(record) = 296),
    primary key (tenant, survey_id, inbox_id),
    foreign key (tenant, survey_id) references survey (tenant, survey_id)
) strict, without rowid;

-- One for every answer, empty or not. The row in `inbox` of the same transaction names the survey to the database; a
-- second and a third look for each answer would only cost.
create table inbox_text (
    tenant text not null,
    survey_id blob not null,
    text_id blob not null check (length(text_id) = 16),
    record blob not null check (length(record) = 2088),
    primary key (tenant, survey_id, text_id)
) strict, without rowid;

-- Forms that were sent: one tap, one answer. Goes with the survey.
create table nonce_seen (
    tenant text not null,
    survey_id blob not null,
    nonce blob not null check (length(nonce) = 16),
    primary key (tenant, survey_id, nonce)
) strict, without rowid;

create table release (
    tenant text not null references tenant (tenant),
    release integer not null check (release > 0),
    kind text not null,
    scheduled_on integer not null,
    counted_in integer not null,
    published_at integer,
    hash text,
    primary key (tenant, release)
) strict;

create table fold_lease (
    tenant text not null primary key references tenant (tenant),
    owner blob not null,
    expires_at integer not null
) strict;

-- Rows of a step share its group and its release, and the cell that the step's transaction counts them in refers to
-- both: the database looks once for a step, not once for a row. The same is true of the entries of boxes.
create table response (
    tenant text not null,
    survey_id blob not null,
    response_id blob not null check (length(response_id) = 16),
    variant text not null,
    route text not null,
    unit_id blob not null,
    mode text not null,
    trust text not null,
    month integer not null,
    release integer not null,
    answers blob not null,
    primary key (tenant, survey_id, month, response_id)
) strict, without rowid;

-- Increments: what one run added to one cell. k is the survey's, so that the database itself refuses a step of
-- fewer people than the survey promised.
create table tally (
    tenant text not null,
    survey_id blob not null,
    unit_id blob not null,
    variant text not null,
    route text not null,
    mode text not null,
    trust text not null,
    dimension text not null,
    band text not null,
    month_from integer not null,
    month_to integer not null check (month_to >= month_from),
    release integer not null,
    n integer not null,
    k integer not null,
    record blob not null,
    primary key (tenant, survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to, release),
    check (n >= k),
    foreign key (tenant, survey_id, k) references survey (tenant, survey_id, k),
    foreign key (tenant, unit_id) references unit (tenant, unit_id),
    foreign key (tenant, release) references release (tenant, release)
) strict;

-- Running totals of the cells `all`: month (yyyymm), quarter (yyyyq) and year (yyyy), as they were after a release.
-- Never updated: a page reads, for each cell, the newest row of the release that it shows.
create table total (
    tenant text not null,
    survey_id blob not null,
    period integer not null,
    unit_id blob not null,
    variant text not null,
    route text not null,
    mode text not null,
    trust text not null,
    release integer not null,
    n integer not null,
    record blob not null,
    primary key (tenant, survey_id, period, unit_id, variant, route, mode, trust, release),
    foreign key (tenant, survey_id) references survey (tenant, survey_id),
    foreign key (tenant, release) references release (tenant, release)
) strict, without rowid;

-- Sealed entries of folded answers, waiting for the cut of their group.
create table box_entry (
    tenant text not null,
    survey_id blob not null,
    unit_id blob not null,
    variant text not null,
    route text not null,
    mode text not null,
    trust text not null,
    family text not null,
    entry_id blob not null check (length(entry_id) = 16),
    release integer not null,
    record blob not null check (length(record) = 168),
    primary key (tenant, survey_id, unit_id, variant, route, mode, trust, family, entry_id)
) strict, without rowid;

-- Counts of answers that wait, rounded down to tens, as counted at a midnight.
create table waiting (
    tenant text not null,
    survey_id blob not null,
    unit_id blob not null,
    tens integer not null,
    counted_on integer not null,
    primary key (tenant, survey_id, unit_id),
    foreign key (tenant, survey_id) references survey (tenant, survey_id)
) strict;

create table import_file (
    tenant text not null,
    import_id blob not null,
    survey_id blob not null,
    name text not null,
    hash text not null,
    rows integer not null,
    withheld integer not null,
    imported_at integer not null,
    primary key (tenant, import_id),
    unique (tenant, survey_id, hash),
    foreign key (tenant, survey_id) references survey (tenant, survey_id)
) strict;

create table account (
    tenant text not null references tenant (tenant),
    account_id blob not null,
    name text not null,
    password text not null,
    role text not null,
    unit_id blob,
    created_at integer not null,
    disabled_at integer,
    primary key (tenant, account_id),
    unique (tenant, name),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
) strict;

create table session (
    tenant text not null,
    token_hash blob not null,
    account_id blob not null,
    created_at integer not null,
    seen_at integer not null,
    primary key (tenant, token_hash),
    foreign key (tenant, account_id) references account (tenant, account_id)
) strict;

create table audit (
    tenant text not null,
    seq integer not null,
    at integer not null,
    who text not null,
    what text not null,
    outcome text not null,
    detail text not null,
    hash text not null,
    primary key (tenant, seq)
) strict;
