-- Who has looked at a poster in a month, and how it hung there. The last look of the month counts.
create table touchpoint_check (
    tenant text not null,
    touchpoint_id blob not null,
    month integer not null,
    state text not null,
    who text not null,
    checked_at integer not null,
    primary key (tenant, touchpoint_id, month),
    foreign key (tenant, touchpoint_id) references touchpoint (tenant, touchpoint_id)
) strict;

-- Texts that left the sealed inbox with at least k of their unit, screened: unit, month and mood, nothing else.
-- The key is random, so that no order says who wrote first. What the province hides stays here with its reason.
create table comment (
    tenant text not null,
    survey_id blob not null,
    comment_id blob not null check (length(comment_id) = 16),
    unit_id blob not null,
    month integer not null,
    mood integer not null check (mood between 0 and 3),
    release integer not null,
    words text not null,
    hidden_at integer,
    hidden_by text,
    hidden_why text,
    primary key (tenant, survey_id, comment_id),
    foreign key (tenant, survey_id) references survey (tenant, survey_id),
    foreign key (tenant, unit_id) references unit (tenant, unit_id),
    foreign key (tenant, release) references release (tenant, release),
    check ((hidden_at is null) = (hidden_why is null))
) strict, without rowid;

create index comment_unit on comment (tenant, unit_id, month);
